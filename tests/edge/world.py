"""A shop in memory: its service, a published campaign, and phones that call the handlers as API Gateway does."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from botocore.exceptions import ClientError
from jsonschema import Draft202012Validator

from functions.codes import handler as items
from functions.core import keys
from functions.core.campaign import Campaign, Definition, Version
from functions.core.change import Change
from functions.core.discovery import discover
from functions.core.ids import new_id
from functions.coupons import handler as coupons
from functions.edge.api import BODY_MAX, Handler, as_sent, entry, let_be
from functions.edge.bucket import Bucket
from functions.edge.identity import Keys, Session, sealed
from functions.edge.schedules import Schedules
from functions.edge.service import Service
from functions.edge.settings import Settings
from functions.members import handler as members
from functions.openapi import handler as openapi
from functions.openapi.handler import described
from functions.orders import consumer
from functions.orders import handler as orders
from functions.payments import handler as payments
from functions.play import handler as play
from functions.storage.invitations import invite
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Store

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
SECRET = json.dumps({"current": "k1", "k1": "a root for tests, 64 characters long, made up and never used elsewhere"})
CAMPAIGN = new_id("camp", MORNING, b"campaign-1")
SHOP = "https://shop.example"
APPS = {
    "play": play, "members": members, "coupons": coupons, "items": items, "orders": orders,
    "payments": payments, "openapi": openapi,
}  # fmt: skip


class Clock:
    """A time that stands still until it is moved."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        """Let time pass, as `timedelta` counts it."""
        self.now += timedelta(**time)


class Dice:
    """Entropy that repeats from test to test, and never within one."""

    def __init__(self) -> None:
        self.thrown = 0

    def __call__(self, length: int) -> bytes:
        self.thrown += 1
        return self.thrown.to_bytes(length, "big")


class Context:
    """The part of a Lambda context that is used."""

    def get_remaining_time_in_millis(self) -> int:
        """Plenty."""
        return 9_000


class FakeS3:
    """Objects by key, and presigned posts that say what was asked."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: list[dict[str, Any]] = []

    def generate_presigned_post(self, **asked: Any) -> dict[str, Any]:
        """A form."""
        self.asked.append(asked)
        return {"url": f"https://s3.example/{asked['Bucket']}", "fields": {"key": asked["Key"], **asked["Fields"]}}

    def get_object(self, **asked: str) -> dict[str, Any]:
        """The object, or NoSuchKey."""
        if asked["Key"] not in self.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": ""}}, "GetObject")
        return {"Body": io.BytesIO(self.objects[asked["Key"]])}

    def put_object(self, **asked: Any) -> None:
        """Store."""
        self.objects[asked["Key"]] = asked["Body"]

    def delete_object(self, **asked: str) -> None:
        """Delete, there or not."""
        self.objects.pop(asked["Key"], None)


