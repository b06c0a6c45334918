"""Before a member leaves a campaign: out of what they share with others."""

from __future__ import annotations

from functions.core import keys
from functions.core.event import Event
from functions.core.ids import derived_id
from functions.edge.service import Service
from functions.storage.engine import Pause


def quit_units(service: Service, campaign: str, member: str, pause: Pause) -> int | None:
    """Before a member leaves a campaign or is erased: out of what they share with others or have paid for.

    The version of their row at which nothing of it was left; None where there is nothing to leave.
    """
    live = service.live.get(campaign, service.clock())
    if live is None or live.version is None:
        return None
    mechanic = service.catalogue.mechanic(live.version.definition.mechanic)
    word = getattr(mechanic, "LEAVES", "")
    key = keys.state(campaign, member)
    row = service.store.read([key])[key] if word else None
    if row is None or row.get("closed") == "erased":
        return None
    at = service.clock()
    event = Event(
        id=derived_id("evt", campaign, member, str(row["version"])),
        kind=word,
        at=at,
        campaign=campaign,
        member=member,
        data=mechanic.ACCEPTS[word].data(),
        actor="system",
        day=live.version.definition.schedule.calendar.day_of(at),
    )
    from functions.edge.outside import hear  # the engine and all it knows: few members leave, all sign in

    answer = hear(service, live, event, pause)
    return int(answer.row["version"]) if answer.row and not answer.replayed else 0
