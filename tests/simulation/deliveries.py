"""A message as the cloud delivers it: again after a crash or a failure, and sometimes for no reason."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from functions.storage import campaigns
from functions.storage.engine import TooBusy
from functions.storage.store import Busy, Unknown
from tests.simulation.scheduler import Crash, Scheduler

DELIVERIES_MAX = 3


def deliver(scheduler: Scheduler, rng: Random, once: Callable[[], None]) -> None:
    """`once`, at most three times; what came of each is said in the scheduler's story."""
    for _ in range(DELIVERIES_MAX):
        try:
            once()
        except Crash:
            scheduler.say("crashed")
        except (TooBusy, Busy, Unknown, campaigns.Refused) as error:
            scheduler.say(f"failed: {error!r}")
        else:
            if rng.random() < 0.8:
                return
        scheduler.step()
