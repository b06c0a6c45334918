"""A warm event through the whole function, and a rush of grants, over the same requests sent by botocore alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.line import Line
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from tests.edge.world import CAMPAIGN, Context, Phone, World
from tests.storage.serving import TABLE, Server
from tests.storage.stage import DAY, OPENS, Shop, content, happened, live, member, publish
from tests.storage.test_budgets import EVERY_COUPON

EVENTS, ROUNDS = 150, 5
HANDFUL = 15  # events between two looks at the clock: a slow spell then falls on both sides of a ratio
Request = tuple[str, dict[str, Any]]


@dataclass
class Recorder:
    """A client that notes what it was asked."""

    client: Any
    requests: list[Request] = field(default_factory=list)

    def __getattr__(self, operation: str) -> Any:
        def call(**request: Any) -> Any:
            self.requests.append((operation, request))
            return getattr(self.client, operation)(**request)

        return call


def lines(server: Server) -> Iterator[Line]:
    """Ratios, each measured in rounds that alternate with their reference."""
    pairs = warm_event(server)
    ratio, alone = median(ours / alone for ours, alone in pairs), median(alone for _, alone in pairs) / HANDFUL
    yield Line("warm.cpu_ratio", ratio, "ratio", 1.5, alone)
    ours, alone = rush(server)
    yield Line("rush.emulator_ratio", alone / ours, "ratio", 0.7, EVENTS * ROUNDS / alone, at_least=True)


def warm_event(
    server: Server, spent: Callable[[], float] = time.process_time, events: int = EVENTS
) -> list[tuple[float, float]]:
    """What a handful of plain check-ins costs: the handler with its own client, and the same calls by another.

    In CPU seconds, or in what else `spent` counts up.
    """
    client = Recorder(dynamodb_client("us-east-1", server.endpoint))
    world = World(store=DynamoStore(client, TABLE, server.store().tenant))
    world.clock.now = OPENS
    publish(world.store, {**content(3), "rules": []}, OPENS, CAMPAIGN)
    handler = world.handlers["play"]
    phones = [world.phone(f"{number}") for number in range(events)]
    for phone in phones:
        phone.check_in("event-0000")
    pairs = []
    for day in range(1, ROUNDS + 1):
        world.clock.now = OPENS + day * DAY
        world.service.live.get(CAMPAIGN, world.clock.now)
        calls = [_call(phone, f"event-{day:04d}") for phone in phones]
        for first in range(0, events, HANDFUL):
            client.requests.clear()
            began = spent()
            answers = [handler(call, Context()) for call in calls[first : first + HANDFUL]]
            ours = spent() - began
            assert all('"checked_in"' in answer["body"] for answer in answers)
            pairs.append((ours, _again(server, client.requests, spent)))
    return pairs


def _call(phone: Phone, event_id: str) -> dict[str, Any]:
    """A check-in as API Gateway hands it over."""
    body = json.dumps({"event_id": event_id, "data": {}, "consent": True})
    path = f"/api/campaigns/{CAMPAIGN}/events/checkin"
    return phone.event("POST", path, body, {"content-type": "application/json"}, False)


def rush(server: Server) -> tuple[float, float]:
    """Seconds for grants through the engine, and for the same requests raw."""
    client = Recorder(server.client)
    store = DynamoStore(client, TABLE, server.store().tenant)
    publish(store, {**content(1_000_000, peak=10_000), "rules": EVERY_COUPON})
    shop = Shop(store, live(store))
    ours = alone = 0.0
    for part in range(ROUNDS):
        events = [happened("checkin", member(part * EVENTS + n), "event-0001", OPENS) for n in range(EVENTS)]
        client.requests.clear()
        began = time.perf_counter()
        for event in events:
            shop.hears(event)
        ours += time.perf_counter() - began
        alone += _again(server, client.requests, time.perf_counter)
    return ours, alone


def _again(server: Server, requests: list[Request], spent: Callable[[], float]) -> float:
    """What the same requests cost, without what would refuse them now."""
    plain = [(operation, _unconditional(request)) for operation, request in requests]
    began = spent()
    for operation, request in plain:
        getattr(server.client, operation)(**request)
    return spent() - began


def _unconditional(request: dict[str, Any]) -> dict[str, Any]:
    """Equal in rows and bytes. A condition that holds stays; one that only held the first time compares to itself."""
    if "TransactItems" in request:
        items = [{kind: _held(action) for kind, action in item.items()} for item in request["TransactItems"]]
        return {**request, "TransactItems": items}
    return _held(request) if "ConditionExpression" in request else request


def _held(action: dict[str, Any]) -> dict[str, Any]:
    condition = action.get("ConditionExpression", "")
    if "attribute_not_exists" in condition:
        return {**action, "ConditionExpression": "attribute_exists(pk)"}
    if " = " in condition and "Item" in action:
        return {**action, "ConditionExpression": condition.replace(" = ", " <> ")}
    return action
