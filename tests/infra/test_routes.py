"""What the API says of itself is what the template routes: no path described that nobody answers, none hidden."""

import re

import httpx
import pytest

from infra import template
from tests.cloud import LocalCloud

pytestmark = pytest.mark.cloud

ROUTES = [route.split(" ", 1) for route in template.routes(template.load()) if route != "$default"]
DESCRIBED = ("/api/", "/openapi.json", "/health", "/c/", "/s/")


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
