"""Each function lives with its own role alone: the whole path is walked while IAM decides every call."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from functions.codes import batches
from functions.codes.batch import Plan, link_head
from functions.codes.item import serials
from functions.core.audit import Entry
from functions.core.discovery import discover
from functions.core.hooks import Hooks, new_hook
from functions.core.ids import new_id
from functions.core.webhook import signature
from functions.edge import desk
from functions.edge.identity import Keys
from functions.storage import campaigns, hooks, invitations
from functions.storage.store import Store
from infra import template
from infra.clients import local
from infra.definition_files import read
from infra.definition_shelf import open_store, publish
from tests.cloud import LocalCloud, ring_of, standing_cloud
from tests.storage.stage import coupon_of

pytestmark = pytest.mark.cloud

PHONE = "+8613800138000"
Walk = dict[str, httpx.Response]


@pytest.fixture(scope="module")
def guarded(nobody_reaches_aws: None) -> Iterator[LocalCloud]:
    with standing_cloud(guarded=True) as cloud:
        yield cloud


def one_day_campaign(store: Store) -> str:
    """A check-in that owes its coupon after the first day; an order takes one of its group."""
    content = read(template.ROOT / "examples" / "seven-mornings.yaml")
    coupon_of(content)["config"]["group"] = "mornings"
    content["config"] = {"days": 1, "completes_by": "total", "start": "own"}
    now = datetime.now(UTC)
    content["schedule"] |= {"starts_at": "2020-01-01T00:00:00+08:00", "ends_at": "2099-01-01T00:00:00+08:00"}
    return publish(store, content, [], discover(), "tester", now).id


def invitation(cloud: LocalCloud, store: Store) -> str:
    secrets = local("secretsmanager", cloud.endpoint)
    root = secrets.get_secret_value(SecretId=cloud.secret)["SecretString"]
    now = datetime.now(UTC)
    return invitations.invite(store, Keys("demo", lambda: root).ring(now), "shop-1", "till", "tester", now, bytes(10))


def _tells(http: httpx.Client, cloud: LocalCloud, store: Store, member: str) -> httpx.Response:
    """A shop's order, signed: through the hook's function, the queue, and the consumer."""
    now = datetime.now(UTC)
    hook = new_hook("orders", "Shop", "pond", ring_of(cloud, "demo"))
    hooks.save(store, Hooks(hooks=[hook]), 0, Entry(what="add_hook", by="tester", at=now))
    told = {"order_id": "A-1", "revision": 1, "status": "paid", "total": 12900, "currency": "CNY"}
    body = json.dumps({"data": told | {"paid_at": now.isoformat(), "buyer": {"member": member}}})
    stamp = str(int(now.timestamp()))
    signed = signature(hook.secrets(ring_of(cloud, "demo"), now)[0], "msg_1", stamp, body.encode())
    headers = {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signed}
    return http.post("/hooks/orders", content=body, headers=headers | {"content-type": "application/json"})


RIGHTS: dict[desk.Deed, dict[str, Any]] = {
    "give": {"name": {"zh": "推广员", "en": "Promoter"}, "until": None},
    "take": {},
}


def _by_hand(http: httpx.Client, cloud: LocalCloud, member: str, deed: desk.Deed) -> httpx.Response:
    """A right given or ended from the screens."""
    token = desk.sealed(ring_of(cloud, "demo"), "tester", deed, member, datetime.now(UTC))
    body = {"member": member, "right": "promoter", "reason": "asked", **RIGHTS[deed]}
    return http.post(f"/api/desk/members/{deed}", json=body, headers={"authorization": f"Bearer {token}"})


def _until_kept(http: httpx.Client, me: dict[str, str]) -> httpx.Response:
    deadline = time.monotonic() + 30
    while not (found := http.get("/api/me/export", headers=me)).json()["orders"] and time.monotonic() < deadline:
        time.sleep(0.5)
    return found


def _item(cloud: LocalCloud, store: Store) -> str:
    """The printed link of an active item."""
    plan = Plan(gtin="9520123456788", lot="L7", size=10, stem=cloud.api)
    ring, now = ring_of(cloud, "demo"), datetime.now(UTC)
    batch = batches.issue(store, plan, new_id("batch", now, bytes(10)), ring.current, "tester", now)
    batches.alter_batch(store, batch, lambda one: one.activated([(0, 9)]), "activate", "tester", now)
    return link_head(batch) + serials(ring.roots[batch.key], "demo", batch.label).seal(batch.first)


def bearer(answer: httpx.Response) -> dict[str, str]:
    return {"authorization": f"Bearer {answer.json()['token']}"}


@pytest.fixture(scope="module")
def walk(guarded: LocalCloud) -> Walk:
    """Every step of a member and a clerk, and what was answered."""
    store = open_store({"POND_TABLE": guarded.table, "AWS_ENDPOINT_URL_DYNAMODB": guarded.endpoint})
    campaign = one_day_campaign(store)
    code = invitation(guarded, store)
    seen: Walk = {}
    with httpx.Client(base_url=guarded.api, timeout=60) as http:
        seen["session"] = http.post("/api/session", json={"provider": "guest"})
        me = bearer(seen["session"])
        seen["page"] = http.get(f"/c/{campaign}", headers=me)
        seen["poster"] = http.get(f"/c/{campaign}/poster.jpg")
        seen["campaign"] = http.get(f"/api/campaigns/{campaign}", headers=me)
        body = {"event_id": "event-00000001", "consent": True}
        seen["event"] = http.post(f"/api/campaigns/{campaign}/events/checkin", json=body, headers=me)
        seen["wallet"] = http.get("/api/me/wallet", headers=me)
        coupon = next(entry for entry in seen["wallet"].json()["entries"] if entry["kind"] == "coupon")
        seen["code"] = http.post(f"/api/me/coupons/{coupon['id']}/code", json={}, headers=me)
        seen["coupon page"] = http.get(f"/me/coupons/{coupon['id']}", headers=me)
        seen["staff session"] = http.post("/api/session", json={"provider": "staff", "invitation": code})
        clerk = bearer(seen["staff session"])
        till = {"event_id": "event-00000002", "code": seen["code"].json()["code"], "order_id": "o-1", "amount": 5000}
        seen["check"] = http.post("/api/coupons/check", json={"code": till["code"], "amount": 5000}, headers=clerk)
        seen["redeem"] = http.post("/api/coupons/redeem", json=till, headers=clerk)
        back = till | {"event_id": "event-00000003"}
        seen["reverse"] = http.post("/api/coupons/reverse", json=back, headers=clerk)
        seen["staff page"] = http.get("/staff", headers=clerk)
        seen["phone"] = http.post("/api/session", json={"provider": "phone", "phone": PHONE})
        printed = _item(guarded, store)
        seen["digital link"] = http.get(urlsplit(printed).path)
        scanned = {"event_id": "event-00000004", "code": printed}
        seen["scan"] = http.post("/api/items/scan", json=scanned, headers=me)
        seen["item page"] = http.get(f"/i{urlsplit(printed).path}", headers=me)
        seen |= {f"right {deed}": _by_hand(http, guarded, seen["session"].json()["id"], deed) for deed in RIGHTS}
        seen["order"] = _tells(http, guarded, store, seen["session"].json()["id"])
        seen["bought"] = _until_kept(http, me)
        seen["export"] = http.get("/api/me/export", headers=me)
        seen["erase"] = http.request("DELETE", "/api/me", json={"confirm": True}, headers=me)
        seen["description"] = http.get("/openapi.json")
    return seen


def test_no_role_is_too_narrow_for_the_path(walk: Walk) -> None:
    refused = {step: answer.text[:300] for step, answer in walk.items() if answer.status_code >= 400}

    assert refused == {}
    assert walk["redeem"].json()["outcome"] == "redeemed"
    assert walk["scan"].json()["outcome"] == "first_scan"
    assert [walk[f"right {deed}"].json()["outcome"] for deed in RIGHTS] == ["given", "taken"]


def test_a_signed_order_reaches_its_buyer_through_the_queue(walk: Walk) -> None:
    assert (walk["order"].status_code, walk["order"].json()) == (202, {"outcome": "accepted", "orders": 1})
    assert [order["order"] for order in walk["bought"].json()["orders"]] == ["A-1"]


@pytest.mark.parametrize("function", ["Insights", "Sweeper"])
def test_a_background_function_can_do_its_work(guarded: LocalCloud, walk: Walk, function: str) -> None:
    functions = local("lambda", guarded.endpoint)
    name = next(
        each["FunctionName"]
        for each in functions.list_functions()["Functions"]
        if f"-{function}-" in each["FunctionName"]
    )

    event: dict[str, Any] = {"Records": []} if function == "Insights" else {}
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())

    assert "FunctionError" not in answer, answer["Payload"].read()


def test_what_was_granted_is_counted_from_the_stream(guarded: LocalCloud, walk: Walk) -> None:
    store = open_store({"POND_TABLE": guarded.table, "AWS_ENDPOINT_URL_DYNAMODB": guarded.endpoint})
    (campaign,) = campaigns.campaigns(store)

    deadline = time.monotonic() + 30
    while not (counted := store.query("counters", campaign.id)) and time.monotonic() < deadline:
        time.sleep(0.5)

    assert counted


def test_the_role_of_the_pages_cannot_write_a_row(guarded: LocalCloud) -> None:
    roles = local("iam", guarded.endpoint).list_roles()["Roles"]
    arn = next(role["Arn"] for role in roles if "-PagesRole-" in role["RoleName"])
    session = local("sts", guarded.endpoint).assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    table = boto3.client(
        "dynamodb",
        endpoint_url=guarded.endpoint,
        region_name="us-east-1",
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )

    with pytest.raises(ClientError) as caught:
        table.put_item(TableName=guarded.table, Item={"pk": {"S": "T#demo#x"}, "sk": {"S": "x"}})

    assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
