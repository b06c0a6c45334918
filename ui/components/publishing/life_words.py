"""What a step of a campaign's life is called, and what it says beforehand: what participants will see and keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from functions.storage.play import OUTCOMES
from ui.i18n import _, language
from ui.words import plain_words

Step = Literal["pause", "resume", "end", "archive"]


def words() -> dict[Step, str]:
    """What the steps are called."""
    return {"pause": _("Pause"), "resume": _("Resume"), "end": _("End"), "archive": _("Archive")}


def titles() -> dict[Step, str]:
    """What the dialogs are called."""
    return {
        "pause": _("Pause the campaign?"),
        "resume": _("Resume the campaign?"),
        "end": _("End the campaign for good?"),
        "archive": _("Archive the campaign?"),
    }


def done() -> dict[Step, str]:
    return {
        "pause": _("The campaign is paused."),
        "resume": _("The campaign runs again."),
        "end": _("The campaign has ended."),
        "archive": _("The campaign is archived."),
    }


def sees(what: Step, *, was_live: bool = True, is_over: bool = False) -> None:
    """What participants will see, and what becomes of what they have; nobody sees anything of what `was_live` never,
    and an end tells nobody anything new of what `is_over` already."""
    says: dict[str, list[tuple[str, str]]] = {
        "pause": [
            (_("What people see"), quoted("paused")),
            (_("How soon"), _("On every phone within five seconds")),
            (_("What they earned"), _("It stays, and coupons can still be redeemed")),
            (_("Dates"), _("The end stays where it is: a pause does not make the campaign longer")),
        ],
        "resume": [
            (_("What people see"), _("The campaign as it was, with their days and rewards")),
            (_("How soon"), _("On every phone within five seconds")),
        ],
        "end": [
            (_("What people see"), quoted("ended")),
            (_("How soon"), _("On every phone within five seconds")),
            (_("What they earned"), _("It stays, and coupons can be redeemed until they expire")),
            (_("Undo"), _("Not possible. A copy can run again, from zero")),
        ],
        "settle": [
            (_("What people see"), _("Nothing changes: the page says that the campaign is over")),
            (_("What they earned"), _("It stays, and coupons can be redeemed until they expire")),
            (_("For you"), _("Reviews earn nothing more from then on, and the campaign can be archived")),
            (_("Undo"), _("Not possible: no later end can be published. A copy can run again, from zero")),
        ],
        "archive": [
            (_("What people see"), _("Nothing changes: the page says that the campaign is over")),
            (_("For you"), _("It leaves the lists; numbers, versions and the audit log stay")),
            (_("Undo"), _("Not possible. A copy can run again, from zero")),
        ],
        "discard": [
            (_("What people see"), _("Nothing: it was never live")),
            (_("For you"), _("It leaves the lists; the audit log stays")),
            (_("Undo"), _("Not possible. A copy has all that is written here")),
        ],
    }
    told = "settle" if what == "end" and is_over else what
    for name, sentence in says[told if was_live else "discard"]:
        st.markdown(f":gray[{name}]  \n{plain_words(sentence)}")


def _pause_costs() -> str:
    return _(
        "Deposits held: {n}. Nobody can check in during the pause, so publish a later end when you resume: it gives "
        "everybody those days back. If it is still paused 3 days after the end, every deposit is refunded in full."
    )


def _pause_has_cost() -> str:
    return _(
        "Deposits held: {n}. Nobody could check in during the pause. Publish a later end, which gives everybody those "
        "days back."
    )


SAID_OF_DAYS: Mapping[Step, Callable[[], str]] = {"pause": _pause_costs, "resume": _pause_has_cost}


def quoted(outcome: str) -> str:
    """What a phone says, in its own words."""
    return _("The page says: {words}").format(words=OUTCOMES[outcome].in_(language()))
