"""Who sends a form: a session, or a guest's that begins with their first tap."""

from __future__ import annotations

from functions.core.ids import derived_id
from functions.edge.identity import Session
from functions.edge.request import Request


def sender(request: Request, event_id: str = "") -> Session:
    """The session; a form without one opens a guest's, for a page must work before any script runs.

    The answer to a first tap may be lost with its cookie. The same tap again is the same guest: who knows a page's
    event id, 80 random bits of its own, is who was shown that page.
    """
    if request.is_form and request.session_if_any() is None:
        mark = request.service.keys.ring(request.at).fingerprint("guest", event_id)
        member = derived_id("mem", mark) if event_id else request.service.new_id("mem", request.at)
        session = Session("member", member)
        request.begin(session)
        return session
    return request.session()
