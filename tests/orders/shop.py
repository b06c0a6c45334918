"""A shop that tells of its orders, as its system would: signed, whole, and as often as it likes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from functions.core.discovery import Catalogue, discover
from functions.core.hooks import Hooks, Preset, new_hook
from functions.core.webhook import signature
from functions.storage import hooks
from tests.edge.world import Answer, Phone, World, definition_content

PAID_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PATH = "/hooks/orders"


def entry(what: str, by: str = "owner") -> Any:
    """A line of the audit list."""
    from functions.core.audit import Entry

    return Entry(what=what, by=by, at=PAID_AT)  # type: ignore[arg-type]


def order(order_id: str = "A-1", revision: int = 1, **changes: Any) -> dict[str, Any]:
    """An order of 129 yuan, paid."""
    return {
        "order_id": order_id,
        "revision": revision,
        "status": "paid",
        "total": 12900,
        "currency": "CNY",
        "paid_at": PAID_AT.isoformat(),
        "lines": [{"sku": "tea", "name": "龙井", "quantity": 1, "amount": 12900}],
    } | changes


@dataclass
class ShopSystem:
    """Signs with its secret and posts to the hook."""

    world: World
    hook: str = "orders"
    preset: Preset = "pond"

    def __post_init__(self) -> None:
        known, revision = hooks.load(self.world.store)
        made = new_hook(self.hook, self.hook.title(), self.preset, self.ring)
        hooks.save(self.world.store, Hooks(hooks=[*known.hooks, made]), revision, entry("add_hook"))
        self.phone = Phone(self.world, "")
        self.sent = 0

    @property
    def ring(self) -> Any:
        """The tenant's keys."""
        return self.world.service.keys.ring(self.world.clock.now)

    @property
    def secret(self) -> bytes:
        """What the shop was told."""
        found = hooks.load(self.world.store)[0].hook(self.hook)
        assert found is not None
        return found.secrets(self.ring, self.world.clock.now)[0]

    def tells(self, *orders: dict[str, Any], **extra: Any) -> Answer:
        """Post orders in Pond's own form."""
        return self.posts(json.dumps({"type": "order.updated", "data": list(orders)}), **extra)

    def posts(self, body: str, *, secret: bytes | None = None, late: int = 0, **headers: str) -> Answer:
        """Post a body, signed; `late` seconds ago."""
        self.sent += 1
        stamp = str(int(self.world.clock.now.timestamp()) - late)
        signed = signature(secret or self.secret, f"msg_{self.sent}", stamp, body.encode())
        said = {"webhook-id": f"msg_{self.sent}", "webhook-timestamp": stamp, "webhook-signature": signed}
        query = "" if self.hook == "orders" else f"?hook={self.hook}"
        return self.phone.call("POST", PATH + query, body, {"content-type": "application/json"} | said | headers)


def with_purchases(world: World) -> World:
    """The world with the mechanic of these tests among its own."""
    known = discover()
    world.service.catalogue = Catalogue(
        {**known.mechanics, "purchase": "tests.orders.purchase.mechanic"}, known.rewards
    )
    return world


def purchase_campaign(world: World, **changes: Any) -> str:
    """A live campaign that counts what members buy, with a point for each order."""
    rule = {"id": "each", "when": "purchase.counted", "then": [{"reward": "points"}]}
    content = definition_content(mechanic="purchase", config={}, rules=[rule])
    return with_purchases(world).publish(content | changes)
