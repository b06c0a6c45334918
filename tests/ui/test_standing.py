"""Where a campaign stands once its end has passed though nobody ended it: over, wherever it is told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Change
from functions.core.discovery import discover
from functions.core.text import Text
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import LIST, NOW, Open, begun, press, published, words
from ui.components.campaigns.campaign_table import ends
from ui.components.campaigns.glance_cards import last_day
from ui.finding import Wanted, found

AFTER = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)  # the templates' two weeks are over


@pytest.fixture
def over(store: MemoryStore) -> Campaign:
    """A campaign whose end has passed by AFTER."""
    return published(store, begun(store))


def longer(store: MemoryStore, head: Campaign) -> Campaign:
    """The same, published anew with a later end."""
    draft = campaigns.load(store, head.id)
    content = draft.content | {"schedule": draft.content["schedule"] | {"ends_at": "2027-01-31T00:00:00+08:00"}}
    saved = campaigns.save(store, draft, content, "Li", AFTER)
    return campaigns.publish(store, saved, discover(), "Li", AFTER)


@pytest.mark.parametrize("state", ["published", "paused"])
def test_past_its_end_it_has_ended_and_is_found_as_such(state: str) -> None:
    made = {"id": "c1", "mechanic": "checkin", "name": Text(zh="早安"), "created_at": NOW, "changed_at": NOW}
    head = Campaign(**made, state=state, live=1, ends_at=NOW)  # type: ignore[arg-type]

    assert head.stands(NOW - timedelta(seconds=1)) == state
    assert head.stands(NOW) == "ended"
    assert found([head], Wanted(standings=("ended",)), "zh", NOW) == [head]
    assert found([head], Wanted(standings=(state,)), "zh", NOW) == []


def test_what_is_over_is_neither_paused_nor_resumed(store: MemoryStore, over: Campaign) -> None:
    with pytest.raises(campaigns.Refused, match="state"):
        campaigns.turn(store, over, "paused", "Li", AFTER)

    paused = campaigns.turn(store, over, "paused", "Li", NOW)
    with pytest.raises(campaigns.Refused, match="state"):
        campaigns.turn(store, paused, "published", "Li", AFTER)
    assert campaigns.turn(store, paused, "ended", "Li", AFTER).state == "ended"


def test_a_pause_that_was_asked_for_before_the_end_is_refused_after_it_in_words(
    open_app: Open, store: MemoryStore, over: Campaign
) -> None:
    app = open_app(LIST, st_turn=(over.id, "pause"))
    app.session_state["now"] = AFTER

    press(app, "btn_turn")

    assert "活动现在是“已结束”，做不了这一步" in words(app)
    assert campaigns.head_of(store, over.id).state == "published"


def test_a_later_end_makes_it_run_on(store: MemoryStore, over: Campaign) -> None:
    assert over.stands(AFTER) == "ended"

    assert longer(store, over).stands(AFTER) == "published"


def test_a_later_end_of_a_paused_one_leaves_it_paused_until_it_is_resumed(store: MemoryStore, over: Campaign) -> None:
    head = longer(store, campaigns.turn(store, over, "paused", "Li", NOW))

    assert head.stands(AFTER) == "paused"
    assert campaigns.turn(store, head, "published", "Li", AFTER).stands(AFTER) == "published"


def test_its_card_says_so_and_offers_to_end_it_alone(open_app: Open, over: Campaign) -> None:
    running, app = open_app(LIST), open_app(LIST, now=AFTER)

    steps = {"暂停", "恢复", "结束", "归档"}
    assert ("进行中" in words(running), "已结束" in words(app)) == (True, True)
    assert steps & set(running.get_by_key(f"btn_more_{over.id}").options) == {"暂停", "结束"}
    assert steps & set(app.get_by_key(f"btn_more_{over.id}").options) == {"结束"}


def test_ending_it_says_that_phones_say_so_already(open_app: Open, over: Campaign) -> None:
    asked = {"st_turn": (over.id, "end")}

    early, late = words(open_app(LIST, **asked)), words(open_app(LIST, now=AFTER, **asked))

    assert "页面显示：" in early
    assert "页面显示：" not in late
    assert "没有变化" in late
    assert "之后的审核不再发奖励" in late


def test_its_row_and_the_head_of_its_pages_say_so(open_app: Open, over: Campaign) -> None:
    (row,) = open_app(f"{LIST}?table=on", now=AFTER).dataframe[0].value.to_dict("records")

    assert row["状态"] == "已结束"
    for page in ("compose", "results", "versions", "qr"):
        assert "已结束" in words(open_app(f"app_pages/{page}.py?c={over.id}", now=AFTER)), page


def test_results_of_a_paused_one_say_that_it_is_over(open_app: Open, store: MemoryStore, over: Campaign) -> None:
    campaigns.turn(store, over, "paused", "Li", NOW)

    assert "活动已结束" in words(open_app(f"app_pages/results.py?c={over.id}", now=AFTER))


def test_nobody_is_called_to_what_is_over(open_app: Open, over: Campaign) -> None:
    page = f"app_pages/results.py?c={over.id}"

    assert "把二维码贴出去" in words(open_app(page))
    assert "把二维码贴出去" not in words(open_app(page, now=AFTER))


def test_home_does_not_count_it_as_running(open_app: Open, over: Campaign) -> None:
    assert f"btn_results_{over.id}" in [one.key for one in open_app().button]
    assert f"btn_results_{over.id}" not in [one.key for one in open_app(now=AFTER).button]


@pytest.mark.parametrize("ended", [False, True])
def test_home_tells_what_waits_for_review_in_what_is_over(open_app: Open, store: MemoryStore, *, ended: bool) -> None:
    head = published(store, begun(store, template="fitness-picture"))
    store.write([Change(keys.review(head.id, f"{NOW:%Y%m%dT%H%M}.mem_1"), put={"at": NOW.isoformat()})])
    if ended:
        campaigns.turn(store, head, "ended", "Li", NOW)

    home = open_app(now=NOW if ended else AFTER + timedelta(days=60))

    assert "有 1 份待审核" in words(home)
    assert [one.key for one in home.button if "_reviews_" in str(one.key)] == [f"btn_todo_0_reviews_{head.id}"]


def test_lists_tell_the_last_day_as_phones_do_where_days_begin_later(open_app: Open, store: MemoryStore) -> None:
    schedule = {
        "zone": "Asia/Shanghai",
        "day_start": "04:00",
        "starts_at": "2026-12-01T04:00:00+08:00",
        "ends_at": "2026-12-11T04:00:00+08:00",
    }
    head = published(store, begun(store, schedule=schedule))

    (row,) = open_app(f"{LIST}?table=on").dataframe[0].value.to_dict("records")

    assert "12 月 1 日 – 12 月 10 日" in words(open_app(LIST))
    assert [str(row["开始时间"]), str(row["结束时间"])] == ["2026-12-01", "2026-12-10"]
    assert ends(head, "zh") == "2026-12-11 04:00"


def test_an_end_by_hand_is_told_by_the_clock_of_that_day(store: MemoryStore) -> None:
    """Half past midnight in summer is half past eleven by the clock that the campaign began with."""
    schedule = {
        "zone": "America/New_York",
        "starts_at": "2026-12-01T00:00:00-05:00",
        "ends_at": "2027-06-01T00:00:00-04:00",
    }
    head = published(store, begun(store, schedule=schedule))

    ended = campaigns.turn(store, head, "ended", "Li", datetime(2027, 4, 20, 4, 30, tzinfo=UTC))

    assert str(last_day(ended)) == "2027-04-20"
    assert ends(ended, "zh") == "2027-04-20 00:30"


def test_table_and_file_tell_the_same_end_of_what_was_ended_early(store: MemoryStore, over: Campaign) -> None:
    ended = campaigns.turn(store, over, "ended", "Li", NOW)

    assert over.ends_at is not None
    assert over.ends_at > NOW
    assert (str(last_day(ended)), ends(ended, "zh")) == ("2026-12-01", "2026-12-01 10:00")


def test_a_head_that_tells_no_zone_keeps_to_the_clock_of_its_start(over: Campaign) -> None:
    """As heads were written before they told their zone."""
    east = timezone(timedelta(hours=8))
    told = {"starts_at": datetime(2026, 12, 1, tzinfo=east), "ends_at": datetime(2026, 12, 11, tzinfo=east)}
    old = Campaign.model_validate(over.model_dump(exclude={"zone", "day_start"}) | told)

    assert (old.zone, str(last_day(old)), ends(old, "zh")) == ("", "2026-12-10", "2026-12-10 24:00")


def test_an_end_by_hand_stays_where_it_was_whatever_is_done_afterwards(store: MemoryStore, over: Campaign) -> None:
    campaigns.turn(store, over, "ended", "Li", NOW)
    edited = campaigns.save(store, campaigns.load(store, over.id), {}, "Li", NOW + timedelta(days=3)).campaign
    archived = campaigns.turn(store, edited, "archived", "Li", NOW + timedelta(days=4))

    for head in (edited, archived):
        assert (str(last_day(head)), ends(head, "zh")) == ("2026-12-01", "2026-12-01 10:00")
