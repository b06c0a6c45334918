"""Who may take part: what the page says before a tap, and what the tap comes to, are the same for everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.ids import new_id
from tests.edge.world import CAMPAIGN, MORNING, Phone, World, definition_content
from tests.pages.page_reader import read
from tests.pages.test_visits import visit

BATCH = new_id("batch", MORNING, b"batch-----")
OTHER = new_id("camp", MORNING, b"campaign-2")
NEEDS: dict[str, dict[str, Any]] = {
    "newcomer": {"kind": "newcomer"},
    "customer": {"kind": "customer"},
    "signed_in": {"kind": "signed_in"},
    "took_part": {"kind": "took_part", "campaign": OTHER},
    "holds": {"kind": "holds", "right": "vip"},
    "collected": {"kind": "collected", "batch": BATCH},
}
# what somebody did before -> whom they are then
PASTS: dict[str, set[str]] = {
    "nothing": {"newcomer"},
    "took part in the other": {"took_part"},
    "left the other": set(),
    "bought": {"customer"},
    "signed in": {"newcomer", "signed_in"},
    "was given the right": {"newcomer", "holds"},
    "took an item's reward": {"took_part", "collected"},
    "held the right until yesterday": {"newcomer"},
}


def with_past(world: World, past: str) -> Phone:
    """A phone whose member has done this."""
    phone = world.phone(past[:10])
    now = int(world.clock.now.timestamp())
    agreed = keys.consent(phone.member, keys.participation(OTHER))
    rows = {
        "took part in the other": {agreed: {"live": True, "at": "2026-01-01T00:00:00+00:00"}},
        "left the other": {agreed: {"live": False, "at": "2026-01-01T00:00:00+00:00"}},
        "bought": {keys.purchase(phone.member, "order-1"): {"at": "2026-01-01T00:00:00+00:00"}},
        "took an item's reward": {
            agreed: {"live": True, "at": "2026-01-01T00:00:00+00:00"},
            keys.door(phone.member): {f"item:{BATCH}": 1, "revision": 1},
        },
        "was given the right": {keys.entitlement(phone.member, "vip"): {"name": "vip", "valid_until": now + 60}},
        "held the right until yesterday": {keys.entitlement(phone.member, "vip"): {"valid_until": now - 86_400}},
    }
    for key, row in rows.get(past, {}).items():
        world.store.write([Change(key, put=row)])
    if past == "signed in":
        who = {"provider": "phone", "phone": "13800000000"}
        phone.post("/api/session", who)
        code = re.findall(r"[0-9]{6}", world.messages[-1][1])[0]
        assert phone.post("/api/session", who | {"code": code}).body["id"] == phone.member
    return phone


@pytest.mark.parametrize("need", NEEDS)
def test_the_page_and_the_tap_agree_on_who_may_take_part(need: str) -> None:
    world = World()
    world.publish(definition_content(audience={"needs": [NEEDS[need]]}))
    told = {}

    for past in PASTS:
        phone = with_past(world, past)
        page = read(visit(world, f"/c/{CAMPAIGN}", phone)["body"])
        is_asked = any(one.attributes.get("name") == "consent" for one in page.all("input"))
        told[past] = (is_asked, phone.check_in().code, phone.check_in("event-0002").code)

    admitted, refused = (True, "checked_in", "already_checked_in"), (False, "not_in_audience", "not_in_audience")
    assert told == {past: admitted if need in whom else refused for past, whom in PASTS.items()}


@pytest.mark.parametrize(("need", "asked"), [("newcomer", True), ("signed_in", False), ("customer", False)])
def test_a_stranger_is_new_and_nothing_else(need: str, asked: bool) -> None:
    world = World()
    world.publish(definition_content(audience={"needs": [NEEDS[need]]}))

    page = read(visit(world, f"/c/{CAMPAIGN}")["body"])

    assert bool([one for one in page.all("input") if one.attributes.get("name") == "consent"]) is asked


def test_all_that_is_asked_has_to_be() -> None:
    world = World()
    world.publish(definition_content(audience={"needs": [NEEDS["newcomer"], NEEDS["holds"]], "entitlement": "vip"}))

    assert world.phone("b").check_in().code == "not_in_audience"
    assert with_past(world, "was given the right").check_in().code == "checked_in"
