"""The hook that shops tell of their orders by."""

from __future__ import annotations

from aws_lambda_powertools.event_handler import Response

from functions.edge.api import api, entry
from functions.edge.request import current
from functions.orders.intake import receive, turned_away
from functions.orders.models import OrdersOut

BODY_MAX = 128 * 1024  # an order of a hundred lines, as shop systems write it
app = api()


@app.post("/hooks/orders", summary="A shop tells of its orders")
def post_orders() -> Response[OrdersOut]:
    raw = (app.current_event.body or "").encode()
    return Response(202, "application/json", receive(current(app), raw))


def page_of(_path: str) -> str:
    """No form leads here."""
    return "/"


handler = entry(app, page_of, body_max=BODY_MAX, refused=turned_away)
