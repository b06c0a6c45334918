"""What became of the members' deposits: paid, given back, kept, and still held; from the counters."""

from __future__ import annotations

from functions.insights.numbers import Numbers, totals
from ui.components.results.headline import Figure
from ui.components.results.results_view import View
from ui.i18n import _
from ui.words import round_money

PAID, SETTLED = ".deposit_paid", ".deposit_settled"  # a mechanic's facts


def figures(view: View) -> list[Figure]:
    """The four sums, whatever is chosen: a deposit is paid on one day and goes back on another. None of no deposit."""
    counted, currency = totals(view.everything), view.definition.budget.currency
    paid, back, kept = (counted.money.get(name, 0) for name in ("deposit", "back", "kept"))
    if not paid:
        return []
    open_now = _("Not settled yet: {n}. They are when people finish or leave, at the latest when the campaign ends.")
    held = open_now.format(n=f"{_many(counted, PAID) - _many(counted, SETTLED):,}")
    told = (
        (_("Paid in"), paid, _("What members paid to take part. What was not taken went straight back.")),
        (_("Given back"), back, _("All of it with the last day, otherwise by the table. Takes 1 to 3 days to arrive.")),
        (_("Kept"), kept, _("What the table did not give back to people who left or did too few days.")),
        (_("Still held"), paid - back - kept, held),
    )
    return [Figure(name, round_money(minor, currency), "", meaning) for name, minor, meaning in told]


def note(view: View) -> str:
    """How many there are, and whose money it is."""
    counted = totals(view.everything)
    words = _("Paid: {n}, settled: {done}, whatever dates are chosen. It is members' own money, not your budget.")
    return words.format(n=f"{_many(counted, PAID):,}", done=f"{_many(counted, SETTLED):,}")


def _many(counted: Numbers, fact: str) -> int:
    return sum(number for kind, number in counted.facts.items() if kind.endswith(fact))
