"""Handlers as greenlets over one memory store: a seed decides who goes on at every store call, and what breaks.

A call may be refused as busy, its answer may be lost before or after it was applied, it may be applied long
after the sender gave up, and its process may die on either side of it. A read of many rows is no snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from greenlet import getcurrent, greenlet

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Unknown

FAULTS = ("busy", "lost before", "lost after", "late", "crash before", "crash after")
FAULT_CHANCE = 0.06
JUMP_CHANCE = 0.02
JUMPS = (timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=6), timedelta(hours=3), timedelta(days=1))


class Crash(BaseException):
    """The process died here."""


class Violation(AssertionError):
    """An invariant of the design does not hold."""


@dataclass
class Scheduler:
    """Lets one task take one step at a time. Everything it draws comes from the seed."""

    rng: Random
    now: datetime
    steps: int = 0
    told: list[tuple[int, str, str, str | Callable[[], str]]] = field(default_factory=list)
    tasks: list[greenlet] = field(default_factory=list)
    names: dict[greenlet, str] = field(default_factory=dict)
    late: list[Callable[[], object]] = field(default_factory=list)
    hub: greenlet = field(default_factory=getcurrent)

    def spawn(self, name: str, work: Callable[[], None]) -> None:
        """A task that begins when it is chosen."""
        task = greenlet(work, parent=self.hub)
        self.tasks.append(task)
        self.names[task] = name

    def run(self) -> None:
        """Until every task has ended and every late write has landed."""
        while self.tasks or self.late:
            self.steps += 1
            if self.rng.random() < JUMP_CHANCE:
                self.now += self.rng.choice(JUMPS)
                self.say("the clock jumps", lambda now=self.now: f"to {now:%m-%d %H:%M:%S}")
            chosen = int(self.rng.random() * (len(self.tasks) + len(self.late)))
            if chosen >= len(self.tasks):
                self.late.pop(chosen - len(self.tasks))()
                continue
            task = self.tasks[chosen]
            task.switch()
            if task.dead:
                self.tasks.remove(task)

    def step(self, what: str = "") -> None:
        """Let others go first."""
        if what:
            self.say(what)
        self.hub.switch()

    def fault(self) -> str:
        """What breaks at this call: mostly nothing."""
        return self.rng.choice(FAULTS) if self.rng.random() < FAULT_CHANCE else ""

    def say(self, what: str, more: str | Callable[[], str] = "") -> None:
        """One line of the trace; few are ever read, so `more` is spelled out only then."""
        self.told.append((self.steps, self.names.get(getcurrent(), "hub"), what, more))

    @property
    def trace(self) -> list[str]:
        """The story so far, a line for each thing said."""
        spelled = ((*line, more if isinstance(more, str) else more()) for *line, more in self.told)
        return [f"{step:5} {who:24} {what} {more}".rstrip() for step, who, what, more in spelled]


@dataclass
class SteppingStore:
    """A store whose every call is a step of the scheduler, for one delivery of one event `at` a server time.

    `wrote` is told of each write that was applied.
    """

    disk: MemoryStore
    scheduler: Scheduler
    at: datetime
    wrote: Callable[[Sequence[Change], datetime], None]

    @property
    def tenant(self) -> str:
        """As on the disk."""
        return self.disk.tenant

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """Row by row, in any order, with others in between."""
        fault = self._opening("read")
        found: dict[Key, Row | None] = dict.fromkeys(keys)
        for key in keys if len(keys) == 1 else self.scheduler.rng.sample(keys, len(keys)):
            self.scheduler.step()
            found |= self.disk.read([key])
        self._closing(fault)
        return found

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """At once, whenever that is."""
        fault = self._opening("write")
        self.scheduler.step()
        if fault == "late":
            self.scheduler.late.append(lambda: self.apply(changes))
            self.scheduler.say("gave up waiting")
            raise Unknown
        refused = self.apply(changes)
        self._closing(fault)
        return refused

    def query(self, kind: str, *parts: str, **asked: Any) -> list[tuple[str, Row]]:
        """At once: lists are read outside decisions."""
        self.scheduler.step()
        return self.disk.query(kind, *parts, **asked)

    def apply(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """What the table does with a write that reached it."""
        refused = self.disk.write(changes)
        touched = refused or [change.key for change in changes]
        said = lambda: ", ".join(f"{key.kind} {key.parts[-1][-6:]}" for key in touched)  # noqa: E731
        self.scheduler.say("refused at" if refused else "wrote", said)
        if not refused:
            self.wrote(changes, self.at)
        return refused

    def _opening(self, call: str) -> str:
        fault = self.scheduler.fault()
        if fault:
            self.scheduler.say(f"{call}: {fault}")
        if fault == "busy":
            raise Busy
        if fault == "lost before":
            raise Unknown
        if fault == "crash before":
            raise Crash
        return fault

    def _closing(self, fault: str) -> None:
        if fault == "lost after":
            raise Unknown
        if fault == "crash after":
            raise Crash
