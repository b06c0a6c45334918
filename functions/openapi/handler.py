"""Routes of the API's own description, and of liveness."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Literal

from functions.edge.api import api, entry
from functions.edge.bodies import Out

app = api()
DESCRIBED = ("play", "members", "coupons", "codes", "orders", "payments", "openapi")


class HealthOut(Out):
    """The function runs. It asks nothing of the table, so that a slow table is not taken for a dead function."""

    status: Literal["ok"] = "ok"


@app.get("/openapi.json", summary="This description")
def get_openapi() -> dict[str, Any]:
    return described()


@app.get("/health", summary="Liveness")
def get_health() -> HealthOut:
    return HealthOut()


@cache
def described() -> dict[str, Any]:
    """The description, made when first asked for: it takes the other functions' code and their schemas."""
    from functions.core.discovery import discover
    from functions.openapi.describe import description

    return description([import_module(f"functions.{name}.handler").app for name in DESCRIBED], discover())


def page_of(_path: str) -> str:
    """No form leads here."""
    return "/"


handler = entry(app, page_of)
