"""The review queue: a clerk sees what was handed in, approves or returns it, through the API as any clerk."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Change
from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.ids import new_id
from functions.storage import engine, staff
from functions.storage.live import LiveCampaigns
from functions.storage.memory import MemoryStore
from functions.storage.play import Play
from tests.edge.world import Clock, World
from tests.ui.conftest import NOW, SETTINGS, Open, begun, press, published, words
from tests.ui.wire import Wire
from ui.settings import Settings

LATER = NOW + timedelta(hours=1)
Reviews = Callable[..., Any]
OTHER = json.dumps({"current": "k1", "k1": "the root of somebody else's shop, which opens nothing here at all"})
UPLOAD = "upl_" + "0" * 26
WITH_BUCKET = Settings(**{**SETTINGS.__dict__, "bucket": "pictures"})
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200014891dfa80000000049454e44ae426082"
)


class Pictures:
    """A bucket that holds one picture."""

    def __init__(self, data: bytes | None) -> None:
        self.data = data

    def proof_key(self, campaign: str, member: str, upload: str) -> str:
        """Its place."""
        return f"{campaign}/{member}/{upload}"

    def fetch(self, _key: str, _max_bytes: int) -> bytes | None:
        """Its bytes."""
        return self.data


@pytest.fixture
def running(store: MemoryStore) -> Campaign:
    """A campaign that asks for a picture a day and has it looked at."""
    return published(store, begun(store, template="fitness-picture"))


def hand_in(store: MemoryStore, campaign: Campaign, number: int) -> str:
    """A member's picture for today."""
    member = new_id("mem", NOW, number.to_bytes(10, "big"))
    live = LiveCampaigns(store).get(campaign.id, NOW)
    assert live is not None
    assert live.version is not None
    data = discover().mechanic("checkin").ACCEPTS["checkin"].data.model_validate({"proof": {"picture": UPLOAD}})
    at = NOW + timedelta(minutes=number)
    event = Event(f"evt-{number:08d}", "checkin", at, campaign.id, member, data, consents=True)
    answer = engine.commit(store, Play(discover(), live.campaign, live.version, event), event, lambda _attempt: False)
    assert answer.outcome == "submitted"
    return member


@pytest.fixture
def wire(store: MemoryStore) -> Wire:
    """The API over the same store."""
    return Wire(World(store=store, clock=Clock(LATER)))


@pytest.fixture
def reviews(open_app: Open, running: Campaign, wire: Wire) -> Reviews:
    """Opens the page of the running campaign."""

    def opened(picture: bytes | None = PNG, **more: Any) -> Any:
        world = wire.world
        known = {"now": LATER, "transport": wire, "keyring": world.service.keys.ring(LATER)}
        session = {"settings": WITH_BUCKET, "bucket": Pictures(picture), **known, **more}
        return open_app(f"app_pages/reviews.py?c={running.id}", **session)

    return opened


def button(app: Any, kind: str) -> str:
    """The key of the button on the item that is shown."""
    return next(one.key for one in app.button if one.key.startswith(f"btn_{kind}_"))


def record(store: MemoryStore, campaign: Campaign, member: str) -> dict[str, Any]:
    key = keys.state(campaign.id, member)
    row = store.read([key])[key]
    assert row is not None
    return row


def test_nothing_waiting_is_said(reviews: Reviews) -> None:
    assert "没有待审核的内容" in words(reviews())


def test_without_a_campaign_there_is_a_way_to_begin_one(open_app: Open) -> None:
    app = open_app("app_pages/reviews.py")

    assert "还没有活动" in words(app)
    assert app.button(key="btn_first").label == "新建活动"


