"""The description is valid, complete, and true (tests/edge/world.py holds every answer of every test to it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from aws_lambda_powertools.event_handler.openapi.models import OpenAPI
from jsonschema import Draft202012Validator

from functions.core.discovery import discover
from functions.edge.problems import PROBLEMS
from functions.openapi.describe import OF_A_PICTURE, description
from functions.openapi.handler import app, described
from functions.pages.handler import PAGES
from infra import template
from tests.edge.world import World

API_OF_DESIGN = {
    ("post", "/api/session"),
    ("get", "/api/campaigns/{campaign_id}"),
    ("post", "/api/campaigns/{campaign_id}/events/{kind}"),
    ("get", "/api/me/wallet"),
    ("get", "/api/me/export"),
    ("delete", "/api/me"),
    ("post", "/api/coupons/redeem"),
    ("post", "/api/coupons/reverse"),
    ("get", "/openapi.json"),
    ("get", "/health"),
    ("get", "/c/{campaign_id}"),
    ("get", "/s/{share_token}"),
}


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    found = described()["paths"].items()
    return {(method, path): operation for path, methods in found for method, operation in methods.items()}


def inside(content: Any) -> Iterator[Any]:
    yield content
    for inner in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from inside(inner)


def test_the_description_is_openapi() -> None:
    OpenAPI.model_validate(described())

    for schema in described()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere() -> None:
    schemas = described()["components"]["schemas"]
    wanted = {part["$ref"] for part in inside(described()) if isinstance(part, dict) and "$ref" in part}

    assert wanted
    assert {ref for ref in wanted if ref.removeprefix("#/components/schemas/") not in schemas} == set()


def test_every_route_of_the_design_is_described() -> None:
    assert operations().keys() >= API_OF_DESIGN


def test_the_gateway_routes_what_is_described_and_describes_what_it_routes() -> None:
    routes = [
        part["Properties"]["RouteKey"].split(" ")
        for part in template.load()["Resources"].values()
        if part["Type"] == "AWS::ApiGatewayV2::Route" and " " in part["Properties"]["RouteKey"]
    ]
    routed = {(method.lower(), path) for method, path in routes}
    api = {
        (method, path) for method, path in routed if path.startswith("/api/") or path in ("/openapi.json", "/health")
    }

    assert api == {
        place for place in operations() if place[1].startswith("/api/") or place[1] in ("/openapi.json", "/health")
    }
    assert all(any(re.fullmatch(_pattern(to), path) for _, to in routed) for _, path in operations())


def _pattern(route: str) -> str:
    return re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(route).replace(r"\{proxy\+\}", ".+"))


def test_every_page_is_described() -> None:
    described_pages = {path for method, path in operations() if path in {*described()["paths"]} and method == "get"}

    for pattern, _ in PAGES:
        first = pattern.pattern.partition("|/")[0]  # compressed links are described with the plain one
        filled = re.sub(r"\((?:[^()]|\(\?:[^()]*\))*\)|\\S\{[0-9,]+\}", "{}", first).replace(r"\.", ".")
        if "svg" not in filled:
            assert filled in {re.sub(r"\{[a-z_]+\}", "{}", path) for path in described_pages}


def test_every_operation_has_its_own_name_and_its_parameters() -> None:
    names = [operation["operationId"] for operation in operations().values()]

    assert len(names) == len(set(names))
    for (_, path), operation in operations().items():
        told = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
        assert told == set(re.findall(r"\{([a-z_]+)\}", path))


def test_every_problem_that_can_be_answered_is_named_somewhere() -> None:
    told = " ".join(
        answer["description"] for operation in operations().values() for answer in operation["responses"].values()
    )

    assert {code for code in PROBLEMS if code not in told} == set()


def test_a_photo_is_described_with_its_form_and_what_it_is_refused_for() -> None:
    read = operations()["post", "/api/coupons/read"]

    assert "multipart/form-data" in read["requestBody"]["content"]
    assert set(OF_A_PICTURE) <= set(read["responses"]["422"]["description"].split(", "))


def test_pages_of_somebodys_own_say_that_they_ask_who_it_is() -> None:
    pages = [(path, page) for (_, path), page in operations().items() if not path.startswith(("/api/", "/hooks/"))]
    asking = {path for path, page in pages if "401" in page["responses"]}

    assert asking == {"/me/erase", "/me/coupons/{coupon_id}", "/me/certificates/{certificate_id}"}


def test_hooks_answer_programs_alone() -> None:
    hooks = [operation for (_, path), operation in operations().items() if path.startswith("/hooks/")]

    assert [operation["responses"].keys() & {"303"} for operation in hooks] == [set(), set()]


def test_every_kind_of_event_is_described_with_its_data() -> None:
    event = operations()["post", "/api/campaigns/{campaign_id}/events/{kind}"]
    kinds = next(parameter for parameter in event["parameters"] if parameter["name"] == "kind")["schema"]["enum"]

    assert {"checkin", "make_up", "review"} <= set(kinds)
    assert {"checkin.checkin", "checkin.make_up", "checkin.review"} <= described()["components"]["schemas"].keys()


def test_a_new_mechanic_is_described_by_being_there() -> None:
    catalogue = discover()

    fewer = description([app, *_apps()], type(catalogue)({}, {}))

    assert not [name for name in fewer["components"]["schemas"] if name.startswith("checkin.")]


def _apps() -> list[Any]:
    from functions.coupons.handler import app as coupons
    from functions.members.handler import app as members
    from functions.play.handler import app as play

    return [play, members, coupons]


def test_the_description_is_served_and_is_yaml_safe(world: World) -> None:
    answer = world.stranger().get("/openapi.json")

    assert answer.status == 200
    assert answer.body == described()
    assert yaml.safe_load(answer.text)["openapi"] == "3.1.0"


def test_health_asks_nothing_of_the_table(world: World) -> None:
    def never(wanted: object) -> None:
        raise AssertionError("read")

    world.store.read = never  # type: ignore[assignment, method-assign]

    assert world.stranger().get("/health").body == {"status": "ok"}
