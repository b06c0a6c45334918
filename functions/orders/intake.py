"""An order message at the door: its signature first, then its content, then into the queue. Nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from functions.core.audit import Entry
from functions.core.hooks import Hook
from functions.core.order import Order, order_name, row_of
from functions.core.text import Text
from functions.core.webhook import BadSignature, verify
from functions.edge import limits
from functions.edge.problems import Problem, invalid
from functions.edge.request import Request, parsed
from functions.members import phone
from functions.orders import presets
from functions.orders.models import OrdersOut
from functions.storage import audit, hooks

DEFAULT_HOOK = "orders"


def receive(request: Request, raw: bytes) -> OrdersOut:
    """Take a message that its shop signed. Problems `signature_refused`, `invalid`, `limited`, `busy`."""
    hook = _verified(request, raw)
    request.spend(f"hook:{hook.id}", limits.HOOK)
    content = _content(request, hook, raw)
    try:
        orders = presets.read(hook.preset, content)
    except ValidationError as error:
        refusal = invalid(error, "")
        _write_down(request, hook.name, _named(content), refusal.errors[0].code if refusal.errors else refusal.code)
        raise refusal from error
    request.service.queue.send([message(request, hook, order) for order in orders])
    request.noted |= {"outcome": "accepted", "records": len(orders)}
    return OrdersOut(orders=len(orders))


def _content(request: Request, hook: Hook, raw: bytes) -> Any:
    """What a shop signed, as JSON says it; a text that is none is written down, for it may hold orders."""
    try:
        return parsed(raw.decode())
    except Problem as refusal:
        _write_down(request, hook.name, "", refusal.code)
        raise


def turned_away(request: Request, code: str) -> None:
    """What was too large, or no text, to be read at all: in the audit list, as what nobody signed."""
    _note_unsigned(request, "", code)


def message(request: Request, hook: Hook, order: Order) -> str:
    """What the queue holds of an order: a phone number only as its keyed hash."""
    said = {
        "kind": "order",
        "name": order_name(hook.id, order.order_id),
        "shop": hook.name,
        "told": row_of(order, hook.id),
        "member": order.buyer.member,
        "mark": _mark(request, order.buyer.phone),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _verified(request: Request, raw: bytes) -> Hook:
    """The hook whose secret signed this. Unknown hooks, forged and old messages are refused alike."""
    hook = hooks.load(request.service.store)[0].hook(request.query.get("hook", DEFAULT_HOOK))
    ring = request.service.keys.ring(request.at)
    try:
        if hook is None:
            raise BadSignature("unknown_hook")
        verify(hook.secrets(ring, request.at), request.headers, raw, request.at)
    except BadSignature as refused:
        _note_unsigned(request, hook.name if hook else "", refused.reason)
        raise Problem("signature_refused") from refused
    return hook


def _note_unsigned(request: Request, shop: str, reason: str) -> None:
    """In the audit list, but not once for each message of a flood: anyone can send these."""
    wait = limits.take(request.service.store, f"hook.{request.address_mark}", limits.UNSIGNED, request.now_ms)
    if not wait:
        _write_down(request, shop or request.query.get("hook", DEFAULT_HOOK)[:40], "", reason)


def _write_down(request: Request, shop: str, order: str, code: str) -> None:
    entry = Entry(what="refuse_order", by=shop, at=request.at, about=Text(zh=order, en=order), note=code)
    audit.note(request.service.store, entry, request.service.new_id("rej", request.at))


def _named(content: Any) -> str:
    """The order that a message seems to be about."""
    data = content.get("data", content) if isinstance(content, Mapping) else {}
    first = data[0] if isinstance(data, list) and data else data
    said = first.get("order_id") or first.get("id") if isinstance(first, Mapping) else ""
    return str(said or "")[:80].encode("utf-8", "replace").decode()  # half a surrogate pair can be stored nowhere


def _mark(request: Request, number: str) -> str:
    """The keyed hash of a phone number; none for what is no number, such as one with stars in it."""
    if not number:
        return ""
    try:
        return phone.mark_of(request, phone.normal(number))
    except Problem:
        return ""
