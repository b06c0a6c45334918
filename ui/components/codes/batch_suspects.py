"""Items of a batch that may be copied: looked at one by one, then blocked or found fine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from functions.codes import batches
from functions.codes.batch import Batch
from functions.core.audit import Entry
from functions.core.keys import Row
from functions.core.text import Text
from functions.insights import suspects
from functions.insights.suspects import LISTED_MAX, Suspect
from functions.storage.engine import TooBusy
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.codes import batch_item
from ui.components.sheet import as_csv, csv_button
from ui.frame import pairs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, unbroken

OPEN, WRONG = "st_suspect", "st_suspect_wrong"
PAGE, SHOWN_MAX = 10, 200


def draw(shop: Shop, batch: Batch, found: Sequence[Suspect]) -> None:
    """The list, a page of it, and the one that is looked at."""
    st.subheader(_("Suspicious items"))
    if not found:
        st.caption(":material/task_alt: " + _("Nothing suspicious."))
        return
    st.caption(_("Scanned again and again by others, or far apart within one day. The newest come first."))
    shown = found[:SHOWN_MAX]
    pages = -(-len(shown) // PAGE)
    place = st.container(gap="small")
    at = st.pagination(pages, key=f"suspects_{pages}") if pages > 1 else 1
    part = shown[(at - 1) * PAGE : at * PAGE]
    rows = batch_item.rows(shop, batch, [one.number for one in part])
    with place:
        for one in part:
            _line(batch, one, rows[one.number])
    _more(shop, batch, found)
    if seen := next((one for one in found if one.number == st.session_state.get(OPEN)), None):
        _open(shop, batch, seen)


def _line(batch: Batch, one: Suspect, row: Row) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="content", gap="xsmall"):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.markdown(f"**{batch_item.title(one.number)}**", width="content")
                for rang in batch_item.alarms(one.alarms):
                    st.badge(rang, color="orange", icon=":material/warning:")
            scans = _("{n} scans, {others} by others").format(
                n=f"{row.get('count', 0):,}", others=f"{row.get('others', 0):,}"
            )
            where = [batch_item.towns(one.places)] if one.places else []
            latest = unbroken(batch_item.last(batch, row))
            told = [*where, scans, *([_("last on {time}").format(time=latest)] if latest else [])]
            st.caption(plain_words(" · ".join(told)))
        st.button(
            _("Look at it"), icon=":material/search:", key=f"btn_suspect_{one.number}", on_click=_asked, args=(one,)
        )


def _more(shop: Shop, batch: Batch, found: Sequence[Suspect]) -> None:
    """That there are more than are shown, and the file of all."""
    if len(found) > SHOWN_MAX:
        most = "+" if len(found) == LISTED_MAX else ""
        st.caption(_("The newest {n} of {all}").format(n=SHOWN_MAX, all=f"{len(found):,}{most}"))
    csv_button(
        _("Suspicious items (CSV)"),
        lambda: table(shop, batch, found),
        f"{_('Suspicious items')}.csv",
        key="btn_suspects_csv",
        kind="tertiary",
    )


def table(shop: Shop, batch: Batch, found: Sequence[Suspect]) -> bytes:
    """Every one of them as a line of CSV."""
    rows = batch_item.rows(shop, batch, [one.number for one in found])
    lines = [
        {
            _("Number"): one.number + 1,
            _("Alarms"): ", ".join(batch_item.alarms(one.alarms)),
            _("Where"): batch_item.towns(one.places),
            _("Scans"): rows[one.number].get("count", 0),
            _("Scans by others"): rows[one.number].get("others", 0),
            _("Last scanned"): batch_item.last(batch, rows[one.number]),
        }
        for one in found
    ]
    return as_csv(lines)


def _asked(one: Suspect) -> None:
    st.session_state[OPEN] = one.number
    st.session_state.pop(WRONG, None)


def _closed() -> None:
    st.session_state.pop(OPEN, None)


def _open(shop: Shop, batch: Batch, seen: Suspect) -> None:
    """One item, and what to do with it."""

    @st.dialog(batch_item.title(seen.number), position="right", on_dismiss=_closed, icon=":material/warning:")
    def look() -> None:
        with st.container(horizontal=True, gap="small"):
            for rang in batch_item.alarms(seen.alarms):
                st.badge(rang, color="orange", icon=":material/warning:")
        if seen.places:
            st.markdown(f"**{plain_words(batch_item.towns(seen.places))}**")
            st.caption(_("Two people scanned it there within one day."))
        row = batch_item.rows(shop, batch, [seen.number])[seen.number]
        pairs(batch_item.facts(shop, batch, seen.number, row), "pairs_suspect")
        if not shop.who.may("publish"):
            st.caption(_("Your role may look at this, not change it."))
            return
        st.markdown(
            _(
                "- Block it: whoever scans it is told so, and its reward cannot be taken\n"
                "- It is fine: it leaves the list until something new happens"
            )
        )
        if wrong := st.session_state.get(WRONG):
            st.error(wrong, icon=":material/error:")
        with st.container(horizontal=True):
            if st.button(_("Block this item"), type="primary", icon=":material/block:", key="btn_suspect_block"):
                _done(lambda: _block(shop, batch, seen), _("Blocked: {n}").format(n=batch_item.title(seen.number)))
            if st.button(_("It is fine"), icon=":material/task_alt:", key="btn_suspect_fine"):
                _done(lambda: _fine(shop, batch, seen), _("Off the list: {n}").format(n=batch_item.title(seen.number)))

    look()


def _block(shop: Shop, batch: Batch, seen: Suspect) -> str:
    one = [(seen.number, seen.number)]
    number = f"{seen.number + 1:,}"
    batches.alter_batch(shop.store, batch, lambda now: now.barred(one), "block", shop.editor, shop.now, number)
    return ""


def _fine(shop: Shop, batch: Batch, seen: Suspect) -> str:
    about = batch.name if batch.name.zh or batch.name.en else Text(zh=batch.label, en=batch.label)
    entry = Entry(what="clear_item", by=shop.editor, at=shop.now, about=about, note=f"{seen.number + 1:,}")
    is_off = suspects.clear(shop.store, batch.id, seen, entry)
    return "" if is_off else _("Something happened with it meanwhile. Look again.")


def _done(step: Callable[[], str], said: str) -> None:
    """Do it; what went wrong is said in the dialog, which stays."""
    try:
        wrong = step()
    except Refused as refused:
        wrong = plain_words(refused.message.in_(language()))
    except (Unknown, Busy, TooBusy):
        wrong = _("No answer came. Press again: nothing is done twice.")
    if wrong:
        st.session_state[WRONG] = wrong
    else:
        _closed()
        st.toast(said, icon=":material/task_alt:")
    st.rerun()
