"""The description of the whole API: what each function's routes say of themselves, merged, with every problem."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from functions.core.discovery import Catalogue
from functions.core.webhook import HEADERS
from functions.edge.identity import COOKIE
from functions.edge.problems import MEDIA_TYPE, PROBLEMS
from functions.edge.request import HOOKS
from functions.orders.intake import DEFAULT_HOOK
from functions.orders.presets import OrdersTold

Schema = dict[str, Any]
EVENTS = "/api/campaigns/{campaign_id}/events/{kind}"
POWERTOOLS_OWN = {"HTTPValidationError", "ValidationError", "ResponseValidationError"}
VISITS = "/api/campaigns/{campaign_id}/visits"
OPEN_TO_ANYONE = {"/api/session", VISITS, "/api/q/{code}", "/openapi.json", "/health"}
ORDERS = "/hooks/orders"
IDEMPOTENT_BY_EVENT = {EVENTS, "/api/coupons/redeem", "/api/coupons/reverse", "/api/items/scan"}
# where what is not there is named in the body
NAMES_IN_BODY = {"/api/payments/sandbox", "/api/me/consents", "/api/items/scan"}
WITH_A_FILE = {"/api/coupons/read": "picture"}  # the field of a form in parts that holds the file
OF_A_PICTURE = ["picture_too_large", "picture_unreadable", "picture_wrong_type"]  # told by the pictures' own reader
SIGNED_IN = {"/me/erase", "/me/coupons/{coupon_id}", "/me/certificates/{certificate_id}"}
PAGES = {
    "/": "What this is",
    "/c/{campaign_id}": "A campaign's page",
    "/s/{share_token}": "The same page, by a member's share",
    "/s/{share_token}/poster": "The poster with the member's own code",
    "/i/{code}": "An item's page: is it genuine, was it scanned before, and its reward",
    "/q/{code}": "Where a live code leads now: 302, or a picture to scan further",
    "/pay/{token}": "What is to pay, and how: at the counter, or in the sandbox",
    "/me": "My rewards",
    "/me/sign-in": "Signing in by phone",
    "/me/erase": "The second step of erasing",
    "/me/coupons/{coupon_id}": "A coupon and its code",
    "/me/certificates/{certificate_id}": "A certificate, to keep by holding a finger on it",
    "/v/{token}": "Whether a certificate is one of ours: genuine, withdrawn, or not",
    "/privacy": "What is stored, consents, export, erase",
    "/c/{campaign_id}/board": "The leaderboard, of those who chose to be on it",
    "/c/{campaign_id}/poster": "The poster, to keep by holding a finger on it",
    "/staff": "The clerk's page",
    "/staff/pay": "Money at the counter: payments by number, refunds to give back",
}
FILES = {
    "/c/{campaign_id}/reminder.ics": "A daily reminder for the reader's own calendar, where one is offered; `lang`",
}
PICTURES = {
    "/c/{campaign_id}/poster.jpg": "The campaign's poster; `lang`, and `ch` for a channel's own code",
    "/s/{share_token}/poster.jpg": "The same poster with a member's own code",
    "/v/{token}/picture.jpg": "A certificate's picture, by its link",
    "/media/{name}": "A picture of the marketers', such as a page's",
}
SIGNED = "Standard Webhooks: HMAC-SHA256 over `id.timestamp.body` by the shop's secret"
PROBLEM_CONTENT: Schema = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
TOLD: Schema = PROBLEM_CONTENT | {"text/html": {"schema": {"type": "string"}}}  # a page, for who asks for one
LINKS: Schema = {
    "/01/{link}": {
        "get": {
            "summary": "A GS1 Digital Link: where it leads, or its linkset (GS1-Conformant Resolver Standard)",
            "operationId": "digital_link",
            "description": "`?linkType=` chooses a link by its type; `linkset` asks for all of them.",
            "parameters": [{"name": "link", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {
                "200": {"description": "The linkset (RFC 9264)", "content": {"application/linkset+json": {}}},
                "300": {"description": "Several links fit alike", "content": {"application/linkset+json": {}}},
                "307": {"description": "Where the link leads"},
                "400": {"description": "No GS1 Digital Link; the reason is named", "content": TOLD},
                "404": {"description": "unknown_item, no_such_link", "content": TOLD},
            },
        }
    },
    "/{tag}": {
        "get": {
            "summary": "A compressed GS1 Digital Link, as an RFID or NFC tag has it",
            "operationId": "compressed_link",
            "description": "Begins with `eh` or `ex`; answered as the link that it says (`owl:sameAs` in `Link`).",
            "parameters": [{"name": "tag", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {
                "307": {"description": "Where the link leads"},
                "400": {"description": "It cannot be read; the reason is named", "content": TOLD},
                "404": {"description": "unknown_item, no_such_link", "content": TOLD},
            },
        }
    },
    "/.well-known/gs1resolver": {
        "get": {
            "summary": "What this resolver is",
            "operationId": "resolver_description",
            "responses": {"200": {"description": "Its description", "content": {"application/json": {}}}},
        }
    },
}
PROBLEM: Schema = {
    "title": "Problem",
    "description": "Problem details (RFC 9457). `code` is stable; sentences follow the request's language.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": f"Such as {', '.join(sorted(PROBLEMS))}"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("path", "code", "message")},
            },
        },
    },
}


def description(apps: Iterable[APIGatewayHttpResolver], catalogue: Catalogue) -> Schema:
    """OpenAPI 3.1, true by construction: the same models validate what comes in and goes out."""
    paths: Schema = {path: {"get": _page(path, summary)} for path, summary in (PAGES | FILES | PICTURES).items()}
    schemas: Schema = {"Problem": PROBLEM}
    for app in apps:
        told = json.loads(app.get_openapi_json_schema(title="Pond", version="1"))
        paths |= told["paths"]
        schemas |= told.get("components", {}).get("schemas", {})
    paths |= LINKS
    _describe_events(paths[EVENTS]["post"], schemas, catalogue)
    if ORDERS in paths:
        _describe_orders(paths[ORDERS]["post"], schemas)
    for path, methods in paths.items():
        for method, operation in methods.items():
            if path not in PAGES | FILES | PICTURES | LINKS:
                _complete(path, method, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pond", "version": "1", "description": "Campaigns: take part, earn, redeem."},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {name: schema for name, schema in sorted(schemas.items()) if name not in POWERTOOLS_OWN},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE},
                "webhook": {"type": "apiKey", "in": "header", "name": HEADERS[-1], "description": SIGNED},
            },
        },
    }


def _describe_events(operation: Schema, schemas: Schema, catalogue: Catalogue) -> None:
    """The kinds of event that the mechanics of this deployment take, each with the model of its data."""
    kinds: list[str] = []
    bodies: list[Schema] = []
    for name in sorted(catalogue.mechanics):
        for kind, accepts in catalogue.mechanic(name).ACCEPTS.items():
            place = f"{name}.{kind}"
            schema = accepts.data.model_json_schema(ref_template=f"#/components/schemas/{place}.{{model}}")
            schemas |= {f"{place}.{part}": inner for part, inner in schema.pop("$defs", {}).items()}
            schemas[place] = schema | {"description": f"`{kind}` of {name}: {accepts.title.en}. {_doc(schema)}".strip()}
            kinds.append(kind)
            bodies.append({"$ref": f"#/components/schemas/{place}"})
    schemas["EventIn"]["properties"]["data"] = {"anyOf": bodies, "description": "As the event's kind asks"}
    for parameter in operation["parameters"]:
        if parameter["name"] == "kind":
            parameter["schema"] = {"type": "string", "enum": sorted(set(kinds))}


def _describe_orders(operation: Schema, schemas: Schema) -> None:
    """The hook's body, which is read only once its signature holds, so that the route itself knows no model of it."""
    schema = OrdersTold.model_json_schema(ref_template="#/components/schemas/orders.{model}")
    schemas |= {f"orders.{part}": inner for part, inner in schema.pop("$defs", {}).items()}
    schema["properties"]["data"] = {
        "anyOf": [schema["properties"]["data"], {"$ref": "#/components/schemas/orders.Order"}]
    }
    schemas["OrdersTold"] = schema
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/OrdersTold"}}}
    operation["description"] = "Pond's own form; a shop whose preset is another sends what that shop system sends."
    operation["requestBody"] = {"required": True, "content": content}
    operation["parameters"] = [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in HEADERS
    ] + [{"name": "hook", "in": "query", "schema": {"type": "string", "default": DEFAULT_HOOK}}]


