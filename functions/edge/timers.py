"""What members share and whose time is over: each is told so, by an event that may be told again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from functions.core import keys
from functions.core.campaign import Campaign, State
from functions.core.change import Change
from functions.core.event import Event
from functions.core.keys import Key
from functions.edge import logs
from functions.edge.outside import hear
from functions.edge.service import Service
from functions.storage import campaigns
from functions.storage.engine import Pause, TooBusy
from functions.storage.store import Busy, Unknown

BEGUN: tuple[State, ...] = ("published", "paused", "ended", "archived")
OVER: tuple[State, ...] = ("ended", "archived")
UNITS_AT_ONCE = 200  # rows of one query
STEPS_MAX = 20  # of a unit that is closed in steps; more than there can be
STILL_WAITS = ("group_waits", "not_due")


def close_due(service: Service, pause: Pause, has_time: Callable[[], bool] = lambda: True) -> int:
    """Close whatever members share and whose time is over, in every campaign; how many. A failure stops no other."""
    return sum(close_in(service, head.id, pause, has_time) for head in _with_units(service))


def close_in(service: Service, campaign: str, pause: Pause, has_time: Callable[[], bool] = lambda: True) -> int:
    """The same in one campaign, in order; past UNITS_AT_ONCE only while `has_time`. What waits holds up no other."""
    closed, seen = 0, ""
    while found := due(service, campaign, seen):
        for key in found:
            try:
                closed += close(service, key, pause)
            except (TooBusy, Busy, Unknown) as error:
                service.write_log(logs.failure(error, service=service.settings.function))
        seen = "#".join(found[-1].parts[1:])
        if len(found) < UNITS_AT_ONCE or not has_time():
            break
    return closed


def due(service: Service, campaign: str, after: str = "") -> list[Key]:
    """The rows that say whose time is over by now, those that wait longest first; `after` the one so spelled."""
    now = int(service.clock().timestamp())
    rows = service.store.query("due", campaign, after=after, limit=UNITS_AT_ONCE)
    early = _over_early(service, campaign) if rows else ()
    split = [where.split("#") for where, _ in rows]
    return [
        keys.due(campaign, int(until), kind, name) for until, kind, name in split if int(until) <= now or kind in early
    ]


def close(service: Service, key: Key, pause: Pause) -> bool:
    """Tell a unit, or a member, that the time is over; its row goes when there is nothing more to wait for."""
    campaign, until, kind, name = key.parts
    live = service.live.get(campaign, service.clock())
    if live is None or live.version is None:
        return False
    mechanic = service.catalogue.mechanic(live.version.definition.mechanic)
    word = getattr(mechanic, "CLOSES", {}).get(kind)
    if word is None:
        return False
    at = service.clock()
    event = Event(
        id=f"{word}.{until}" if kind == keys.MEMBER else f"{word}.{name}",
        kind=word,
        at=at,
        campaign=campaign,
        member=name if kind == keys.MEMBER else "",
        data=mechanic.ACCEPTS[word].data(),
        actor="system",
        day=live.version.definition.schedule.calendar.day_of(at),
        unit=None if kind == keys.MEMBER else keys.unit(campaign, kind, name),
    )
    answer = hear(service, live, event, pause)
    for step in range(1, STEPS_MAX):
        if answer.outcome not in getattr(mechanic, "CONTINUES", ()):
            break
        answer = hear(service, live, replace(event, id=f"{event.id}.{step}"), pause)
    if answer.outcome in STILL_WAITS:
        return False
    service.store.write([Change(key, delete=True)])
    return True


def _over_early(service: Service, campaign: str) -> Sequence[str]:
    """The kinds whose time is over because the campaign is: it was ended, or its window closed sooner than it said."""
    at = service.clock()
    live = service.live.get(campaign, at)
    if live is None or live.version is None:
        return ()
    ends = live.version.definition.schedule.ends_at
    over = live.campaign.state in OVER or (ends is not None and at >= ends)
    kinds: Sequence[str] = getattr(service.catalogue.mechanic(live.version.definition.mechanic), "ENDS", ())
    return kinds if over else ()


def _with_units(service: Service) -> Iterator[Campaign]:
    """Campaigns in which members share something that runs out, those that are over among them."""
    for head in campaigns.campaigns(service.store):
        if head.state in BEGUN and hasattr(service.catalogue.mechanic(head.mechanic), "CLOSES"):
            yield head
