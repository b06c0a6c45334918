"""A deposit at the door of a check-in, through the real handlers: paid in the sandbox, given back by the days."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions.core import keys
from functions.core.payment import Notice
from functions.insights.numbers import daily, totals
from functions.payments import money
from functions.storage import campaigns, payments
from infra import reconcile_command
from tests.edge.stream import Stream
from tests.edge.test_groups import sweep
from tests.edge.world import CAMPAIGN, Phone, World
from tests.pages.serve import answer_of, gateway_event
from tests.payments.test_money import asks, decides, payment_of, pays
from tests.storage import stage
from tests.storage.stage import DAY, OPENS

ENTRY = {"kind": "deposit", "amount": 9900, "gives_back": [{"days": 1, "share": 30}, {"days": 3, "share": 100}]}


@pytest.fixture
def world() -> World:
    world = World()
    world.service.settings = replace(world.service.settings, stage="local")
    return world


def content(days: int = 10, **config: Any) -> dict[str, Any]:
    """A campaign of some days with a deposit."""
    base = stage.content(days=3, **{"entry": ENTRY, **config})
    ends = {"ends_at": (OPENS + days * DAY).isoformat()}
    return {**base, "schedule": {**base["schedule"], **ends}, "rules": [], "rewards": base["rewards"][:1]}


def opened(world: World, days: int = 10, **config: Any) -> None:
    world.clock.now = OPENS
    stage.publish(world.store, content(days, **config), OPENS, CAMPAIGN)


def begins(phone: Phone) -> str:
    body = {"event_id": "event-begin", "data": {}, "consent": True}
    return phone.post(f"/api/campaigns/{CAMPAIGN}/events/begin", body).code


def holding(world: World, name: str = "a") -> Phone:
    """A member whose deposit is there."""
    phone = world.phone(name)
    assert (begins(phone), pays(phone)) == ("deposit_asked", "paid")
    return phone


def checks_in(world: World, phone: Phone, days: int = 1) -> None:
    for _ in range(days):
        assert phone.check_in(f"event-{world.clock():%m%d}").code == "checked_in"
        world.clock.pass_(days=1)


def gone_back(world: World) -> list[int]:
    return [sum(row["refunds"].values()) for _, row in payments.everything(world.store)]


def page(world: World, phone: Phone, path: str = f"/c/{CAMPAIGN}") -> str:
    event = gateway_event("GET", path, {"cookie": f"pond_session={phone.token}"}, b"")
    return str(answer_of(world, event)["body"])


def ends(world: World) -> None:
    head = campaigns.load(world.store, CAMPAIGN).campaign
    campaigns.turn(world.store, head, "ended", "marketer", world.clock.now)
    world.clock.pass_(seconds=6)


def test_a_member_pays_checks_in_and_has_all_of_it_back_with_the_last_day(world: World) -> None:
    opened(world)
    stream, phone = Stream(world), world.phone()
    assert phone.check_in("event-early").code == "deposit_missing"
    assert asks(phone, "pay-00000").code == "nothing_owed", "nobody pays who did not agree to take part"

    assert begins(phone) == "deposit_asked"
    asked = asks(phone)
    assert asked.body["amount"] == 9900
    assert [decides(phone, asked.body["pay_at"]).code for _ in range(2)] == ["paid", "known"]
    assert asks(phone, "pay-00002").code == "nothing_owed"
    checks_in(world, phone, 3)
    stream.deliver()
    world.queue.deliver(world)

    assert gone_back(world) == [9900]
    assert world.store.query("due", CAMPAIGN) == []
    counted = totals(daily(world.store, CAMPAIGN))
    assert counted.money == {"deposit": 9900, "back": 9900}
    assert reconcile_command.found(world.store, world.clock.now) == []


def test_the_page_says_before_paying_how_it_comes_back_then_what_is_left_then_what_came(world: World) -> None:
    opened(world)
    phone = world.phone()
    assert "退 ¥29.70" in page(world, phone)
    begins(phone)
    unpaid = page(world, phone)
    assert "退 ¥29.70" in unpaid
    assert 'id="form-pay"' in unpaid
    assert "打卡日历" not in unpaid

    assert pays(phone) == "paid"
    assert "押金 ¥99 · 再打 3 天全额退回" in page(world, phone)
    checks_in(world, phone, 3)
    assert "押金退 ¥99，正在原路退回" in page(world, phone)
    sweep(world)
    assert "押金已退回 ¥99" in page(world, phone)


def test_in_the_end_it_comes_back_by_the_table_once(world: World) -> None:
    opened(world)
    one, none = holding(world, "one"), holding(world, "none")
    checks_in(world, one)

    world.clock.pass_(days=10)
    assert [sweep(world)["closed"] for _ in range(2)] == [2, 0]

    assert list(payment_of(world, one)["refunds"].values()) == [2970]
    assert payment_of(world, none)["refunds"] == {}
    assert "没有可退的" in page(world, none)
    world.clock.pass_(hours=1)
    assert reconcile_command.found(world.store, world.clock.now) == []


def test_a_campaign_that_is_ended_early_gives_all_of_it_back_to_who_could_still_have_done_it(world: World) -> None:
    opened(world)
    phone = holding(world)

    ends(world)
    world.clock.pass_(minutes=30)
    [late] = [one.code for one in reconcile_command.found(world.store, world.clock.now)]
    sweep(world)

    assert late == "deposit_not_settled"
    assert gone_back(world) == [9900]
    assert "活动提前结束，全额退" in page(world, phone)


def test_the_terms_are_those_that_it_was_paid_under(world: World) -> None:
    opened(world)
    phone = holding(world)
    dearer = {**ENTRY, "amount": 20_000, "gives_back": [{"days": 3, "share": 100}]}
    stage.publish(world.store, content(entry=dearer), OPENS, CAMPAIGN)
    world.clock.pass_(seconds=6)
    checks_in(world, phone)

    world.clock.pass_(days=10)
    sweep(world)

    assert gone_back(world) == [2970]


def test_whoever_leaves_or_is_erased_has_it_back_by_the_table_before_their_link_to_it_goes(world: World) -> None:
    opened(world)
    leaves, erased = holding(world, "leaves"), holding(world, "erased")
    for phone in (leaves, erased):
        assert phone.check_in("event-0001").code == "checked_in"

    for path in ("/privacy", "/me/erase"):
        assert "按已打的天数结清" in page(world, leaves, path), "it is said before"
    said = {"purpose": keys.participation(CAMPAIGN), "live": False}
    assert leaves.post("/api/me/consents", said).code == "withdrawn"
    assert erased.call("DELETE", "/api/me").code == "erased"
    sweep(world)

    assert gone_back(world) == [2970, 2970]
    assert sorted(row["member"] for _, row in payments.everything(world.store)) == ["", leaves.member]


def test_money_that_comes_for_somebody_who_was_erased_goes_back_whole(world: World) -> None:
    opened(world)
    phone = world.phone()
    begins(phone)
    asked = asks(phone)
    assert phone.call("DELETE", "/api/me").code == "erased"

    assert decides(world.phone("other"), asked.body["pay_at"]).code == "paid"
    sweep(world)
    world.clock.pass_(hours=1)

    assert gone_back(world) == [9900]
    assert reconcile_command.found(world.store, world.clock.now) == []


def test_nobody_is_asked_for_a_deposit_that_could_not_come_back_and_one_that_comes_late_goes_back(world: World) -> None:
    opened(world)
    slow, late = world.phone("slow"), world.phone("late")
    begins(slow)
    asked = asks(slow)

    world.clock.pass_(days=8, hours=20)

    assert begins(late) == "deposit_too_late"
    assert "这次不收" in page(world, late)
    assert asks(slow, "pay-00002").code == "nothing_owed"
    said = Notice(asked.body["payment"], "t1", 9900, "CNY")
    assert money.notice(world.service, said, "sandbox", lambda _: True) == "paid"
    sweep(world)
    assert gone_back(world) == [9900]
    assert slow.check_in().code == "deposit_missing"


def test_at_the_counter_it_is_taken_and_given_back_by_a_clerk(world: World) -> None:
    world.service.settings = replace(world.service.settings, payments="offline")
    opened(world)
    phone, clerk = world.phone(), world.clerk()
    begins(phone)
    body = {"event_id": "confirm-1", "payment": asks(phone).body["payment"], "amount": 9900}
    assert clerk.post("/api/payments/confirm", body).code == "paid"

    checks_in(world, phone, 3)
    sweep(world)

    assert "请到店里找店员领" in page(world, phone)
