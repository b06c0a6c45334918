"""Everything that the functions are asked to do, one deed each: what must be there before, and the request itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from functions.codes.batches import correct
from functions.core import keys
from functions.core.change import Change
from functions.core.discovery import discover
from functions.insights import sweeper
from functions.points.ledger import PAGE_ENTRIES, turn_page
from functions.storage import campaigns
from functions.storage.invitations import invite
from tests.codes import batches as codes
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, Context, Phone, World
from tests.faults import money_deeds
from tests.orders.shop import ShopSystem, order, purchase_campaign
from tests.storage import group_stage, stage
from tests.storage.stage import DAY, OPENS

NOON = OPENS + timedelta(hours=4)
PAID = {"make_up": {"count": 2, "days_back": 3, "price": 15}}
MANUAL = {"proof": {"kind": "text", "prompt": {"zh": "写", "en": "Write"}}, "review": {"by": "manual"}}
CODE_PAGE = "/api/campaigns/{}/events/{}"
Act = Callable[..., Any]


@dataclass(frozen=True)
class Deed:
    """`prepare` makes the world ready and returns the request. `steps`: more than one write, so not all or nothing."""

    prepare: Callable[[World], Act]
    steps: bool = False


def _published(world: World, **config: Any) -> Phone:
    world.clock.now = NOON
    stage.publish(world.store, stage.content(3, **config), OPENS, CAMPAIGN)
    return world.phone()


def _joined(world: World, days: int = 1, **config: Any) -> Phone:
    phone = _published(world, **config)
    for day in range(days):
        assert phone.check_in(f"event-day{day}").code == "checked_in"
        world.clock.pass_(days=1)
    return phone


def _event(phone: Phone, kind: str, event_id: str, **data: Any) -> Act:
    body = {"event_id": event_id, "data": data, "consent": True}
    return lambda: phone.post(CODE_PAGE.format(CAMPAIGN, kind), body)


def check_in(world: World) -> Act:
    """The first one: consent, points, and a coupon from stock."""
    return _event(_published(world), "checkin", "event-0001")


def check_in_when_all_are_gone(world: World) -> Act:
    """The pool is found empty: decided twice."""
    phone = _published(world)
    for n in range(3):
        world.phone(f"other{n}").check_in(f"event-other{n}")
    return _event(phone, "checkin", "event-0001")


def make_up(world: World) -> Act:
    """Points are spent and earned in one write."""
    phone = _joined(world, 2, **PAID)
    world.clock.pass_(days=1)
    return _event(phone, "make_up", "event-make-up", day=str((NOON + 2 * DAY).date()))


def hand_in(world: World) -> Act:
    """A text for a clerk to look at."""
    return _event(_published(world, **MANUAL), "checkin", "event-0001", proof={"text": "早"})


def _handed_in(world: World, **verdict: str) -> Act:
    phone = _published(world, **MANUAL)
    _event(phone, "checkin", "event-0001", proof={"text": "早"})()
    clerk = world.clerk()
    ((_, item),) = world.store.query("reviews", CAMPAIGN)
    return _event(clerk, "review", "event-review", member=phone.member, day=item["day"], **verdict)


def approve(world: World) -> Act:
    """A clerk approves: facts, points, coupon."""
    return _handed_in(world, verdict="approve")


def send_back(world: World) -> Act:
    """A clerk returns it."""
    return _handed_in(world, verdict="return", reason="unclear")


def appeal(world: World) -> Act:
    """What was returned comes back into the queue."""
    send_back(world)()
    return _event(world.phone(), "appeal", "event-appeal", day=str(NOON.date()), words="是我的")


def _at_the_till(world: World) -> tuple[Phone, str]:
    phone = _joined(world)
    code = phone.post(f"/api/me/coupons/{world.coupon(phone)}/code").body["code"]
    return world.clerk(), code


def redeem(world: World) -> Act:
    """A clerk redeems a typed code."""
    clerk, code = _at_the_till(world)
    body = {"event_id": "till-0001", "code": code, "order_id": "order-1", "amount": 900}
    return lambda: clerk.post("/api/coupons/redeem", body)


def reverse(world: World) -> Act:
    """And takes it back."""
    clerk, code = _at_the_till(world)
    body = {"event_id": "till-0001", "code": code, "order_id": "order-1", "amount": 900}
    assert clerk.post("/api/coupons/redeem", body).code == "redeemed"
    again = {"event_id": "till-0002", "code": code, "order_id": "order-1"}
    return lambda: clerk.post("/api/coupons/reverse", again)


def print_code(world: World) -> Act:
    """A coupon's code to print."""
    phone = _joined(world)
    return lambda: phone.post(f"/api/me/coupons/{world.coupon(phone)}/code")


def leave(world: World) -> Act:
    """Consent is withdrawn."""
    phone = _joined(world)
    body = {"purpose": f"participate.{CAMPAIGN}", "live": False}
    return lambda: phone.post("/api/me/consents", body)


def come_back(world: World) -> Act:
    """And given again."""
    phone = _joined(world)
    phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": False})
    return lambda: phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": True})


