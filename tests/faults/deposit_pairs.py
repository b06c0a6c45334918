"""Two at once where a check-in has a deposit."""

from __future__ import annotations

from functions.payments import money
from functions.storage import payments
from tests.edge.world import CAMPAIGN, Phone, World
from tests.faults.deeds import NOON, Act
from tests.storage import stage
from tests.storage.stage import OPENS

ENTRY = {"kind": "deposit", "amount": 900, "gives_back": [{"days": 2, "share": 50}, {"days": 3, "share": 100}]}
Pair = tuple[Act, Act]


def _asked(world: World) -> tuple[Phone, Act]:
    """A member whose money has come, and what tells the campaign of it."""
    world.clock.now = NOON
    stage.publish(world.store, {**stage.content(days=3, entry=ENTRY), "rules": []}, OPENS, CAMPAIGN)
    phone = world.phone()
    begin = {"event_id": "event-begin", "data": {}, "consent": True}
    assert phone.post(f"/api/campaigns/{CAMPAIGN}/events/begin", begin).code == "deposit_asked"
    owed = money.owed_by(world.service, CAMPAIGN, phone.member)
    assert owed is not None
    payments.ask(world.store, owed, "offline", world.clock.now, lambda _: True)
    said = payments.Notice(owed.name, "t1", owed.amount, "CNY")
    payments.settle(world.store, said, world.clock.now, lambda _: True)
    return phone, lambda: money.tell(world.service, owed.name, lambda attempt: attempt < 8)


def a_deposit_told_of_again_against_its_member_being_erased(world: World) -> Pair:
    phone, tells = _asked(world)

    def tells_and_erases() -> None:
        tells()
        phone.call("DELETE", "/api/me")

    return tells, tells_and_erases


DEPOSIT_PAIRS = (a_deposit_told_of_again_against_its_member_being_erased,)
