"""Two requests that meet in a group: for one seat, for one payment, for one member's row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from functions.assist import drive
from functions.core.ids import derived_id
from functions.core.intent import payment_name
from functions.group_buy.group import name_of
from functions.storage.engine import REPLAYS_KEPT
from functions.storage.live import LiveCampaigns
from tests.edge.world import CAMPAIGN, Phone, World
from tests.faults import deeds
from tests.faults.deeds import NOON, Act
from tests.storage import group_stage, stage
from tests.storage.stage import OPENS, Shop

Pair = tuple[Act, Act]


def _opened(world: World, who: str = "leader", **config: Any) -> str:
    """A group of two with its leader in it."""
    world.clock.now = NOON
    stage.publish(world.store, group_stage.content(3, **{"size": 2, "groups_each": 9, **config}), OPENS, CAMPAIGN)
    phone = world.phone(who)
    assert _opens(phone)().status == 200
    return name_of(CAMPAIGN, phone.member, "event-open")


def _opens(phone: Phone, event_id: str = "event-open") -> Act:
    return deeds._event(phone, "open", event_id)


def _joins(phone: Phone, group: str, event_id: str = "event-join") -> Act:
    return deeds._event(phone, "join", event_id, group=group)


def _shop_says(world: World, kind: str, phone: Phone, event_id: str, **said: Any) -> Act:
    """What a payment provider tells the shop: no phone sends it."""
    event = group_stage.happened(kind, phone.member, event_id, NOON, campaign=CAMPAIGN, **said)

    def act() -> Any:
        serving = LiveCampaigns(world.store).get(CAMPAIGN, NOON)
        assert serving is not None
        return Shop(world.store, serving).hears(event)

    return act


def two_for_the_last_seat(world: World) -> Pair:
    group = _opened(world)
    return _joins(world.phone("a"), group), _joins(world.phone("b"), group)


def a_friend_completes_while_an_old_payment_comes(world: World) -> Pair:
    """Whoever completes a group writes the leader's row, where just now it is noted that late money went back."""
    first = _opened(world, price=900)
    leader, friend = world.phone("leader"), world.phone("a")
    late = {"group": first, "payment": payment_name(CAMPAIGN, first, leader.member, 1), "amount": 900}
    _shop_says(world, "payment_refused", leader, "event-refused", **late)()
    _opens(leader, "event-second")()
    second = name_of(CAMPAIGN, leader.member, "event-second")
    _joins(friend, second)()
    pays = {
        phone.member: {"group": second, "payment": payment_name(CAMPAIGN, second, phone.member, n), "amount": 900}
        for n, phone in enumerate((leader, friend), 1)
    }
    _shop_says(world, "paid", leader, "event-paid", **pays[leader.member])()
    return (
        _shop_says(world, "paid", friend, "event-paid", **pays[friend.member]),
        _shop_says(world, "paid", leader, "event-late", **late),
    )


def leaving_the_campaign_while_a_friend_completes(world: World) -> Pair:
    group = _opened(world)
    body = {"purpose": f"participate.{CAMPAIGN}", "live": False}
    leader = world.phone("leader")
    return _joins(world.phone("a"), group), lambda: leader.post("/api/me/consents", body)


def an_old_open_told_again(world: World) -> Pair:
    """After so many other events that the member's row has forgotten it: the group that it made is not made anew."""
    group = _opened(world)
    phone = world.phone("leader")
    deeds._event(phone, "leave", "event-leave")()
    for number in range(REPLAYS_KEPT):
        _opens(phone, f"event-open-{number}")()
        deeds._event(phone, "leave", f"event-leave-{number}")()
    return _opens(phone), _joins(world.phone("a"), group)


def one_late_payment_told_twice(world: World) -> Pair:
    """The seat is gone: the money goes back, once, whatever ids the notices come under."""
    group = _opened(world, price=900)
    phone = world.phone("leader")
    payment = payment_name(CAMPAIGN, group, phone.member, 1)
    said = {"group": group, "payment": payment, "amount": 900}
    _shop_says(world, "payment_refused", phone, "event-refused", **said)()
    return tuple(_shop_says(world, "paid", phone, derived_id("evt", str(n)), **said) for n in (1, 2))  # type: ignore[return-value]


def leaving_while_a_friend_completes(world: World) -> Pair:
    group = _opened(world, size=3)
    friend = world.phone("a")
    _joins(friend, group)()
    return _joins(world.phone("b"), group), deeds._event(friend, "leave", "event-leave")


def _asked(world: World, **config: Any) -> str:
    """An assist that its leader has begun."""
    world.clock.now = NOON
    rules = [{"id": "done", "when": "assist.completed", "then": [{"reward": "tea", "to": "leader"}]}]
    content = {**group_stage.content(3, rules), "mechanic": "assist", "config": {"helpers": 2, **config}}
    world.publish(content)  # as it is: lint C2 warns of every assist
    phone = world.phone("leader")
    assert deeds._event(phone, "begin", "event-begin")().status == 200
    return drive.name_of(CAMPAIGN, phone.member, "event-begin")


def two_help_at_once(world: World) -> Pair:
    assist = _asked(world)
    return tuple(deeds._event(world.phone(n), "help", "event-help", assist=assist) for n in "ab")  # type: ignore[return-value]


def leaving_the_campaign_while_a_friend_helps(world: World) -> Pair:
    assist = _asked(world, helpers=1)
    body, leader = {"purpose": f"participate.{CAMPAIGN}", "live": False}, world.phone("leader")
    helps = deeds._event(world.phone("a"), "help", "event-help", assist=assist)
    return helps, lambda: leader.post("/api/me/consents", body)


def an_old_beginning_told_again(world: World) -> Pair:
    """After the member's row has forgotten it, by other events: those who helped are not forgotten."""
    assist = _asked(world, helpers=1, starts_each=REPLAYS_KEPT + 2, helps_each=9)
    deeds._event(world.phone("a"), "help", "event-help", assist=assist)()
    leader = world.phone("leader")
    for number in range(REPLAYS_KEPT):
        deeds._event(leader, "begin", f"event-begin-{number}")()
        other = drive.name_of(CAMPAIGN, leader.member, f"event-begin-{number}")
        deeds._event(world.phone("a"), "help", f"event-help-{number}", assist=other)()
    return deeds._event(leader, "begin", "event-begin"), lambda: None


PAIRS: tuple[Callable[[World], Pair], ...] = (
    two_for_the_last_seat, a_friend_completes_while_an_old_payment_comes, an_old_open_told_again,
    leaving_the_campaign_while_a_friend_completes, leaving_the_campaign_while_a_friend_helps,
    one_late_payment_told_twice, leaving_while_a_friend_completes, two_help_at_once, an_old_beginning_told_again,
)  # fmt: skip
