"""A store that is not asked again right after somebody waited for its answer in vain.

One edit asks it nine times, and each question waits five seconds for a table that hangs: without this an editor waits
three quarters of a minute to read that the table is away. A connection that breaks at once costs no time; whoever asks
then may ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.store import Store, Unknown

IN_VAIN_SECONDS = 1.0
SPELL_SECONDS = 2.0  # longer than a page is drawn


@dataclass
class Impatient:
    """`store`, of which every question within two seconds after one was waited for in vain is unanswered at once.

    One for each session. `clock` counts seconds, from anywhere on. Raises what the store raises.
    """

    store: Store
    clock: Callable[[], float]
    tenant: str = field(init=False)
    _until: float = field(default=float("-inf"), init=False)

    def __post_init__(self) -> None:
        self.tenant = self.store.tenant

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """As the store's."""
        with self._asking():
            return self.store.read(keys)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """As the store's."""
        with self._asking():
            return self.store.write(changes)

    def query(
        self, kind: str, *parts: str, prefix: str = "", after: str = "", limit: int = 100, newest_first: bool = False
    ) -> list[tuple[str, Row]]:
        """As the store's."""
        with self._asking():
            return self.store.query(kind, *parts, prefix=prefix, after=after, limit=limit, newest_first=newest_first)

    def forget(self) -> None:
        """Ask again at the next question."""
        self._until = float("-inf")

    @contextmanager
    def _asking(self) -> Iterator[None]:
        began = self.clock()
        if began < self._until:
            raise Unknown("not asked")
        try:
            yield
        except Unknown:
            ended = self.clock()
            if ended - began > IN_VAIN_SECONDS:
                self._until = ended + SPELL_SECONDS
            raise
