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
from functions.storage import campaigns, engine, invitations
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
MANY = "btn_approve_many"
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


class AtOnce:
    """A timer for which no time passes."""

    def __init__(self, _seconds: float, action: Callable[[], None]) -> None:
        self.action = action

    def start(self) -> None:
        """Do it."""
        self.action()

    def cancel(self) -> None:
        """Too late."""


class Timers:
    """Timers that go off when the test says so."""

    def __init__(self) -> None:
        self.set: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, action: Callable[[], None]) -> Any:
        """A timer."""
        timer = AtOnce(seconds, lambda: self.set.append((seconds, action)))
        timer.cancel = self.set.clear  # type: ignore[method-assign]
        return timer

    def go_off(self) -> None:
        """Ten seconds are over."""
        due, self.set = self.set, []
        for _, action in due:
            action()


@pytest.fixture
def running(store: MemoryStore) -> Campaign:
    """A campaign that asks for a picture a day and has it looked at."""
    return published(store, begun(store, template="fitness-picture"))


def hand_in(store: MemoryStore, campaign: Campaign, number: int, mark: str = "") -> str:
    """A member's picture for today; `mark` is its fingerprint."""
    member = new_id("mem", NOW, number.to_bytes(10, "big"))
    live = LiveCampaigns(store).get(campaign.id, NOW)
    assert live is not None
    assert live.version is not None
    data = discover().mechanic("checkin").ACCEPTS["checkin"].data.model_validate({"proof": {"picture": UPLOAD}})
    at = NOW + timedelta(minutes=number)
    marks = {UPLOAD: mark} if mark else {}
    event = Event(f"evt-{number:08d}", "checkin", at, campaign.id, member, data, consents=True, marks=marks)
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
        known = {"now": LATER, "transport": wire, "keyring": world.service.keys.ring(LATER), "timer": AtOnce}
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


