"""What numbers come to: spans, the pace of a stock, cost by version, and what is left out because it would lie."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.core.campaign import Definition
from functions.insights import outlook
from functions.insights.numbers import Numbers, by_day, totals
from functions.insights.outlook import Span

FIRST = date(2026, 12, 1)
DAY = timedelta(days=1)


def given_out(*units: int) -> list[Numbers]:
    """So many coupons on each day from the first on."""
    return [Numbers(day=str(FIRST + n * DAY), granted={"tea": number}) for n, number in enumerate(units)]


def definition(price: int) -> Definition:
    return Definition.model_validate(
        {
            "mechanic": "checkin",
            "name": {"zh": "茶", "en": "Tea"},
            "schedule": {"starts_at": "2026-12-01T00:00:00+08:00"},
            "rewards": [{"id": "tea", "kind": "coupon", "name": {"zh": "茶", "en": "Tea"}, "unit_cost": price}],
        }
    )


def test_a_stock_runs_out_at_the_mean_of_the_whole_days() -> None:
    found = outlook.estimate("tea", 41, given_out(4, 6, 8, 99), FIRST, FIRST + 3 * DAY)

    assert found == outlook.Estimate("tea", 41, 6.0, 3, FIRST + 9 * DAY)


def test_only_the_last_seven_days_count_and_days_without_any_count_too() -> None:
    found = outlook.estimate("tea", 10, given_out(700, 0, 0, 7, 0, 0, 0, 0), FIRST, FIRST + 8 * DAY)

    assert found
    assert (found.a_day, found.days, found.gone_by) == (1.0, 7, FIRST + 18 * DAY)


def test_on_the_first_day_there_is_no_pace_and_without_grants_no_end() -> None:
    assert outlook.estimate("tea", 10, given_out(5), FIRST, FIRST) is None
    found = outlook.estimate("tea", 10, [], FIRST, FIRST + DAY)
    assert found
    assert found.gone_by is None


@given(st.integers(1, 10**7), st.lists(st.integers(0, 10**5), min_size=1, max_size=10))
def test_at_that_pace_the_stock_lasts_until_the_day_and_no_longer(left: int, units: list[int]) -> None:
    found = outlook.estimate("tea", left, given_out(*units), FIRST, FIRST + len(units) * DAY)

    assert found
    if found.gone_by is not None:
        days = (found.gone_by - (FIRST + len(units) * DAY)).days
        assert days * found.a_day <= left + 1e-6
        assert (days + 1) * found.a_day > left - 1e-6


def test_a_span_has_as_many_days_before_it_and_no_hole() -> None:
    span = Span(FIRST + 3 * DAY, FIRST + 5 * DAY)

    assert span.before() == Span(FIRST, FIRST + 2 * DAY)
    assert [one.granted for one in span.filled(given_out(1, 1, 1, 1)[3:])] == [{"tea": 1}, {}, {}]
    assert [one.day for one in span.of(given_out(1, 1, 1, 1, 1, 1, 1))] == ["2026-12-04", "2026-12-05", "2026-12-06"]


def test_each_unit_costs_what_its_own_version_says() -> None:
    counted = [Numbers(day="2026-12-01", version=number, granted={"tea": 2}) for number in (1, 2, 0)]

    assert outlook.cost(counted, {1: definition(100), 2: definition(150)}) == 200 + 300 + 300
    assert outlook.cost(counted, {}) == 0


def test_adding_up_loses_nothing_that_went_down() -> None:
    ups_and_downs = [
        Numbers(day="2026-12-01", version=1, discount=1000, lapses={"2026-12-31": 2}),
        Numbers(day="2026-12-02", version=1, discount=-1000, lapses={"2026-12-31": -1}),
    ]

    assert [one.discount for one in by_day(ups_and_downs)] == [1000, -1000]
    assert totals(ups_and_downs).lapses == {"2026-12-31": 1}
    assert outlook.lapsed(totals(ups_and_downs), date(2027, 1, 1)) == (1, 0)
    assert outlook.lapsed(totals(ups_and_downs), date(2026, 12, 31)) == (0, 1)


def test_a_mechanic_without_a_last_step_has_no_completion() -> None:
    counted = Numbers(facts={"claim.recorded": 3})

    assert outlook.completed(counted, ["claim.recorded"]) is None
    assert outlook.completed(counted, ["checkin.completed"]) == 0
    assert outlook.share(1, 0) is None
