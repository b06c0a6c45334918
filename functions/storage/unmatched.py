"""Money that came and fits no payment: kept until somebody has settled it, by giving it back or otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Absent, Change, Is
from functions.core.ids import derived_id
from functions.core.keys import Row
from functions.core.payment import Notice, Verdict
from functions.core.text import Text
from functions.storage import audit
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store

PAGE = 500
UNMATCHED, SETTLED = "unmatched", "settled"
Closed = Literal["settled", "known", "unknown"]


def keep(store: Store, notice: Notice, why: Verdict, by: str, at: datetime, pause: Pause) -> None:
    """Keep what a provider said came, once for each trade, whatever it says again. Raises TooBusy."""
    key = keys.unmatched(derived_id("unm", notice.payment, notice.trade))
    new: Row = {
        "payment": notice.payment,
        "trade": notice.trade,
        "amount": notice.amount,
        "currency": notice.currency,
        "why": why,
        "by": by,
        "at": at.isoformat(),
        "state": UNMATCHED,
    }

    def decide(row: Row | None) -> tuple[None, Sequence[Change]]:
        return None, [] if row else [Change(key, (Absent(),), put=new)]

    alter(store, key, decide, pause)


def settle(store: Store, name: str, who: str, reference: str, at: datetime, pause: Pause) -> Closed:
    """Somebody has dealt with it, under this reference: said once, with a line in the audit list. Raises TooBusy."""
    key = keys.unmatched(name)

    def decide(row: Row | None) -> tuple[Closed, Sequence[Change]]:
        if row is None:
            return "unknown", []
        if row["state"] == SETTLED:
            return "known", []
        said = {"state": SETTLED, "settled_by": who, "reference": reference, "settled_at": at.isoformat()}
        about = Text(zh=row["payment"], en=row["payment"])
        entry = Entry(what="settle_payment", by=who, at=at, about=about, note=reference)
        return "settled", [Change(key, (Is("state", UNMATCHED),), set=said), *audit.lines(entry, name)]

    return alter(store, key, decide, pause)


def everything(store: Store) -> Iterator[tuple[str, Row]]:
    """All of it by name, also what is settled, for reports."""
    after = ""
    while page := store.query("unmatched", after=after, limit=PAGE):
        yield from page
        after = page[-1][0]
