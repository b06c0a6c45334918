"""Settings: each field kept at once, others' changes met, the last admin kept, new campaigns in the house's style."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.discovery import discover
from functions.core.workspace import Approval, Person, Workspace
from functions.storage import audit, campaigns, workspace
from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
from tests.ui.conftest import Open, keyed, press, unanswered, words
from ui.components.campaigns.house_style import dressed
from ui.components.forms.filling import whole
from ui.templates import templates

ADMIN = Person(email="min@pond.example", name="王敏", role="admin")
MEI = Person(email="mei@pond.example", name="小美", role="editor")


def settings(open_app: Open, part: str = "brand", language: str = "zh", **session: Any) -> Any:
    app = open_app("app_pages/settings.py", language, **{"st_editor": "王敏", **session})
    if part != "brand":
        app.get_by_key(f"settings_part_{language}").set_value(part).run()
    return app


def stored(store: MemoryStore) -> Workspace:
    return workspace.load(store)[0]


def test_a_field_is_kept_when_it_changes_and_the_step_is_written_down(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app)

    keyed(app, "text_input", "brand.name.zh").set_value("池塘茶铺").run()

    assert stored(store).brand.name.zh == "池塘茶铺"
    (line,) = audit.entries(store)
    assert (line.what, line.by) == ("settings", "王敏")
    assert "已自动保存 10:00" in words(app)


def test_the_audit_log_tells_a_switch_put_on_from_one_put_off(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "approval")
    for is_needed in (True, False):
        keyed(app, "toggle", "approval.needed").set_value(is_needed).run()

    told = [line for line in words(open_app("app_pages/audit.py")).split("\n") if line.startswith(":gray[")]
    assert [line.removesuffix("]").split("[")[-1] for line in told if line.endswith(("开]", "关]"))] == ["关", "开"]


def test_the_audit_log_tells_what_was_chosen_and_not_what_was_typed(open_app: Open, store: MemoryStore) -> None:
    workspace.save(store, Workspace(approval=Approval(needed=True)), 0)
    app = settings(open_app, "approval")
    keyed(app, "number_input", "approval.count").set_value(2).run()
    keyed(app, "number_input", "approval.above").set_value(500).run()
    app = settings(open_app, "privacy")
    keyed(app, "text_input", "contact").set_value("mei@pond.example").run()

    notes = [entry.note for entry in audit.entries(store)]
    assert notes[0] == ""
    assert notes[1] == "¥500.00"
    assert notes[-1] == "2"


def test_the_audit_log_tells_a_choice_in_the_language_of_who_reads(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app)
    next(one for one in app.get("button_group") if str(one.key).endswith("_language")).set_value("en").run()

    told = {tongue: words(open_app("app_pages/audit.py", tongue)) for tongue in ("zh", "en")}

    assert ":gray[英文]" in told["zh"]
    assert ":gray[English]" in told["en"]


def test_every_change_that_waited_for_another_to_fit_is_written_down(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "privacy")
    keyed(app, "number_input", "retention_days").set_value(9999).run()
    keyed(app, "text_input", "_contact").set_value("400").run()
    assert audit.entries(store) == []

    keyed(app, "number_input", "retention_days").set_value(90).run()

    assert (stored(store).retention_days, stored(store).contact) == (90, "400")
    assert {entry.about.en: entry.note for entry in audit.entries(store)} == {
        "Whom to ask about privacy": "",
        "Kept for": "90",
    }


def test_no_name_is_marked_for_a_colour_of_ones_own(open_app: Open) -> None:
    app = settings(open_app)

    def marked() -> list[str]:
        return [str(one.value) for one in app.get("button_group") if "swatch" in str(one.key)]

    before = marked()
    keyed(app, "color_picker", "brand.colour").set_value("#FFE000").run()
    other = marked()
    keyed(app, "color_picker", "brand.colour").set_value("#0b5fa5").run()

    assert (before, other, marked()) == (["#0B6E5F"], ["None"], ["#0B5FA5"])


@pytest.mark.parametrize(("colour", "said"), [("#0B6E5F", "6.2，看得清楚"), ("#07C160", "2.4，低于 4.5")])
def test_a_colours_contrast_is_told(open_app: Open, store: MemoryStore, colour: str, said: str) -> None:
    app = settings(open_app)

    keyed(app, "color_picker", "brand.colour").set_value(colour).run()

    assert said in " ".join(words(app).split())


def test_what_does_not_fit_stays_on_the_page_with_the_reason(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "privacy")

    keyed(app, "number_input", "retention_days").set_value(9999).run()

    assert "不能大于 3,650" in words(app)
    assert keyed(app, "number_input", "retention_days").value == 9999
    assert stored(store).retention_days == 180


def test_another_admins_change_to_another_field_is_joined(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "privacy")
    workspace.save(store, Workspace(zone="Asia/Tokyo"), 0)

    keyed(app, "text_input", "_contact").set_value("400-000-0000").run()

    assert (stored(store).zone, stored(store).contact) == ("Asia/Tokyo", "400-000-0000")


def test_another_admins_change_to_the_same_field_is_shown_instead_and_said(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "privacy")
    workspace.save(store, Workspace(contact="theirs"), 0)

    keyed(app, "text_input", "_contact").set_value("mine").run()

    assert stored(store).contact == "theirs"
    assert "别人刚刚也改了" in words(app)
    assert keyed(app, "text_input", "_contact").value == "theirs"


def test_while_the_store_is_away_what_was_typed_stays_and_is_saved_afterwards(
    open_app: Open, store: MemoryStore
) -> None:
    app = settings(open_app, "privacy")
    write = store.write

    def away(_changes: object) -> None:
        raise Unknown

    store.write = away  # type: ignore[assignment, method-assign]
    keyed(app, "text_input", "_contact").set_value("400").run()
    said = words(app)
    store.write = write  # type: ignore[method-assign]
    press(app, "btn_retry")

    assert "暂时存不上" in said or "内容还在" in said
    assert stored(store).contact == "400"


def test_whoever_types_on_where_a_save_got_no_answer_keeps_it_all(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "privacy")

    with unanswered(store):
        keyed(app, "text_input", "_contact").set_value("40").run()
    keyed(app, "text_input", "_contact").set_value("400").run()

    assert stored(store).contact == "400"
    assert "别人刚刚也改了" not in words(app)
    assert len(audit.entries(store)) == 2


def test_a_change_that_arrived_without_an_answer_is_written_down_once(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "privacy")

    with unanswered(store):
        keyed(app, "text_input", "_contact").set_value("400").run()
    keyed(app, "number_input", "retention_days").set_value(90).run()

    assert (stored(store).contact, stored(store).retention_days) == ("400", 90)
    assert [entry.about.en for entry in audit.entries(store)] == ["Kept for", "Whom to ask about privacy"]


def test_a_store_that_goes_away_while_two_changes_meet_loses_neither(open_app: Open, store: MemoryStore) -> None:
    app = settings(open_app, "privacy")
    workspace.save(store, Workspace(zone="Asia/Tokyo"), 0)
    write, read = store.write, store.read

    def away(_keys: object) -> None:
        raise Unknown

    def met(changes: Any) -> Any:
        store.read = away  # type: ignore[assignment, method-assign]
        return write(changes)

    store.write = met  # type: ignore[method-assign]
    keyed(app, "text_input", "_contact").set_value("400").run()
    store.write, store.read = write, read  # type: ignore[method-assign]
    press(app.run(), "btn_retry")

    assert (stored(store).zone, stored(store).contact) == ("Asia/Tokyo", "400")


def test_people_are_added_changed_and_removed_and_each_step_is_written_down(open_app: Open, store: MemoryStore) -> None:
    workspace.save(store, Workspace(people=[ADMIN]), 0)
    app = settings(open_app, "people")

    keyed(app, "text_input", "person_email_0").set_value(" Mei@Pond.example ")
    keyed(app, "text_input", "person_name_0").set_value("小美")
    press(app, next(one.key for one in app.button if one.label == "添加"))
    app.selectbox(key="role_zh_1_mei@pond.example").set_value("approver").run()
    roles = [(one.email, one.role) for one in stored(store).people]
    press(app, "btn_drop_1_mei@pond.example")

    assert roles == [("min@pond.example", "admin"), ("mei@pond.example", "approver")]
    assert [one.email for one in stored(store).people] == ["min@pond.example"]
    lines = [(line.what, line.about.zh, line.note) for line in audit.entries(store)]
    assert sorted(lines) == [("role", "mei@pond.example", note) for note in ("approver", "editor", "—")]


@pytest.mark.parametrize(("email", "said"), [("min", "不是邮箱"), ("MIN@pond.example", "已经在名单里")])
def test_a_wrong_address_or_the_same_twice_is_not_taken(
    open_app: Open, store: MemoryStore, email: str, said: str
) -> None:
    workspace.save(store, Workspace(people=[ADMIN]), 0)
    app = settings(open_app, "people")

    keyed(app, "text_input", "person_email_0").set_value(email)
    press(app, next(one.key for one in app.button if one.label == "添加"))

    assert said in words(app)
    assert stored(store).people == [ADMIN]


@pytest.mark.parametrize("step", ["remove", "change"])
def test_the_last_admin_stays(open_app: Open, store: MemoryStore, step: str) -> None:
    workspace.save(store, Workspace(people=[ADMIN, MEI]), 0)
    app = settings(open_app, "people")

    if step == "remove":
        press(app, "btn_drop_0_min@pond.example")
    else:
        app.selectbox(key="role_zh_0_min@pond.example").set_value("editor").run()

    assert "至少要留一位管理员" in words(app)
    assert stored(store).people == [ADMIN, MEI]


def test_an_editor_may_not_see_the_page(open_app: Open) -> None:
    app = open_app("app_pages/settings.py", st_person="editor")

    assert "品牌名称" not in words(app)


def test_every_part_speaks_english(open_app: Open) -> None:
    said = [words(settings(open_app, part, "en")) for part in ("beginnings", "approval", "people", "privacy", "about")]

    assert ["Time zone" in said[0], "agree" in said[1], "Approver" in said[2], "Kept for" in said[3]] == [True] * 4
    assert "0.1.0" in said[4].replace("\\", "")


def test_a_new_campaign_takes_the_houses_style(open_app: Open, store: MemoryStore) -> None:
    house = Workspace.model_validate(
        {
            "brand": {"name": {"zh": "池塘茶铺", "en": "Pond Tea"}, "colour": "#8A3FA0"},
            "zone": "Asia/Tokyo",
            "currency": "JPY",
            "contact": "400-000-0000",
            "retention_days": 90,
            "purposes": [
                {"field": field, "purpose": {"zh": f"{field}：记录打卡", "en": f"{field}: to count"}}
                for field in ("checkin_days", "never_asked")
            ],
        }
    )
    workspace.save(store, house, 0)

    press(open_app("app_pages/campaigns.py"), "btn_template_seven-mornings")

    (campaign,) = campaigns.campaigns(store)
    content = campaigns.load(store, campaign.id).content
    assert (content["schedule"]["zone"], content["budget"]["currency"]) == ("Asia/Tokyo", "JPY")
    assert content["schedule"]["starts_at"].endswith("T00:00:00+09:00")
    assert (content["page"]["colour"], content["page"]["organiser"]["zh"]) == ("#8A3FA0", "池塘茶铺")
    assert (content["privacy"]["contact"], content["privacy"]["retention_days"]) == ("400-000-0000", 90)
    told = {one["field"]: one["purpose"]["zh"] for one in content["privacy"]["purposes"]}
    assert told["checkin_days"] == "checkin_days：记录打卡"
    assert "never_asked" not in told


def test_a_house_that_has_set_nothing_changes_nothing_of_a_template() -> None:
    for content in templates().values():
        plain = whole(content, discover())

        assert dressed(plain, Workspace()) == plain