def be_called_otherwise(world: World) -> Act:
    """Found by the new name, and by the old one no more."""
    phone = _joined(world)
    phone.post("/api/me/nickname", {"nickname": "小鱼"})
    return lambda: phone.post("/api/me/nickname", {"nickname": "大鱼"})


def erase(world: World) -> Act:
    """Everything personal goes, step by step."""
    phone = _joined(world, 2)
    phone.post("/api/me/nickname", {"nickname": "小鱼"})
    return lambda: phone.call("DELETE", "/api/me")


def _wishes(phone: Phone, live: bool) -> Act:
    body = {"purpose": keys.on_board(CAMPAIGN), "live": live, "nickname": "小鱼"}
    return lambda: phone.post("/api/me/consents", body)


def be_shown(world: World) -> Act:
    """On the leaderboard, by a nickname's first character."""
    return _wishes(_joined(world, leaderboard=True), True)


def _ranked(world: World) -> tuple[Phone, Callable[[], Any]]:
    """Somebody who wants to be shown, and the stream that makes it so."""
    waiting = Stream(world)
    phone = _joined(world, 2, leaderboard=True)
    assert _wishes(phone, True)().code == "granted"
    batch = waiting.take()
    return phone, lambda: waiting.deliver(batch)


def rank(world: World) -> Act:
    """The stream puts somebody on the leaderboard."""
    return _ranked(world)[1]


def be_hidden(world: World) -> Act:
    """Off the leaderboard, at once."""
    phone, deliver = _ranked(world)
    deliver()
    return _wishes(phone, False)


def leave_a_board(world: World) -> Act:
    """Consent to take part is withdrawn, and the place on the leaderboard with it."""
    phone, deliver = _ranked(world)
    deliver()
    body = {"purpose": f"participate.{CAMPAIGN}", "live": False}
    return lambda: phone.post("/api/me/consents", body)


def erase_from_a_board(world: World) -> Act:
    """Erased, from the leaderboard as well."""
    phone, deliver = _ranked(world)
    deliver()
    return lambda: phone.call("DELETE", "/api/me")


def ask_for_a_code(world: World) -> Act:
    """A one-time code by SMS."""
    world.clock.now = NOON
    return lambda: world.stranger().post("/api/session", {"provider": "phone", "phone": "13800000000"})


def sign_in(world: World) -> Act:
    """The code is used up and the phone joined."""
    world.clock.now = NOON
    stranger = world.stranger()
    stranger.post("/api/session", {"provider": "phone", "phone": "13800000000"})
    code = "".join(filter(str.isdigit, world.messages[-1][1]))[:6]
    return lambda: stranger.post("/api/session", {"provider": "phone", "phone": "13800000000", "code": code})


def clerk_signs_in(world: World) -> Act:
    """An invitation is used up."""
    world.clock.now = NOON
    ring = world.service.keys.ring(NOON)
    code = invite(world.store, ring, "north", "Clerk", "owner", NOON, b"0123456789")
    return lambda: world.stranger().post("/api/session", {"provider": "staff", "invitation": code})


def begin(world: World) -> Act:
    """A marketer begins a campaign."""
    return lambda: campaigns.begin(world.store, CAMPAIGN, stage.content(3), "marketer", OPENS)


def save(world: World) -> Act:
    """A marketer saves, from the draft as it was opened."""
    _published(world)
    draft = campaigns.load(world.store, CAMPAIGN)
    return lambda: campaigns.save(world.store, draft, stage.content(4), "marketer", NOON)


def publish(world: World) -> Act:
    """More stock goes live."""
    _joined(world)
    campaigns.save(world.store, campaigns.load(world.store, CAMPAIGN), stage.content(9, peak=250), "marketer", NOON)
    draft = campaigns.load(world.store, CAMPAIGN)
    return lambda: campaigns.publish(world.store, draft, discover(), "marketer", NOON)


def pause(world: World) -> Act:
    """A marketer pauses."""
    _published(world)
    head = campaigns.load(world.store, CAMPAIGN).campaign
    return lambda: campaigns.turn(world.store, head, "paused", "marketer", NOON)


def turn_a_page(world: World) -> Act:
    """The stream closes a page of the ledger; it tries again for as long as it fails."""
    phone = _joined(world, PAGE_ENTRIES)
    key = keys.points(phone.member)

    def deliver() -> None:
        row = world.store.read([key])[key]
        if row is not None and (changes := turn_page(phone.member, row)):
            world.store.write(changes)

    return deliver


class Hurried(Context):
    """A function with no time left to try anything twice."""

    def get_remaining_time_in_millis(self) -> int:
        """A second."""
        return 1_000


def stream_in_a_hurry(world: World) -> Act:
    """The same batch, when what meets a busy table has to come again."""
    return stream(world, Hurried())


