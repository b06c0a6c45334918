"""Events that no session sends: what follows from a member's leaving (leaving.py), what a timer says (timers.py)."""

from __future__ import annotations

from functions.core.event import Event
from functions.edge.service import Service
from functions.storage.engine import Answer, Pause, commit
from functions.storage.live import Live
from functions.storage.play import Play, sold_out


def hear(service: Service, live: Live, event: Event, pause: Pause) -> Answer:
    """Apply an event to the campaign as it is served now."""
    assert live.version is not None
    known = service.sold_out(live.version)
    planner = Play(service.catalogue, live.campaign, live.version, event, service.config_of(live.version), known)
    answer = commit(service.store, planner, event, pause)
    known.update(sold_out(answer, known, planner.today))
    return answer
