"""What goes live, in a few lines: time, place, money, and whom it opens to."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from functions.core.campaign import Campaign, Definition
from functions.pages.formats import zone_name
from ui import reach
from ui.components.forms.labels import CHOICES
from ui.components.people import asked_of, segment_words
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import bold, money, shortened, until, when


def summary(shop: Shop, definition: Definition, *, is_live: bool = False) -> dict[str, str]:
    """What a definition says of time, place and money; of a campaign that `is_live` already, since when."""
    schedule, tongue, currency = definition.schedule, language(), definition.budget.currency
    begins = when(schedule.starts_at, schedule.zone, tongue)
    now = _("By itself on {time}")
    if schedule.starts_at <= shop.now:
        now = "{time}" if is_live else _("As soon as it is published")
    return {
        _("Starts"): now.format(time=begins),
        _("Ends"): until(schedule.ends_at, schedule.zone, tongue) if schedule.ends_at else "—",
        _("Time zone"): zone_name(tongue, schedule.zone),
        _("Where people find it"): _(CHOICES.get(definition.channel, definition.channel)),
        _("Worst case"): money(definition.worst_cost, currency),
        _("Budget"): money(definition.budget.total, currency),
        **_parts(definition),
        **_deposit(shop, definition),
    }


def _parts(definition: Definition) -> dict[str, str]:
    """The budget's parts, where it has any, and what ends with it."""
    budget = definition.budget
    parts = {_("Budget for each day"): budget.per_day, _("Budget for each person"): budget.per_member}
    told = {name: money(part, budget.currency) for name, part in parts.items() if part is not None}
    return told | ({_("When the money is gone"): _("Pause the campaign")} if budget.stop == "campaign" else {})


def _deposit(shop: Shop, definition: Definition) -> dict[str, str]:
    """What each member pays to begin, where they do: their own money, no cost."""
    mechanic: Any = shop.catalogue.mechanic(definition.mechanic)
    if not hasattr(mechanic, "deposit"):
        return {}
    try:
        amount = mechanic.deposit(mechanic.Config.model_validate(definition.config))
    except ValidationError:  # an option is wrong, which the findings above say
        return {}
    told = _("{sum} from each member, refunded for the days they do; not a cost of yours")
    return {_("Deposit"): told.format(sum=money(amount, definition.budget.currency))} if amount else {}


def opens_to(shop: Shop, definition: Definition, campaign: Campaign) -> str:
    """The one sentence that says what is about to happen, with its numbers in bold; and who is in it already."""
    asked, known = definition.audience.asked, reach.members(shop.store, shop.now)
    who = segment_words.told(asked, asked_of.names(shop, asked))
    parts = {
        "name": f"{shortened(definition.name.in_(language()))} v{campaign.live + 1}",
        "who": who,
        "cost": money(definition.worst_cost, definition.budget.currency),
    }
    shown = {name: bold(words) for name, words in parts.items()}
    if known and not asked:  # outside of what is bold: Markdown ends no emphasis between a bracket and a Chinese word
        about = _(" (about 1 member so far)") if known == 1 else _(" (about {n} members so far)")
        shown["who"] += about.format(n=f"{known:,}")
    told = _("{name} opens to {who} and costs at most {cost}.").format(**shown)
    taking_part = reach.inside(shop.store, campaign)
    if not taking_part:
        return told
    already = _("One person is in it already.") if taking_part == 1 else _("{n} people are in it already.")
    return told + "  \n" + already.format(n=f"**{taking_part:,}**")
