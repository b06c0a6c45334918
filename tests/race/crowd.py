"""A crowd: many real threads that meet inside their first calls, and a measure of how much they overlapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from random import Random
from threading import Barrier, Event, Lock, Thread
from typing import Any

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.store import Store

THREADS = 64
JITTER_SECONDS = 0.02
PATIENCE_SECONDS = 120
_nobody = Event()


@dataclass
class Overlap:
    """How many calls were open at once, and how many writes had others land between their read and themselves."""

    open: int = 0
    most: int = 0
    writes: int = 0
    overtaken: int = 0
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def call(self) -> Iterator[None]:
        """One engine call, from its first read to its answer."""
        with self.lock:
            self.open += 1
            self.most = max(self.most, self.open)
        try:
            yield
        finally:
            with self.lock:
                self.open -= 1


@dataclass
class Observed:
    """One thread's view of the store, which notes what others wrote between its read and its write.

    Its first read waits at `met` for those of all other threads, so that as many calls are open at once. `known` is
    what a copy of a function remembers between events to be sold out.
    """

    store: Store
    overlap: Overlap
    met: Barrier | None = None
    since: int = 0
    known: dict[str, int] = field(default_factory=dict)

    @property
    def tenant(self) -> str:
        """As the store's."""
        return self.store.tenant

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """A read, from which the count begins."""
        met, self.met = self.met, None
        if met is not None:
            met.wait(PATIENCE_SECONDS)
        self.since = self.overlap.writes
        return self.store.read(keys)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """A write, which others may have overtaken."""
        if self.overlap.writes > self.since:
            with self.overlap.lock:
                self.overlap.overtaken += 1
        refused = self.store.write(changes)
        if not refused:
            with self.overlap.lock:
                self.overlap.writes += 1
        return refused

    def query(self, kind: str, *parts: str, **asked: Any) -> list[tuple[str, Row]]:
        """As the store's."""
        return self.store.query(kind, *parts, **asked)


def rush(store: Store, jobs: Sequence[Callable[[Observed], Any]]) -> tuple[list[Any], Overlap]:
    """Every job, by 64 threads at once; what each returned or raised, in the order of `jobs`."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for number in range(len(jobs)):
        waiting.put(number)
    overlap, results = Overlap(), [None] * len(jobs)
    ready, met = Barrier(THREADS), Barrier(min(THREADS, len(jobs)))

    def work() -> None:
        view = Observed(store, overlap, met)
        ready.wait()
        while True:
            try:
                number = waiting.get_nowait()
            except Empty:
                return
            with overlap.call():
                try:
                    results[number] = jobs[number](view)
                except Exception as error:  # noqa: BLE001 - what it was is the question
                    results[number] = error

    threads = [Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, overlap


def jitter(seed: int) -> Callable[[int], bool]:
    """The pause of a function with time left: full jitter."""
    rng = Random(seed)
    return lambda attempt: not _nobody.wait(rng.random() * JITTER_SECONDS * 2**attempt)
