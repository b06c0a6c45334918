"""Live codes beside one another: by code, by guide 导购, and by partner BD互换 in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from functions.core.live_code import Guide, LiveCode
from functions.insights.doors import LIVE
from functions.insights.numbers import Numbers, daily, totals
from functions.storage import workspace
from ui.components.charts import Rows
from ui.components.codes import compare, live_costs
from ui.components.codes.compare import Line
from ui.components.forms.labels import choice_words
from ui.components.sheet import as_csv, csv_button
from ui.components.shown import table
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import percent, plain_words


def draw(shop: Shop, found: Sequence[LiveCode], part: str) -> None:
    """The comparison that was chosen: `codes`, `guides` or `partners`."""
    counted, currency = totals(daily(shop.store, LIVE)), workspace.load(shop.store)[0].currency
    if part == "partners":
        _partners(found, counted)
        return
    lines = guides(found, counted, currency) if part == "guides" else codes(found, counted, currency)
    title = _("Associate") if part == "guides" else _("Live code")
    if not lines:
        words = _("No code belongs to a sales associate yet. Open a code and say whose it is.")
        st.info(words, icon=":material/badge:")
        return
    note = _(
        "Each person counts once per campaign; members, orders and revenue go to the first code they used. Scans are"
        " people who opened the page, once in 30 days; links straight to another site cannot be counted."
    )
    table(_("Who came, stayed and bought"), compare.shown(lines, title, 0, currency, priced=True), note)
    _file(compare.table(lines, title, currency), f"{title}.csv")
    if part == "codes":
        live_costs.draw(shop, found, currency)


def codes(found: Sequence[LiveCode], counted: Numbers, currency: str) -> list[Line]:
    """Each code, the most people first."""
    lines = [compare.line(counted, one.name, one.code, currency, one.cost) for one in found]
    return sorted(lines, key=lambda one: -one.people)


def guides(found: Sequence[LiveCode], counted: Numbers, currency: str) -> list[Line]:
    """Each guide with all their codes, by name and role; the most members of their own first."""
    known: dict[Guide, list[Line]] = defaultdict(list)
    for one in found:
        if one.guide is not None:
            known[one.guide].append(compare.line(counted, one.name, one.code, currency, one.cost))
    lines = [compare.together(mine, f"{guide.name} · {role(guide)}") for guide, mine in known.items()]
    return sorted(lines, key=lambda one: (-one.own, one.name))


def role(guide: Guide) -> str:
    """What a guide is called."""
    extra = Guide.model_fields["role"].json_schema_extra
    return choice_words(guide.role, extra if isinstance(extra, dict) else {}).in_(language())


def _partners(found: Sequence[LiveCode], counted: Numbers) -> None:
    rows = partners(found, counted)
    if not rows:
        words = _(
            "No swap yet. Make one code to stand at the partner's and one that leads there; name the partner in both."
        )
        st.info(words, icon=":material/handshake:")
        return
    table(
        _("Swaps with partners"),
        rows,
        _("What ours did at the partner's is what the partner tells; enter it at the code."),
    )
    _file(rows, f"{_('Partner')}.csv")


def partners(found: Sequence[LiveCode], counted: Numbers) -> Rows:
    """Each partner: theirs who came to us, and ours who went to them, with what became of both."""
    named: dict[str, list[LiveCode]] = defaultdict(list)
    for one in found:
        if one.partner is not None:
            named[one.partner.name].append(one)
    return [_partner(name, named[name], counted) for name in sorted(named)]


def _partner(name: str, theirs: Sequence[LiveCode], counted: Numbers) -> dict[str, str]:
    came = [one.code for one in theirs if one.partner and one.partner.direction == "in"]
    out = [one for one in theirs if one.partner and one.partner.direction == "out"]
    people, back, bought = (
        sum(group.get(code, 0) for code in came) for group in (counted.channels, counted.back7, counted.buyers)
    )
    went = sum(counted.went.get(one.code, 0) for one in out)
    stayed, paid = (sum(getattr(one.partner, what) for one in out) for what in ("stayed", "bought"))
    return {
        _("Partner"): plain_words(name),
        _("Came to us"): f"{people:,}",
        _("of them stayed (a week)"): _share(back, people),
        _("of them bought"): _share(bought, people),
        _("Went to them"): f"{went:,}",
        _("of ours stayed"): _share(stayed, went),
        _("of ours bought"): _share(paid, went),
        _("Balance"): f"{people - went:+,}",
    }


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({percent(part / whole)})" if part and whole else f"{part:,}"


def _file(rows: Rows, name: str) -> None:
    csv_button(_("Table (CSV)"), lambda: as_csv(rows), name, key="btn_live_csv", kind="tertiary")
