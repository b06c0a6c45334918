"""A batch's scans as they come in, for parts of its page that look again by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from functions.codes import ranges
from functions.codes.batch import Batch
from functions.insights import suspects
from functions.insights.scans import Scans, scans
from functions.insights.suspects import Suspect
from functions.storage.store import Busy, Unknown
from ui.shop import Shop

EVERY = "10s"


class Counts:
    """Read once when the page is drawn, and again by each part when it is drawn alone."""

    def __init__(self, shop: Shop, batch: Batch) -> None:
        self._shop, self._batch = shop, batch
        self._drawn: set[str] = set()
        self._look()

    def of(self, part: str) -> tuple[Scans, Mapping[str, Scans]]:
        """In all, and by day, for one part; what was known last while the store does not answer."""
        if part in self._drawn:
            with suppress(Busy, Unknown):  # who only looks again keeps what is shown
                self._look()
        self._drawn.add(part)
        return self._known

    @property
    def suspects(self) -> list[Suspect]:
        """Items that wait to be looked at, the newest first; one that is blocked needs no look."""
        return [one for one in self._waiting if not ranges.holds(self._batch.blocked, one.number)]

    def _look(self) -> None:
        self._known = scans(self._shop.store, self._batch.id)
        rang = bool(self._known[0].abnormal)
        self._waiting = suspects.waiting(self._shop.store, self._batch.id) if rang else []
