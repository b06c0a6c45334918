"""Every five minutes: go on with what a crash left half done, and say what the stream has not counted yet.

Erasures are finished here: their intent is a row. So are groups whose time is over: this is what counts, a schedule
(edge/schedules.py) only makes it sooner, by asking for one campaign at its moment. A grant that the stream never
delivered (a record parked in the dead-letter queue) cannot be counted from here, for its day and facts are in that
record: it is told as the metric `GrantsUncounted`, exact by the pools, and redriving the queue counts it. Points pages
turn at the member's next points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from functions.core import keys
from functions.core.campaign import Version
from functions.edge import logs
from functions.edge.leaving import quit_units
from functions.edge.request import pause_within
from functions.edge.service import Service, from_environment
from functions.edge.timers import close_due, close_in
from functions.insights.numbers import daily, totals
from functions.members.erase import Eraser
from functions.payments.money import sweep
from functions.payments.providers import chooser
from functions.storage import campaigns
from functions.storage.engine import Pause

WAITS = timedelta(minutes=2)  # longer than any function runs: who is still at it is left alone
CAMPAIGNS_MAX = 100
ERASURES_MAX = 100
MONEY_NEEDS_MS = 8_000  # of the minute that a round has: closing leaves that much to what comes after it


def entry(service_of: Callable[[], Service] = from_environment) -> Callable[[Mapping[str, Any], Any], dict[str, int]]:
    """The Lambda handler; tests bring their service."""

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, int]:
        service, left = service_of(), context.get_remaining_time_in_millis
        pause = pause_within(service, left)
        campaign, has_time = event.get("campaign", ""), lambda: left() > MONEY_NEEDS_MS
        if campaign:
            closed = close_in(service, campaign, pause, has_time)
            service.write_log(logs.line("woken", service=service.settings.function, campaign=campaign, closed=closed))
            return {"closed": closed}
        found = {
            "erased": finish_erasures(service, pause),
            "closed": close_due(service, pause, has_time),
            "money": sweep(service, chooser(service), pause),
            "uncounted": uncounted(service),
        }
        name, now = service.settings.function, int(service.clock().timestamp() * 1000)
        service.write_log(logs.line("sweep", service=name, done=found["erased"], closed=found["closed"]))
        service.write_log(logs.metric("GrantsUncounted", found["uncounted"], now, {"service": name}))
        return found

    return handler


def finish_erasures(service: Service, pause: Pause) -> int:
    """Erase whoever asked to be and is not yet; how many."""
    at = service.clock()
    waiting = [
        member
        for member, row in service.store.query("erasures", limit=ERASURES_MAX)
        if at - datetime.fromisoformat(row["at"]) >= WAITS
    ]
    for member in waiting:
        quits = partial(quit_units, service, pause=pause)
        Eraser(service.store, service.bucket, service.keys.ring(at), at, pause, quits).erase(member)
    return len(waiting)


def uncounted(service: Service) -> int:
    """Units gone from the pools of what serves now that no counter knows of."""
    missing = 0
    for head in campaigns.campaigns(service.store, limit=CAMPAIGNS_MAX):
        if head.state != "published":
            continue
        key = keys.version(head.id, head.live)
        row = service.store.read([key])[key]
        if row is not None:
            granted = totals(daily(service.store, head.id)).granted
            gone = campaigns.issued(service.store, Version.model_validate_json(row["content"]))
            missing += sum(max(0, number - granted.get(reward, 0)) for reward, (number, _) in gone.items())
    return missing


handler = entry()
