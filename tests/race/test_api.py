"""The rush once more, through the deployed product: real HTTP, real functions, the real table."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx
import pytest

from functions.core.ids import new_id
from functions.edge.identity import Session, sealed
from functions.storage import campaigns
from functions.storage.dynamodb import DynamoStore
from functions.storage.store import Store
from infra.local import dynoxide
from tests.cloud import LocalCloud, ring_of
from tests.race.crowd import THREADS, rush
from tests.storage.stage import content, live, member, publish

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

TENANT = "demo"
STOCK, MEMBERS, REPEATS = 100, 2000, 500
TRIES = 40


def test_sixty_four_clients_get_exactly_a_hundred_coupons_through_the_api(local_cloud: LocalCloud) -> None:
    now = datetime.now(UTC)
    campaign = new_id("camp", now, b"rush-------"[:10])
    store = DynamoStore(dynoxide.client(local_cloud.table_endpoint), local_cloud.table, TENANT)
    hours = {"starts_at": (now - timedelta(hours=1)).isoformat(), "ends_at": (now + timedelta(days=9)).isoformat()}
    publish(store, {**content(STOCK), "schedule": {"zone": "Asia/Shanghai", **hours}}, now, campaign)
    crowd = [*range(MEMBERS), *Random(1).sample(range(MEMBERS), REPEATS)]
    Random(2).shuffle(crowd)

    with httpx.Client(base_url=local_cloud.api, timeout=60, limits=httpx.Limits(max_connections=THREADS)) as http:
        results, overlap = rush(store, [_check_in(http, _token(local_cloud, who, now), campaign, who) for who in crowd])

    unexpected = [result for result in results if not isinstance(result, httpx.Response)]
    assert unexpected == []
    assert Counter(result.status_code for result in results) == {200: len(crowd)}
    said: dict[int, Any] = {}
    for who, result in zip(crowd, results, strict=True):
        answer = result.json()
        assert answer["outcome"] == "checked_in"
        assert said.setdefault(who, answer["grants"]) == answer["grants"]
    coupons = [
        line for grants in said.values() for line in grants if (line["reward"], line["outcome"]) == ("tea", "granted")
    ]
    version = live(store, now, campaign).version
    assert version is not None
    assert campaigns.issued(store, version) == {"tea": (STOCK, STOCK)}
    assert len(coupons) == STOCK
    assert overlap.most == THREADS


def _token(cloud: LocalCloud, who: int, now: datetime) -> str:
    return sealed(ring_of(cloud, TENANT), Session("member", member(who)), now)[0]


def _check_in(http: httpx.Client, token: str, campaign: str, who: int) -> Callable[[Store], httpx.Response]:
    body = {"event_id": f"event-{who:05d}", "data": {}, "consent": True}
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}

    def post(_: Store) -> httpx.Response:
        for _try in range(TRIES):
            answer = http.post(f"/api/campaigns/{campaign}/events/checkin", content=json.dumps(body), headers=headers)
            assert answer.status_code in (200, 429), answer.text
            if answer.status_code == 200:
                break
            time.sleep(min(2.0, float(answer.headers.get("retry-after", 1))))
        return answer

    return post
