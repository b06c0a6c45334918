"""The top of the results page: what a marketer wants to know first, in a sentence; and the five figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.insights import outlook
from functions.insights.numbers import Numbers, totals
from ui.components.results.results_view import View
from ui.i18n import _, language
from ui.words import day_words, percent, round_money, when

SOON_DAYS = 2


@dataclass(frozen=True)
class Figure:
    """One of the five: its name, value, change against the days before ("" for none), and what it means."""

    name: str
    value: str
    change: str
    meaning: str
    more_is_better: bool = True


def sentences(view: View) -> list[str]:
    """How it stands, and what runs out when; the second only where there is something to say."""
    return [said for said in (_stands(view), _runs_out(view)) if said]


def _stands(view: View) -> str:
    return closed(view) or _today(view)


def closed(view: View) -> str:
    """Why nobody can take part now, and what came of it; empty while the campaign runs."""
    state, schedule = view.campaign.stands(view.now), view.definition.schedule
    if state in ("ended", "archived"):
        return _over(view)
    if state == "paused":
        return _("The campaign is paused: nobody can take part now, and what was earned stays.")
    if view.now < schedule.starts_at:
        opens = when(schedule.starts_at, schedule.zone, language())
        return _("It has not begun yet: it opens on {time}.").format(time=opens)
    return ""


def _over(view: View) -> str:
    everything = totals(view.everything)
    done = outlook.completed(everything, view.facts)
    words = _("The campaign is over: {people} took part, {used} coupons were redeemed.")
    if done is not None:
        words = _("The campaign is over: {people} took part, {done} completed it, {used} coupons were redeemed.")
    return words.format(people=f"{everything.participants:,}", done=f"{done or 0:,}", used=f"{everything.used:,}")


def _today(view: View) -> str:
    today = totals(one for one in view.everything if one.day == view.today.isoformat())
    step = next((kind for kind in view.facts if kind.endswith(outlook.STEP)), None)
    people = f"{today.participants:,}"
    if step is None:
        return _("{people} joined today.").format(people=people)
    return _("{what} today: {n}. New participants: {people}.").format(
        what=step_words(view), n=f"{outlook.steps(today):,}", people=people
    )


def step_words(view: View) -> str:
    """What the mechanic calls several single steps, such as check-ins; "" where it has none."""
    fact = next((fact for kind, fact in view.facts.items() if kind.endswith(outlook.STEP)), None)
    return (fact.many.in_(language()) or fact.title.in_(language())) if fact else ""


def _runs_out(view: View) -> str:
    if view.campaign.stands(view.now) != "published":
        return ""
    if gone := _gone(view):
        return _("{reward} is all gone. A new version can raise its stock.").format(reward=_name(view, gone[0]))
    if not view.estimates:
        return ""
    soonest = view.estimates[0]
    told = {
        "reward": _name(view, soonest.reward),
        "left": f"{soonest.left:,}",
        "pace": f"{soonest.a_day:,.1f}",
        "n": soonest.days,
    }
    ends = view.definition.schedule.ends_at
    if not soonest.a_day and (given := _given_today(view, soonest.reward)):
        return _("{reward}: {left} left; {n} given out today.").format(**told | {"n": f"{given:,}"})
    if not soonest.a_day:
        return _("{reward}: {left} left; none were given out in the last {n} days.").format(**told)
    if soonest.gone_by is None or (ends is not None and soonest.gone_by >= view.calendar.day_of(ends)):
        return _(
            "{reward}: {left} left; at this pace it lasts to the end (estimate: {pace} a day over the last {n} days)."
        ).format(**told)
    return _(
        "{reward}: {left} left; at this pace gone on {day} (estimate: {pace} a day over the last {n} days)."
    ).format(**told, day=day_words(soonest.gone_by, language()))


def _given_today(view: View, reward: str) -> int:
    """Units of a reward that were given out on the campaign's day that runs: no pace rests on it yet."""
    return sum(one.granted.get(reward, 0) for one in view.everything if one.day == view.today.isoformat())


def _gone(view: View) -> list[str]:
    """Limited rewards of which none is left."""
    return [reward for reward, (given, stock) in view.issued.items() if 0 < stock <= given]


def is_short(view: View) -> bool:
    """Whether something has run out, or will within two days, while the campaign runs."""
    soon = view.today + timedelta(days=SOON_DAYS)
    soonest = next((one.gone_by for one in view.estimates if one.gone_by), None)
    return view.campaign.stands(view.now) == "published" and (
        bool(_gone(view)) or (soonest is not None and soonest <= soon)
    )