def test_the_oldest_comes_first_and_approving_it_counts_the_day(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    first, second = hand_in(store, running, 1), hand_in(store, running, 2)
    app = reviews()
    shown = words(app)

    press(app, button(app, "ok"))

    assert "2 个待审核" in shown
    assert first[-6:] in shown
    assert second[-6:] in words(app)
    assert "checkin.recorded" in str(record(store, running, first)["facts"])
    assert record(store, running, second)["facts"][0][0] == "checkin.submitted"


def test_returning_needs_a_reason_which_the_member_gets(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    member = hand_in(store, running, 1)
    app = reviews()
    key = button(app, "back")
    closed = app.button(key=key).disabled

    app.get_by_key(key.replace("btn_back_", "reason_zh_")).set_value("unclear").run()
    press(app, key)

    assert closed
    [kind, _occurrence, fields] = record(store, running, member)["facts"][0]
    assert (kind, fields["reason"]) == ("checkin.returned", "unclear")
    assert store.query("reviews", running.id) == []


def test_another_clerk_was_faster(reviews: Reviews, store: MemoryStore, running: Campaign) -> None:
    member = hand_in(store, running, 1)
    slow, fast = (reviews(st_editor=name) for name in ("Li", "Wang"))
    key = button(slow, "ok")
    press(fast, key)
    version = record(store, running, member)["version"]

    app = press(slow, key)

    assert record(store, running, member)["version"] == version
    assert ["没有待审核的内容" in toast.value for toast in app.toast] == [True]


def test_skipping_shows_the_next_and_changes_nothing(reviews: Reviews, store: MemoryStore, running: Campaign) -> None:
    hand_in(store, running, 1)
    second = hand_in(store, running, 2)
    app = reviews()

    press(app, button(app, "skip"))

    assert second[-6:] in words(app)
    assert len(store.query("reviews", running.id)) == 2


def test_a_picture_that_is_gone_is_said_and_can_still_be_decided(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    hand_in(store, running, 1)

    app = reviews(picture=None)

    assert "图片已经不在了" in words(app)
    assert any(button.key.startswith("btn_ok_") for button in app.button)


def test_a_verdict_is_a_clerks_event_and_one_session_serves_for_many(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    members = [hand_in(store, running, number) for number in (1, 2)]
    app = reviews(st_editor="Li")

    for _ in members:
        press(app, button(app, "ok"))

    events = f"/api/campaigns/{running.id}/events/review"
    assert wire.paths() == ["/api/session", events, events]
    assert {request.headers["accept-language"] for request in wire.seen} == {"zh"}
    (invitation,) = staff.invitations(store)
    assert (invitation.shop, invitation.name, invitation.uses_left) == ("review desk", "Li", 0)
    assert not invitation.is_open(LATER + timedelta(minutes=5))
    assert all("checkin.recorded" in str(record(store, running, member)["facts"]) for member in members)


def test_a_session_that_is_nearly_over_is_made_anew(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    hand_in(store, running, 1), hand_in(store, running, 2)
    app = reviews()
    press(app, button(app, "ok"))

    wire.world.clock.pass_(hours=12)
    app.session_state["now"] = wire.world.clock.now - timedelta(seconds=30)
    press(app, button(app, "ok"))

    assert wire.paths().count("/api/session") == 2
    assert store.query("reviews", running.id) == []


def test_a_session_that_was_withdrawn_is_made_anew(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    hand_in(store, running, 1), hand_in(store, running, 2)
    app = reviews()
    press(app, button(app, "ok"))
    staff.revoke(store, staff.invitations(store)[0].id)

    press(app, button(app, "ok"))

    assert wire.paths().count("/api/session") == 2
    assert store.query("reviews", running.id) == []


@pytest.mark.parametrize("fault", ["request lost", "answer lost"])
def test_without_an_answer_nothing_typed_is_lost_and_pressing_again_counts_once(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire, fault: str
) -> None:
    member = hand_in(store, running, 1)
    app = reviews()
    key = button(app, "back")
    app.get_by_key(key.replace("btn_back_", "reason_zh_")).set_value("unclear").run()
    app.text_input(key=key.replace("btn_back_", "note_")).set_value("请再拍一次").run()
    wire.breaks = ["", fault]

    press(app, key)
    said, waiting = words(app), len(store.query("reviews", running.id))
    if waiting:
        assert app.text_input(key=key.replace("btn_back_", "note_")).value == "请再拍一次"
        press(app, key)

    first, *again = wire.events()
    assert "没有收到回应" in said
    assert waiting == (fault == "request lost")
    assert again == [first] * waiting
    assert record(store, running, member)["version"] == 2
    assert store.query("reviews", running.id) == []


def test_a_repeat_on_a_stale_screen_is_the_same_event_and_gets_the_same_answer(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    member = hand_in(store, running, 1)
    row = store.query("reviews", running.id)[0][1]
    app = reviews()
    press(app, button(app, "ok"))
    first = app.toast[0].value

    store.write([Change(keys.review(running.id, row["item"]), put=row)])
    press(app.run(), button(app, "ok"))

    assert wire.events()[0] == wire.events()[1]
    assert app.toast[0].value == first
    assert record(store, running, member)["version"] == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(429, json={"message": "Too Many Requests"}), "操作太频繁"),
        (httpx.Response(502, html="<h1>Bad Gateway</h1>"), "502"),
        (httpx.Response(200, text="a captive portal"), "200"),
    ],
)
def test_who_answers_in_the_apis_place_is_told_apart(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire, answer: httpx.Response, said: str
) -> None:
    hand_in(store, running, 1)
    app = reviews()
    wire.breaks = ["", answer]

    press(app, button(app, "ok"))

    assert said in app.warning[0].value
    assert len(store.query("reviews", running.id)) == 1


def test_a_problem_is_told_in_the_apis_own_words(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    hand_in(store, running, 1)
    app = reviews(keyring=World(read_secret=lambda: OTHER).service.keys.ring(LATER))

    press(app, button(app, "ok"))

    assert "邀请码不对" in app.warning[0].value
    assert "sign" in app.warning[0].value


@pytest.mark.parametrize(
    ("session", "said"),
    [
        ({"keyring": None}, "POND\\_SECRET"),
        ({"settings": Settings(table="pond", bucket="pictures")}, "POND\\_BASE\\_URL"),
    ],
)
def test_what_is_not_set_up_is_named(
    reviews: Reviews, store: MemoryStore, running: Campaign, session: dict[str, Any], said: str
) -> None:
    hand_in(store, running, 1)
    app = reviews(**session)

    press(app, button(app, "ok"))

    assert said in app.warning[0].value
