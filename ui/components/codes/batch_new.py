"""A new batch: what it is for, how many, and what is wrong with it, in one dialog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.codes import batches
from functions.codes.batch import Plan
from functions.core.campaign import Campaign
from functions.core.faults import Fault, faults_of
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.composer.places import placed
from ui.components.forms.begun import begun
from ui.components.forms.fields import draw as draw_field
from ui.components.forms.form import Form
from ui.components.forms.schema import spec_of
from ui.components.forms.values import Path, Terms, put
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import named, plain_words, state_words

DRAFT, WRONG = "st_batch_draft", "st_batch_wrong"
MORE = ("inner", "product_page", "product_page_en", "stem", "zone")
MECHANIC = "item_scan"


def begin() -> None:
    """Open the dialog, empty."""
    st.session_state[DRAFT] = {"content": {}, "faults": [], "epoch": 0, "id": ""}
    st.session_state.pop(WRONG, None)


def is_open() -> bool:
    """Whether the dialog is open."""
    return DRAFT in st.session_state


def dialog(shop: Shop, known: Sequence[Campaign]) -> None:
    """The dialog. What was typed stays until the batch is ordered, or the dialog closed."""

    @st.dialog(_("New batch of codes"), width="large", on_dismiss=_close)
    def ask() -> None:
        if not is_open():
            st.rerun()  # ordered: the page behind shows the batch
        draft = st.session_state[DRAFT]
        if not draft["content"]:
            draft["content"] = _usual(shop)
        form = _form(draft)
        parts = spec_of(Plan).fields
        draw_field(form, parts["name"], ("name",))
        for row in (("gtin", "lot"), ("size", "expires")):
            for column, name in zip(st.columns(2), row, strict=True):
                with column:
                    draw_field(form, parts[name], (name,))
        _campaign(form, known, shop.now)
        with st.expander(_("Inner code, product page, address")):
            for name in MORE:
                draw_field(form, parts[name], (name,))
        st.caption(
            ":material/info: "
            + _("Order as many as you like: codes take no room. None can be used until you activate it.")
        )
        whole = [fault.message.in_(language()) for fault in draft["faults"] if not fault.path]
        for wrong in filter(None, [*map(plain_words, whole), st.session_state.get(WRONG)]):
            st.error(wrong, icon=":material/error:")
        st.button(
            _("Order the codes"),
            type="primary",
            icon=":material/check:",
            key="btn_batch_order",
            on_click=_order,
            args=(shop, draft),
        )

    ask()


def _usual(shop: Shop) -> dict[str, Any]:
    return {
        "name": {"zh": "", "en": ""},
        "gtin": "",
        "lot": "",
        "size": 1000,
        "expires": None,
        "campaign": "",
        "inner": False,
        "product_page": "",
        "product_page_en": "",
        "stem": shop.settings.base_url,
        "zone": st.context.timezone or "Asia/Shanghai",
    }


def _form(draft: dict[str, Any]) -> Form:
    def write(path: Path, value: Any) -> None:
        draft["content"] = put(draft["content"], path, value)
        draft["faults"] = [fault for fault in draft["faults"] if fault.path != ".".join(map(str, path))]

    def replace(path: Path, value: Any) -> None:
        write(path, value)
        draft["epoch"] += 1

    faults: list[Fault] = draft["faults"]
    zone = draft["content"]["zone"]
    return Form(
        draft["content"], placed(draft["content"], faults), language(), Terms(zone), draft["epoch"], write, replace
    )


def _campaign(form: Form, known: Sequence[Campaign], now: datetime) -> None:
    """The campaign whose reward the items carry: one that is made for item codes."""
    fitting = [one for one in known if one.mechanic == MECHANIC and one.stands(now) not in ("ended", "archived")]
    words = {"": _("None: only whether it is genuine")} | {
        one.id: f"{named(one)} · {state_words(one.stands(now))}" for one in fitting
    }
    key = f"batch_campaign_{language()}"
    picked = st.selectbox(
        _("Reward for the first scan"),
        list(words),
        index=list(words).index(begun(key, form.content["campaign"])),
        format_func=words.__getitem__,
        key=key,
    )
    form.write(("campaign",), picked)
    st.caption(
        "&nbsp;" if fitting else _("No campaign for item codes yet: begin one from the template “Genuine, and a gift”.")
    )


def _order(shop: Shop, draft: dict[str, Any]) -> None:
    """Order what was typed; told again after a lost answer it is the same batch."""
    st.session_state[WRONG] = ""
    ring = shop.ring()
    try:
        plan = Plan.model_validate(draft["content"])
        if ring is None:
            st.session_state[WRONG] = _("No secret is named (POND_SECRET), and codes are made with it.")
            return
        draft["id"] = draft["id"] or shop.fresh_id("batch")
        batch = batches.issue(shop.store, plan, draft["id"], ring.current, shop.editor, shop.now)
    except ValidationError as error:
        draft["faults"] = faults_of(error)
    except Refused as refused:
        st.session_state[WRONG] = plain_words(refused.message.in_(language()))
    except (Unknown, Busy):
        st.session_state[WRONG] = _("No answer came. Press again: nothing is done twice.")
    else:
        _close()
        st.query_params["b"] = batch.id


def _close() -> None:
    st.session_state.pop(DRAFT, None)
    st.session_state.pop(WRONG, None)
