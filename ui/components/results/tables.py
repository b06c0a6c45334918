"""The tables of the results page: each reward, each rule, each printed code, and what happened. Pure."""

from __future__ import annotations

from collections import Counter
from typing import Any

from functions.core.campaign import RewardItem
from functions.core.money import DECIMALS
from functions.core.rules import Rule
from functions.insights import outlook
from functions.insights.numbers import Numbers, totals
from functions.storage.play import OUTCOMES
from ui.components.charts import Rows
from ui.components.codes.compare import Line, line, shown
from ui.components.composer.gifts import gifts_of
from ui.components.composer.sentences import sentence
from ui.components.results import flows, together
from ui.components.results.results_view import View
from ui.i18n import _, language
from ui.words import paragraph, plain_words

GRANTED = "granted"


def rewards(view: View) -> Rows:
    """Each reward as it stands now, whatever is chosen; what is gone of a limited one is read from the stock."""
    counted = totals(view.everything)
    return [_reward(view, counted, item) for item in view.definition.rewards]


def _reward(view: View, counted: Numbers, item: RewardItem) -> dict[str, Any]:
    gone, stock = view.issued.get(item.id, (counted.granted.get(item.id, 0), 0))
    limited = item.id in view.issued
    used = counted.redeemed.get(item.id, 0) - counted.reversed.get(item.id, 0)
    return {
        _("Reward"): plain_words(item.name.in_(language())),
        _("Given"): f"{gone:,}",
        _("Left"): f"{stock - gone:,}" if limited else _("no limit"),
        _("Redeemed"): f"{used:,}" if item.kind == "coupon" else "—",
        _("Not given"): f"{_turned_away(counted, item.id):,}",
    }


def _turned_away(counted: Numbers, reward: str) -> int:
    """How often this reward was owed and not given: all gone, or the member's limit."""
    return sum(number for name, number in counted.refused.items() if name.partition(".")[2] == reward)


def rewards_note(view: View) -> str:
    """Since when they count; how many coupons expired unused, and how many can still be used."""
    counted = totals(view.everything)
    since = _("Since the first day.")
    if not outlook.coupons(counted, view.definitions):
        return since
    expired, usable = outlook.lapsed(counted, view.today)
    words = _("Coupons not redeemed: {usable} can still be used, {expired} have expired.")
    return paragraph([since, words.format(usable=f"{usable:,}", expired=f"{expired:,}")])


def rules(view: View) -> Rows:
    """Each rule that owed something, as its sentence: how often it paid, how often not, and the commonest reasons."""
    told: dict[str, Counter[str]] = {}
    for name, number in view.within.rules.items():
        rule, _dot, outcome = name.rpartition(".")
        told.setdefault(rule, Counter())[outcome] += number
    known = {rule.id: rule for version in reversed(view.versions) for rule in version.definition.rules}
    order = {rule.id: place for place, rule in enumerate(view.definition.rules)}
    return [_rule(view, known.get(name), name, told[name]) for name in sorted(told, key=lambda one: order.get(one, 99))]


def _rule(view: View, rule: Rule | None, name: str, outcomes: Counter[str]) -> dict[str, Any]:
    given = [item.model_dump() for version in view.versions for item in version.definition.rewards]
    words = name
    if rule is not None:
        words = sentence(rule.model_dump(by_alias=True), view.facts, gifts_of(given, language()), language())
    refused = Counter({code: number for code, number in outcomes.items() if code != GRANTED})
    reasons = (f"{_reason(code)} {number:,}" for code, number in refused.most_common(2))
    return {
        _("Rule"): plain_words(words),
        _("Given"): f"{outcomes[GRANTED]:,}",
        _("Not given"): f"{refused.total():,}",
        _("Why not"): " · ".join(reasons) or "—",
    }


def _reason(code: str) -> str:
    return OUTCOMES[code].in_(language()) if code in OUTCOMES else code


def doors(view: View) -> list[Line]:
    """Participants by the printed code that they came through, the most first; the rest came without one."""
    counted, currency = view.within, view.definition.budget.currency
    known = sorted(counted.channels.items(), key=lambda line: -line[1])
    found = [line(counted, *view.door(code), currency, view.cost_of(code)) for code, _people in known]
    rest = counted.participants - sum(counted.channels.values())
    return [*found, *([Line(_("No channel code"), people=rest)] if rest > 0 else [])]


def channels(view: View) -> Rows:
    """The same as rows. What a channel cost is for all its days: told where all days and versions are chosen."""
    found = doors(view)
    return shown(found, _("Channel"), view.within.participants, view.definition.budget.currency, priced=view.is_whole)


def happened(view: View) -> Rows:
    """What became true, by the mechanic's own words; reviews are among it."""
    return [
        {_("Event"): view.facts[kind].title.in_(language()), _("How often"): f"{number:,}"}
        for kind, number in sorted(view.within.facts.items(), key=lambda line: -line[1])
        if kind in view.facts
    ]


def for_spreadsheet(view: View) -> Rows:
    """One row for each day and version of the choice, every count in a column of its own, money as a plain number."""
    return [_line(view, one) for one in view.chosen]


def _line(view: View, one: Numbers) -> dict[str, Any]:
    rewards = {item.id: item.name.in_(language()) for version in view.versions for item in version.definition.rewards}
    minor = 10 ** DECIMALS.get(view.definition.budget.currency, 2)
    return {
        _("Day"): one.day,
        _("Version"): one.version or "",
        _("Agreed to take part"): one.consents,
        _("New participants"): one.participants,
        _("New customers"): one.newcomers,
        **{type_.title.in_(language()): one.facts.get(kind, 0) for kind, type_ in view.facts.items()},
        **{_("Given: {reward}").format(reward=name): one.granted.get(reward, 0) for reward, name in rewards.items()},
        **{
            _("Redeemed: {reward}").format(reward=name): one.redeemed.get(reward, 0) - one.reversed.get(reward, 0)
            for reward, name in rewards.items()
        },
        **_filled(view, one),
        **flows.for_day(one),
        _("Discount given"): one.discount / minor,
        _("Cost of what was given"): outlook.cost([one], view.definitions) / minor,
    }


def _filled(view: View, one: Numbers) -> dict[str, Any]:
    """Where members share something: how long it took those of the day to fill, minutes on average."""
    kind = together.shared(view)
    minutes = together.average(one, kind) if kind else None
    return {_("Minutes to fill, on average"): "" if minutes is None else round(minutes, 1)} if kind else {}
