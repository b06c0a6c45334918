"""From a reviewer's button to a verdict on its way."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui.api import NotDone, Said
from ui.components.clerk import Clerk
from ui.components.reviews import queue
from ui.components.reviews.held import UNDO, Choice, Outbox, Verdict
from ui.components.reviews.queue import Desk, Item
from ui.shop import Shop, open_shop
from ui.words import plain_words

REFUSED = "st_not_reviewed"


def outbox(shop: Shop) -> Outbox:
    """This browser's own verdicts on their way; they outlive a change of page."""
    kept: Outbox = st.session_state.setdefault("st_outbox", Outbox(shop.later))
    return kept


def decide(desk: Desk, items: tuple[Item, ...], choice: Choice, reason: str, note: str) -> None:
    """Hold the verdict; what stands in the way of any verdict is said at once."""
    shop, clerk = current(), st.session_state.setdefault("st_clerk", Clerk())
    try:
        clerk.ready(shop, shop.now)
    except NotDone as why:
        st.session_state[REFUSED] = f"{plain_words(why.sentence)} [{why.code}]"
        return
    due = shop.now + UNDO
    said = {"verdict": choice, "reason": reason, "note": note}
    send = partial(_send, shop, clerk, desk.campaign.id, said)
    outbox(shop).hold(Verdict(items, choice, due, send))


def refusal() -> None:
    """Why the last verdict could not even be held."""
    if wrong := st.session_state.pop(REFUSED, None):
        st.warning(wrong, icon=":material/cloud_off:")


def current(otherwise: Shop | None = None) -> Shop:
    """The shop with the clock of now: the one that drew the page stands still since then."""
    shop = open_shop() or otherwise
    assert shop is not None
    return shop


def _send(shop: Shop, clerk: Clerk, campaign: str, verdict: dict[str, str], item: Item) -> Said:
    said = {"member": item.member, "day": item.day.isoformat(), "item": item.name, **verdict}
    return clerk.send(shop, campaign, queue.KIND, said, shop.now + UNDO)
