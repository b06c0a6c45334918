"""A store that breaks at one chosen call, and then works."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Unknown

FAULTS = ("busy", "lost before", "lost after", "crash before", "crash after")


class Crash(BaseException):
    """The process died here."""


@dataclass
class FaultyStore:
    """Calls are counted from 1; at call `breaks_at` it does what `fault` says. 0 breaks never."""

    disk: MemoryStore = field(default_factory=MemoryStore)
    breaks_at: int = 0
    fault: str = ""
    calls: int = 0

    @property
    def tenant(self) -> str:
        """As the disk's."""
        return self.disk.tenant

    @property
    def rows(self) -> dict[tuple[str, str], Row]:
        """As the disk's."""
        return self.disk.rows

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """As the disk's, unless it breaks."""
        return self._call(lambda: self.disk.read(keys))

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """As the disk's, unless it breaks."""
        return self._call(lambda: self.disk.write(changes))

    def query(self, kind: str, *parts: str, **asked: Any) -> list[tuple[str, Row]]:
        """As the disk's, unless it breaks."""
        return self._call(lambda: self.disk.query(kind, *parts, **asked))

    def _call(self, work: Callable[[], Any]) -> Any:
        self.calls += 1
        if self.calls != self.breaks_at:
            return work()
        if self.fault == "busy":
            raise Busy
        if self.fault == "lost before":
            raise Unknown
        if self.fault == "crash before":
            raise Crash
        work()
        raise Unknown if self.fault == "lost after" else Crash
