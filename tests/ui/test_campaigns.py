"""The list of campaigns: find, open, begin, copy, pause, end; and the screens without a cloud."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Change, create
from functions.core.intent import refund
from functions.core.keys import Key, Row
from functions.core.text import Text
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
from infra.definition_files import parse, written_json
from tests.ui.conftest import APP, LIST, NOW, Open, begun, go_to, healthy, keyed, press, published, words
from ui.components.sheet import as_csv
from ui.finding import Wanted, found
from ui.navigation import FOLDER, SCREENS, Screen
from ui.sign_in import CHOSEN


def open_buttons(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key and button.key.startswith("btn_open_")]


def test_an_empty_shop_offers_the_templates_with_the_seven_mornings_first(open_app: Open) -> None:
    app = open_app(LIST)

    offered = [button.key for button in app.button if button.key.startswith("btn_template_")]
    assert offered[0] == "btn_template_seven-mornings"
    assert len(offered) >= 4
    assert "怎么开始" in words(app)


def test_a_template_begins_today_in_the_campaigns_zone_and_keeps_its_length(open_app: Open, store: MemoryStore) -> None:
    press(open_app(LIST), "btn_template_seven-mornings")

    [campaign] = campaigns.campaigns(store)
    schedule = campaigns.load(store, campaign.id).content["schedule"]
    assert schedule["starts_at"] == "2026-12-01T00:00:00+08:00"
    assert schedule["ends_at"] == "2026-12-15T00:00:00+08:00"


def test_a_campaigns_days_are_those_of_its_own_zone_wherever_one_looks_from(open_app: Open, store: MemoryStore) -> None:
    schedule = {"zone": "Asia/Shanghai", "starts_at": "2026-11-30T20:00:00Z", "ends_at": "2026-12-10T16:00:00Z"}
    published(store, begun(store, schedule=schedule))

    cards = words(open_app(LIST))
    (row,) = open_app(f"{LIST}?table=on").dataframe[0].value.to_dict("records")

    assert "12 月 1 日 – 12 月 10 日" in cards
    assert [str(row["开始时间"]), str(row["结束时间"])] == ["2026-12-01", "2026-12-10"]


def test_any_mechanic_can_be_begun_empty(open_app: Open, store: MemoryStore) -> None:
    app = press(press(open_app(LIST), "btn_all_templates"), "btn_empty_checkin")

    [campaign] = campaigns.campaigns(store)
    assert campaigns.load(store, campaign.id).content["mechanic"] == "checkin"
    assert app.title[0].value == "未命名"


def test_campaigns_come_newest_first_and_twenty_a_page(open_app: Open, store: MemoryStore) -> None:
    for number in range(25):
        begun(store, number)

    app = open_app(LIST)
    first = open_buttons(app)
    app.pagination[0].set_value(2).run()

    assert (len(first), first[0]) == (20, f"btn_open_camp_{24:026d}")
    assert len(open_buttons(healthy(app))) == 5


def test_search_and_state_narrow_the_list(open_app: Open, store: MemoryStore) -> None:
    begun(store, 1, name={"zh": "母婴打卡", "en": "Mothers"})
    published(store, begun(store, 2, name={"zh": "咖啡打卡", "en": "Coffee"}))

    app = open_app(LIST)
    app.text_input(key="q").set_value("mother").run()
    by_name = open_buttons(app)
    app.text_input(key="q").set_value("").run()
    app.get_by_key("state_zh_0").set_value(["published"]).run()
    by_state = open_buttons(app)
    app.text_input(key="q").set_value("mother").run()

    assert by_name == [f"btn_open_camp_{1:026d}"]
    assert by_state == [f"btn_open_camp_{2:026d}"]
    assert "没有符合的活动" in words(healthy(app))


def test_a_campaign_is_opened_with_its_id_in_the_address(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store)

    app = press(open_app(LIST), f"btn_open_{campaign.id}")

    assert app.query_params["c"] in (campaign.id, [campaign.id])
    assert app.title[0].value == "早安打卡 7 天"


@pytest.mark.parametrize(("action", "state"), [("pause", "paused"), ("end", "ended")])
def test_a_step_of_life_is_confirmed_first(open_app: Open, store: MemoryStore, action: str, state: str) -> None:
    campaign = published(store, begun(store))
    store.write([refund(campaign.id, "mem_1", "pay_1", 2990, "expired", NOW)])
    store.write([Change(keys.review(campaign.id, f"item-{n}"), put={"item": f"item-{n}"}) for n in range(4)])
    app = open_app(LIST)

    app.get_by_key(f"btn_more_{campaign.id}").set_value(action).run()
    asked, before = words(healthy(app)), campaigns.campaigns(store)[0].state
    for number in app.text_input:
        if number.key == f"turn_typed_{action}":
            number.set_value("0").run()
    press(app, "btn_turn")

    assert "已得的奖励" in asked
    assert ("1 笔退款" in asked, "¥29.90" in asked) == (action == "end", action == "end")
    assert ("还有 4 个待审核" in asked) == (action == "end")
    assert before == "published"
    assert campaigns.campaigns(store)[0].state == state


@pytest.mark.parametrize(
    ("state", "days", "said"),
    [("published", 0, "。先审完再结束吧"), ("paused", 0, "请先恢复，审完再结束"), ("paused", 60, "不再发奖励。\n")],
)
def test_who_ends_it_is_advised_what_can_be_done_with_reviews(
    open_app: Open, store: MemoryStore, state: str, days: int, said: str
) -> None:
    head = published(store, begun(store))
    if state == "paused":
        campaigns.turn(store, head, "paused", "Li", NOW)
    store.write([Change(keys.review(head.id, "item-1"), put={"item": "item-1"})])

    assert said in words(open_app(LIST, now=NOW + timedelta(days=days), st_turn=(head.id, "end")))


def test_only_what_a_campaigns_life_allows_is_offered(open_app: Open, store: MemoryStore) -> None:
    draft = begun(store)

    app = open_app(LIST)

    offered = app.get_by_key(f"btn_more_{draft.id}").options
    assert offered == ["码与海报", "版本", "复制", "导出 JSON", "归档"]


def test_a_copy_is_a_new_draft_of_the_same_content(open_app: Open, store: MemoryStore) -> None:
    campaign = published(store, begun(store))
    app = open_app(LIST)

    app.get_by_key(f"btn_more_{campaign.id}").set_value("copy").run()

    healthy(app)
    made = {one.state: one.name.en for one in campaigns.campaigns(store)}
    assert made == {"linted": "Seven-morning check-in 2", "published": "Seven-morning check-in"}


def test_an_ended_campaign_is_copied_from_its_last_step(open_app: Open, store: MemoryStore) -> None:
    campaign = campaigns.turn(store, published(store, begun(store)), "ended", "Li", NOW)
    app = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "check")

    press(app, "btn_copy")

    assert sorted(one.state for one in campaigns.campaigns(store)) == ["ended", "linted"]
    assert app.title[0].value == "早安打卡 7 天 2"


class Away(MemoryStore):
    """A store that does not answer."""

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """No answer."""
        raise Unknown("get_item")

    def query(self, *_args: object, **_more: object) -> list[tuple[str, Row]]:  # type: ignore[override]
        """No answer."""
        raise Unknown("query")


@pytest.mark.parametrize("page", ["home", "campaigns", "results", "reviews", "compose"])
def test_a_store_that_does_not_answer_is_said_in_words(open_app: Open, page: str) -> None:
    app = open_app(f"app_pages/{page}.py?c=camp_1", store=Away())

    assert "暂时连不上数据库" in words(app)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_every_page_asks_for_its_shop_before_all_else(screen: Screen) -> None:
    main = (FOLDER / f"{screen.name}.py").read_text(encoding="utf-8").partition("def main()")[2].splitlines()

    assert main[2].strip() == "shop = shop_or_stop()"


def test_without_a_cloud_a_page_says_how_to_start_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POND_TABLE", raising=False)
    app = AppTest.from_file(APP, default_timeout=30)
    app.switch_page("app_pages/compose.py")

    healthy(app.run())

    assert "本地云没有运行" in words(app)
    assert app.code[0].value == "make run"


def test_streamlits_own_pages_folder_is_not_used() -> None:
    assert not (Path(APP).parent / "pages").exists()


def environment(**more: str) -> Mapping[str, str]:
    return {"POND_TABLE": "t", **more}


def test_settings_are_read_from_the_environment() -> None:
    from ui.settings import read

    told = read(environment(POND_TENANT="shop", POND_BASE_URL="https://a.example/", AWS_ENDPOINT_URL="http://e"))

    assert told is not None
    assert (told.tenant, told.table_endpoint) == ("shop", "http://e")
    assert told.page_url("camp_1") == "https://a.example/c/camp_1"
    assert read({}) is None


def test_the_list_shows_what_was_changed_in_the_composer_at_once(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store)
    app = press(open_app(LIST), f"btn_open_{campaign.id}")

    keyed(app, "text_input", "_name.zh").set_value("新名字").run()
    healthy(app.switch_page(LIST).run())

    assert "新名字" in words(app)


def test_searching_reads_the_shop_once(open_app: Open, store: MemoryStore) -> None:
    begun(store, 1)
    app = open_app(LIST)
    begun(store, 2)

    app.text_input(key="q").set_value("打卡").run()
    soon = len(open_buttons(app))
    app.session_state["now"] = NOW + timedelta(seconds=6)
    healthy(app.run())

    assert soon == 1
    assert len(open_buttons(app)) == 2


def test_streamlit_is_told_to_keep_its_own_words_and_traces_to_itself() -> None:
    told = tomllib.loads((Path(APP).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert told["client"] == {"toolbarMode": "minimal", "showErrorDetails": "none"}
    assert told["runner"]["magicEnabled"] is False
    assert told["browser"]["gatherUsageStats"] is False


def test_the_address_says_what_is_shown_and_a_link_shows_it_again(open_app: Open, store: MemoryStore) -> None:
    begun(store, 1, template="win-back")
    begun(store, 2)
    published(store, begun(store, 3))

    app = open_app(LIST)
    app.get_by_key("state_zh_0").set_value(["draft"]).run()
    app.get_by_key("kind_zh_0").set_value(["claim"]).run()
    chosen = {name: app.query_params[name] for name in ("state", "kind")}
    linked = open_app(f"{LIST}?state=draft&kind=claim&sort=name&page=7")

    assert {name: str(value).strip("[]'") for name, value in chosen.items()} == {"state": "draft", "kind": "claim"}
    assert open_buttons(healthy(app)) == open_buttons(linked) == [f"btn_open_camp_{1:026d}"]
    assert linked.get_by_key("sort_zh_0").value == "name"


def test_what_was_put_away_is_shown_only_when_asked_for(open_app: Open, store: MemoryStore) -> None:
    head = published(store, begun(store))
    for state in ("ended", "archived"):
        head = campaigns.turn(store, head, state, "Li", NOW)

    assert open_buttons(open_app(LIST)) == []
    assert open_buttons(open_app(f"{LIST}?state=archived")) == [f"btn_open_{head.id}"]


def test_a_draft_that_never_was_live_is_archived_at_one_word_and_a_copy_goes_on(
    open_app: Open, store: MemoryStore
) -> None:
    head = begun(store)
    app = open_app(LIST, st_turn=(head.id, "archive"))
    told = words(app)

    press(app, "btn_turn")

    assert "没有影响：它还没上线过" in told
    assert campaigns.head_of(store, head.id).state == "archived"
    assert "复制一份就能继续编辑" in words(open_app(f"app_pages/compose.py?c={head.id}", st_step="check"))


def test_nothing_is_archived_while_somebody_is_asked_to_approve_it(store: MemoryStore) -> None:
    head = begun(store).model_copy(update={"waiting": True})

    with pytest.raises(campaigns.Refused, match="state"):
        campaigns.turn(store, head, "archived", "Li", NOW)


def test_a_card_says_how_many_came_and_what_was_spent(open_app: Open, store: MemoryStore) -> None:
    head = published(store, begun(store))
    row = {"version": 1, "counts": {"participants": 1234}, "at": 0}
    store.write([create(keys.counter(head.id, "2026-12-01.000001"), row)])
    store.rows[f"T#demo#C#{head.id}#P#coupon#0", "POOL"]["remaining"] = 58

    app = open_app(LIST)

    assert "1,234 人" in words(app)
    assert [one.proto.text for one in app.get("progress")] == ["已花 ¥420 / ¥1,000"]


def test_the_table_shows_all_at_once_and_its_file_runs_no_formula(open_app: Open, store: MemoryStore) -> None:
    for number in range(25):
        begun(store, number, name={"zh": f"=1+{number}", "en": "x"})
    live = published(store, begun(store, 25))
    assert live.ends_at is not None

    app = open_app(f"{LIST}?table=on")
    newest, *drafts = rows = app.dataframe[0].value.to_dict("records")

    assert len(rows) == 26
    last = (live.ends_at - timedelta(minutes=1)).astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert newest["结束时间"] == last, "midnight ends the day before"
    assert (drafts[0]["状态"], drafts[0]["结束时间"]) == ("草稿", None)
    assert b"\n'=1+" in as_csv(rows)


def test_a_campaign_is_exported_as_the_file_that_publish_reads(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store)
    app = open_app(LIST)

    app.get_by_key(f"btn_more_{campaign.id}").set_value("export").run()

    assert app.get_by_key("btn_export").label == "下载"
    content = campaigns.load(store, campaign.id).content
    assert parse(written_json(content), json.loads) == content


def test_who_may_only_look_is_offered_nothing_that_changes(open_app: Open, store: MemoryStore) -> None:
    head = published(store, begun(store))

    app = open_app(LIST, **{CHOSEN: "viewer"})

    assert "btn_new" not in [button.key for button in app.button]
    assert app.get_by_key(f"btn_more_{head.id}").options[0] == "效果"
    assert not {"暂停", "复制"} & set(app.get_by_key(f"btn_more_{head.id}").options)


def test_the_soonest_to_end_comes_first_and_what_is_over_last() -> None:
    def head(number: int, state: str, days: int | None) -> Campaign:
        ends = NOW + timedelta(days) if days is not None else None
        made = {"id": f"c{number}", "mechanic": "checkin", "name": Text(zh=f"活动{number}"), "state": state}
        return Campaign(**made, ends_at=ends, created_at=NOW, changed_at=NOW)  # type: ignore[arg-type]

    all_of_them = [head(1, "published", 9), head(2, "draft", None), head(3, "published", -1), head(4, "paused", 2)]

    ordered = found(all_of_them, Wanted(order="ending"), "zh", NOW)

    assert [one.id for one in ordered] == ["c4", "c1", "c3", "c2"]
    assert [one.id for one in found(all_of_them, Wanted("活动3"), "zh", NOW)] == ["c3"]
