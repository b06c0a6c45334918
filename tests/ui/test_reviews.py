"""The review queue: a clerk sees what was handed in, approves or returns it, through the engine as anyone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.ids import new_id
from functions.storage import engine
from functions.storage.live import LiveCampaigns
from functions.storage.memory import MemoryStore
from functions.storage.play import Play
from tests.ui.conftest import NOW, SETTINGS, Open, begun, press, published, words
from ui.settings import Settings

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


def reviews(open_app: Open, campaign: Campaign, picture: bytes | None = PNG, **more: Any) -> Any:
    session = {"settings": WITH_BUCKET, "bucket": Pictures(picture), "now": NOW + timedelta(hours=1), **more}
    return open_app(f"app_pages/reviews.py?c={campaign.id}", **session)


def record(store: MemoryStore, campaign: Campaign, member: str) -> dict[str, Any]:
    key = keys.state(campaign.id, member)
    row = store.read([key])[key]
    assert row is not None
    return row


def test_nothing_waiting_is_said(open_app: Open, running: Campaign) -> None:
    assert "没有待审核的内容" in words(reviews(open_app, running))


def test_without_a_campaign_there_is_a_way_to_begin_one(open_app: Open) -> None:
    app = open_app("app_pages/reviews.py")

    assert "还没有活动" in words(app)
    assert app.button(key="btn_first").label == "新建活动"


def test_the_oldest_comes_first_and_approving_it_counts_the_day(
    open_app: Open, store: MemoryStore, running: Campaign
) -> None:
    first, second = hand_in(store, running, 1), hand_in(store, running, 2)
    app = reviews(open_app, running)
    shown = words(app)

    press(app, next(b.key for b in app.button if b.key.startswith("btn_ok_")))

    assert "2 个待审核" in shown
    assert first[-6:] in shown
    assert second[-6:] in words(app)
    assert "checkin.recorded" in str(record(store, running, first)["facts"])
    assert record(store, running, second)["facts"][0][0] == "checkin.submitted"


def test_returning_needs_a_reason_which_the_member_gets(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    member = hand_in(store, running, 1)
    app = reviews(open_app, running)
    key = next(b.key for b in app.button if b.key.startswith("btn_back_"))
    closed = app.button(key=key).disabled

    app.get_by_key(key.replace("btn_back_", "reason_zh_")).set_value("unclear").run()
    press(app, key)

    assert closed
    [kind, _occurrence, fields] = record(store, running, member)["facts"][0]
    assert (kind, fields["reason"]) == ("checkin.returned", "unclear")
    assert store.query("reviews", running.id) == []


def test_another_clerk_was_faster(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    member = hand_in(store, running, 1)
    slow, fast = (reviews(open_app, running, st_editor=name) for name in ("Li", "Wang"))
    key = next(b.key for b in slow.button if b.key.startswith("btn_ok_"))
    press(fast, key)
    version = record(store, running, member)["version"]

    app = press(slow, key)

    assert record(store, running, member)["version"] == version
    assert ["没有待审核的内容" in toast.value for toast in app.toast] == [True]


def test_skipping_shows_the_next_and_changes_nothing(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    hand_in(store, running, 1)
    second = hand_in(store, running, 2)
    app = reviews(open_app, running)

    press(app, next(b.key for b in app.button if b.key.startswith("btn_skip_")))

    assert second[-6:] in words(app)
    assert len(store.query("reviews", running.id)) == 2


def test_a_picture_that_is_gone_is_said_and_can_still_be_decided(
    open_app: Open, store: MemoryStore, running: Campaign
) -> None:
    hand_in(store, running, 1)

    app = reviews(open_app, running, picture=None)

    assert "图片已经不在了" in words(app)
    assert any(button.key.startswith("btn_ok_") for button in app.button)