def stream(world: World, context: Context | None = None) -> Act:
    """A batch of eight days: numbers are counted day by day, a page of points is full, a coupon is used and given back.

    The batch is delivered whole, or from a sequence number on, as Lambda does when it was told what failed.
    """
    waiting = Stream(world, context)
    phone = _joined(world, PAGE_ENTRIES)
    code = phone.post(f"/api/me/coupons/{world.coupon(phone)}/code").body["code"]
    clerk, used = world.clerk(), {"code": code, "order_id": "order-1"}
    assert clerk.post("/api/coupons/redeem", used | {"event_id": "till-0001", "amount": 900}).code == "redeemed"
    assert clerk.post("/api/coupons/reverse", used | {"event_id": "till-0002"}).code == "reversed"
    batch = waiting.take()
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    return lambda first="": waiting.deliver(batch[numbers.index(first) if first else 0 :])


def sweep(world: World) -> Act:
    """An erasure that stopped after its first step is finished, at the latest five minutes later."""
    phone = _joined(world, 2)
    assert not world.store.write([Change(keys.erasure(phone.member), put={"at": world.clock.now.isoformat()})])
    handler = sweeper.entry(lambda: world.service)

    def five_minutes_later() -> None:
        world.clock.pass_(minutes=5)
        handler({}, Context())

    return five_minutes_later


def settle_in_steps(world: World) -> Act:
    """More than one step settles did not fill: the sweeper's first round says so, its second consoles them all."""
    consoled = [{**group_stage.FORMED[0], "when": "group.expired"}]
    stage.publish(world.store, group_stage.content(rules=consoled, size=30), OPENS, CAMPAIGN)
    group_stage.crowd(world.store, 22, {"size": 30}, campaign=CAMPAIGN)
    world.clock.now = OPENS + DAY
    handler = sweeper.entry(lambda: world.service)

    def two_rounds() -> None:
        handler({}, Context())
        handler({}, Context())

    return two_rounds


def _told(world: World, **buyer: str) -> list[str]:
    """An order waits in the queue."""
    purchase_campaign(world)
    phone = world.phone()
    assert phone.post(CODE_PAGE.format(CAMPAIGN, "join"), {"event_id": "event-join", "consent": True}).status == 200
    assert ShopSystem(world).tells(order(buyer=buyer or {"member": phone.member})).status == 202
    return list(world.queue.waiting)


def order_told(world: World) -> Act:
    """An order out of the queue, into its row and into a campaign."""
    waiting = _told(world)
    return lambda: _delivered(world, waiting)


def somebody_appears(world: World) -> Act:
    """An order that waited is found by its buyer's first sign-in."""
    mark = json.loads(_told(world, phone="+8613800000000")[0])["mark"]
    world.queue.deliver(world)
    world.store.write([Change(keys.identity(mark), put={"member": world.phone().member, "at": "now"})])
    return lambda: _delivered(world, [json.dumps({"kind": "identity", "mark": mark})])


def _delivered(world: World, waiting: list[str]) -> None:
    world.queue.waiting = list(waiting)
    world.queue.deliver(world)


STEPS = (
    order_told,
    somebody_appears,
    erase,
    erase_from_a_board,
    rank,
    ask_for_a_code,
    stream,
    stream_in_a_hurry,
    sweep,
    settle_in_steps,
    *money_deeds.IN_STEPS,
)


def scan_first(world: World) -> Act:
    """The first scan of an item."""
    world.clock.now = NOON
    code, phone = codes.link(codes.ordered(world.store), 41), world.phone()
    return lambda: phone.post("/api/items/scan", {"event_id": "scan-0001", "code": code})


def scan_again(world: World) -> Act:
    """A repeat, by somebody else."""
    scan_first(world)()
    code, phone = codes.link(codes.ordered(world.store), 41), world.phone("b")
    return lambda: phone.post("/api/items/scan", {"event_id": "scan-0002", "code": code})


def collect(world: World) -> Act:
    """The reward of an item, with the consent that opens the campaign."""
    world.clock.now = NOON
    stage.publish(world.store, codes.gift_of(stage.content(3)), OPENS, CAMPAIGN)
    scan_first(world)()
    code = codes.link(codes.ordered(world.store), 41)
    return _event(world.phone(), "collect", "event-0001", item=code)


def issue_codes(world: World) -> Act:
    """A batch of item codes."""
    world.clock.now = NOON
    return partial(codes.ordered, world.store, active=False)


def correct_a_batch(world: World) -> Act:
    """Another GTIN: the batch's row moves, and the old one points to it."""
    world.clock.now = NOON
    batch = codes.ordered(world.store, active=False)
    return partial(correct, world.store, batch, "02112345678900", "L9", "marketer", NOON)


DEEDS = {
    deed.__name__: Deed(deed)
    for deed in (
        check_in, check_in_when_all_are_gone, make_up, hand_in, approve, send_back, appeal, redeem, reverse, print_code,
        leave, come_back, sign_in, clerk_signs_in, begin, save, publish, pause, turn_a_page,
        scan_first, scan_again, collect, issue_codes, correct_a_batch, be_called_otherwise,
        *money_deeds.AT_ONCE,
    )
} | {deed.__name__: Deed(deed, steps=True) for deed in STEPS}  # fmt: skip