def _name(view: View, reward: str) -> str:
    return next((one.name.in_(language()) for one in view.definition.rewards if one.id == reward), reward)


def figures(view: View) -> list[Figure]:
    """People, completion, new customers, cost, redemption."""
    within, so_far = view.within, view.so_far
    earlier = totals(view.earlier.of(view.counted)) if view.earlier else None
    then = totals(view.up_to(view.earlier.last)) if view.earlier else None
    newcomers = percent(outlook.share(within.newcomers, within.participants))
    return [
        Figure(
            _("Participants"),
            f"{within.participants:,}",
            more(within.participants, earlier.participants) if earlier else "",
            _("People who took part for the first time in these days."),
        ),
        _completion(view, so_far, then),
        Figure(
            _("New customers"),
            f"{within.newcomers:,}",
            more(within.newcomers, earlier.newcomers) if earlier else "",
            _("{share} of the participants: they took part in none of your campaigns before.").format(share=newcomers),
        ),
        _spent(view),
        _redemption(view, so_far, then),
    ]


def _completion(view: View, so_far: Numbers, then: Numbers | None) -> Figure:
    name = _("Completion rate")
    done = outlook.completed(so_far, view.facts)
    if done is None:
        return Figure(name, "—", "", _("This mechanic has no last step."))
    if view.chosen_version:
        return Figure(name, "—", "", _("Not told by version: who completes in this one may have joined in another."))
    rate = outlook.share(done, so_far.participants)
    before = outlook.share(outlook.completed(then, view.facts) or 0, then.participants) if then else None
    meaning = _("{done} of {people} who ever joined.").format(done=f"{done:,}", people=f"{so_far.participants:,}")
    return Figure(name, percent(rate), _points(rate, before), meaning)


def _redemption(view: View, so_far: Numbers, then: Numbers | None) -> Figure:
    coupons, used = outlook.coupons(so_far, view.definitions), so_far.used
    rate = outlook.share(used, coupons)
    before = outlook.share(then.used, outlook.coupons(then, view.definitions)) if then else None
    meaning = _("{used} of {coupons} coupons given out so far.").format(used=f"{used:,}", coupons=f"{coupons:,}")
    return Figure(_("Redemption rate"), percent(rate), _points(rate, before), meaning)


def today(view: View) -> str:
    """What today may still cost, where each day has a budget."""
    budget = view.definition.budget
    if budget.per_day is None:
        return ""
    words = _("Today {spent} of {budget} is spent; rewards go on tomorrow when it is used up.")
    spent, most = (round_money(part, budget.currency) for part in (view.spent_today, budget.per_day))
    return words.format(spent=spent, budget=most)


def _spent(view: View) -> Figure:
    currency, budget = view.definition.budget.currency, view.definition.budget.total
    spent = outlook.cost(view.up_to(view.span.last), view.definitions)
    now = outlook.cost(view.span.of(view.counted), view.definitions)
    meaning = _("What was given out, at the cost you set for each. Coupons not redeemed have not cost it yet.")
    value = round_money(spent, currency)
    if view.chosen_version or not budget:
        return Figure(_("Spent"), value, "", meaning)
    change = f"+{round_money(now, currency)}" if view.earlier and now else ""
    return Figure(_("Spent of {budget}").format(budget=round_money(budget, currency)), value, change, meaning, False)


def more(now: int, before: int) -> str:
    """A change in number; nothing where there is none."""
    return f"{now - before:+,}" if now != before else ""


def _points(now: float | None, before: float | None) -> str:
    """A rate's change in percentage points."""
    if now is None or before is None or f"{now - before:.3f}" in ("0.000", "-0.000"):
        return ""
    return _("{n} pp").format(n=f"{(now - before) * 100:+.1f}")


def freshness(view: View) -> str:
    """Until when was counted; and what is still on its way."""
    last = max((one.counted_at for one in view.everything), default=0)
    if not last:
        return _("Counted as it happens, usually within seconds.")
    zone = view.definition.schedule.zone
    at = datetime.fromtimestamp(last, tz=view.now.tzinfo)
    today = view.now - at < timedelta(days=1) and view.calendar.day_of(at) == view.today
    time = when(at, zone, language())[-5:] if today else when(at, zone, language())
    told = _("Data until {time}").format(time=time)
    if waiting := view.on_the_way:
        told += _(" · {n} rewards are still being counted").format(n=f"{waiting:,}")
    return told
