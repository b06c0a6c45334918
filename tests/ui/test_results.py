"""The numbers page: stock to the unit, counts by day, and words where there is nothing yet."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import create
from functions.insights.numbers import Numbers
from functions.storage.memory import MemoryStore
from tests.ui.conftest import Open, begun, published, words
from ui.components.charts import filled_days, rows


@pytest.fixture
def running(store: MemoryStore) -> Campaign:
    """The seven mornings, live."""
    return published(store, begun(store))


def count(store: MemoryStore, campaign: Campaign, day: str, counts: dict[str, int]) -> None:
    store.write([create(keys.counter(campaign.id, day), {"version": 1, "counts": counts})])


def numbers(open_app: Open, campaign: Campaign, **more: Any) -> Any:
    return open_app(f"app_pages/results.py?c={campaign.id}", **more)


def metrics(app: Any) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_before_anyone_took_part_there_is_the_code_to_hang_up(open_app: Open, running: Campaign) -> None:
    app = numbers(open_app, running)

    assert "还没有人参与" in words(app)
    assert app.code[0].value == f"https://pond.example/c/{running.id}"
    assert metrics(app)["参与人数"] == "0"


def test_counts_are_added_over_the_days(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    count(store, running, "2026-12-01", {"participants": 3})
    later = {"participants": 2, "fact.checkin.recorded": 1200, "granted.points": 12000, "granted.coupon": 40}
    used = {"redeemed.coupon": 7, "reversed.coupon": 2, "discount": 5000, "exhausted.coupon": 4}
    count(store, running, "2026-12-03", later | used)

    app = numbers(open_app, running)

    assert metrics(app) == {
        "参与人数": "5", "打卡次数": "1,200", "限量奖励已发": "40", "已核销": "5", "已优惠": "¥50.00",
    }  # fmt: skip
    coupon = next(row for row in app.dataframe[0].value.to_dict("records") if "减" in row["奖励"])
    assert (coupon["已核销"], coupon["没发成"]) == ("5", "4")


def test_what_is_gone_of_a_limited_reward_is_read_from_its_stock(
    open_app: Open, store: MemoryStore, running: Campaign
) -> None:
    store.rows[f"T#demo#C#{running.id}#P#coupon#0", "POOL"]["remaining"] = 58

    app = numbers(open_app, running, language="en")

    lines = {row["Reward"]: (row["Given"], row["Of"]) for row in app.dataframe[0].value.to_dict("records")}
    assert lines == {"Points": ("0", "not limited"), "¥10 off over ¥30": ("42", "100")}


def test_a_day_without_anything_is_a_day_with_zeros() -> None:
    counted = [Numbers(day="2026-12-01", participants=3), Numbers(day="2026-12-03", granted={"points": 2, "coupon": 1})]
    words = {"day": "Day", "participants": "New", "checkins": "Check-ins", "granted": "Given"}

    assert rows(filled_days(counted), words) == [
        {"Day": "2026-12-01", "New": 3, "Check-ins": 0, "Given": 0},
        {"Day": "2026-12-02", "New": 0, "Check-ins": 0, "Given": 0},
        {"Day": "2026-12-03", "New": 0, "Check-ins": 0, "Given": 3},
    ]
    assert filled_days([]) == []


def test_without_a_campaign_there_is_a_way_to_begin_one(open_app: Open) -> None:
    assert "还没有活动" in words(open_app("app_pages/results.py"))
