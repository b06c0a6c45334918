"""Route of item codes: one tap on an item's page. Where links lead is the pages' (functions/pages/items.py)."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from functions.codes import desk
from functions.codes.models import GoIn, GoOut, ScanIn, ScanOut
from functions.core.channels import LIVE_CODE
from functions.edge.api import api, entry
from functions.edge.request import current

app = api()


@app.post("/api/items/scan", summary="Check an item: is it genuine, and was it scanned before?")
def scan_item(body: Annotated[ScanIn, Body()]) -> ScanOut:
    return desk.scan(current(app), body)


@app.post("/api/q/<code>", summary="Go on to a partner through a live code, and be counted once")
def go_on(code: Annotated[str, Path(pattern=f"^{LIVE_CODE}$")], body: Annotated[GoIn, Body()]) -> GoOut:
    from functions.codes import handover  # live codes and all they are: most who come here scan an item

    return handover.go_on(current(app), code, body)


def page_of(path: str) -> str:
    """A form names the item's page that it was sent from; a live code's own goes on to where it leads."""
    return f"/q/{path.rpartition('/')[2]}?r=1" if path.startswith("/api/q/") else "/"


handler = entry(app, page_of)
