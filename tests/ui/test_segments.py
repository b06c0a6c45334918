"""Segments: chosen as a campaign's audience, kept under a name, opened again by the whole team."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.core.audit import Entry
from functions.core.need import AtStage, Collected, Customer, Holds, Newcomer, SignedIn, Tagged, TookPart
from functions.core.segment import Segment, Segments
from functions.core.text import Text
from functions.storage import audit, campaigns, segments
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from functions.storage.store import Unknown
from tests.codes import batches as codes
from tests.screens.extras import segments_of_the_team
from tests.ui.conftest import NOW, Open, away, begun, go_to, keyed, press, published, words
from ui.components.people import segment_desk, segment_words
from ui.sign_in import CHOSEN
from ui.words import named

BATCH = "batch_" + "0" * 26
OLD_FRIENDS = Segment(name="老朋友", needs=[TookPart(campaign=f"camp_{1:026d}"), SignedIn()])


def kept(store: MemoryStore, *those: Segment) -> None:
    """Segments that another editor saved."""
    known, revision = segments.load(store)
    noted = Entry(what="segment", by="Li", at=NOW, about=Text(zh="x", en="x"))
    segments.save(store, Segments(segments=[*known.segments, *those]), revision, noted)


def audience_of(store: MemoryStore, number: int) -> Any:
    return campaigns.load(store, f"camp_{number:026d}").content["audience"]["needs"]


def at_audience(open_app: Open, number: int, language: str = "zh") -> Any:
    return go_to(open_app(f"app_pages/compose.py?c=camp_{number:026d}", language), "audience")


def chosen(app: Any, place: int, kind: str) -> None:
    row = next(one for one in app.selectbox if one.key.endswith(f"audience.needs.{place}"))
    row.set_value(kind).run()


def pills(app: Any, label: str) -> Any:
    return next(one for one in app.get("button_group") if one.label == label)


def test_a_saved_segment_is_taken_and_copied_and_told_by_name(open_app: Open, store: MemoryStore) -> None:
    for number in (1, 2):
        published(store, begun(store, number))
    kept(store, OLD_FRIENDS)
    app = at_audience(open_app, 2)

    pills(app, "谁能参加").set_value("老朋友").run()
    segments.save(store, Segments(), 1, Entry(what="segment", by="Li", at=NOW))

    assert audience_of(store, 2) == [need.model_dump(mode="json") for need in OLD_FRIENDS.needs]
    press(go_to(app, "check"), "btn_publish")
    assert "谁能参加：所有人 → 参加过“早安打卡 7 天”的会员，同时是用手机号登录过的会员" in words(app)
    assert not app.exception


def test_people_of_a_batch_of_codes_are_chosen_by_its_name_and_told_before_it_goes_live(
    open_app: Open, store: MemoryStore
) -> None:
    published(store, begun(store, 1))
    batch = codes.ordered(store, campaign=f"camp_{1:026d}")
    codes.ordered(store, campaign=f"camp_{2:026d}", lot="L8", name=b"own-------")  # whoever has one is in already
    begun(store, 2)
    app = at_audience(open_app, 2)
    press(app, next(one.key for one in app.button if one.key.endswith("audience.needs~add")))
    chosen(app, 0, "collected")

    asked = next(one for one in app.selectbox if one.key.endswith("batch"))
    assert (asked.options, audience_of(store, 2)) == (["明前龙井"], [{"kind": "collected", "batch": batch.id}])
    assert "那批码不在了" not in words(app)
    assert "领过奖励的人" in words(press(go_to(app, "check"), "btn_publish"))
    assert not app.exception


def test_who_they_are_is_said_before_it_goes_live(store: MemoryStore) -> None:
    heads = [published(store, begun(store, 1))]

    names = {head.id: named(head) for head in heads} | {BATCH: "龙井"}
    they = [*OLD_FRIENDS.needs, Newcomer(), Customer(), Holds(right="vip"), Collected(batch=BATCH), AtStage()]

    told = segment_words.told(they, names)

    assert told == (
        "参加过“早安打卡 7 天”的会员，同时是用手机号登录过的会员，同时是新会员，"
        "同时是买过东西的会员，同时是有“vip”资格的人，同时是扫“龙井”的码领过奖励的人，"
        "同时是到了“购买”阶段的会员"
    )
    assert segment_words.told([], names) == "所有人"


def test_what_was_put_together_is_kept_for_the_team(open_app: Open, store: MemoryStore) -> None:
    published(store, begun(store, 1))
    begun(store, 2)
    app = at_audience(open_app, 2)
    assert "btn_segment_save" not in [one.key for one in app.button]

    press(app, next(one.key for one in app.button if one.key.endswith("audience.needs~add")))
    press(app, next(one.key for one in app.button if one.key.endswith("audience.needs~add")))
    chosen(app, 1, "took_part")
    assert "这样没有人符合" in words(app)
    chosen(app, 0, "stage")
    assert audience_of(store, 2)[0] == {"kind": "stage", "stage": "purchase", "only": False}
    chosen(app, 0, "signed_in")
    next(one for one in app.text_input if one.key.startswith("segment_name")).set_value("回头客").run()
    press(app, "btn_segment_save")

    (saved,) = segments.load(store)[0].segments
    assert saved == Segment(name="回头客", needs=[SignedIn(), TookPart(campaign=f"camp_{1:026d}")])
    assert next(entry.what for entry in audit.entries(store)) == "new_segment"
    assert pills(app, "谁能参加").value == "回头客"


def test_the_members_page_opens_changes_and_removes_a_segment(open_app: Open, store: MemoryStore) -> None:
    published(store, begun(store, 1))
    kept(store, OLD_FRIENDS)
    app = open_app("app_pages/members.py")
    pills(app, "人群").set_value("老朋友").run()
    assert "参加过“早安打卡 7 天”的会员，同时是用手机号登录过的会员" in words(app)
    assert "最多 0 人" in words(app)
    press(app, "btn_segment")
    keyed(app, "text_input", "_name").set_value("").run()
    press(app, "btn_segment_save")
    assert [one.name for one in segments.load(store)[0].segments] == ["老朋友"]
    keyed(app, "text_input", "_name").set_value("老友").run()
    press(app, "btn_segment_save")

    assert [one.name for one in segments.load(store)[0].segments] == ["老友"]
    press(app, "btn_drop")
    assert segments.load(store)[0].segments == []
    assert not app.exception


def test_two_editors_keep_both_and_one_name_is_kept_once(store: MemoryStore) -> None:
    class Shop:
        editor, now = "王敏", NOW

    shop: Any = Shop()
    shop.store = store
    write, met = store.write, []

    def meets(changes: Any) -> Any:
        if not met:
            met.append(1)
            kept(store, OLD_FRIENDS)
        return write(changes)

    store.write = meets  # type: ignore[method-assign]
    new = {"name": " 新人 ", "needs": [{"kind": "newcomer"}]}

    assert segment_desk.keep(shop, new) == []
    assert [fault.code for fault in segment_desk.keep(shop, new)] == ["name_refused"]
    assert [one.name for one in segments.load(store)[0].segments] == ["老朋友", "新人"]


def changed(store: MemoryStore, *those: Segment, who: str = "Li") -> None:
    """What another editor made of all segments, a while ago."""
    _known, revision = segments.load(store)
    about = Text(zh=those[0].name, en=those[0].name) if those else Text()
    noted = Entry(what="segment", by=who, at=NOW - timedelta(minutes=2), about=about)
    segments.save(store, Segments(segments=list(those)), revision, noted)


def editing(open_app: Open, store: MemoryStore) -> Any:
    """The dialog of a segment of those who signed in, which one changes to those who bought something."""
    kept(store, Segment(name="老友", needs=[SignedIn()]))
    app = open_app("app_pages/members.py")
    pills(app, "人群").set_value("老友").run()
    press(app, "btn_segment")
    next(one for one in app.selectbox if one.key.endswith("needs.0")).set_value("customer").run()
    return app


@pytest.mark.parametrize(
    ("press_on", "now"),
    [("btn_segment_mine", [Customer()]), ("btn_segment_theirs", [Newcomer()])],
)
def test_another_editors_change_to_the_same_is_shown_and_neither_is_lost(
    open_app: Open, store: MemoryStore, press_on: str, now: list[Any]
) -> None:
    app = editing(open_app, store)
    changed(store, Segment(name="老友", needs=[Newcomer()]))

    said = words(press(app, "btn_segment_save"))
    before = segments.load(store)[0].segments
    press(app, press_on)
    if press_on == "btn_segment_theirs":
        press(app, "btn_segment_save")

    assert "Li 2 分钟前也改了这里" in said
    assert "对方的：“老友”，新会员" in said
    assert before == [Segment(name="老友", needs=[Newcomer()])]
    assert segments.load(store)[0].segments == [Segment(name="老友", needs=now)]
    assert not app.exception


def test_a_new_name_and_anothers_new_conditions_are_joined(open_app: Open, store: MemoryStore) -> None:
    kept(store, Segment(name="老友", needs=[SignedIn()]))
    app = open_app("app_pages/members.py")
    pills(app, "人群").set_value("老友").run()
    press(app, "btn_segment")
    keyed(app, "text_input", "_name").set_value("朋友").run()
    changed(store, Segment(name="老友", needs=[Newcomer()]))

    press(app, "btn_segment_save")

    assert segments.load(store)[0].segments == [Segment(name="朋友", needs=[Newcomer()])]


@pytest.mark.parametrize(("press_on", "names"), [("btn_segment_mine", ["老友"]), ("btn_segment_theirs", [])])
def test_a_segment_that_another_removed_comes_back_only_if_one_says_so(
    open_app: Open, store: MemoryStore, press_on: str, names: list[str]
) -> None:
    app = editing(open_app, store)
    changed(store)

    said = words(press(app, "btn_segment_save"))
    before = segments.load(store)[0].segments
    press(app, press_on)

    assert "这个人群刚被别人删了，或者改了名" in said
    assert before == []
    assert [one.name for one in segments.load(store)[0].segments] == names


def test_a_segment_that_another_changed_is_not_removed_unseen(open_app: Open, store: MemoryStore) -> None:
    kept(store, Segment(name="老友", needs=[SignedIn()]))
    app = open_app("app_pages/members.py")
    pills(app, "人群").set_value("老友").run()
    theirs = Segment(name="老友", needs=[Newcomer()])
    changed(store, theirs)

    assert "别人刚刚也改了" in words(press(app, "btn_drop"))
    assert segments.load(store)[0].segments == [theirs]
    press(app, "btn_drop")
    assert segments.load(store)[0].segments == []


def test_removing_a_segment_while_the_store_is_away_is_said(open_app: Open, store: MemoryStore) -> None:
    kept(store, OLD_FRIENDS)
    app = open_app("app_pages/members.py")
    pills(app, "人群").set_value("老朋友").run()

    with away(store):
        said = words(press(app, "btn_drop"))

    assert "没有收到回应，再点一次就行" in said
    assert segments.load(store)[0].segments == [OLD_FRIENDS]


def test_a_save_whose_answer_was_lost_is_met_by_itself(store: MemoryStore) -> None:
    class Shop:
        editor, now = "王敏", NOW

    shop: Any = Shop()
    shop.store = store
    seen = Segment(name="老友", needs=[SignedIn()])
    kept(store, seen)
    wanted = {"name": "朋友", "needs": [{"kind": "newcomer"}]}

    assert segment_desk.keep(shop, wanted, seen) == []
    assert segment_desk.keep(shop, wanted, seen) == []
    assert segments.load(store)[0].segments == [Segment(name="朋友", needs=[Newcomer()])]


def test_what_changes_nothing_is_not_written_down(open_app: Open, store: MemoryStore) -> None:
    kept(store, OLD_FRIENDS)
    app = open_app("app_pages/members.py")
    pills(app, "人群").set_value("老朋友").run()
    before = audit.entries(store)

    press(app, "btn_segment")
    press(app, "btn_segment_save")

    assert segments.load(store)[0].segments == [OLD_FRIENDS]
    assert audit.entries(store) == before


def test_a_viewer_reads_segments_and_keeps_none(open_app: Open, store: MemoryStore) -> None:
    begun(store, 2, audience={"needs": [{"kind": "signed_in"}]})
    app = go_to(open_app(f"app_pages/compose.py?c=camp_{2:026d}", **{CHOSEN: "viewer"}), "audience")

    assert "btn_segment_save" not in [one.key for one in app.button]


def test_a_store_that_is_away_takes_no_name_along(open_app: Open, store: MemoryStore) -> None:
    begun(store, 2, audience={"needs": [{"kind": "signed_in"}]})
    app = at_audience(open_app, 2)
    next(one for one in app.text_input if one.key.startswith("segment_name")).set_value("手机会员").run()

    def away(_changes: Any) -> Any:
        raise Unknown("away")

    write, store.write = store.write, away  # type: ignore[method-assign]
    press(app, "btn_segment_save")
    store.write = write  # type: ignore[method-assign]

    assert "暂时连不上" in words(app) or "没有丢" in words(app)
    press(app, "btn_segment_save")
    assert [one.name for one in segments.load(store)[0].segments] == ["手机会员"]


def test_the_sample_shop_says_of_its_segments_that_they_were_made(store: MemoryStore) -> None:
    segments_of_the_team(store, NOW)

    assert [entry.what for entry in audit.entries(store)] == ["new_segment", "new_segment"]
    assert len(segments.load(store)[0].segments) == 2


@pytest.mark.parametrize(
    ("need", "person", "belongs"),
    [
        (Newcomer(), {}, True),
        (Newcomer(), {"orders": 1}, False),
        (Newcomer(), {"consents": [{"purpose": "participate.camp_1", "live": False}]}, False),
        (Newcomer(), {"consents": [{"purpose": "messages", "live": True}]}, True),
        (Customer(), {"orders": 2}, True),
        (Customer(), {}, False),
        (SignedIn(), {"phones": 1}, True),
        (SignedIn(), {}, False),
        (
            TookPart(campaign="camp_" + "1" * 26),
            {"consents": [{"purpose": "participate.camp_" + "1" * 26, "live": True}]},
            True,
        ),
        (TookPart(campaign="camp_" + "1" * 26), {}, False),
        (Holds(right="vip"), {"wallet": [{"kind": "entitlement", "id": "vip", "status": "available"}]}, True),
        (Holds(right="vip"), {"wallet": [{"kind": "entitlement", "id": "vip", "status": "expired"}]}, False),
        (Tagged(tag="茶友"), {"tags": ["茶友"]}, True),
        (Tagged(tag="茶友"), {}, False),
        (AtStage(stage="interest"), {"stage": "loyalty"}, True),
        (AtStage(stage="interest", only=True), {"stage": "loyalty"}, False),
        (AtStage(stage="loyalty"), {"stage": "purchase"}, False),
        (Collected(batch=BATCH), {"batches": [BATCH]}, True),
        (Collected(batch=BATCH), {}, False),
    ],
)
def test_somebody_looked_up_belongs_or_not(need: Any, person: dict[str, Any], belongs: bool) -> None:
    looked_up = {
        "orders": 0,
        "phones": 0,
        "consents": [],
        "wallet": [],
        "tags": [],
        "batches": [],
        "stage": "",
        **person,
    }

    assert segment_words.belongs(Segment(name="x", needs=[need]), looked_up) is belongs
    assert not segment_words.belongs(Segment(name="x", needs=[need, SignedIn()]), looked_up | {"phones": 0})


def test_nothing_is_refused_silently(store: MemoryStore) -> None:
    class Shop:
        editor, now = "王敏", NOW

    shop: Any = Shop()
    shop.store = store
    write = store.write
    store.write = lambda changes: {changes[0].key: None}  # type: ignore[method-assign]

    with pytest.raises(Refused) as refused:
        segment_desk.keep(shop, {"name": "x", "needs": [{"kind": "newcomer"}]})

    store.write = write  # type: ignore[method-assign]
    assert refused.value.code == "conflict"
