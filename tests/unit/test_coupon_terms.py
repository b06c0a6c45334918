"""From when and until when a coupon is good, and how small its row stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from functions.core.calendar import Calendar
from functions.core.example import CAMPAIGN, MEMBER, MORNING
from functions.core.reward import Grant
from functions.core.text import Text
from functions.coupons import redeem
from functions.coupons.reward import Config, rows
from functions.coupons.terms import Fixed, Relative, Validity, window
from tests.unit.item_size import item_bytes

SHANGHAI = Calendar("Asia/Shanghai", time(4))
TERMS: dict[str, Any] = {"value": {"kind": "amount_off", "amount": 1000}}


def grant(amount: int = 1, name: Text = Text(zh="礼物", en="A present")) -> Grant:
    return Grant(
        "grant_" + "0" * 26, CAMPAIGN, 1, "r" * 24, "r" * 24, "coupon", MEMBER, MORNING, amount, name, SHANGHAI
    )


def test_fixed_dates_are_whole_days_of_the_campaigns_zone_from_midnight() -> None:
    begins, ends = window(Fixed(first=date(2026, 12, 24), last=date(2026, 12, 25)), MORNING, SHANGHAI)

    assert begins == datetime(2026, 12, 23, 16, tzinfo=UTC)
    assert ends == datetime(2026, 12, 25, 16, tzinfo=UTC)


def test_relative_days_begin_at_the_grant_and_end_with_a_whole_day() -> None:
    begins, ends = window(Relative(days=7), MORNING, SHANGHAI)

    assert begins == MORNING
    assert ends == datetime(2026, 12, 8, 16, tzinfo=UTC)


def test_a_delay_waits_for_the_midnight_of_a_later_day() -> None:
    begins, ends = window(Relative(days=1, delay=2), MORNING, SHANGHAI)

    assert begins == datetime(2026, 12, 2, 16, tzinfo=UTC)
    assert ends == datetime(2026, 12, 4, 16, tzinfo=UTC)


def test_validity_across_a_clock_change_ends_at_midnight_all_the_same() -> None:
    new_york = Calendar("America/New_York")
    granted = datetime(2026, 10, 31, 16, tzinfo=UTC)

    _, ends = window(Relative(days=1), granted, new_york)

    assert ends == datetime(2026, 11, 2, 5, tzinfo=UTC)


def test_a_coupons_row_stays_within_one_kilobyte_with_a_long_name_and_some_stores() -> None:
    stores = [f"stor_{n:026d}" for n in range(6)]
    config = Config.model_validate(
        {"value": {"kind": "percent_off", "percent": 20, "cap": 10**6}, "stores": stores, "group": "g" * 24}
    )
    keys = "pk" + f"T#tenant#M#{MEMBER}" + "sk" + "W#coupon#coup_" + "0" * 26

    (change,) = rows(config, grant(name=Text(zh="名" * 4000, en="n" * 4000)))

    assert change.put is not None
    assert len(change.put["name"]["zh"]) == 40
    used = redeem.redeem(change.put, "order_" + "0" * 26, 10**6, redeem.Till("e" * 36, stores[0], "staff_1", MORNING))
    assert used.changes
    assert len(keys) + item_bytes(change.put) <= 1024
    assert len(keys) + item_bytes({**change.put, **used.changes[0].set}) <= 1400


def test_several_coupons_of_one_grant_are_several_rows_with_their_own_ids() -> None:
    changes = rows(Config.model_validate(TERMS), grant(amount=3))

    assert len({change.key for change in changes}) == 3
    assert {change.refusal for change in changes} == {"granted:grant_" + "0" * 26}


def test_the_id_follows_from_the_grant() -> None:
    config = Config.model_validate(TERMS)

    assert [change.key for change in rows(config, grant())] == [change.key for change in rows(config, grant())]


def test_what_was_granted_stays_as_granted_when_the_terms_change() -> None:
    (before,) = rows(Config.model_validate(TERMS), grant())
    assert before.put is not None

    verdict = redeem.check(before.put, 5000, "any", MORNING)

    assert verdict.values["discount"] == 1000


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({}, "missing"),
        ({"value": {"kind": "amount_off", "amount": 0}}, "greater_than_equal"),
        ({"value": {"kind": "percent_off", "percent": 20}}, "missing"),
        ({"value": {"kind": "percent_off", "percent": 101, "cap": 1}}, "less_than_equal"),
        ({"value": {"kind": "amount_off", "amount": 9.5}}, "int_from_float"),
        ({"value": {"kind": "gift", "gift": {"en": "m" * 41}, "value": 1}}, "gift_name_long"),
        (TERMS | {"validity": {"kind": "fixed", "first": "0001-01-01", "last": "2026-12-01"}}, "time_out_of_range"),
        (TERMS | {"validity": {"kind": "fixed", "first": "2026-12-02", "last": "9999-12-31"}}, "time_out_of_range"),
        (TERMS | {"validity": {"kind": "fixed", "first": "2026-12-02", "last": "2026-12-01"}}, "validity_backwards"),
        (TERMS | {"group": "No Spaces"}, "string_pattern_mismatch"),
        (TERMS | {"stores": ["s"] * 41}, "too_long"),
    ],
)
def test_unfit_terms_are_refused_with_their_code(config: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Config.model_validate(config)

    assert code in {error["type"] for error in refused.value.errors()}


def test_validity_is_told_apart_by_its_kind() -> None:
    adapter: TypeAdapter[Validity] = TypeAdapter(Validity)

    assert adapter.validate_python({"kind": "relative", "days": 3}) == Relative(days=3)
