"""The rule editor: what is odd is said, what is suggested works, what is tried is decided by the real evaluator."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.core.parsing import parse
from functions.core.text import LANGUAGES, Text
from functions.insights.latest import Happened, keep
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, begun, edited, faults, go_to, keyed, press, published, words
from ui.components.composer.gifts import gifts_of
from ui.components.composer.rule_reading import never, oddities
from ui.components.composer.sentences import sentence
from ui.components.composer.suggestions import free_reward, suggested
from ui.templates import empty

PAID = {"one": 1}
POINTS, COUPON, RIGHT = (
    {"id": kind, "kind": kind, "name": {"zh": zh, "en": en}}
    for kind, zh, en in (
        ("points", "积分", "Points"),
        ("coupon", "满 30 减 10 元券", "¥10 off over ¥30"),
        ("entitlement", "会员日资格", "Members' day"),
    )
)
MADE_UP = {"make_up": {"count": 0}}


def rule(name: str = "one", when: str = "checkin.recorded", **more: Any) -> dict[str, Any]:
    return {"id": name, "when": when, "if": [], "then": [{"reward": "points", "amount": 20, "to": "member"}], **more}


def line(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


def on_rules(open_app: Open, store: MemoryStore, **content: Any) -> Any:
    campaign = begun(store, **content)
    return go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "rules"), campaign


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("streak", "=", 3), ("streak", "=", 4)], True),
        ([("streak", ">=", 5), ("streak", "<", 5)], True),
        ([("streak", ">", 5), ("streak", "<=", 5)], True),
        ([("streak", "between", [7, 3])], True),
        ([("reason", "in", ["a"]), ("reason", "=", "b")], True),
        ([("made_up", "=", True), ("made_up", "=", False)], True),
        ([("streak", ">=", 5), ("streak", "<=", 5)], False),
        ([("streak", ">=", 3), ("total", "<", 2)], False),
        ([("streak", "between", [3, 7]), ("streak", "=", 7)], False),
        ([("streak", "every", 3), ("streak", "=", 3)], False),
        ([("streak", "=", None), ("streak", "=", "x")], False),
    ],
)
def test_conditions_that_can_never_hold_together_are_found(lines: list[Any], expected: bool) -> None:
    assert never([line(*one) for one in lines]) is expected


@pytest.mark.parametrize(
    ("reward", "amount", "zh", "en"),
    [
        (POINTS, 10, "10 积分", "10 points"),
        (POINTS, 1, "1 积分", "1 point"),
        ({**POINTS, "name": {"zh": "豆", "en": "Bean coins"}}, 5, "5 豆", "5 Bean coins"),
        (COUPON, 1, "满 30 减 10 元券", "¥10 off over ¥30"),
        (COUPON, 2, "2 张满 30 减 10 元券", "2 × ¥10 off over ¥30"),
        (RIGHT, 1, "会员日资格", "Members' day"),
        (RIGHT, 2, "2 × 会员日资格", "2 × Members' day"),
        ({**RIGHT, "kind": "gone"}, 2, "2 × 会员日资格", "2 × Members' day"),
        ({**POINTS, "name": {"zh": "积分", "en": ""}}, None, "… × 积分", "… × 积分"),
    ],
)
def test_a_rule_counts_what_it_gives_as_people_do(reward: dict[str, Any], amount: Any, zh: str, en: str) -> None:
    gives = rule(then=[{"reward": reward["id"], "amount": amount, "to": "member"}])
    facts = discover().mechanic("checkin").FACTS

    told = [sentence(gives, facts, gifts_of([reward], tongue), tongue) for tongue in LANGUAGES]

    assert told == [f"当打卡成功，就发{' ' if zh[0] < '一' else ''}{zh}", f"When a member checks in, give {en}"]


def test_twins_are_named_by_the_number_of_the_first_and_what_is_off_is_left_alone() -> None:
    rules = [rule("one"), rule("two"), rule("three", enabled=False), rule("four", when="checkin.completed")]

    found = oddities(rules, {})

    assert list(found) == [1]
    assert "1" in found[1][0].zh


def test_a_rule_on_a_fact_that_an_option_silences_says_why() -> None:
    silent = {"checkin.made_up": Text(zh="没有人能补卡", en="Nobody")}

    found = oddities([rule(when="checkin.made_up")], silent)

    assert [one.zh for one in found[0]] == ["没有人能补卡"]


@pytest.mark.parametrize("kind", sorted(discover().mechanics))
def test_what_is_suggested_for_any_mechanic_can_be_published_as_it_is(kind: str) -> None:
    free = free_reward(discover())
    assert free is not None
    rules = [{"id": f"r{n}", **one} for n, one in enumerate(suggested(discover(), kind, {}, [free]))]
    reward = {"id": free, "kind": free, "name": {"zh": "礼", "en": "Gift"}}

    content = {
        **empty(kind, NOW, "Asia/Shanghai"),
        "name": {"zh": "活动", "en": ""},
        "rewards": [reward],
        "rules": rules,
    }

    assert rules
    assert not [fault for fault in parse(content, discover())[1] if fault.path.startswith("rules")]


def test_the_empty_state_offers_rules_that_bring_their_reward_along(open_app: Open, store: MemoryStore) -> None:
    app, campaign = on_rules(open_app, store, rules=[], rewards=[])

    press(app, "btn_suggest_0")

    content = campaigns.load(store, campaign.id).content
    assert [one["when"] for one in content["rules"]] == ["checkin.recorded"]
    assert [one["kind"] for one in content["rewards"]] == ["points"]
    assert faults(app) == []


def test_a_rule_whose_fact_vanished_with_an_option_is_kept_and_explained(open_app: Open, store: MemoryStore) -> None:
    app, campaign = on_rules(open_app, store, rules=[rule(when="checkin.made_up")])
    before = words(app)

    go_to(app, "basics")
    keyed(app, "number_input", "_config.make_up.count").set_value(0).run()
    go_to(app, "rules")

    assert "没有人能补卡" not in before
    assert "没有人能补卡" in words(app)
    assert campaigns.load(store, campaign.id).content["rules"][0]["when"] == "checkin.made_up"


def test_what_was_removed_comes_back(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    app = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "rewards")

    press(app, "btn_reward_drop_coupon")
    gone = len(campaigns.load(store, campaign.id).content["rewards"])
    press(app, "btn_undo")

    assert gone == 1
    assert [one["id"] for one in campaigns.load(store, campaign.id).content["rewards"]] == ["points", "coupon"]


def test_rules_are_tried_on_what_really_happened_with_what_they_had_paid_by_then(
    open_app: Open, store: MemoryStore
) -> None:
    streak = rule(**{"if": [line("streak", "=", 3)], "limit": 1})
    campaign = published(store, begun(store, rules=[streak]))
    fields = {"streak": 3, "total": 3, "made_up": False, "day": "2026-12-01"}
    news = [Happened("7K2M", 1, "checkin.recorded", fields, {}), Happened("9P4Q", 2, "checkin.recorded", fields, PAID)]
    keep(store, campaign.id, news, NOW)
    app = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "rules")

    told = []
    for place in (2, 1):
        keyed(app, "selectbox", f"try_real_zh_{news[1].at}").set_value(place).run()
        told.append(words(app))

    assert "是补卡: 否" in told[0].replace("\\", "")
    assert "会发：20 积分" in told[0]
    assert "已经发过 1 次" in told[1]
    assert "什么都不会发" in told[1]


def test_a_streak_of_three_pays_and_one_of_two_says_why_not(open_app: Open, store: MemoryStore) -> None:
    streak = rule(**{"if": [line("streak", "=", 3)]})
    app, _campaign = on_rules(open_app, store, rules=[streak])

    app.number_input(key="try_checkin.recorded_streak").set_value(3).run()
    paid = words(app)
    app.number_input(key="try_checkin.recorded_streak").set_value(2).run()
    refused = words(app)

    assert "会发：20 积分" in paid
    assert "什么都不会发" in refused
    assert ":red[:material/cancel:] 连续天数 等于 3" in refused


def test_a_rule_on_a_group_asks_to_whom(open_app: Open, store: MemoryStore) -> None:
    """One knows only of the leader and the group: there is no member whose group it is."""
    campaign = begun(store, template="three-together")
    app = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "rules")
    press(app, "btn_rule_open_everyone")

    whom = keyed(app, "button_group", "_rules.0.then.0.to")

    assert whom.label == "发给谁"
    assert whom.options == ["团里每个人", "团长或发起人"]
    edited(whom.set_value("leader"))
    assert campaigns.load(store, campaign.id).content["rules"][0]["then"][0]["to"] == "leader"
    assert "就发奶茶减 8 元券（给团长或发起人）" in words(app)
