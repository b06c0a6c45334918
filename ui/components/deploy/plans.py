"""How a stack stands and what a change set would do, on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from infra.cost_class import cost_class, dangers
from infra.deploy import Change
from infra.rollout import Prepared, Standing
from ui.components.charts import Rows
from ui.frame import pairs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, when

SHOWN_AT_ONCE = 12
CALLED = {"Openapi": "OpenAPI"}  # a name of the template may hold letters and digits only, and its capitals part words


def at(instant: str | datetime) -> str:
    """An instant by the browser's clock."""
    told = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return when(told, st.context.timezone or "Asia/Shanghai", language())


def status(shop: Shop, now: Standing | None) -> None:
    """Region, stack, functions, table, page address, last deployment, version."""
    if now is None:
        st.warning(
            _("Nothing is deployed yet: there is no stack {stack} in {region}.").format(
                stack=plain_words(shop.settings.stack), region=shop.settings.region
            ),
            icon=":material/cloud_off:",
        )
        return
    lines = {
        _("Region"): now.region,
        _("Stack"): now.stack,
        _("State"): f"{_status_words(now.status)} · {now.status}",
        _("Version"): now.version or "—",
        _("Last deployment"): at(now.changed_at),
        _("Functions"): f"{len(now.functions)} · {', '.join(CALLED.get(one, one) for one in now.functions)}",
        _("Table"): now.outputs.get("TableName", "—"),
        _("Page address"): now.outputs.get("ApiUrl", "—"),
    }
    st.subheader(_("Current status"))
    pairs(lines, "pairs_status")


def _status_words(status: str) -> str:
    if status.endswith("_IN_PROGRESS"):
        return _("Being changed")
    if "ROLLBACK" in status or status.endswith("_FAILED"):
        return _("The last change failed; what was before still runs")
    return _("Ready")


def draw(prepared: Prepared) -> bool:
    """What would change, at what kind of cost; whether somebody said that they read it."""
    changes = prepared.plan.changes
    if not changes:
        st.success(_("Nothing would change: this is what stands."), icon=":material/check_circle:")
        return False
    st.subheader(_("What would change"), anchor=False)
    st.markdown(plain_words(_("{what} · version {version}").format(what=_counted(changes), version=prepared.version)))
    for one in dangers(changes):
        st.error(
            _("{resource} would be replaced or removed: what it holds would no longer be used.").format(
                resource=plain_words(one.resource)
            ),
            icon=":material/warning:",
        )
    with st.expander(_("All changes"), expanded=len(changes) <= SHOWN_AT_ONCE, key="all_changes"):
        st.table(_rows(changes), border="horizontal", hide_index=True, alt=_("All changes"))
    st.download_button(
        _("Download the plan (dry run)"),
        prepared.as_file,
        file_name=f"{prepared.plan.stack}-{prepared.version}-plan.json",
        mime="application/json",
        icon=":material/download:",
        key="btn_dry",
        on_click="ignore",
    )
    return st.checkbox(_("I have read what would change"), key=f"sure_{prepared.plan.change_set}")


def _counted(changes: Sequence[Change]) -> str:
    """How many of each kind of change, such as "Alter 8 resources"."""
    counts = Counter(_change_words(one.action, one.replaces) for one in changes)
    one, more = _("{change} 1 resource"), _("{change} {n} resources")
    return " · ".join((one if n == 1 else more).format(change=words, n=n) for words, n in counts.most_common())


def _rows(changes: Sequence[Change]) -> Rows:
    """One resource a line; those that hold data or run code first."""
    order = {"month": 1, "use": 0, "free": 2}
    return [
        {
            _("Change"): _change_words(one.action, one.replaces),
            _("Resource"): one.resource,
            _("Resource type"): one.kind.removeprefix("AWS::").replace("::", " "),
            _("Cost"): _cost_words(one.kind),
        }
        for one in sorted(changes, key=lambda one: (order[cost_class(one.kind)], one.resource))
    ]


def _change_words(action: str, replaces: bool) -> str:
    if action == "Modify":
        return _("Replace, maybe") if replaces else _("Alter")
    return {"Add": _("Create"), "Remove": _("Remove")}.get(action, action)


def _cost_words(kind: str) -> str:
    return {"free": _("free"), "use": _("by use"), "month": _("monthly, small")}[cost_class(kind)]
