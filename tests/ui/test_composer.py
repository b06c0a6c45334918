"""The composer's way from a template to a live campaign, and everything that may stand in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.insights.counting import count
from functions.insights.reading import Counted
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, begun, edited, faults, go_to, keyed, press, published, words
from tests.ui.test_desk import Shaky


def content(store: MemoryStore, campaign: Campaign) -> dict[str, Any]:
    return campaigns.load(store, campaign.id).content


def compose(open_app: Open, campaign: Campaign, **more: Any) -> Any:
    return open_app(f"app_pages/compose.py?c={campaign.id}", **more)


def empties(app: Any, ending: str) -> str:
    """The button that empties an optional field."""
    return next(button.key for button in app.button if button.key.endswith(f"{ending}~empty"))


def test_from_the_template_to_a_live_campaign_with_a_few_changes(open_app: Open, store: MemoryStore) -> None:
    app = open_app()
    app = press(app, "btn_template_seven-mornings")
    keyed(app, "text_input", "_name.zh").set_value("十二月早起打卡").run()
    edited(keyed(app, "number_input", "_config.days").set_value(5))
    for _step in range(4):
        press(app, "btn_next_step")
    press(app, empties(app, "_schedule.ends_at"))
    press(app, "btn_next_step")
    told = words(app)
    may_not = app.button(key="btn_publish").disabled

    press(app, next(button.key for button in app.button if button.key.startswith("btn_find_C19")))
    keyed(app, "datetime_input", "_schedule.ends_at").set_value(datetime(2026, 12, 20)).run()
    go_to(app, "check")
    press(app, "btn_publish")
    app.checkbox(key="publish_sure").check().run()
    press(app, "btn_publish_now")

    assert "阻止" in told
    assert may_not
    [campaign] = campaigns.campaigns(store)
    assert (campaign.state, campaign.live, campaign.name.zh) == ("published", 1, "十二月早起打卡")
    definition = campaigns.versions(store, campaign.id)[0].definition
    assert definition.config["days"] == 5
    assert definition.schedule.starts_at.astimezone(NOW.tzinfo) <= NOW
    assert "活动已上线：第 1 版" in words(app).replace("\\", "")
    assert any(f"https://pond.example/c/{campaign.id}" in code.value for code in app.code)


def test_a_draft_is_called_checked_as_long_as_nothing_stands_in_its_way(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = compose(open_app, campaign)
    states = []
    for days in (5, 999, 6):
        keyed(app, "number_input", "_config.days").set_value(days).run()
        states.append(campaigns.campaigns(store)[0].state)

    assert states == ["linted", "draft", "linted"]
    assert "已检查" in " ".join(str(badge.value) for badge in app.markdown)


def test_before_it_goes_live_one_is_told_how_many_people_it_reaches_and_how_many_are_in_it(
    open_app: Open, store: MemoryStore
) -> None:
    for number, people in ((1, 12_000), (2, 400)):
        head = published(store, begun(store, number))
        news = [Counted(head.id, NOW, b"a" * 6, {"participants": people + 5, "newcomers": people})]
        count(store, head.id, "2026-12-01.000001", news, NOW, lambda _attempt: True)
    app = go_to(compose(open_app, head), "basics")
    keyed(app, "number_input", "_config.days").set_value(6).run()

    said = words(press(go_to(app, "check"), "btn_publish"))

    assert "将对**所有人**（目前约 12,400 名会员）开放" in said
    assert "已有 **405** 人在参加" in said


def test_a_campaign_that_is_over_before_it_begins_is_told_so_and_cannot_be_published(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign, now=NOW + timedelta(days=60)), "check")

    assert "结束时间已经过了，上线也没人能参加" in words(app)
    assert app.button(key="btn_publish").disabled
    with pytest.raises(campaigns.Refused, match="blocked"):
        campaigns.publish(store, campaigns.load(store, campaign.id), discover(), "Li", NOW + timedelta(days=60))


def test_each_change_is_stored_when_it_is_made(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    app = compose(open_app, campaign)

    edited(keyed(app, "number_input", "_config.make_up.price").set_value(30))
    edited(keyed(app, "toggle", "_config.make_up.counts_for_streak").set_value(True))
    edited(keyed(app, "button_group", "_channel").set_value("wechat"))
    go_to(app, "rewards")
    keyed(app, "number_input", "_budget.total").set_value(1234.56).run()
    go_to(app, "audience")
    keyed(app, "time_input", "_schedule.day_start").set_value(datetime(2026, 1, 1, 4).time()).run()

    now = content(store, campaign)
    assert now["config"]["make_up"] == {"count": 1, "days_back": 3, "price": 30, "counts_for_streak": True}
    assert now["channel"] == "wechat"
    assert now["budget"]["total"] == 123456
    assert now["schedule"]["day_start"] == "04:00:00"


def test_a_wrong_value_is_kept_and_explained_under_its_field_and_marks_its_step(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = compose(open_app, campaign)

    keyed(app, "number_input", "_config.days").set_value(999).run()

    wrong = [caption.value for caption in app.caption if ":red[:material/error: " in caption.value]
    assert len(wrong) == 1
    assert "不能大于 366" in wrong[0]
    assert content(store, campaign)["config"]["days"] == 999
    assert keyed(app, "number_input", "_config.days").value == 999
    assert app.button(key="btn_lint").label == "1 个错误"
    (marks,) = [one.value for one in app.get("html") if "有要改的" in str(one.value)]
    assert [place for place in range(1, 7) if f"nth-of-type({place})" in marks] == [1]


def test_what_is_typed_is_still_there_after_a_reload_and_in_another_session(open_app: Open, campaign: Campaign) -> None:
    app = compose(open_app, campaign)
    keyed(app, "text_input", "_name.en").set_value("*Bold* :red[mornings]").run()

    again = compose(open_app, campaign, language="en")

    assert keyed(again, "text_input", "_name.en").value == "*Bold* :red[mornings]"
    assert ":red[" not in again.title[0].value.replace("\\:red\\[", "")


def test_another_proof_brings_its_own_fields(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    app = compose(open_app, campaign)

    keyed(app, "button_group", "_config.proof").set_value("text").run()
    edited(keyed(app, "number_input", "_config.proof.min_length").set_value(20))
    keyed(app, "text_input", "_config.proof.prompt.zh").set_value("写一句").run()

    assert content(store, campaign)["config"]["proof"] == {
        "kind": "text",
        "prompt": {"zh": "写一句", "en": ""},
        "min_length": 20,
        "max_length": 500,
    }


def test_lists_grow_and_shrink(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    app = compose(open_app, campaign)

    for _time in range(2):
        press(app, next(b.key for b in app.button if b.key.endswith("_config.milestones.total~add")))
    keyed(app, "number_input", "_config.milestones.total.0").set_value(3).run()
    keyed(app, "number_input", "_config.milestones.total.1").set_value(7).run()
    before = content(store, campaign)["config"]["milestones"]["total"]
    press(app, next(b.key for b in app.button if b.key.endswith("_config.milestones.total.0~quiet~drop")))

    assert before == [3, 7]
    assert content(store, campaign)["config"]["milestones"]["total"] == [7]
    assert keyed(app, "number_input", "_config.milestones.total.0").value == 7


def test_a_rule_is_a_sentence_and_can_be_composed(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    app = go_to(compose(open_app, campaign), "rules")
    sentences = words(app)

    press(app, "btn_rule_add")
    keyed(app, "selectbox", "_rules.2.when").set_value("checkin.recorded").run()
    press(app, next(b.key for b in app.button if b.key.endswith("_rules.2.if~add")))
    keyed(app, "selectbox", "_rules.2.if.0.field").set_value("streak").run()
    keyed(app, "selectbox", "_rules.2.if.0.op").set_value(">=").run()
    keyed(app, "number_input", "_rules.2.if.0.value").set_value(3).run()
    keyed(app, "number_input", "_rules.2.then.0.amount").set_value(20).run()
    keyed(app, "number_input", "_rules.2.limit").set_value(1).run()

    assert "当全部完成，就发满 30 减 10 元券，每人最多 1 次" in sentences
    rule = content(store, campaign)["rules"][2]
    assert rule["if"] == [{"field": "streak", "op": ">=", "value": 3}]
    assert rule["then"] == [{"reward": "points", "amount": 20, "to": "member"}]
    assert rule["limit"] == 1
    assert faults(app) == []


def test_another_fact_keeps_the_conditions_that_still_fit(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "rules")
    press(app, "btn_rule_open_every_morning")

    keyed(app, "selectbox", "_rules.0.when").set_value("checkin.completed").run()

    assert content(store, campaign)["rules"][0]["if"] == []
    assert any("是补卡" in toast.value for toast in app.toast)


def test_rewards_are_added_from_whatever_kinds_there_are(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "rewards")

    press(app, "btn_reward_coupon")
    keyed(app, "button_group", "_rewards.2.config.value").set_value("percent_off").run()
    keyed(app, "number_input", "_rewards.2.config.value.percent").set_value(20).run()
    keyed(app, "number_input", "_rewards.2.config.value.cap").set_value(15.5).run()
    keyed(app, "number_input", "_rewards.2.stock").set_value(50).run()
    keyed(app, "number_input", "_rewards.2.unit_cost").set_value(15.5).run()

    reward = content(store, campaign)["rewards"][2]
    assert (reward["id"], reward["stock"], reward["unit_cost"]) == ("coupon_2", 50, 1550)
    assert reward["config"]["value"] == {"kind": "percent_off", "percent": 20, "cap": 1550}

    press(app, "btn_reward_certificate")
    assert [one.proto.imgs[0].alt for one in app.get("image")] == ["结业证书"]
    assert [one.get("per_member") for one in content(store, campaign)["rewards"]] == [None, 1, None, 1]
    assert "¥1,775.00" in words(app).replace("\\", "")


def test_blocked_wording_is_quoted_and_leads_to_its_field(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store, channel="wechat")
    app = go_to(compose(open_app, campaign), "page")
    keyed(app, "text_area", "_page.body.zh").set_value("转发朋友圈领券").run()

    go_to(app, "check")
    quoted, closed = words(app), app.button(key="btn_publish").disabled
    press(app, next(b.key for b in app.button if b.key.startswith("btn_find_C2")))
    keyed(app, "text_area", "_page.body.zh").set_value("每天早上来打卡").run()
    go_to(app, "check")

    assert "转发朋友圈" in quoted
    assert closed
    assert not app.button(key="btn_publish").disabled


def test_a_warning_is_confirmed_by_name_until_the_next_edit(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign, st_editor="王小明"), "page")
    keyed(app, "text_area", "_page.body.zh").set_value("全国最佳早餐").run()
    go_to(app, "check")
    closed = app.button(key="btn_publish").disabled

    press(app, next(b.key for b in app.button if b.key.startswith("btn_sign_C9")))
    app.text_input(key="sign_reason").set_value("获奖证书在案").run()
    press(app, "btn_signed")
    signed, opened = words(app), app.button(key="btn_publish").disabled
    told = words(press(app, "btn_publish"))
    edited(when(app).set_value("later"))

    assert closed
    assert "王小明 已确认：获奖证书在案" in signed.replace("\\", "")
    assert not opened
    assert "之前的确认和审批要重新来" in told
    assert not app.checkbox
    assert app.button(key="btn_publish").disabled


def test_another_editors_save_in_between_refuses_to_publish_and_is_shown(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "check")
    press(app, "btn_publish")
    app.checkbox(key="publish_sure").check().run()
    other = campaigns.load(store, campaign.id)
    campaigns.save(store, other, {**other.content, "channel": "web"}, "Wang", NOW)

    press(app, "btn_publish_now")

    assert "[conflict]" in words(app)
    assert campaigns.campaigns(store)[0].live == 0
    assert app.session_state["st_desk"].content["channel"] == "web"


def test_two_editors_of_one_field_are_asked(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    app = compose(open_app, campaign)
    other = campaigns.load(store, campaign.id)
    changed = {**other.content, "name": {"zh": "王的名字", "en": ""}}
    campaigns.save(store, other, changed, "Wang", NOW)

    keyed(app, "text_input", "_name.zh").set_value("李的名字").run()
    asked = words(app)
    press(app, "btn_theirs")

    assert "Wang 刚刚也改了这里" in asked
    assert keyed(app, "text_input", "_name.zh").value == "王的名字"


def test_stock_cannot_be_published_below_what_was_granted(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    published(store, campaign)
    store.rows["T#demo#C#" + campaign.id + "#P#coupon#0", "POOL"]["remaining"] = 10
    app = go_to(compose(open_app, campaign), "rewards")
    press(app, "btn_reward_open_coupon")
    keyed(app, "number_input", "_rewards.1.stock").set_value(50).run()

    go_to(app, "check")
    press(app, "btn_publish")
    app.checkbox(key="publish_sure").check().run()
    press(app, "btn_publish_now")

    assert "[stock_below_granted]" in words(app)


def test_an_unknown_campaign_is_told_with_its_code(open_app: Open) -> None:
    app = open_app("app_pages/compose.py?c=camp_none")

    assert "unknown" in words(app)
    assert app.button(key="btn_back").label == "全部活动"


def test_an_imported_mistake_can_be_seen_corrected_and_removed(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    draft = campaigns.load(store, campaign.id)
    wrong = {**draft.content["config"], "days": "seven", "colour": "red"}
    campaigns.save(store, draft, {**draft.content, "config": wrong}, "file", NOW)
    app = compose(open_app, campaign)

    shown = keyed(app, "text_input", "_config.days~raw").value
    keyed(app, "text_input", "_config.days~raw").set_value("8").run()
    go_to(app, "check")
    press(app, "btn_extra_config.colour")

    assert shown == "seven"
    assert content(store, campaign)["config"]["days"] == 8
    assert "colour" not in content(store, campaign)["config"]
    assert faults(app) == []


def test_a_campaign_whose_mechanic_is_gone_can_still_be_opened(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    draft = campaigns.load(store, campaign.id)
    campaigns.save(store, draft, {**draft.content, "mechanic": "bygone"}, "Li", NOW)

    app = compose(open_app, campaign)

    assert "bygone" in words(app)


def test_clearing_an_optional_field_stores_nothing_there(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "rewards")
    press(app, "btn_reward_open_coupon")

    press(app, empties(app, "_rewards.1.stock"))

    assert content(store, campaign)["rewards"][1]["stock"] is None


def test_what_is_live_already_is_not_offered_again_until_something_changes(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    published(store, campaign)
    app = go_to(compose(open_app, campaign), "check")
    offered, said = [one.key for one in app.button], words(app)

    edited(keyed(go_to(app, "basics"), "text_input", "_name.zh").set_value("早安"))
    go_to(app, "check")

    assert "btn_publish" not in offered
    assert "上线后没有改动" in said
    assert "与线上一致" in said
    assert app.button(key="btn_publish").label == "上线修改"


def test_another_zone_keeps_the_wall_times(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    app = go_to(compose(open_app, campaign), "audience")

    keyed(app, "selectbox", "_schedule.zone").set_value("Europe/Berlin").run()

    schedule = content(store, campaign)["schedule"]
    assert schedule["starts_at"] == "2026-12-01T00:00:00+01:00"
    assert schedule["zone"] == "Europe/Berlin"
    assert keyed(app, "datetime_input", "_schedule.starts_at").value == datetime(2026, 12, 1)


def test_a_store_that_goes_away_while_someone_types_is_said_and_loses_nothing(open_app: Open) -> None:
    shaky = Shaky()
    campaign = begun(shaky)
    app = compose(open_app, campaign, store=shaky)

    shaky.fails = "before"
    keyed(app, "text_input", "_name.zh").set_value("还没存上的名字").run()
    said, on_screen = words(app), keyed(app, "text_input", "_name.zh").value
    go_to(app, "check")
    closed = app.button(key="btn_publish").disabled
    shaky.fails = ""
    press(app, "btn_retry")

    assert "暂时存不上，内容还在页面里" in said
    assert on_screen == "还没存上的名字"
    assert closed
    assert content(shaky, campaign)["name"]["zh"] == "还没存上的名字"
    assert not app.button(key="btn_publish").disabled


@pytest.mark.parametrize(
    ("address", "step"), [("&step=5", "人群与时间"), ("&step=9", "玩法"), ("&step=check", "玩法"), ("", "玩法")]
)
def test_a_page_loaded_anew_opens_at_the_step_of_its_address(
    open_app: Open, campaign: Campaign, address: str, step: str
) -> None:
    app = open_app(f"app_pages/compose.py?c={campaign.id}{address}")

    [control] = [one for one in app.get("button_group") if one.key.startswith("step_")]
    assert control.formatted_values == [step]


def test_another_language_in_the_middle_of_work_keeps_step_and_values(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "rewards")
    keyed(app, "number_input", "_budget.total").set_value(2000.5).run()
    before = content(store, campaign)

    app.get_by_key("lang").set_value("en").run()
    total = keyed(app, "number_input", "_budget.total").value
    there = words(app)
    go_to(app, "basics")
    edited(keyed(app, "button_group", "_config.completes_by").set_value("streak"))
    app.get_by_key("lang").set_value("zh").run()

    assert total == 2000.5
    assert "Budget (CNY)" in there
    assert keyed(app, "button_group", "_config.completes_by").value == "streak"
    assert content(store, campaign) == {**before, "config": {**before["config"], "completes_by": "streak"}}


def test_a_language_that_is_missing_and_a_colour_that_is_hard_to_read_on_are_said(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "page")

    keyed(app, "text_input", "_page.subtitle.en").set_value("").run()
    keyed(app, "color_picker", "_page.colour").set_value("#FFE066").run()

    said = [caption.value.replace("\\", "") for caption in app.caption if ":orange[" in caption.value]
    assert any("缺英文" in words for words in said)
    assert any("白字看不清" in words and "1.3" in words for words in said)


def test_a_budget_below_the_worst_case_is_said_and_mended_with_one_press(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "rewards")
    keyed(app, "number_input", "_budget.total").set_value(400.0).run()
    short = words(app).replace("\\", "")

    press(app, "btn_budget_fit")

    assert "超出预算 ¥600.00" in short
    assert content(store, campaign)["budget"]["total"] == 100_000


def test_the_rules_text_is_written_from_the_rules_and_comes_back(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    before = content(store, campaign)["page"]["rules"]
    app = go_to(compose(open_app, campaign), "page")

    press(app, "btn_write_rules")
    written = content(store, campaign)["page"]["rules"]
    press(app, "btn_undo")

    assert written["zh"].splitlines()[-1] == "3. 满 30 减 10 元券共 100 份，发完为止。"
    assert content(store, campaign)["page"]["rules"] == before


def test_a_campaign_at_the_same_time_as_a_running_one_is_told(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    published(store, begun(store, 2, name={"zh": "晚安打卡", "en": ""}))

    app = go_to(compose(open_app, campaign), "audience")

    assert any("晚安打卡" in warning.value for warning in app.warning)


def test_an_option_that_stands_as_usual_is_folded_and_stays_open_once_it_was_set(
    open_app: Open, campaign: Campaign
) -> None:
    def unfolded(app: Any) -> list[str]:
        return [one.label for one in app.expander if one.proto.expanded]

    app = compose(open_app, campaign)
    first = unfolded(app)
    emptied = edited(keyed(app, "number_input", "_config.make_up.count").set_value(0))

    assert first == unfolded(emptied) == ["**补卡**"]
    assert "**休息日**" in [one.label for one in app.expander]


def test_now_or_at_a_time_is_an_edit_that_has_to_be_looked_at_again(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "check")
    press(app, "btn_publish")
    app.checkbox(key="publish_sure").check().run()

    edited(when(app).set_value("later"))
    ticked = app.checkbox(key="publish_sure_1").value
    at = next(one for one in app.datetime_input if one.key.startswith("publish_when_"))
    edited(at.set_value(datetime(2026, 12, 3, 8)))

    assert not ticked
    assert not app.checkbox(key="publish_sure_2").value
    assert content(store, campaign)["schedule"]["starts_at"] == "2026-12-03T08:00:00+08:00"
    assert "定时 2026-12-03 08\\:00 自动开始" in words(app)

    app.checkbox(key="publish_sure_2").check().run()
    press(app, "btn_publish_now")

    [live] = campaigns.live_versions(store, campaigns.campaigns(store))
    assert live.definition.schedule.starts_at == datetime(2026, 12, 3, tzinfo=UTC)


def when(app: AppTest) -> Any:
    return next(one for one in app.button_group if one.key.startswith("publish_when_"))


def test_a_time_that_cannot_be_closes_the_dialog_and_says_so(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = go_to(compose(open_app, campaign), "check")
    press(app, "btn_publish")
    edited(when(app).set_value("later"))

    at = next(one for one in app.datetime_input if one.key.startswith("publish_when_"))
    edited(at.set_value(datetime(2027, 12, 3, 8)))

    assert not app.checkbox
    assert app.button(key="btn_publish").disabled
    assert faults(app)
