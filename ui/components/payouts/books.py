"""A campaign's commission as it was read a moment ago: one standing for each promoter, whatever the number of orders.

The rows are gone through once a minute at most, and up to a limit that is told; a press on the page reads none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import streamlit as st

from functions.core import commission
from functions.core.commission import Statement
from functions.core.keys import Row
from functions.storage import commissions
from ui.shop import Shop

ORDERS_READ = 20_000  # 40 queries: two seconds of a store far away
KEPT_FOR = timedelta(minutes=1)
KEPT = "st_commission"
NOTHING = Statement()


@dataclass(frozen=True)
class Standing:
    """Where a promoter stands in one currency; `frees_at` is when the next order is free, 0 where none is frozen."""

    told: Statement = NOTHING
    orders: int = 0
    frees_at: int = 0

    def plus(self, row: Row, at: datetime) -> Standing:
        """With one more order."""
        waits = row["frees_at"] if row["amount"] and commission.is_frozen(row, at) else 0
        frees_at = min(filter(None, (self.frees_at, waits)), default=0)
        return Standing(self.told.plus(row, at), self.orders + 1, frees_at)


@dataclass(frozen=True)
class Books:
    """Standings by currency and promoter, as they were `at`; `whole` unless there are more orders than are read."""

    at: datetime
    standings: Mapping[str, Mapping[str, Standing]]
    whole: bool = True


def read(rows: Iterable[tuple[str, Row]], at: datetime, most: int = ORDERS_READ) -> Books:
    """The standings in commission rows by `{promoter}#{order}`."""
    found: dict[str, dict[str, Standing]] = {}
    count = 0
    for count, (name, row) in enumerate(islice(rows, most + 1), start=1):
        if count > most:
            break
        theirs = found.setdefault(row["currency"], {})
        promoter = name.partition("#")[0]
        theirs[promoter] = theirs.get(promoter, Standing()).plus(row, at)
    return Books(at, found, count <= most)


def of(shop: Shop, campaign: str) -> Books:
    """The books of a campaign, read anew once they are a minute old."""
    kept: tuple[str, Books] | None = st.session_state.get(KEPT)
    if kept is None or kept[0] != campaign or not timedelta(0) <= shop.now - kept[1].at < KEPT_FOR:
        kept = st.session_state[KEPT] = campaign, read(commissions.rows(shop.store, campaign), shop.now)
    return kept[1]


def forget() -> None:
    """Something was done here: the next look reads anew."""
    st.session_state.pop(KEPT, None)
