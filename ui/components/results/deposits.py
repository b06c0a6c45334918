"""What became of the members' deposits: paid, given back, kept, and still held; from the counters."""

from __future__ import annotations

import streamlit as st

from functions.insights.numbers import totals
from ui.components.results.results_view import View
from ui.i18n import _
from ui.words import plain_words, round_money


def sums(view: View) -> dict[str, str]:
    """The four sums in words; nothing where nobody ever paid a deposit."""
    counted, currency = totals(view.everything).money, view.definition.budget.currency
    paid, back, kept = (counted.get(name, 0) for name in ("deposit", "back", "kept"))
    if not paid:
        return {}
    named = {_("Paid in"): paid, _("Given back"): back, _("Kept"): kept, _("Still held"): paid - back - kept}
    return {name: round_money(sum, currency) for name, sum in named.items()}


def draw(view: View) -> None:
    """In all, whatever the filters say: a deposit is paid on one day and goes back on another."""
    if not (told := sums(view)):
        return
    st.subheader(_("Deposits"))
    for column, (name, sum) in zip(st.columns(len(told)), told.items(), strict=True):
        column.metric(name, plain_words(sum), border=True)
    st.caption(_("Members' own money, in all. What is kept is what the table did not give back."))
