"""Going on to a partner BD互换 through a live code, or looking at its picture: each visitor once, in one write.

See docs/live-codes.md.
"""

from __future__ import annotations

from datetime import timedelta

from functions.codes.models import GoIn, GoOut
from functions.core import keys
from functions.core.change import Change
from functions.core.ids import derived_id
from functions.core.live_code import is_handover, is_looked_at
from functions.core.text import Text
from functions.edge.problems import Problem
from functions.edge.request import Request
from functions.edge.shares import is_robot
from functions.storage import live_codes

REMEMBERED = timedelta(days=30)  # who goes again later than that counts again
GOES_ON = Text(zh="即将打开合作方的页面", en="On to the partner's page")


def go_on(request: Request, code: str, body: GoIn) -> GoOut:  # noqa: ARG001 - a form has one; who is counted is whom
    """Count the visitor, unless they were. Problem `not_found` for a code that counts nobody here."""
    found = live_codes.find(request.service.store, code)
    if found is None or not is_looked_at(found[0]):
        raise Problem("not_found")
    if not is_handover(found[0]) and is_robot(request.headers.get("user-agent", "")):  # no robot taps on a form
        return GoOut(outcome="not_counted", message=GOES_ON.in_(request.language))
    session = request.session_if_any()
    who = session.id if session else f"{request.address_mark}.{request.headers.get('user-agent', '')}"
    now = int(request.at.timestamp())
    row = {"version": 1, "at": now, "expires_at": now + int(REMEMBERED.total_seconds())}
    # Written over when told again: the stream counts a row that was not there.
    request.service.store.write([Change(keys.handed_over(code, derived_id("who", who, code)), put=row)])
    request.noted |= {"outcome": "handed_over", "kind": "live_code"}
    return GoOut(outcome="handed_over", message=GOES_ON.in_(request.language))
