"""What the engine needs of a store, and how a store may fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from functions.core.change import Change
from functions.core.keys import Key, Row

WRITE_MAX = 100  # DynamoDB: actions in one TransactWriteItems
READ_MAX = 100  # DynamoDB: keys in one BatchGetItem


class Unknown(Exception):
    """No answer came: the write may have happened or not. Read before deciding."""


class Busy(Exception):
    """Throttled, or in conflict with another write: nothing happened, try again later."""


class Store(Protocol):
    """Rows of one tenant."""

    tenant: str

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """The newest state of each row, in one round."""
        ...

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """All changes or none. Empty when written, else each refused key with its row as it is.

        Raises Unknown or Busy.
        """
        ...

    def query(
        self, kind: str, *parts: str, prefix: str = "", after: str = "", limit: int = 100, newest_first: bool = False
    ) -> list[tuple[str, Row]]:
        """Rows of a partition in order of their sort key, those after `after`, at most `limit`."""
        ...
