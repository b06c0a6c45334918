"""A referrer is rewarded after the friend's first order and loses it by the refund, on the deployed product."""

from __future__ import annotations

import json
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from functions.core.audit import Entry
from functions.core.discovery import discover
from functions.core.hooks import Hooks, new_hook
from functions.core.tokens import Keyring
from functions.core.webhook import signature
from functions.storage import hooks
from functions.storage.store import Store
from infra.definition_shelf import open_store
from tests.browser.conftest import OpenPhone
from tests.browser.test_groups import agree, live, looks_until
from tests.browser.test_phone_journeys import sound
from tests.cloud import LocalCloud, ring_of

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("cloud")]
FILE = Path(discover().mechanic("referral").__file__).parent / "templates" / "bring-a-friend.yaml"
COUNTED = "[aria-labelledby=invite]"
SHOP = "tea"


@pytest.fixture
def store(local_cloud: LocalCloud) -> Store:
    """The cloud's table."""
    return open_store({"POND_TABLE": local_cloud.table, "AWS_ENDPOINT_URL_DYNAMODB": local_cloud.table_endpoint})


def member_of(phone: Page, ring: Keyring) -> str:
    """What the shop's own system knows of its customer: here from the phone's session."""
    token = next(one["value"] for one in phone.context.cookies() if one["name"] == "pond_session")
    return str(ring.open("session", token, datetime.now(UTC))["m"])


def tells(cloud: LocalCloud, ring: Keyring, store: Store, revision: int, **changes: Any) -> int:
    """The shop's system says how its order stands, signed as the standard says; the status of the answer."""
    now, known = datetime.now(UTC), hooks.load(store)[0]
    said = {"order_id": "A-1", "revision": revision, "status": "paid", "total": 12900, "currency": "CNY"} | changes
    body, stamp = json.dumps({"type": "order.updated", "data": said}).encode(), str(int(now.timestamp()))
    secret, name = known.hooks[-1].secrets(ring, now)[0], f"msg-{revision}"
    signed = {"webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": signature(secret, name, stamp, body)}
    asked = urllib.request.Request(
        f"{cloud.api}/hooks/orders?hook={SHOP}", body, {"content-type": "application/json"} | signed
    )
    with urllib.request.urlopen(asked) as answer:
        return int(answer.status)


def test_a_friend_joins_by_the_link_and_what_the_first_order_gave_goes_with_its_refund(
    local_cloud: LocalCloud, store: Store, open_phone: OpenPhone
) -> None:
    made = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    made["config"] |= {"hold_days": 0}
    campaign, url, ring = live(store, made), local_cloud.api, ring_of(local_cloud, store.tenant)
    known, revision = hooks.load(store)
    shop = new_hook(SHOP, "Tea", "pond", ring)
    hooks.save(
        store, Hooks(hooks=[*known.hooks, shop]), revision, Entry(what="add_hook", by="me", at=datetime.now(UTC))
    )
    host, friend = open_phone(), open_phone()

    host.goto(f"{url}/c/{campaign}")
    agree(host, "")
    link = host.locator("#my-link")
    expect(link).to_be_visible()
    sound(host)
    friend.goto(link.input_value())
    agree(friend, "")
    expect(friend.locator("#mine")).to_be_visible()
    sound(friend)
    bought = {"buyer": {"member": member_of(friend, ring)}, "paid_at": datetime.now(UTC).isoformat()}
    host.goto(f"{url}/c/{campaign}")
    expect(host.locator(f"{COUNTED} .num")).to_have_text(["1", "0"])
    has(host, url, 0)

    assert tells(local_cloud, ring, store, 1, **bought) == 202
    counts_until(host, f"{url}/c/{campaign}", "已达成\n1")
    for phone in (host, friend):
        has(phone, url, 1)

    assert tells(local_cloud, ring, store, 2, **bought, status="refunded", refunded=12900) == 202
    counts_until(host, f"{url}/c/{campaign}", "已达成\n0")
    for phone in (host, friend):
        has(phone, url, 0)


def counts_until(phone: Page, page: str, said: str) -> None:
    """What the queue brings takes a moment."""
    phone.goto(page)
    looks_until(phone, COUNTED, said)


def has(phone: Page, url: str, coupons: int) -> None:
    """So many coupons can be used, and the page says so."""
    phone.goto(f"{url}/me")
    expect(phone.locator("main")).to_be_visible()
    expect(phone.locator("a[href^='/me/coupons/']")).to_have_count(coupons)
