"""Live codes on the screen: made, led somewhere, kept when whole, met when another changed it, put away."""

from __future__ import annotations

from typing import Any

from functions.core.audit import Entry
from functions.core.live_code import LiveCode
from functions.core.text import Text
from functions.storage import audit, channels, live_codes
from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
from tests.ui.conftest import NOW, Open, begun, healthy, keyed, press, unanswered, words

PAGE = "app_pages/livecodes.py"


def door(store: MemoryStore, **more: Any) -> LiveCode:
    """A code at the door."""
    said = Entry(what="live_code", by="Mei", at=NOW, about=Text(zh="门口", en="Door"))
    live = live_codes.add(store, "Door", bytes(10), lambda live: said)
    if more:
        live = LiveCode.model_validate(live.model_dump() | more)
        live_codes.save(store, live, 1, said)
    return live


def stored(store: MemoryStore) -> LiveCode:
    ((live, _revision),) = live_codes.all_of(store)
    return live


def test_a_code_is_made_and_led_to_a_campaigns_channel(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store)
    (counter,) = channels.add(store, campaign.id, ["Counter"], bytes(10))
    app = open_app(PAGE, "en")

    keyed(app, "text_input", "live_name_en_0").set_value("  Shop A   door ")
    press(app, "btn_live_new")
    press(app, "btn_way_campaign")
    keyed(app, "selectbox", "ways.0.target.channel").set_value(counter.code).run()

    live = stored(store)
    assert live.name == "Shop A door"
    assert live.ways[0].target.model_dump() == {"kind": "campaign", "campaign": campaign.id, "channel": counter.code}
    assert "Working" in words(app)
    deeds = [entry.what for entry in audit.entries(store)]
    assert (deeds.count("new_live_code"), set(deeds)) == (1, {"new_live_code", "live_code"})


def test_a_way_that_is_not_whole_yet_is_not_saved_and_says_what_is_missing(open_app: Open, store: MemoryStore) -> None:
    live = door(store, ways=[{"target": {"kind": "page", "url": "https://old.example/"}}])
    app = open_app(f"{PAGE}?code={live.code}", "en")

    keyed(app, "text_input", "ways.0.target.url").set_value("old.example").run()

    assert "Not saved yet" in words(app)
    assert stored(store) == live
    keyed(app, "text_input", "ways.0.target.url").set_value("https://new.example/").run()
    assert "Not saved yet" not in words(app)
    assert stored(store).ways[0].target.model_dump()["url"] == "https://new.example/"


def test_ways_change_places_and_go(open_app: Open, store: MemoryStore) -> None:
    ways = [{"target": {"kind": "page", "url": f"https://{name}.example/"}} for name in "ab"]
    live = door(store, ways=ways)
    app = open_app(f"{PAGE}?code={live.code}", "en")

    press(app, "btn_way_arrow_upward_0_1")
    assert [way.target.model_dump()["url"] for way in stored(store).ways] == [
        "https://b.example/",
        "https://a.example/",
    ]
    press(app, "btn_way_delete_1_0")

    assert [way.target.model_dump()["url"] for way in stored(store).ways] == ["https://a.example/"]


def test_anothers_change_to_another_field_is_kept_with_mine(open_app: Open, store: MemoryStore) -> None:
    live = door(store, ways=[{"target": {"kind": "page", "url": "https://a.example/"}}])
    app = open_app(f"{PAGE}?code={live.code}", "en")
    said = Entry(what="live_code", by="Li", at=NOW, about=Text(zh="门口", en="Door"))
    live_codes.save(store, live.model_copy(update={"name": "Front"}), 2, said)
    app.session_state["st_live_desk"].faults = [object()]  # something waits, so the page does not look first

    app.session_state["st_live_desk"].write(("ways", 0, "target", "url"), "https://b.example/")

    assert stored(store).name == "Front"
    assert stored(store).ways[0].target.model_dump()["url"] == "https://b.example/"


def test_what_was_typed_stays_while_the_store_is_away(open_app: Open, store: MemoryStore, monkeypatch: Any) -> None:
    live = door(store)
    app = open_app(f"{PAGE}?code={live.code}", "zh")
    with monkeypatch.context() as patch:
        patch.setattr(MemoryStore, "write", lambda *_: (_ for _ in ()).throw(Unknown))
        keyed(app, "text_input", "_name").set_value("后门").run()
        assert "暂时存不上" in words(app) or "存不上" in words(app)

    press(app, "btn_live_retry")

    assert stored(store).name == "后门"


def test_a_save_whose_answer_was_lost_is_found_by_trying_again(open_app: Open, store: MemoryStore) -> None:
    live = door(store)
    app = open_app(f"{PAGE}?code={live.code}", "zh")

    with unanswered(store):
        keyed(app, "text_input", "_name").set_value("后门").run()
    away = words(app)
    press(app, "btn_live_retry")

    assert "存不上" in away
    assert "存不上" not in words(app)
    assert live_codes.find(store, live.code) == (live.model_copy(update={"name": "后门"}), 2)


def test_whoever_types_on_where_a_save_got_no_answer_keeps_it_all(open_app: Open, store: MemoryStore) -> None:
    live = door(store)
    app = open_app(f"{PAGE}?code={live.code}", "zh")

    with unanswered(store):
        keyed(app, "text_input", "_name").set_value("后").run()
    keyed(app, "text_input", "_name").set_value("后门").run()

    assert stored(store).name == "后门"
    assert app.session_state["st_live_desk"].refused is None


def test_a_store_that_goes_away_while_two_changes_meet_loses_neither(open_app: Open, store: MemoryStore) -> None:
    live = door(store)
    app, read, write = open_app(f"{PAGE}?code={live.code}", "zh"), store.read, store.write
    said = Entry(what="live_code", by="Li", at=NOW, about=Text(zh="门口", en="Door"))

    def away(_keys: object) -> None:
        raise Unknown

    def crossed(changes: Any) -> Any:
        store.write = write  # type: ignore[method-assign]
        live_codes.save(store, live.model_copy(update={"cost": 900}), 1, said)
        store.read = away  # type: ignore[assignment, method-assign]
        return write(changes)

    store.write = crossed  # type: ignore[method-assign]
    keyed(app, "text_input", "_name").set_value("后门").run()
    store.read = read  # type: ignore[method-assign]
    press(app.run(), "btn_live_retry")

    assert (stored(store).name, stored(store).cost) == ("后门", 900)


def test_archived_it_leaves_the_list_goes_on_leading_and_can_be_brought_back(
    open_app: Open, store: MemoryStore
) -> None:
    live = door(store, ways=[{"target": {"kind": "page", "url": "https://a.example/"}}])
    app = open_app(f"{PAGE}?code={live.code}", "en")

    press(app, "btn_live_away")

    assert "No live code yet" in words(app)
    assert stored(store).ways == live.ways

    app.get_by_key("archived_en_0").set_value(True).run()
    press(app, f"btn_live_{live.code}")
    press(app, "btn_live_away")

    assert not stored(store).archived


def test_a_code_of_nobodys_says_so(open_app: Open, store: MemoryStore) -> None:
    app = healthy(open_app(f"{PAGE}?code=0a1b2c", "zh"))

    assert app.title[0].value == "没有这个活码"
