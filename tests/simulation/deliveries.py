"""A message as the cloud delivers it: again after a crash or a failure, and sometimes for no reason."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random
from typing import Any

from functions.core.change import Change
from functions.storage import campaigns
from functions.storage.engine import TooBusy
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Unknown
from tests.simulation.scheduler import Crash, Scheduler, SteppingStore
from tests.storage.stage import CAMPAIGN

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


def insist(act: Callable[[], None]) -> None:
    """Until it is answered, as a queue and the sweeper do."""
    while True:
        try:
            return act()
        except (Crash, TooBusy, Busy, Unknown, campaigns.Refused):
            continue


class Deliveries(ABC):
    """What every simulated life has in common: its tasks over one disk."""

    scheduler: Scheduler
    rng: Random
    disk: MemoryStore
    make_store: Callable[..., SteppingStore]

    @abstractmethod
    def _wrote(self, changes: Sequence[Change], at: datetime) -> None:
        """Told of each write that was applied."""

    def _task(self, name: str, work: Callable[[SteppingStore], None]) -> None:
        """Delivered once, or a few times: after a crash, a failure, or for no reason."""

        def once() -> None:
            work(self.make_store(self.disk, self.scheduler, self.scheduler.now, self._wrote))

        self.scheduler.spawn(name, lambda: deliver(self.scheduler, self.rng, once))

    def _turn(self) -> None:
        """The marketer pauses the campaign, or lets it go on."""
        state: Any = self.rng.choice(["paused", "published", "published"])

        def work(store: SteppingStore) -> None:
            head = campaigns.load(store, CAMPAIGN).campaign
            if head.state != state:
                campaigns.turn(store, head, state, "marketer", store.at)

        self._task(f"turn {state}", work)

    def _pause(self, attempt: int) -> bool:
        self.scheduler.step()
        return attempt < DELIVERIES_MAX
