"""Journeys 1, 3 and 10 of the screens, each as one walk without a browser; journey 5 is in `test_approvals.py`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from streamlit.testing.v1 import AppTest

from functions.core.campaign import Campaign
from functions.storage import audit, campaigns
from functions.storage.memory import MemoryStore
from tests.storage.stage import Shop, happened, live, member
from tests.ui.conftest import LIST, NOW, Open, begun, go_to, healthy, keyed, press, published, words

CLICKS_MAX = 15


class Hand:
    """Someone at the screens, whose presses are counted."""

    def __init__(self, app: AppTest) -> None:
        self.app, self.clicks = app, 0

    def press(self, key: str) -> None:
        """One click."""
        press(self.app, key)
        self.clicks += 1


def test_journey_1_from_an_empty_system_to_a_live_check_in_within_fifteen_clicks(
    open_app: Open, store: MemoryStore
) -> None:
    hand = Hand(open_app())

    hand.press("btn_template_seven-mornings")
    keyed(hand.app, "text_input", "_name.zh").set_value("十二月早起打卡").run()
    for _step in range(5):
        hand.press("btn_next_step")
    hand.press("btn_publish")
    hand.app.checkbox(key="publish_sure").check().run()
    hand.press("btn_publish_now")

    (campaign,) = campaigns.campaigns(store)
    assert hand.clicks + 2 <= CLICKS_MAX  # the name's field and the tick are clicks as well
    assert (campaign.state, campaign.live, campaign.name.zh) == ("published", 1, "十二月早起打卡")
    assert "活动已上线：第 1 版" in words(hand.app).replace("\\", "")
    assert "进行中" in words(hand.app)
    assert [code.value for code in hand.app.code] == [f"https://pond.example/c/{campaign.id}"]


def test_journey_3_a_rule_is_composed_read_tried_and_still_there_after_a_reload(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "rules")

    press(app, "btn_rule_add")
    keyed(app, "selectbox", "_rules.2.when").set_value("checkin.recorded").run()
    press(app, next(b.key for b in app.button if b.key.endswith("_rules.2.if~add")))
    keyed(app, "selectbox", "_rules.2.if.0.field").set_value("streak").run()
    keyed(app, "selectbox", "_rules.2.if.0.op").set_value("=").run()
    keyed(app, "number_input", "_rules.2.if.0.value").set_value(3).run()
    keyed(app, "number_input", "_rules.2.then.0.amount").set_value(20).run()
    sentence = words(app)
    paid, refused = (tried(app, streak) for streak in (3, 2))
    again = words(go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "rules"))

    told = "当打卡成功，若连续天数等于 3，就发 20 积分"
    assert told in sentence
    assert "20 积分" in paid
    assert ":red[:material/cancel:] 连续天数 等于 3" in refused
    assert told in again


def tried(app: AppTest, streak: int) -> str:
    """What the panel says of a check-in on this day in a row."""
    app.number_input(key="try_checkin.recorded_streak").set_value(streak).run()
    return words(healthy(app))


def test_journey_10_a_running_campaign_is_paused_changed_and_goes_on_and_nobody_loses_a_day(
    open_app: Open, store: MemoryStore
) -> None:
    campaign = published(store, begun(store))
    first = check_in(store, campaign, 0)

    asked = turn(open_app, campaign, "pause")
    while_paused = check_in(store, campaign, 1)
    app = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "rewards")
    keyed(app, "number_input", "_budget.total").set_value(5000.0).run()
    go_to(app, "check")
    press(app, "btn_publish")
    changes = words(app)
    app.checkbox(key="publish_sure").check().run()
    press(app, "btn_publish_now")
    changed = campaigns.head_of(store, campaign.id)
    turn(open_app, campaign, "resume")
    second = check_in(store, campaign, 1)
    english = words(open_app(f"app_pages/versions.py?c={campaign.id}", language="en"))

    assert "活动暂停了，已得的奖励还在" in asked
    assert (first[0], while_paused[0], second[0]) == ("checked_in", "paused", "checked_in")
    assert second[1]["streak"] == 2
    assert "预算：¥1,000.00 → ¥5,000.00" in changes.replace("\\", "")
    assert (changed.state, changed.live) == ("paused", 2)
    assert [one.what for one in audit.entries(store, campaign.id)] == ["resume", "publish", "pause", "publish"]
    assert "Budget: ¥1,000 → ¥5,000" in english.replace("\\", "")


def turn(open_app: Open, campaign: Campaign, what: str) -> str:
    """From the campaign's menu in the list; what the dialog says."""
    app = open_app(LIST)
    app.get_by_key(f"btn_more_{campaign.id}").set_value(what).run()
    asked = words(healthy(app))
    press(app, "btn_turn")
    return asked


def check_in(store: MemoryStore, campaign: Campaign, day: int) -> tuple[str, dict[str, Any]]:
    """A member's tap on that day, as a function that has just started answers it."""
    at = NOW + timedelta(days=day)
    event = happened("checkin", member(1), f"event-{day}", at, campaign=campaign.id)
    answer = Shop(store, live(store, at, campaign.id)).hears(event)
    return answer.outcome, dict(answer.values)
