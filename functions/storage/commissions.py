"""Commission rows in the table: what each order earns each promoter."""

from __future__ import annotations

from collections.abc import Iterator

from functions.core.keys import Row
from functions.storage.store import Store

PAGE = 500


def rows(store: Store, campaign: str, promoter: str = "") -> Iterator[tuple[str, Row]]:
    """Commission rows by `{promoter}#{order}`, of one promoter or of all."""
    prefix, after = f"{promoter}#" if promoter else "", ""
    while page := store.query("commissions", campaign, prefix=prefix, after=after, limit=PAGE):
        yield from page
        after = page[-1][0]
