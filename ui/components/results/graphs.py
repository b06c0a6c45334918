"""What each chart of the results page is given: the view's numbers under the words that people read."""

from __future__ import annotations

from functions.insights import outlook
from functions.insights.numbers import Numbers
from functions.insights.outlook import Span
from ui.components import charts
from ui.components.charts import Picture
from ui.components.results import headline
from ui.components.results.results_view import View
from ui.i18n import _, language
from ui.words import paragraph


def by_day(view: View) -> Picture:
    """Who came, what they did, what they were given, day by day."""
    days = view.days
    lines = {_("New participants"): [one.participants for one in days]}
    if step := _step(view):
        lines[step] = [outlook.steps(one) for one in days]
    lines[_("Limited rewards given")] = [_limited(view, one) for one in days]
    return charts.daily(days, lines)


def _step(view: View) -> str:
    """What the mechanic calls one step, such as a check-in."""
    kind = next((kind for kind in view.facts if kind.endswith(outlook.STEP)), None)
    return view.facts[kind].title.in_(language()) if kind else ""


def _limited(view: View, counted: Numbers) -> int:
    """Only rewards from a stock: points run into thousands and would hide the coupons."""
    return sum(number for name, number in counted.granted.items() if name in view.issued)


def funnel(view: View) -> Picture:
    """People from agreeing to completing, then their coupons; from the first day to the last chosen one."""
    counted = view.so_far
    steps = [(_("Took part"), counted.participants, True)]
    if counted.consents >= counted.participants:
        steps.insert(0, (_("Agreed"), counted.consents, True))
    if scans := _scans(view):
        steps.insert(0, (_("Scanned a code"), scans, True))
    done = outlook.completed(counted, view.facts)
    if done is not None:
        steps.append((_("Completed"), done, True))
    if coupons := outlook.coupons(counted, view.definitions):
        steps += [(_("Coupons given"), coupons, False), (_("Coupons redeemed"), counted.used, False)]
    return charts.funnel(steps)


def _scans(view: View) -> int:
    """People who came by a printed code, where they are a step before agreeing: not where most come by a link."""
    scans = sum(view.so_far.scans.values())
    return scans if scans >= view.so_far.consents else 0


def funnel_title(view: View) -> str:
    """By its first step."""
    return _("From scanning to redeeming") if _scans(view) else _("From agreeing to redeeming")


def funnel_note(view: View) -> str:
    """What the shares are of; what scans leave out, where there are any."""
    said = [_("Since the first day; shares are of the step before.")]
    if _scans(view):
        said.append(_("Scans are of printed codes only; people who open the page by a link are not among them."))
    return paragraph(said)


def burn(view: View) -> Picture | None:
    """Cost so far under the budget, from the first day to the last chosen one."""
    budget = view.definition.budget
    if not budget.total:
        return None
    span = Span(view.whole.first, view.span.last)
    by_day: dict[str, list[Numbers]] = {}
    for one in span.of(view.counted):
        by_day.setdefault(one.day, []).append(one)
    days = span.filled([])
    costs = [outlook.cost(by_day.get(one.day, []), view.definitions) for one in days]
    return charts.burn(days, costs, budget.total, budget.currency)


def kept(view: View) -> Picture | None:
    """How many made one step, how many two; from the first day to the last chosen one."""
    steps = outlook.kept(view.so_far)
    if not steps:
        return None
    return charts.kept(
        steps, _("{what} per person").format(what=headline.step_words(view)) if _step(view) else _("Step")
    )


def kept_note() -> str:
    """How to read it."""
    return _("Each bar: how many people got at least this far. Those who joined late are still on their way.")
