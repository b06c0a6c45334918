"""The pure parts of pages: calendars, what is earned, dates, cards, notices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.text import LANGUAGES, Text
from functions.coupons import redeem
from functions.coupons.examples import row as coupon_row
from functions.pages import cards, formats
from functions.pages.cards import Look
from functions.pages.earning import earnings
from functions.pages.weeks import grids
from tests.pages import deposit_samples
from tests.pages.samples import content, definition

NOON = datetime(2026, 12, 10, 4, 0, tzinfo=UTC)


def days(first: date, count: int) -> list[dict[str, str]]:
    return [{"day": (first + timedelta(n)).isoformat(), "status": "future"} for n in range(count)]


@pytest.mark.parametrize("first", [date(2026, 11, 28) + timedelta(n) for n in range(7)])
def test_a_week_begins_on_monday_and_every_day_stands_once_under_its_weekday(first: date) -> None:
    [grid] = grids(days(first, 10))

    cells = [(place, cell.day) for week in grid.weeks for place, cell in enumerate(week) if cell]
    assert [day for _, day in cells] == [first + timedelta(n) for n in range(10)]
    assert all(day.weekday() == place for place, day in cells)
    assert all(len(week) == 7 for week in grid.weeks)


def test_a_long_campaign_has_a_table_for_each_month() -> None:
    found = grids(days(date(2026, 11, 15), 60))

    assert [(grid.first, grid.last) for grid in found] == [
        (date(2026, 11, 15), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 13)),
    ]
    assert grids([]) == []


def test_what_is_earned_reads_as_the_rules_say_it() -> None:
    rules: list[dict[str, Any]] = [
        {"id": "daily", "when": "checkin.recorded", "then": [{"reward": "points", "amount": 10}]},
        {
            "id": "third",
            "when": "checkin.recorded",
            "if": [{"field": "streak", "op": "=", "value": 3}, {"field": "made_up", "op": "=", "value": False}],
            "then": [{"reward": "points", "amount": 50}],
        },
        {"id": "off", "when": "checkin.completed", "enabled": False, "then": [{"reward": "coupon"}]},
        {"id": "friend", "when": "checkin.completed", "then": [{"reward": "coupon", "to": "referrer"}]},
    ]
    made = Definition.model_validate(content("seven-mornings") | {"rules": rules})
    row = {"got": {"points": 80}, "paid": {"daily": 3, "third": 1}}

    lines = earnings(made, discover().mechanic("checkin").FACTS, row, "en")

    assert [(line.name.en, line.amount, line.how, line.got) for line in lines] == [
        ("Points", 10, "Each time you check in", 30),
        ("Points", 50, "When you check in 3 days in a row", 50),
    ]


@pytest.mark.parametrize(
    ("more", "zh", "en"),
    [
        ({}, "每次打卡", "Each time you check in"),
        ({"limit": 1}, "打卡时", "When you check in"),
        ({"limit": 3}, "每次打卡，最多 3 次", "Each time you check in, up to 3 times"),
        ({"cooldown": 7}, "打卡时", "When you check in"),
        ({"when": "checkin.completed"}, "全部完成时", "When you have completed the campaign"),
        (
            {"if": [{"field": "streak", "op": "every", "value": 7}]},
            "打卡时（连续天数每满 7）",
            "When you check in (days in a row: every 7)",
        ),
        (
            {"when": "checkin.streak_reached", "if": [{"field": "streak", "op": "=", "value": 6}], "limit": 2},
            "连续打卡满 6 天时，最多 2 次",
            "When you have checked in 6 days in a row, up to 2 times",
        ),
        (
            {"if": [{"field": "total", "op": "=", "value": 5}]},
            "累计第 5 天打卡时",
            "When you check in on 5 days in all",
        ),
        ({"if": [{"field": "made_up", "op": "=", "value": False}]}, "每次打卡", "Each time you check in"),
        ({"if": [{"field": "made_up", "op": "=", "value": True}]}, "打卡时", "When you check in"),
    ],
)
def test_what_a_reward_is_for_reads_as_a_condition(more: dict[str, Any], zh: str, en: str) -> None:
    rule = {"id": "one", "when": "checkin.recorded", "then": [{"reward": "points", "amount": 10}], **more}
    made = Definition.model_validate(content("seven-mornings") | {"rules": [rule]})

    told = [earnings(made, discover().mechanic("checkin").FACTS, {}, tongue)[0].how for tongue in LANGUAGES]

    assert told == [zh, en]


def test_a_line_says_whose_doing_it_rewards() -> None:
    mechanic, rules = (
        discover().mechanic("group_buy"),
        [{"id": to, "when": "group.completed", "then": [{"reward": "points", "to": to}]} for to in ("group", "leader")],
    )
    made = Definition.model_validate(content("seven-mornings") | {"rules": rules})

    assert [line.how for line in earnings(made, mechanic.FACTS, {}, "en")] == [
        "Each time your group is complete",
        "Each time a group you opened is complete",
    ]


def test_nothing_is_said_to_be_earned_that_was_not() -> None:
    made = definition()
    gone = {"got": {"points": 10}, "paid": {"every_morning": 1, "seven_days": 1}}

    lines = earnings(made, discover().mechanic("checkin").FACTS, gone, "zh")

    assert [line.got for line in lines] == [10, 0]


def test_dates_and_times_are_written_as_each_language_does() -> None:
    assert formats.day("zh", "2026-12-01") == "12 月 1 日"
    assert formats.day("en", "2026-12-01", True) == "1 Dec 2026"
    assert formats.instant("zh", NOON, "Asia/Shanghai", True) == "2026 年 12 月 10 日 12:00"
    assert formats.instant("en", NOON.timestamp(), "Europe/London") == "10 Dec, 04:00"
    assert formats.zone_name("en", "America/New_York") == "New York time"
    assert formats.zone_name("zh", "Asia/Shanghai") == "北京时间"


def test_a_marketers_text_is_filled_with_known_names_only() -> None:
    text = Text(zh="{{campaign}}/{{ campaign }}/{{other}}/{campaign}/{{campaign.name}}", en="x")

    assert (
        formats.words("zh", text, {"campaign": "{{other}}"})
        == "{{other}}/{{other}}/{{other}}/{campaign}/{{campaign.name}}"
    )


def look(row: dict[str, Any], at: datetime = NOON, **more: str) -> Look:
    entry = discover().reward("coupon").view(row, at)
    said = {"store": "Store 1", "clerk": "staff_mine", "language": "en"} | more
    return Look(row=row, entry=entry, at=at, **said)  # type: ignore[arg-type]


def redeemed(by: str = "staff_mine", event: str = "event-1") -> dict[str, Any]:
    row = coupon_row()
    verdict = redeem.redeem(row, "A-1", 3550, redeem.Till(event, "Store 1", by, NOON))
    return {**row, **verdict.changes[0].set}


def test_a_redemption_reads_as_done_on_its_own_page_for_five_minutes_and_nowhere_else() -> None:
    row = redeemed()

    own = cards.of(look(row, event="event-1", outcome="redeemed"))
    others = [
        cards.of(look(row)),
        cards.of(look(row, event="event-2", outcome="redeemed")),
        cards.of(look(row, NOON + timedelta(minutes=5, seconds=1), event="event-1", outcome="redeemed")),
    ]

    assert (own.tone, own.title, own.value, own.step) == ("good", "Redeemed", "¥10.00 off, ¥25.50 to pay", "reverse")
    assert [(card.tone, card.step) for card in others] == [("bad", "")] * 3
    assert "by you (this store)" in others[0].detail
    assert "by clerk 4711 (this store)" in cards.of(look(redeemed("staff_4711"))).detail
    assert "by clerk 4711 (Store 1)" in cards.of(look(redeemed("staff_4711"), store="Store 2")).detail


def test_an_undone_redemption_can_be_redeemed_again() -> None:
    row = redeemed()
    verdict = redeem.reverse(row, "A-1", redeem.Till("event-9", "Store 1", "staff_mine", NOON))

    card = cards.of(look({**row, **verdict.changes[0].set}, event="event-9", outcome="reversed"))

    assert (card.tone, card.step) == ("ready", "redeem")
    assert "can be used again" in card.title


def test_an_undoing_that_is_refused_says_why_and_never_that_the_coupon_is_unknown() -> None:
    theirs = redeemed("staff_4711")

    late = cards.of(look(redeemed(), event="event-9", outcome="too_late_to_reverse"))
    other = cards.of(look(theirs, event="event-9", outcome="not_yours_to_reverse"))
    let_go = cards.gone("too_late_to_reverse", "en")

    assert let_go is not None
    assert late.detail == let_go.detail
    assert [card.title for card in (late, other, let_go)] == ["Cannot be undone"] * 3
    assert [card.step for card in (late, other)] == ["", ""]
    assert "5 minutes" in late.detail
    assert other.detail == "Redeemed by clerk 4711 (this store): only they can undo it"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_until": int(NOON.timestamp())}, "Expired"),
        ({"valid_from": int(NOON.timestamp()) + 1}, "Not valid yet"),
        ({"stores": ["Store 2"]}, "Not for this store"),
        ({"state": "void"}, "Void"),
    ],
)
def test_what_cannot_be_redeemed_says_why_and_offers_no_form(change: dict[str, Any], words: str) -> None:
    card = cards.of(look({**coupon_row(), **change}))

    assert (card.tone, card.title, card.detail, card.step) == ("bad", "Cannot be redeemed", words, "")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("below_minimum", "Below the minimum spend of ¥30.00"),
        ("group_used", "This order already took a coupon of this group: one is the limit"),
    ],
)
def test_an_order_that_does_not_fit_may_be_corrected(outcome: str, words: str) -> None:
    card = cards.of(look(coupon_row(), event="event-1", outcome=outcome))

    assert (card.tone, card.step, card.detail) == ("warn", "redeem", words)


def test_an_outcome_made_up_in_an_address_changes_nothing() -> None:
    assert cards.of(look(coupon_row(), outcome="redeemed")) == cards.of(look(coupon_row()))
    assert cards.of(look(coupon_row(), outcome="__class__")).tone == "ready"


def test_a_settled_deposit_names_the_days_it_was_settled_by_whatever_was_done_since() -> None:
    drawn = deposit_samples.page(
        deposit_samples.record(11, deposit_samples.HELD.settled(30, "left", 9)), returns="done", joined=False
    )

    assert "You left after 9 days" in drawn("en")
    assert "你退出时打了 9 天" in drawn("zh")