def test_after_an_end_by_hand_a_verdict_is_taken_and_the_page_says_what_it_is_worth(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    member = hand_in(store, running, 1)
    head = campaigns.turn(store, campaigns.head_of(store, running.id), "paused", "Li", LATER)
    paused = words(reviews())
    campaigns.turn(store, head, "ended", "Li", LATER)
    app = reviews()
    ended = words(app)

    press(app, button(app, "ok"))

    assert "恢复以后才能审核" in paused
    assert "天数照算，但不再发奖励" in ended
    assert "checkin.recorded" in str(record(store, running, member)["facts"])
    assert "没有待审核的内容" in words(app)


def test_of_a_paused_one_whose_end_has_passed_the_page_tells_the_two_ways_on(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    hand_in(store, running, 1)
    campaigns.turn(store, campaigns.head_of(store, running.id), "paused", "Li", LATER)

    said = words(reviews(now=LATER + timedelta(days=60)))

    assert "发布更晚的结束时间再恢复" in said
    assert "恢复以后才能审核" not in said


def reject(app: Any, reason: str, note: str = "") -> Any:
    """Reject, say why, send."""
    press(app, button(app, "no"))
    if note:
        next(one for one in app.text_input if one.key.startswith("note_")).set_value(note).run()
    return press(app, button(app, f"reason_{reason}"))


def test_rejecting_takes_a_reason_which_the_member_gets_with_the_note(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    member = hand_in(store, running, 1)
    app = reviews()
    before = [one.key for one in app.button if one.key.startswith("btn_reason_")]

    reject(app, "unclear", "太暗了")

    assert before == []
    [kind, _occurrence, fields] = record(store, running, member)["facts"][0]
    assert (kind, fields["reason"]) == ("checkin.returned", "unclear")
    assert proof_row(store, running, member)["note"] == "太暗了"
    assert store.query("reviews", running.id) == []


def test_a_rejection_can_be_thought_over(reviews: Reviews, store: MemoryStore, running: Campaign) -> None:
    hand_in(store, running, 1)
    app = reviews()

    press(app, button(app, "no"))
    press(app, "btn_no_reason")

    assert button(app, "ok")
    assert len(store.query("reviews", running.id)) == 1


def test_each_verdict_has_its_key(reviews: Reviews, store: MemoryStore, running: Campaign) -> None:
    hand_in(store, running, 1)
    app = reviews()

    keys_of = {kind: app.button(key=button(app, kind)).proto.shortcut for kind in ("ok", "no", "skip")}
    press(app, button(app, "no"))
    reasons = [one.proto.shortcut for one in app.button if one.key.startswith("btn_reason_")]

    assert keys_of == {"ok": "a", "no": "x", "skip": "s"}
    assert reasons == ["1", "2", "3", "4", "5"]


def test_for_ten_seconds_nothing_has_happened_and_an_undo_leaves_it_so(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    first, second = hand_in(store, running, 1), hand_in(store, running, 2)
    timers = Timers()
    app = reviews(timer=timers)
    press(app, button(app, "ok"))
    held = words(app)
    seconds = [after for after, _ in timers.set]

    press(app, "btn_undo")
    timers.go_off()

    assert f"已通过 {first[-6:]}" in held
    assert second[-6:] in held
    assert seconds == [10.0]
    assert wire.events() == []
    assert first[-6:] in words(app.run())


def test_when_the_ten_seconds_are_over_it_is_sent_whatever_page_is_open(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    member = hand_in(store, running, 1)
    timers = Timers()
    app = reviews(timer=timers)
    press(app, button(app, "ok"))
    app.switch_page("app_pages/campaigns.py").run()

    timers.go_off()

    assert len(wire.events()) == 1
    assert "checkin.recorded" in str(record(store, running, member)["facts"])


def test_an_undo_that_comes_too_late_says_so(reviews: Reviews, store: MemoryStore, running: Campaign) -> None:
    hand_in(store, running, 1)
    timers = Timers()
    app = reviews(timer=timers)
    press(app, button(app, "ok"))
    timers.go_off()

    press(app, "btn_undo")

    assert "来不及了" in words(app)
    assert store.query("reviews", running.id) == []


def test_several_are_approved_by_one_press(reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire) -> None:
    members = [hand_in(store, running, number) for number in range(1, 4)]
    app = reviews()
    app.get_by_key("review_view_zh").set_value("many").run()

    nothing_ticked = app.button(key=MANY).disabled
    for place in range(2):
        app.checkbox[place].check().run()
    says = app.button(key=MANY).label
    press(app, MANY)

    assert nothing_ticked
    assert says == "通过所选（2）"
    left = [row["member"] for _, row in store.query("reviews", running.id)]
    assert left == members[2:]
    assert len(wire.events()) == 2
    assert "checkin.recorded" in str(record(store, running, members[0])["facts"])


def test_ticking_all_leaves_out_what_is_doubtful(reviews: Reviews, store: MemoryStore, running: Campaign) -> None:
    for number in (1, 2):
        hand_in(store, running, number, mark="f" * 32)
    app = reviews()
    app.get_by_key("review_view_zh").set_value("many").run()

    app.toggle(key="review_all").set_value(True).run()

    assert [box.value for box in app.checkbox] == [True, False]
    assert "另一位会员交过同一张图片" in words(app)


def test_the_same_picture_is_pointed_out_beside_it(reviews: Reviews, store: MemoryStore, running: Campaign) -> None:
    hand_in(store, running, 1, mark="f" * 32)
    hand_in(store, running, 2, mark="f" * 32)
    app = reviews()
    first = words(app)

    press(app, button(app, "skip"))

    assert "同一张图片" not in first
    assert "12 月 1 日，另一位会员交过同一张图片" in words(app)


def test_an_appeal_waits_apart_with_what_was_said_before(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    member = hand_in(store, running, 1)
    app = reviews(st_editor="Li")
    reject(app, "unclear", "太暗了")
    appeal(store, running, member, "我开了灯的")
    hand_in(store, running, 2)

    app.run()
    beside = words(app)
    app.get_by_key("review_view_zh").set_value("appeals").run()

    assert member[-6:] not in beside
    said = words(app)
    assert all(part in said for part in (member[-6:], "我开了灯的", "看不清", "太暗了", "Li"))


def test_how_long_it_has_waited_is_said_in_colour_and_words(
    reviews: Reviews, store: MemoryStore, running: Campaign
) -> None:
    hand_in(store, running, 1)

    said = [words(reviews(now=LATER + timedelta(hours=more))) for more in (0, 12, 30)]

    assert ["不到 12 小时" in said[0], "已超过 12 小时" in said[1], "超过 24 小时了" in said[2]] == [True] * 3
    assert "30 小时" in said[2]


def appeal(store: MemoryStore, campaign: Campaign, member: str, said: str) -> None:
    """The member asks for a second look."""
    live = LiveCampaigns(store).get(campaign.id, LATER)
    assert live is not None
    assert live.version is not None
    data = discover().mechanic("checkin").ACCEPTS["appeal"].data.model_validate({"day": "2026-12-01", "words": said})
    event = Event("evt-appeal", "appeal", LATER, campaign.id, member, data)
    answer = engine.commit(store, Play(discover(), live.campaign, live.version, event), event, lambda _attempt: False)
    assert answer.outcome == "appealed"


def proof_row(store: MemoryStore, campaign: Campaign, member: str) -> dict[str, Any]:
    key = keys.proof(campaign.id, member, "2026-12-01")
    row = store.read([key])[key]
    assert row is not None
    return row


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
    (invitation,) = invitations.invitations(store)
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
    invitations.revoke(store, invitations.invitations(store)[0].id)

    press(app, button(app, "ok"))

    assert wire.paths().count("/api/session") == 2
    assert store.query("reviews", running.id) == []


@pytest.mark.parametrize("fault", ["request lost", "answer lost"])
def test_without_an_answer_the_verdict_is_kept_and_sending_it_again_counts_once(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire, fault: str
) -> None:
    member = hand_in(store, running, 1)
    app = reviews()
    wire.breaks = ["", fault]

    reject(app, "unclear", "请再拍一次")
    said = words(app)
    press(app, "btn_again_0")

    first, again = wire.events()
    assert "没有收到回应" in said
    assert again == first
    assert record(store, running, member)["version"] == 2
    assert proof_row(store, running, member)["note"] == "请再拍一次"
    assert store.query("reviews", running.id) == []


def test_a_verdict_that_was_not_sent_can_go_back_to_the_queue(
    reviews: Reviews, store: MemoryStore, running: Campaign, wire: Wire
) -> None:
    member = hand_in(store, running, 1)
    app = reviews()
    wire.breaks = ["", "request lost"]
    press(app, button(app, "ok"))

    press(app, "btn_drop_0")

    assert not app.warning
    assert button(app, "ok")
    assert record(store, running, member)["version"] == 1


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
