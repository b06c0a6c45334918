"""Route of item codes: one tap on an item's page. Where links lead is the pages' (functions/pages/items.py)."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.codes import desk
from functions.codes.models import ScanIn, ScanOut
from functions.edge.api import api, entry
from functions.edge.request import current

app = api()


@app.post("/api/items/scan", summary="Check an item: is it genuine, and was it scanned before?")
def scan_item(body: Annotated[ScanIn, Body()]) -> ScanOut:
    return desk.scan(current(app), body)


def page_of(_path: str) -> str:
    """A form names the item's page that it was sent from."""
    return "/"


handler = entry(app, page_of)
