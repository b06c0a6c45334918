"""The results page: stock to the unit, counts by day and version, filters that do not lie, words where nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Change
from functions.core.discovery import discover
from functions.insights.numbers import Numbers
from functions.storage import campaigns as life
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy
from tests.ui.conftest import NOW, Open, begun, published, words
from ui.components import charts
from ui.components.results import flows, graphs, headline, results_view, share_tree, tables, together

DAY = timedelta(days=1)
WEEK = {
    "2026-12-01.000001": {
        "consents": 12, "participants": 10, "newcomers": 8, "fact.checkin.recorded": 10, "reached.1": 10,
        "entered.awareness": 8, "entered.interest": 2, "moved.awareness.interest": 8, "moved.interest.purchase": 4,
    },
    "2026-12-02.000001": {
        "participants": 2, "consents": 2, "fact.checkin.recorded": 11, "reached.1": 2, "reached.2": 9,
    },
    "2026-12-03.000002": {
        "participants": 4, "consents": 4, "newcomers": 1, "fact.checkin.recorded": 14, "reached.1": 4,
        "fact.checkin.completed": 3, "granted.coupon": 6, "granted.points": 1200, "exhausted.coupon": 2,
        "redeemed.coupon": 4, "reversed.coupon": 1, "discount": 3000, "rule.finish.granted": 6,
        "rule.finish.exhausted": 2, "lapses.2026-12-03": 1, "lapses.2026-12-30": 2, "channel.7k2m": 3,
        "entered.interest": 4, "found.interest.purchase": 1, "moved.purchase.loyalty": 1, "moved.purchase.interest": 2,
    },
}  # fmt: skip


@pytest.fixture
def running(store: MemoryStore) -> Campaign:
    """The seven mornings, live."""
    return published(store, begun(store))


@pytest.fixture
def counted(store: MemoryStore, running: Campaign) -> Campaign:
    """Three days of it, the last under a second version; forty coupons are gone."""
    draft = life.load(store, running.id)
    draft = life.save(store, draft, {**draft.content, "page": {"title": {"zh": "二", "en": "Two"}}}, "Li", NOW)
    life.publish(store, draft, discover(), "Li", NOW)
    for name, counts in WEEK.items():
        count(store, running, name, counts)
    leave(store, running, 60)
    store.write([Change(keys.channels(running.id), put={"channels": [["7k2m", "东门 *店*"]], "revision": 1})])
    return life.load(store, running.id).campaign


def count(store: MemoryStore, campaign: Campaign, name: str, counts: dict[str, int]) -> None:
    at = int((NOW + 2 * DAY).timestamp()) - 600
    row = {"version": 1, "counts": counts, "marks": [], "at": at}
    store.write([Change(keys.counter(campaign.id, name), put=row)])


def leave(store: MemoryStore, campaign: Campaign, coupons: int) -> None:
    store.rows[f"T#demo#C#{campaign.id}#P#coupon#0", "POOL"]["remaining"] = coupons


def results(open_app: Open, campaign: Campaign, query: str = "", **more: Any) -> Any:
    """The page, on the third day."""
    return open_app(f"app_pages/results.py?c={campaign.id}{query}", **{"now": NOW + 2 * DAY, **more})


def view_of(store: MemoryStore, campaign: Campaign) -> results_view.View:
    """What the page is drawn from."""
    found = results_view.opened(SimpleNamespace(store=store, catalogue=discover(), now=NOW + 2 * DAY), campaign)  # type: ignore[arg-type]
    assert found is not None
    return found


def figures(app: Any) -> list[str]:
    return [metric.value for metric in app.metric]


def changes(app: Any) -> list[str]:
    return [metric.delta for metric in app.metric]


def rows(app: Any, column: str) -> list[dict[str, str]]:
    """The lines of the table that has this column."""
    return next(one.value.to_dict("records") for one in app.table if column in one.value.columns)


def test_before_anyone_took_part_there_is_the_code_to_hang_up(open_app: Open, running: Campaign) -> None:
    app = results(open_app, running)

    assert "还没有人参与" in words(app)
    assert app.code[0].value == f"https://pond.example/c/{running.id}"
    assert not app.metric


def test_what_a_marketer_wants_to_know_first_is_a_sentence_with_honest_arithmetic(
    open_app: Open, counted: Campaign
) -> None:
    app = results(open_app, counted, now=NOW + 3 * DAY)

    assert "今天打卡 0 次，新加入 0 人" in words(app)
    assert "还剩 60 份" in words(app)
    assert "最近 3 天平均每天 2.0 份" in words(app)
    assert "数据到 2026-12-03 09" in words(app)


def test_five_figures_say_how_it_stands(store: MemoryStore, counted: Campaign) -> None:
    told = headline.figures(view_of(store, counted))

    assert [(one.name, one.value) for one in told] == [
        ("参与人数", "16"), ("完成率", "18.8%"), ("新客", "9"), ("已花 · 预算 ¥1,000", "¥60"), ("核销率", "50.0%"),
    ]  # fmt: skip
    assert not any(one.change for one in told)


def test_a_range_is_compared_with_as_many_days_before_and_said_so(open_app: Open, counted: Campaign) -> None:
    app = results(open_app, counted, "&range=today")

    assert figures(app)[0] == "4"
    assert changes(app)[0] == "+2"
    assert changes(app)[1] == "+18.8 个百分点"
    assert "和前一天比" in words(app)


def test_a_version_shows_what_happened_under_it_and_no_rate_that_would_lie(open_app: Open, counted: Campaign) -> None:
    app = results(open_app, counted, "&v=2", language="en")

    assert figures(app) == ["4", "—", "1", "¥60", "50.0%"]
    assert not [one for one in app.table if "Of the step before" in one.value.columns]
    assert "people move from one to the next" in words(app)


def test_a_choice_goes_into_the_address_and_comes_back_from_it(open_app: Open, counted: Campaign) -> None:
    app = results(open_app, counted, "&range=nonsense")
    assert app.segmented_control[0].value == "all"

    app.segmented_control[0].set_value("7").run()

    assert app.query_params["range"] in ("7", ["7"])
    assert results(open_app, counted, "&range=7").segmented_control[0].value == "7"


def test_rewards_are_told_from_the_stock_and_rules_with_their_reasons(store: MemoryStore, counted: Campaign) -> None:
    view = view_of(store, counted)

    coupon = next(row for row in tables.rewards(view) if "减" in row["奖励"])
    (rule,) = tables.rules(view)
    channels = tables.channels(view)

    assert (coupon["已发"], coupon["剩余"], coupon["已核销"], coupon["没发成"]) == ("40", "60", "3", "2")
    assert (rule["已发"], rule["没发成"], rule["没发成的原因"]) == ("6", "2", "已经发完了 2")
    assert [row["渠道"] for row in channels] == ["东门 *店*".replace("*", "\\*"), "没有渠道码"]
    assert channels[-1] == {"渠道": "没有渠道码", "参与人数": "13", "占比": "81.2%"}


def test_what_a_channels_people_cost_is_told_over_all_days_only(store: MemoryStore, counted: Campaign) -> None:
    door = ["7k2m", "东门", 12_345]
    store.write([Change(keys.channels(counted.id), put={"channels": [door], "revision": 2})])
    view = view_of(store, counted)

    priced = tables.channels(view)
    some_days = tables.channels(replace(view, chosen_range="today"))

    assert [(row["费用"], row["每人费用"]) for row in priced] == [("¥123.45", "¥41.15"), ("—", "—")]
    assert all("每人费用" not in row for row in some_days)


def test_coupons_that_were_not_used_have_expired_or_can_still_be_used(store: MemoryStore, counted: Campaign) -> None:
    note = tables.rewards_note(replace(view_of(store, counted), now=NOW + 3 * DAY))

    assert note == "从第一天算起。还没核销的券：2 张还能用，1 张已过期。"


def test_rewards_that_the_stream_has_not_told_of_are_said_to_be_on_their_way(
    store: MemoryStore, counted: Campaign
) -> None:
    assert "还有 34 份奖励正在计入" in headline.freshness(view_of(store, counted))


def test_the_funnel_starts_where_counting_starts(store: MemoryStore, counted: Campaign) -> None:
    drawn = graphs.funnel(view_of(store, counted))

    assert [(row["步骤"], row["数量"]) for row in drawn.rows] == [
        ("已同意", 18), ("参与", 16), ("完成", 3), ("发出的券", 6), ("核销的券", 3),
    ]  # fmt: skip
    assert "扫码" not in graphs.funnel_note(view_of(store, counted))


def test_where_the_funnel_starts_with_scans_its_note_says_which(store: MemoryStore, counted: Campaign) -> None:
    view = view_of(store, counted)
    scanned = replace(view, everything=[replace(one, scans={"7k2m": 50}) for one in view.everything])

    assert graphs.funnel(scanned).rows[0]["步骤"] == "扫码"
    assert "扫码只算印出来的码" in graphs.funnel_note(scanned)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_says_in_words_what_it_shows_and_has_its_table(
    open_app: Open, counted: Campaign, language: str
) -> None:
    app = results(open_app, counted, language=language)

    said = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    assert len(said) == 5
    assert all(any(letter.isdigit() for letter in one) for one in said)
    assert len([one for one in app.expander if one.label in ("看数据", "See the numbers")]) == 5
    assert {"zh": "占上一步的比例", "en": "shares are of the step before"}[language] in words(app)
    assert len(figures(app)) == 5


def test_how_far_people_came_is_told_of_the_chosen_days_and_version(store: MemoryStore, counted: Campaign) -> None:
    later = {"moved.interest.purchase": 1, "found.purchase.loyalty": 0}
    count(store, counted, "2027-02-01.000001", later)  # long after the campaign
    view = view_of(store, counted)

    told = {row["从"] + row["到"]: (row["人数"], row["占比"]) for row in flows.moves(flows.flow(view))}
    today = flows.flow(replace(view, chosen_range="today"))
    under_two = flows.flow(replace(view, chosen_version=2))

    assert view.whole.length == 3
    assert told == {
        "认知兴趣": ("8", "100.0%"), "兴趣购买": ("5", "33.3%"), "购买忠诚": ("1", "16.7%"),
        "购买兴趣（退回）": ("2", "33.3%"),
    }  # fmt: skip
    assert flows.flow(view).after == {"awareness": 0, "interest": 10, "purchase": 3, "loyalty": 1}
    assert (today.before, today.after) == ({"awareness": 0, "interest": 9, "purchase": 5}, {**today.after})
    assert today.moves == {"purchase.loyalty": 1, "purchase.interest": 2}
    assert under_two.before == {"interest": 3, "purchase": 1}
    sheet = tables.for_spreadsheet(view)
    assert (len(sheet), sheet[0]["加入时：认知"], sheet[0]["兴趣 → 购买"], sheet[-1]["兴趣 → 购买"]) == (4, 8, 4, 1)


def test_what_was_given_out_today_is_said_where_no_whole_day_has_a_pace(store: MemoryStore, running: Campaign) -> None:
    leave(store, running, 91)
    count(store, running, "2026-12-03.000001", {"participants": 9, "granted.coupon": 9})

    (said,) = [one for one in headline.sentences(view_of(store, running)) if "还剩" in one]

    assert said.endswith("还剩 91 份，今天发出 9 份。")


def test_days_begin_when_it_went_live_not_when_it_was_meant_to(store: MemoryStore) -> None:
    running = published(store, begun(store))
    (version,) = (view := view_of(store, running)).versions
    schedule = version.definition.schedule.model_copy(update={"starts_at": NOW - 10 * DAY})
    meant = version.definition.model_copy(update={"schedule": schedule})
    view = replace(view, versions=[version.model_copy(update={"definition": meant})])

    assert view.whole.first == date(2026, 12, 1)
    assert {one.days for one in view.estimates} == {2}


def test_an_empty_stock_is_the_first_thing_said(store: MemoryStore, counted: Campaign) -> None:
    leave(store, counted, 0)

    view = view_of(store, counted)

    assert headline.is_short(view)
    assert any("已经发完" in said for said in headline.sentences(view))


@pytest.mark.parametrize(
    ("steps", "said"), [(["paused"], "活动暂停着"), (["ended"], "活动已结束：16 人参与，3 人完成，核销 3 张券")]
)
def test_a_campaign_that_does_not_run_says_so(
    store: MemoryStore, counted: Campaign, steps: list[Any], said: str
) -> None:
    for state in steps:
        life.turn(store, life.load(store, counted.id).campaign, state, "Li", NOW)

    view = view_of(store, life.load(store, counted.id).campaign)
    assert any(said in one for one in headline.sentences(view))


def test_a_draft_has_no_numbers_yet_and_an_unknown_campaign_has_none_at_all(open_app: Open, store: MemoryStore) -> None:
    draft = begun(store)

    assert "还没有上线" in words(results(open_app, draft))
    assert "没有这个活动" in words(open_app("app_pages/results.py?c=camp_elsewhere"))


def test_while_the_store_is_away_the_page_says_so(open_app: Open, store: MemoryStore, counted: Campaign) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise Busy

    store.query = store.read = away  # type: ignore[assignment, method-assign]

    app = results(open_app, counted)

    assert "暂时" in app.warning[0].value or "连不上" in app.warning[0].value
    assert app.title[0].value == "效果"
    assert not app.metric


def test_names_that_people_typed_are_shown_as_typed(open_app: Open, store: MemoryStore) -> None:
    nasty = "*券* [x](http://a) $1$"
    campaign = published(store, begun(store, name={"zh": nasty, "en": nasty}))
    count(store, campaign, "2026-12-01.000001", {"participants": 1})

    app = results(open_app, campaign)

    assert app.title[0].value == r"\*券\* \[x\](http\://a) \$1\$"


def test_without_a_campaign_there_is_a_way_to_begin_one(open_app: Open) -> None:
    assert "还没有活动" in words(open_app("app_pages/results.py"))


def test_what_today_may_still_cost_is_read_from_the_days_own_counter(store: MemoryStore, counted: Campaign) -> None:
    draft = life.load(store, counted.id)
    made = {**draft.content, "budget": {**draft.content["budget"], "per_day": 20_000}}
    life.publish(store, life.save(store, draft, made, "Li", NOW), discover(), "Li", NOW)
    store.write([Change(keys.spending(counted.id, (NOW + 2 * DAY).date(), 0), put={"spent": 5_000})])

    assert "今天的预算 ¥200 已花 ¥50" in headline.today(view_of(store, counted))


TOGETHER = {
    "participants": 9, "events": 20, "fact.group.opened": 5, "fact.group.joined": 4, "fact.group.completed": 3,
    "fact.group.expired": 1, "took.group.completed.60": 1, "took.group.completed.360": 2,
    "took.group.completed.minutes": 360, "clicks": 4, "click.depth.1": 3, "click.depth.2": 1, "shared": 2,
    "share.depth.1": 2, "click.way.group": 3, "click.way.poster": 1, "share.way.group": 2,
}  # fmt: skip


def test_groups_that_formed_or_expired_are_told_with_the_time_they_took(store: MemoryStore, open_app: Open) -> None:
    """And beside them who brought whom: the K-factor, the depth and the tree by its levels."""
    running = published(store, begun(store, template="three-together"))
    count(store, running, "2026-12-03.000001", TOGETHER)

    app = results(open_app, running)

    told = {metric.label: metric.value for metric in app.metric}
    assert (told["发起"], told["成功"], told["没凑齐"], told["成功率"]) == ("5", "3", "1", "75.0%")
    assert (told["凑齐用时"], told["K 系数"]) == ("2.0 小时", "0.22")
    assert [line["成功"] for line in rows(app, "多久之内")] == ["0", "1", "2", "0", "0"]
    assert [line["进来"] for line in rows(app, "层")] == ["3", "1"]
    assert [(line["分享的是"], line["进来"], line["参与"]) for line in rows(app, "分享的是")] == [
        ("海报", "1", "0"), ("团的链接", "3", "2"),
    ]  # fmt: skip
    (line,) = tables.for_spreadsheet(view_of(store, running))
    assert line["凑齐平均用时（分钟）"] == 120.0


def test_of_a_referral_who_did_what_counts_is_told_less_those_who_took_it_back(store: MemoryStore) -> None:
    running = published(store, begun(store, template="bring-a-friend"))
    brought = {"clicks": 9, "click.depth.1": 9, "shared": 6, "share.depth.1": 6}
    acts = {"participants": 8, "fact.referral.qualified": 4, "fact.referral.reversed": 1}
    count(store, running, "2026-12-03.000001", brought | acts)

    told = [value for _name, value, _meaning in share_tree.figures(view_of(store, running))]

    assert told == ["9", "6", "3", "0.75", "1"]


def test_before_anyone_opened_a_group_a_word_stands_there(store: MemoryStore) -> None:
    view = view_of(store, published(store, begun(store, template="three-together")))

    assert together.shared(view) == "group"
    assert together.times(view.within, "group") == []
    assert together.duration(together.average(view.within, "group")) == "—"
    assert together.shared(view_of(store, published(store, begun(store, 2)))) == ""


@pytest.mark.parametrize(("days", "is_drawn"), [(1, True), (2, False)])
def test_the_first_days_cost_is_drawn_as_a_point_for_a_line_needs_two(days: int, is_drawn: bool) -> None:
    counted = [Numbers(day=f"2026-12-0{day}") for day in range(1, days + 1)]

    drawn = charts.burn(counted, [2500] * days, 300_000, "CNY").chart.to_dict()

    assert bool(drawn["layer"][0]["mark"]["point"]) is is_drawn
