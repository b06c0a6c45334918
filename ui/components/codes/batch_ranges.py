"""Which items of a batch may be used: activated, blocked, released, by their numbers or by the serials of both ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from functions.codes import batches, ranges
from functions.codes.batch import Batch
from functions.codes.item import serials
from functions.codes.ranges import BadRange, Range, read_ranges
from functions.codes.reasons import RANGES
from functions.codes.serial import BadSerial
from functions.core.tokens import Keyring
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

SAID, ROUND = "st_ranges_said", "st_ranges_round"
SHOWN_MAX = 12
DEEDS: dict[str, Callable[[Batch, Sequence[Range]], Batch]] = {
    "activate": Batch.activated,
    "block": Batch.barred,
    "release": Batch.released,
}


def draw(shop: Shop, batch: Batch) -> None:
    """What stands, and the line to change it."""
    _standing(batch)
    if not shop.who.may("publish"):
        st.caption(_("Your role may look at this, not change it."))
        return
    key = f"ranges_{language()}_{batch.id}_{st.session_state.get(ROUND, 0)}"
    st.text_input(
        _("Which items"),
        key=key,
        placeholder=_("1-5000, 7001, or the serials of both ends of a roll"),
        max_chars=2000,
        help=_("Numbers count from 1. Write “all” for the whole batch."),
        persist_state="page",
    )
    names = {"activate": _("Activate"), "block": _("Block"), "release": _("Unblock")}
    icons = {"activate": "check_circle", "block": "block", "release": "lock_open"}
    with st.container(horizontal=True, vertical_alignment="center"):
        for deed, name in names.items():
            st.button(
                name,
                icon=f":material/{icons[deed]}:",
                type="primary" if deed == "activate" else "secondary",
                key=f"btn_ranges_{deed}",
                on_click=_done,
                args=(shop, batch, deed, key),
            )
    said = st.session_state.get(SAID)
    if said:
        st.markdown(said)
    else:
        st.caption(_("A change reaches every phone within five seconds."))


def _standing(batch: Batch) -> None:
    lines = {
        _("Usable"): ranges.without(batch.active, batch.blocked),
        _("Blocked"): batch.blocked,
        _("Not activated"): ranges.without([(0, batch.size - 1)], [*batch.active, *batch.blocked]),
    }
    rows = [
        {_("State"): name, _("Count"): f"{ranges.count(some):,}", _("Numbers"): _words(some)}
        for name, some in lines.items()
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=_("Which items may be used"))


def _words(some: Sequence[Range]) -> str:
    """Ranges as people type them, the first of many."""
    told = [f"{first + 1:,}–{last + 1:,}" if last > first else f"{first + 1:,}" for first, last in some[:SHOWN_MAX]]
    return " · ".join(told + ["…"] * (len(some) > SHOWN_MAX)) or "—"


def _done(shop: Shop, batch: Batch, deed: str, key: str) -> None:
    text = str(st.session_state.get(key) or "").strip()
    seen: list[Batch] = []  # before each attempt: one whose answer was lost may be done when the next one looks
    try:
        wanted = _ranges(shop.ring(), batch, text)

        def change(now: Batch) -> Batch:
            seen.append(now)
            return DEEDS[deed](now, wanted)

        after = batches.alter_batch(shop.store, batch, change, deed, shop.editor, shop.now, _words(wanted))
    except BadRange as bad:
        _say(RANGES[bad.code].fill(language(), {"text": bad.text}))
    except Refused as refused:
        _say(refused.message.in_(language()))
    except (Unknown, Busy):
        _say(_("No answer came. Press again: nothing is done twice."))
    else:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        before = next((one for one in reversed(seen) if one != after), after)
        st.session_state[SAID] = _told(deed, _changed(before, after), ranges.count(wanted))


def _changed(before: Batch, after: Batch) -> int:
    """How many items are other than they were."""
    active, blocked = (
        abs(ranges.count(now) - ranges.count(then))
        for then, now in ((before.active, after.active), (before.blocked, after.blocked))
    )
    return active + blocked


def _told(deed: str, changed: int, wanted: int) -> str:
    """What came of it, of as many as changed: others that were typed were so already."""
    if not changed:
        same = {
            "activate": _("Nothing changed: these were activated already."),
            "block": _("Nothing changed: these were blocked already."),
            "release": _("Nothing changed: none of these was blocked."),
        }
        return f":gray[:material/info: {same[deed]}]"
    words = {"activate": _("Activated: {n}"), "block": _("Blocked: {n}"), "release": _("Released: {n}")}
    more = _(" · {n} unchanged").format(n=f"{wanted - changed:,}") if changed < wanted else ""
    return f":green[:material/check: {words[deed].format(n=f'{changed:,}')}{more}]"


def _say(wrong: str) -> None:
    st.session_state[SAID] = f":red[:small[:material/error: {plain_words(wrong)}]]"


def _ranges(ring: Keyring | None, batch: Batch, text: str) -> tuple[Range, ...]:
    if text.lower() in ("all", "全部"):
        return ((0, batch.size - 1),)
    return read_ranges(text, batch.size, lambda serial: number_of(ring, batch, serial))


def number_of(ring: Keyring | None, batch: Batch, serial: str) -> int:
    """Which item of the batch a serial is, under the label it has or had. BadSerial when it is none of it."""
    if ring is None or batch.key not in ring.roots:
        raise BadSerial
    for label in (batch.label, *(label for label, _first in batch.past)):
        try:
            index = serials(ring.roots[batch.key], ring.tenant, label).open(serial)
        except BadSerial:
            continue
        if (number := batch.number_of(index, label)) is not None:
            return number
    raise BadSerial