def _complete(path: str, method: str, operation: Schema) -> None:
    """What every route has in common: who may, forms beside JSON, and the problems it can answer with."""
    if path == ORDERS:
        operation["security"] = [{"webhook": []}]
        operation["responses"] = {"202": _accepted()}
        _add_problems(path, method, operation, has_body=True)
        return
    operation["responses"] = {"200": operation["responses"]["200"]}
    if path.startswith(HOOKS):
        operation["security"] = []
        operation["description"] = "Signed as the provider signs; its own account answers for who it is."
        operation["requestBody"] = {"required": True, "content": {"application/json": {}}}
        _add_problems(path, method, operation, has_body=True)
        return
    if path not in OPEN_TO_ANYONE:
        operation["security"] = [{"bearer": []}, {"cookie": []}]
    body = operation.get("requestBody")
    if body:
        body["content"]["application/x-www-form-urlencoded"] = dict(body["content"]["application/json"])
    if body and path in WITH_A_FILE:
        file = {"type": "object", "properties": {WITH_A_FILE[path]: {"type": "string", "format": "binary"}}}
        body["content"]["multipart/form-data"] = {"schema": file | {"required": [WITH_A_FILE[path]]}}
    if method == "post":
        operation["responses"]["303"] = {"description": "A form's sender goes back to a page; `o` or `e` says why"}
    _add_problems(path, method, operation, has_body=bool(body))


