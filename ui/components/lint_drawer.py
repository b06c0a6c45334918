"""What is to correct or to confirm, in a drawer that opens from the composer's bar on every step."""

from __future__ import annotations

import streamlit as st

from ui.components import jump
from ui.components.places import step_of, titles
from ui.desk import Desk
from ui.i18n import _, language
from ui.words import plain_words

OPEN = "st_lint_drawer"
Line = tuple[str, str, str, str]  # mark, sentence, quote, path


def button(desk: Desk) -> None:
    """How much is open, as the button that shows it; once nothing is, words."""
    errors, warnings = count(desk)
    if not (errors or warnings):
        st.caption(":green[:material/check_circle:] " + _("Ready to publish"), width="content")
        return
    said = [_("{n} to correct").format(n=errors)] if errors else []
    said += [_("{n} to confirm").format(n=warnings)] if warnings else []
    icon = ":material/error:" if errors else ":material/warning:"
    st.button(" · ".join(said), icon=icon, type="tertiary", key="btn_lint", on_click=_opened)


def count(desk: Desk) -> tuple[int, int]:
    """What stops publishing, and what somebody has to confirm."""
    _definition, faults, findings = desk.checked()
    blocks = sum(finding.severity == "block" for finding in findings)
    return len(faults) + blocks, sum(finding.severity == "warn" and not finding.signed for finding in findings)


def draw(desk: Desk) -> None:
    """The drawer, while it is open."""
    if not st.session_state.get(OPEN):
        return

    @st.dialog(_("To see to"), position="right", on_dismiss=_closed)
    def show() -> None:
        lines = _lines(desk)
        if not lines:
            st.success(_("Ready to publish"), icon=":material/check_circle:")
        for place, line in enumerate(lines):
            _row(place, line)

    show()


def _opened() -> None:
    st.session_state[OPEN] = True


def _closed() -> None:
    st.session_state.pop(OPEN, None)


def _lines(desk: Desk) -> list[Line]:
    _definition, faults, findings = desk.checked()
    tongue = language()
    wrong = [(":red[:material/error:]", fault.message.in_(tongue), "", fault.path) for fault in faults]
    blocks = [one for one in findings if one.severity == "block"]
    warns = [one for one in findings if one.severity == "warn" and not one.signed]
    return (
        wrong
        + [(":red[:material/block:]", one.message.in_(tongue), one.quote, one.path) for one in blocks]
        + [(":orange[:material/warning:]", one.message.in_(tongue), one.quote, one.path) for one in warns]
    )


def _row(place: int, line: Line) -> None:
    mark, sentence, quote, path = line
    with st.container(border=True):
        st.markdown(f"{mark} {plain_words(sentence)}")
        if quote:
            st.markdown(f"> {plain_words(quote)}")
        step = step_of(path)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(plain_words(titles()[step]), width="content")
            st.button(_("Go there"), key=f"btn_lint_{place}", on_click=_go, args=(path,))


def _go(path: str) -> None:
    jump.to(path)
    _closed()
