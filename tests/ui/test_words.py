"""Times and names as people read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ui.words import NAME_SHOWN, shortened, until

SHANGHAI = "Asia/Shanghai"


def test_an_end_at_midnight_is_the_end_of_the_day_before() -> None:
    midnight, noon = (datetime(2026, 12, 11, hour, tzinfo=ZoneInfo(SHANGHAI)) for hour in (0, 12))

    assert until(midnight, SHANGHAI, "zh") == "2026-12-10 24:00"
    assert until(midnight, SHANGHAI, "en") == "10 Dec 2026, 24:00"
    assert until(noon, SHANGHAI, "zh") == "2026-12-11 12:00"


def test_a_name_without_end_is_cut_and_one_that_fits_is_not() -> None:
    assert shortened("早" * NAME_SHOWN) == "早" * NAME_SHOWN
    assert shortened("早" * 10_000) == "早" * (NAME_SHOWN - 1) + "…"