def _accepted() -> Schema:
    schema = {"$ref": "#/components/schemas/OrdersOut"}
    return {
        "description": "Taken; what follows comes from a queue",
        "content": {"application/json": {"schema": schema}},
    }


def _add_problems(path: str, method: str, operation: Schema, has_body: bool) -> None:
    for status in _statuses(path, method, has_body):
        codes = sorted(code for code, (own, _, _) in PROBLEMS.items() if own == status)
        codes += OF_A_PICTURE if path in (EVENTS, *WITH_A_FILE) and status == 422 else []
        operation["responses"][str(status)] = {"description": ", ".join(codes), "content": PROBLEM_CONTENT}


def _statuses(path: str, method: str, has_body: bool) -> list[int]:
    found = {500, 429}
    found |= {400, 422} if has_body else set()
    found |= {403, 413, 415} if method != "get" else set()
    found |= {401} if path == "/api/session" and method == "post" else set()
    found |= {401, 403} if path not in OPEN_TO_ANYONE else set()
    found |= {404} if "{" in path or path in NAMES_IN_BODY else set()
    found |= {409} if path in IDEMPOTENT_BY_EVENT else set()
    return sorted(found)


def _page(path: str, summary: str) -> Schema:
    kind, content = ("A page", "text/html")
    if path in PICTURES:
        kind, content = ("A picture", "image/*")
    if path in FILES:
        kind, content = ("A file (RFC 5545)", "text/calendar")
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    page: Schema = {
        "summary": summary,
        "operationId": "page_" + ("_".join(part.strip("{}") for part in path.split("/") if part) or "home"),
        "responses": {"200": {"description": kind, "content": {content: {"schema": {"type": "string"}}}}},
    }
    if names:
        page["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
        ]
        page["responses"]["404"] = {"description": "A page that says what is not there"}
    if path in SIGNED_IN:
        page["responses"]["401"] = {"description": "A page that says who is not signed in, or no longer"}
    return page


def _doc(schema: Schema) -> str:
    return str(schema.get("description", ""))
