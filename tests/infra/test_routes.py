"""What the API says of itself is what the template routes: no path described that nobody answers, none hidden."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from functions.core.ids import new_id
from functions.storage.dynamodb import DynamoStore
from functions.storage.invitations import invite
from infra import template
from infra.local import dynoxide
from tests.cloud import LocalCloud, ring_of
from tests.storage.stage import content, publish

pytestmark = pytest.mark.cloud

TENANT = "demo"

ROUTES = [route.split(" ", 1) for route in template.routes(template.load()) if route != "$default"]
DESCRIBED = ("/api/", "/hooks/", "/openapi.json", "/health", "/c/", "/s/")


def shape(path: str) -> str:
    """A path whose variables have lost their names."""
    return re.sub(r"\{[a-z_]+\+?\}|<[a-z_]+>", "{}", path)


@pytest.fixture(scope="module")
def described(local_cloud: LocalCloud) -> set[tuple[str, str]]:
    paths = httpx.get(f"{local_cloud.api}/openapi.json", timeout=30).raise_for_status().json()["paths"]
    return {(method.upper(), shape(path)) for path, methods in paths.items() for method in methods}


def test_every_described_path_has_a_route_of_its_own(described: set[tuple[str, str]]) -> None:
    exact = {(method, shape(path)) for method, path in ROUTES}
    open_ended = [(method, path.removesuffix("{proxy+}")) for method, path in ROUTES if path.endswith("{proxy+}")]

    lost = [
        (method, path)
        for method, path in described - exact
        if not any(method == each and path.startswith(prefix) for each, prefix in open_ended)
    ]

    assert lost == []


def test_every_route_for_people_and_programs_is_described(described: set[tuple[str, str]]) -> None:
    promised = {(method, shape(path)) for method, path in ROUTES if path.startswith(DESCRIBED)}

    assert promised - described == set()


@pytest.fixture
def campaign(local_cloud: LocalCloud) -> str:
    """A live check-in whose first day gives points and a coupon."""
    now = datetime.now(UTC)
    name = new_id("camp", now, b"routes----")
    hours = {"starts_at": (now - timedelta(hours=1)).isoformat(), "ends_at": (now + timedelta(days=9)).isoformat()}
    publish(_store(local_cloud), {**content(5), "schedule": {"zone": "Asia/Shanghai", **hours}}, now, name)
    return name


def test_every_route_of_the_design_answers_as_it_is_written(local_cloud: LocalCloud, campaign: str) -> None:
    """The table of design §8, line by line, through the gateway."""
    with httpx.Client(base_url=local_cloud.api, timeout=60, headers={"accept-language": "en"}) as http:
        share = ring_of(local_cloud, TENANT).seal("share", {"c": campaign})
        for page in (f"/c/{campaign}", f"/s/{share}"):
            assert http.get(page).raise_for_status().headers["content-type"].startswith("text/html"), page
        assert http.get("/health").json() == {"status": "ok"}

        member = _session(http, {"provider": "guest"})
        seen = http.get(f"/api/campaigns/{campaign}", headers=member).raise_for_status().json()
        assert (seen["id"], seen["mechanic"], seen["taking_part"]) == (campaign, "checkin", False)

        told = {"event_id": "routes-0001", "data": {}, "consent": True}
        where = f"/api/campaigns/{campaign}/events/checkin"
        done = http.post(where, json=told, headers=member).raise_for_status().json()
        assert done.keys() == {"outcome", "message", "grants", "state"}
        assert (done["outcome"], {line["outcome"] for line in done["grants"]}) == ("checked_in", {"granted"})
        assert http.post(where, json={**told, "data": {"day": "2026-01-01"}}, headers=member).status_code == 409

        wallet = http.get("/api/me/wallet", headers=member).raise_for_status().json()
        (coupon,) = [entry for entry in wallet["entries"] if entry["kind"] == "coupon"]
        code = http.post(f"/api/me/coupons/{coupon['id']}/code", headers=member).raise_for_status().json()["code"]

        clerk = _session(http, {"provider": "staff", "invitation": _invitation(local_cloud)})
        order = {"event_id": "routes-0002", "code": code, "order_id": "order-1", "amount": 5000}
        for path, body, outcome in (
            ("/api/coupons/redeem", order, "redeemed"),
            ("/api/coupons/reverse", {**order, "event_id": "routes-0003"}, "reversed"),
        ):
            assert http.post(path, json=body, headers=clerk).raise_for_status().json()["outcome"] == outcome

        assert campaign in http.get("/api/me/export", headers=member).raise_for_status().text
        assert http.delete("/api/me", headers=member).raise_for_status().json()["outcome"] == "erased"
        http.cookies.clear()
        refused = http.get("/api/me/wallet")
        assert (refused.status_code, refused.json()["code"]) == (401, "no_session")


def _session(http: httpx.Client, asked: dict[str, str]) -> dict[str, str]:
    opened: Any = http.post("/api/session", json=asked).raise_for_status().json()
    return {"authorization": f"Bearer {opened['token']}"}


def _invitation(cloud: LocalCloud) -> str:
    ring, now = ring_of(cloud, TENANT), datetime.now(UTC)
    return invite(_store(cloud), ring, "north", "Routes", "owner", now, b"routes----")


def _store(cloud: LocalCloud) -> DynamoStore:
    return DynamoStore(dynoxide.client(cloud.table_endpoint), cloud.table, TENANT)
