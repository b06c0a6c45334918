"""The shop in the pictures of docs/screens: its numbers follow from one another."""

from __future__ import annotations

from functions.core.campaign import Campaign
from functions.insights import outlook
from functions.insights.numbers import Numbers, daily, people, totals
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.screens.demo import fill
from tests.ui.conftest import NOW


def test_every_number_of_a_campaign_in_the_pictures_follows_from_the_others(store: MemoryStore) -> None:
    live = [campaign for campaign in fill(store, NOW).values() if campaign.live]

    for campaign in live:
        counted = totals(daily(store, campaign.id))
        _steps_come_to_what_happened(counted)
        _rules_gave_what_rewards_say_and_stocks_and_budgets_hold(store, campaign, counted)
        assert sum(counted.entered.values()) == counted.participants == people(store, [campaign.id])[campaign.id][0]
        assert sum(counted.channels.values()) <= counted.participants <= sum(counted.scans.values())
        assert all(counted.buyers.get(code, 0) <= own <= counted.channels[code] for code, own in counted.own.items())


def _steps_come_to_what_happened(counted: Numbers) -> None:
    recorded, reached = outlook.steps(counted), [members for _step, members in outlook.kept(counted)]
    assert recorded == (sum(reached) or counted.participants)
    assert reached == sorted(reached, reverse=True)


def _rules_gave_what_rewards_say_and_stocks_and_budgets_hold(
    store: MemoryStore, campaign: Campaign, counted: Numbers
) -> None:
    version = campaigns.versions(store, campaign.id)[0]
    definition = version.definition
    for item in definition.rewards:
        each = [(rule, gift) for rule in definition.rules for gift in rule.then if gift.reward == item.id]
        owed = sum(counted.facts.get(rule.when, 0) * gift.amount for rule, gift in each)
        assert counted.granted.get(item.id, 0) == owed
    for rule in definition.rules:
        paid = counted.rules.get(f"{rule.id}.granted", 0)
        assert paid == counted.facts.get(rule.when, 0) * len(rule.then)
    for reward, (gone, stock) in campaigns.issued(store, version).items():
        assert gone == counted.granted.get(reward, 0) <= stock
    assert outlook.cost(daily(store, campaign.id), {version.number: definition}) <= definition.budget.total
    assert counted.used + sum(counted.lapses.values()) == outlook.coupons(counted, {version.number: definition})
