"""The counter: staff say that money was handed over, or given back. Each is said by name, and once."""

from __future__ import annotations

from functions.core.payment import Notice
from functions.edge.request import Request
from functions.payments import money
from functions.payments.models import ConfirmIn, HandBackIn, SettledOut
from functions.payments.paying import said, settled
from functions.storage import payments


def confirm(request: Request, body: ConfirmIn) -> SettledOut:
    """Staff confirm that the money was handed over, by their name."""
    clerk = request.clerk()
    row = payments.load(request.service.store, body.payment)
    if row is None or row["provider"] != "offline":
        money.note_refusal(request.service, clerk.name or clerk.id, body.payment, "unknown_payment")
        return _told(request, "unknown_payment")
    told = Notice(body.payment, clerk.id, body.amount, row["currency"], by=clerk.name or clerk.id)
    return settled(request, told, clerk.name or clerk.id)


def hand_back(request: Request, body: HandBackIn) -> SettledOut:
    """Staff gave a refund back at the counter, by their name and a receipt's number."""
    clerk = request.clerk()
    by = clerk.name or clerk.id
    store, reference = request.service.store, body.reference.strip() or "-"
    outcome = payments.hand_back(store, body.payment, body.refund, by, reference, request.at, request.pause)
    if outcome == "unknown_refund":
        money.note_refusal(request.service, by, body.payment, outcome)
    return _told(request, outcome)


def _told(request: Request, outcome: str) -> SettledOut:
    request.noted["outcome"] = outcome
    return SettledOut(outcome=outcome, message=said(request, outcome))