class FakeQueue:
    """Messages that wait; `deliver` hands them to the consumer as Lambda does, and keeps what failed."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.away = False

    def send(self, bodies: Sequence[str]) -> None:
        """Take all, or none while the queue is away."""
        if self.away:
            raise Busy("queue")
        self.waiting += bodies

    def deliver(self, world: World) -> list[str]:
        """One batch of everything that waits; what failed waits on."""
        batch, self.waiting = self.waiting, []
        records = [{"messageId": str(n), "body": body} for n, body in enumerate(batch)]
        answer = consumer.entry(lambda: world.service)({"Records": records}, Context())
        self.waiting += [batch[int(one["itemIdentifier"])] for one in answer["batchItemFailures"]]
        return self.waiting


class FakeScheduler:
    """EventBridge Scheduler: schedules by name, that can be called or lost."""

    def __init__(self) -> None:
        self.asked: dict[str, dict[str, Any]] = {}
        self.away = False

    def create_schedule(self, **asked: Any) -> None:
        """Keep it under its name, once."""
        if self.away:
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "CreateSchedule")
        if asked["Name"] in self.asked:
            raise ClientError({"Error": {"Code": "ConflictException", "Message": ""}}, "CreateSchedule")
        self.asked[asked["Name"]] = asked

    def calls(self, handler: Callable[[Mapping[str, Any], Any], Any], clock: Clock) -> list[Any]:
        """Call the sweeper for each schedule whose moment has come, as the scheduler does."""
        due = [one for one in self.asked.values() if one["ScheduleExpression"] <= f"at({clock():%Y-%m-%dT%H:%M:%S})"]
        return [handler(json.loads(self.asked.pop(one["Name"])["Target"]["Input"]), Context()) for one in due]


@dataclass
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: dict[str, str]
    cookies: list[str]
    text: str

    @property
    def code(self) -> str:
        """The problem's code, or the outcome."""
        return str(self.body.get("code") or self.body.get("outcome"))

    @property
    def session(self) -> str:
        """The session token that was set."""
        return next(line.split(";")[0].partition("=")[2] for line in self.cookies if line.startswith("pond_session="))

    @property
    def said(self) -> dict[str, str]:
        """The query of the page that a form's sender is sent back to."""
        query = parse_qs(urlsplit(self.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}


@dataclass
class World:
    """One deployment."""

    store: Store = field(default_factory=MemoryStore)
    clock: Clock = field(default_factory=Clock)
    s3: FakeS3 = field(default_factory=FakeS3)
    messages: list[tuple[str, str]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    read_secret: Callable[[], str] = lambda: SECRET
    queue: FakeQueue = field(default_factory=FakeQueue)
    scheduler: FakeScheduler = field(default_factory=FakeScheduler)

    def __post_init__(self) -> None:
        tenant = self.store.tenant
        self.service = Service(
            settings=Settings(table="table", tenant=tenant, bucket="bucket", base_url=SHOP, function="play"),
            store=self.store,
            catalogue=discover(),
            keys=Keys(tenant, self.read_secret),
            bucket=Bucket("bucket", tenant, lambda: self.s3),
            send=lambda phone, words: self.messages.append((phone, words)),
            queue=self.queue,  # type: ignore[arg-type]
            schedules=Schedules("pond", "arn:sweeper", "arn:waker", lambda: self.scheduler),
            clock=self.clock,
            entropy=Dice(),
            sleep=self.pauses.append,
            write_log=self.log.append,
        )
        self.handlers: dict[str, Handler] = {
            name: entry(
                module.app,
                module.page_of,
                lambda: self.service,
                getattr(module, "as_typed", as_sent),
                getattr(module, "BODY_MAX", BODY_MAX),
                getattr(module, "PICTURES", {}),
                getattr(module, "turned_away", let_be),
            )
            for name, module in APPS.items()
        }

    def phone(self, name: str = "a", **extra: str) -> Phone:
        """A member's phone, with a session."""
        member = new_id("mem", self.clock.now, name.encode().rjust(10, b"-"))
        return Phone(self, self.token(Session("member", member)), member=member, **extra)

    def clerk(self, shop: str = "north", code: str = "") -> Phone:
        """A clerk's phone, signed in by an invitation to a store."""
        ring = self.service.keys.ring(self.clock.now)
        code = code or invite(self.store, ring, shop, "Clerk", "owner", self.clock.now, self.service.entropy(10))
        answer = self.stranger().post("/api/session", {"provider": "staff", "invitation": code})
        assert answer.status == 200, answer.text
        return Phone(self, answer.body["token"], member=answer.body["id"])

    def coupon(self, phone: Phone) -> str:
        """The id of the phone's first coupon."""
        return next(
            row["id"] for where, row in self.store.query("member", phone.member) if where.startswith("W#coupon#")
        )

    def stranger(self) -> Phone:
        """A phone without a session."""
        return Phone(self, "")

    def token(self, session: Session) -> str:
        """A session's token."""
        return sealed(self.service.keys.ring(self.clock.now), session, self.clock.now)[0]

    def publish(
        self, content: Mapping[str, Any] | None = None, campaign: str = CAMPAIGN, state: str = "published"
    ) -> str:
        """A live campaign, with its pools."""
        definition = Definition.model_validate(content or definition_content())
        pools = {item.id: item.shards for item in definition.rewards if item.stock is not None}
        head = Campaign(
            id=campaign, mechanic=definition.mechanic, name=definition.name, state=state, live=1,
            revision=1, created_at=self.clock.now, changed_at=self.clock.now,
            starts_at=definition.schedule.starts_at, ends_at=definition.schedule.ends_at,
        )  # fmt: skip
        version = Version(
            campaign=campaign, number=1, definition=definition, content_hash=definition.content_hash,
            pools=pools, published_by="test", published_at=self.clock.now,
        )  # fmt: skip
        rows = [
            Change(keys.head(campaign), put={"revision": 1, "head": head.model_dump(mode="json")}),
            Change(keys.listed(campaign), put={"head": head.model_dump(mode="json")}),
            Change(keys.version(campaign, 1), put={"content": version.model_dump_json(by_alias=True)}),
        ]
        for item in definition.rewards:
            for shard in range(pools.get(item.id, 0)):
                share = item.share(shard, pools[item.id], item.stock or 0)
                rows.append(Change(keys.pool(campaign, item.id, shard), put={"stock": share, "remaining": share}))
        assert not self.store.write(rows)
        self.service.__post_init__()  # as if the five seconds were over
        return campaign


@dataclass
class Phone:
    """Calls the API with a session."""

    world: World
    token: str
    member: str = ""
    language: str = "en"
    address: str = "203.0.113.7"

    def get(self, path: str, **extra: Any) -> Answer:
        """GET."""
        return self.call("GET", path, **extra)

    def post(self, path: str, body: Any = None, **extra: Any) -> Answer:
        """POST JSON."""
        raw = body if isinstance(body, str) else json.dumps(body if body is not None else {})
        return self.call("POST", path, raw, {"content-type": "application/json"}, **extra)

    def form(self, path: str, **fields: str) -> Answer:
        """POST a form; `_` at the end of a name is dropped, `__` stands for a dot."""
        raw = urlencode({name.replace("__", "."): value for name, value in fields.items()})
        packed = base64.b64encode(raw.encode()).decode()
        return self.call("POST", path, packed, {"content-type": "application/x-www-form-urlencoded"}, packed=True)

    def photo(self, path: str, picture: bytes) -> Answer:
        """POST a form with a file in it, as a browser does."""
        head = b'--cut\r\nContent-Disposition: form-data; name="picture"; filename="code.jpg"\r\n'
        raw = head + b"Content-Type: image/jpeg\r\n\r\n" + picture + b"\r\n--cut--\r\n"
        kind = {"content-type": "multipart/form-data; boundary=cut"}
        return self.call("POST", path, base64.b64encode(raw).decode(), kind, packed=True)

    def check_in(self, event: str = "event-0001", campaign: str = CAMPAIGN, **extra: Any) -> Answer:
        """A plain check-in that agrees to take part."""
        body = {"event_id": event, "data": {}, "consent": True, **extra}
        return self.post(f"/api/campaigns/{campaign}/events/checkin", body)

    def call(
        self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None, packed: bool = False
    ) -> Answer:
        """Any call."""
        event = self.event(method, path, body, dict(headers or {}), packed)
        answer = self.world.handlers[function_of(path)](event, Context())
        text = answer["body"] or ""
        kind = answer["headers"].get("Content-Type", "")
        content = json.loads(text) if "json" in kind and text else {}
        as_described(method, path, answer["statusCode"], kind, content)
        return Answer(answer["statusCode"], content, answer["headers"], answer["cookies"], text)

    def event(self, method: str, path: str, body: str, headers: dict[str, str], packed: bool = False) -> dict[str, Any]:
        """The event as API Gateway's payload 2.0 has it."""
        path, _, query = path.partition("?")
        return {
            "version": "2.0",
            "routeKey": f"{method} (a route)",
            "rawPath": path,
            "rawQueryString": query,
            "queryStringParameters": {name: values[0] for name, values in parse_qs(query).items()},
            "headers": {"accept-language": self.language, "host": "shop.example", **headers},
            "cookies": [f"pond_session={self.token}"] if self.token else [],
            "requestContext": {
                "http": {"method": method, "path": path, "sourceIp": self.address},
                "requestId": "request-1",
                "stage": "$default",
            },
            "body": body,
            "isBase64Encoded": packed,
        }


def as_described(method: str, path: str, status: int, kind: str, content: Any) -> None:
    """Every answer of every test is one that /openapi.json describes, to the last field."""
    place = next((place for place in places() if place[0].fullmatch(path.partition("?")[0])), None)
    operation = described()["paths"][place[1]].get(method.lower()) if place else None
    if operation is None:
        assert status in (404, 400, 403, 413, 415, 429), "only errors come from where nothing is described"
        return
    answers = operation["responses"]
    assert str(status) in answers, f"{status} of {method} {path} is not described"
    schema = answers[str(status)].get("content", {}).get(kind.partition(";")[0], {}).get("schema")
    if schema:
        whole = {**schema, "components": described()["components"]}
        Draft202012Validator(whole).validate(content)


@cache
def places() -> list[tuple[re.Pattern[str], str]]:
    """The described paths as patterns; those without a name in them first."""
    paths = sorted(described()["paths"], key=lambda path: "{" in path)
    return [(re.compile(re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(path))), path) for path in paths]


def function_of(path: str) -> str:
    """Which function the template routes a path to."""
    path = path.partition("?")[0]
    if path.startswith("/api/campaigns/"):
        return "play"
    if path.startswith(("/api/coupons/", "/api/items/")):
        return path.split("/")[2]
    if path.startswith("/api/q/"):
        return "items"
    if path.startswith(("/api/payments", "/hooks/payments")):
        return "payments"
    if path.startswith("/hooks/"):
        return "orders"
    return "openapi" if path in ("/openapi.json", "/health") else "members"


def definition_content(**changes: Any) -> dict[str, Any]:
    """Seven mornings: points for each day, a coupon from a stock of three for the first."""
    content: dict[str, Any] = {
        "mechanic": "checkin",
        "name": {"zh": "早安打卡", "en": "Good morning"},
        "schedule": {"starts_at": "2026-03-01T00:00:00+08:00", "ends_at": "2026-03-31T00:00:00+08:00"},
        "config": {"days": 7},
        "page": {"title": {"zh": "早安", "en": "Good morning"}},
        "rewards": [
            {"id": "points", "kind": "points", "name": {"zh": "积分", "en": "Points"}},
            {
                "id": "ten_off", "kind": "coupon", "name": {"zh": "减 10 元券", "en": "¥10 off"},
                "stock": 3, "per_member": 1, "unit_cost": 1000,
                "config": {"value": {"kind": "amount_off", "amount": 1000}, "minimum_spend": 3000},
            },
        ],
        "rules": [],
        "budget": {"total": 3000},
    }  # fmt: skip
    return content | changes


def rule(rule_id: str, reward: str, amount: int = 1) -> dict[str, Any]:
    """A rule that pays for each check-in."""
    return {"id": rule_id, "when": "checkin.recorded", "then": [{"reward": reward, "amount": amount}]}
