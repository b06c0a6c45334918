"""At the foot of the queue: a verdict that can still be taken back, with its countdown; those without an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from ui.components.reviews.held import Outbox, Verdict
from ui.i18n import _
from ui.words import plain_words

UNDONE = "st_undone"
HEIGHT = 40  # always kept, so that nothing below moves when a verdict comes or goes


def draw(outbox: Outbox, clock: Callable[[], datetime], something: bool = True) -> None:
    """The slot. While something is held it is drawn anew every second. `something`: whether there is any to judge."""

    ticks = bool(outbox.waiting())
    if said := st.session_state.pop(UNDONE, None):
        st.toast(said)

    @st.fragment(run_every="1s" if ticks else None)
    def ticking() -> None:
        waiting = outbox.waiting()
        if UNDONE in st.session_state or (ticks and not waiting):
            st.rerun()  # the whole page: what it shows is another now, and the clock may rest
        _told(outbox)
        with st.container(height=HEIGHT, border=False, key="review_slot"):
            if waiting:
                _held(outbox, waiting, clock())
            elif something:
                st.caption(_("A verdict is sent after ten seconds. Until then it can be taken back."))

    with st.bottom:
        ticking()
    for verdict in outbox.failed():
        _failed(outbox, verdict)


def _held(outbox: Outbox, waiting: list[Verdict], now: datetime) -> None:
    newest = waiting[-1]
    with st.container(horizontal=True, vertical_alignment="center"):
        seconds = newest.seconds(now)
        sent_in = _("sent in {n} s").format(n=seconds) if newest.state == "held" else _("being sent")
        more = _(" · {n} more on their way").format(n=len(waiting) - 1) if len(waiting) > 1 else ""
        st.markdown(f"**{plain_words(_what(newest))}** · {sent_in}{more}", width="content")
        st.button(
            _("Undo"),
            icon=":material/undo:",
            shortcut="z",
            key="btn_undo",
            disabled=newest.state != "held",
            on_click=_undo,
            args=(outbox, newest),
        )


def _what(verdict: Verdict) -> str:
    """Approved abc123, or Approved 5."""
    who = verdict.items[0].member[-6:] if len(verdict.items) == 1 else str(len(verdict.items))
    return (_("Approved {who}") if verdict.choice == "approve" else _("Rejected {who}")).format(who=who)


def _undo(outbox: Outbox, verdict: Verdict) -> None:
    undone = outbox.undo(verdict)
    st.session_state[UNDONE] = _("Taken back. Nothing was sent.") if undone else _("Too late: it is sent already.")


def _told(outbox: Outbox) -> None:
    """What was sent, as a toast each: the service's own sentence, or how many came to the same end."""
    for verdict in outbox.news():
        counts: dict[str, int] = {}
        for answer in verdict.answers:
            counts[answer.message] = counts.get(answer.message, 0) + 1
        st.toast("  \n".join(plain_words(f"{n} × {said}" if n > 1 else said) for said, n in counts.items()))


def _failed(outbox: Outbox, verdict: Verdict) -> None:
    assert verdict.refusal is not None
    with st.container(border=True):
        said = f"{plain_words(verdict.refusal.sentence)} [{verdict.refusal.code}]"
        st.warning(f"{plain_words(_what(verdict))}: {said}", icon=":material/cloud_off:")
        place = outbox.failed().index(verdict)
        with st.container(horizontal=True):
            st.button(_("Send again"), type="primary", key=f"btn_again_{place}", on_click=outbox.again, args=(verdict,))
            st.button(_("Back to the queue"), key=f"btn_drop_{place}", on_click=outbox.drop, args=(verdict,))
