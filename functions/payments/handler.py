"""Routes of payments."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.edge.api import api, entry
from functions.edge.request import current
from functions.payments import paying
from functions.payments.models import ConfirmIn, HandBackIn, PayIn, PayOut, SandboxIn, SettledOut

app = api()


@app.post("/api/payments", summary="Pay what I owe in a campaign")
def post_payment(body: Annotated[PayIn, Body()]) -> PayOut:
    return paying.ask(current(app), body)


@app.post("/api/payments/sandbox", summary="Approve or refuse in the sandbox (local clouds only)")
def post_sandbox(body: Annotated[SandboxIn, Body()]) -> SettledOut:
    return paying.sandbox(current(app), body)


@app.post("/api/payments/confirm", summary="Staff took the money at the counter")
def post_confirm(body: Annotated[ConfirmIn, Body()]) -> SettledOut:
    from functions.payments import counter  # staff ask for it: no payer waits for its import

    return counter.confirm(current(app), body)


@app.post("/api/payments/hand-back", summary="Staff gave a refund back at the counter")
def post_hand_back(body: Annotated[HandBackIn, Body()]) -> SettledOut:
    from functions.payments import counter

    return counter.hand_back(current(app), body)


@app.post("/hooks/payments/<provider>", summary="A payment provider's notice")
def post_notice(provider: str) -> SettledOut:
    return paying.hear(current(app), provider, (app.current_event.body or "").encode())


def page_of(_path: str) -> str:
    """Where a form's sender goes back to, when nothing says it better."""
    return "/"


handler = entry(app, page_of)
