"""Batches in a store, and the links of their items, for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from functions.codes.batch import Batch, Plan, link_head
from functions.codes.batches import alter_batch, issue
from functions.codes.item import item_in, serials
from functions.core.ids import new_id
from functions.core.tokens import Keyring, keyring
from functions.storage.store import Store
from tests.edge.world import CAMPAIGN, SECRET, SHOP

GTIN = "09520123456788"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NAME = {"zh": "明前龙井", "en": "Spring tea"}


def ring(tenant: str = "demo") -> Keyring:
    """The keys of the shop in memory."""
    return keyring(tenant, SECRET)


def ordered(store: Store, *, active: bool = True, name: bytes = b"batch-----", **changes: Any) -> Batch:
    """A batch of a thousand, activated unless said otherwise."""
    told = {"gtin": GTIN, "lot": "L7", "size": 1000, "stem": SHOP, "campaign": CAMPAIGN, "name": NAME, **changes}
    batch = issue(store, Plan.model_validate(told), new_id("batch", NOW, name), "k1", "marketer", NOW)
    if not active:
        return batch
    whole = [(0, batch.size - 1)]
    return alter_batch(store, batch, lambda one: one.activated(whole), "activate", "marketer", NOW)


def link(batch: Batch, number: int, tenant: str = "demo") -> str:
    """The printed link of an item, counted from 0."""
    made = serials(ring(tenant).roots[batch.key], tenant, batch.label)
    return link_head(batch) + made.seal(batch.first + number)


def forged(batch: Batch, number: int = 0) -> str:
    """A link with one character of its serial changed."""
    good = link(batch, number)
    return good[:-1] + ("0" if good[-1] != "0" else "1")


def gift(**changes: Any) -> dict[str, Any]:
    """A campaign that gives points for each item, and a coupon for every second."""
    from tests.edge.world import definition_content

    rules = [
        {"id": "each", "when": "item_scan.recorded", "then": [{"reward": "points", "amount": 10}]},
        {"id": "first", "when": "item_scan.recorded", "if": [{"op": "first"}], "then": [{"reward": "ten_off"}]},
    ]
    return definition_content(**{"mechanic": "item_scan", "config": {}, "rules": rules, **changes})


def gift_of(content: dict[str, Any]) -> dict[str, Any]:
    """Another campaign's content as one that gives points for each item."""
    rules = [{"id": "each", "when": "item_scan.recorded", "then": [{"reward": "points", "amount": 10}]}]
    return content | {"mechanic": "item_scan", "config": {}, "rules": rules}


def inner(code: str, tenant: str = "demo") -> str:
    """The covert code beside a printed link."""
    found = item_in(code)
    assert found is not None
    made = serials(ring(tenant).roots["k1"], tenant, found.label)
    return made.inner(made.open(found.serial))
