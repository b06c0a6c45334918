"""The newest facts of a campaign, for marketers who try their rules on what really happened.

One row a campaign, written over and collected a month later: whom (the last four letters of a pseudonym), what, and
how often each rule had paid them. It is for comfort: of two batches at once one may be missing in it, and in a rush it
is renewed once in ten seconds. No number rests on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.ids import PATTERN
from functions.insights.reading import Written
from functions.storage.store import Store

NAME = "latest"
LINES_KEPT, TAIL, PAUSE_SECONDS = 10, 4, 10
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Happened:
    """A fact: of whom, when (epoch seconds), what with its fields; `paid` is how often each rule had paid before."""

    who: str
    at: int
    kind: str
    fields: Mapping[str, Any]
    paid: Mapping[str, int]


def happened(write: Written) -> list[Happened]:
    """What became true by a write of a member's row; nothing for any other row."""
    if write.key.kind != "state" or write.after is None:
        return []
    before, after = write.before or {}, write.after
    if before.get("facts") == after["facts"] and before.get("at") == after["at"]:
        return []  # left, or erased
    who = write.key.parts[1][-TAIL:].upper()
    paid = before.get("paid", {})
    return [Happened(who, after["at"], kind, _plain(fields), paid) for kind, _, fields, *_roles in after["facts"]]


def keep(store: Store, campaign: str, news: Sequence[Happened], at: datetime) -> None:
    """Add what happened to the campaign's newest. Raises Unknown, Busy."""
    known = latest(store, campaign)
    fresh = [one for one in news if one not in known]
    if not fresh or (len(known) == LINES_KEPT and max(one.at for one in fresh) - known[-1].at < PAUSE_SECONDS):
        return
    lines = sorted([*known, *fresh], key=lambda one: one.at)[-LINES_KEPT:]
    row = {"lines": [list(astuple(one)) for one in lines], "expires_at": int((at + KEPT_FOR).timestamp())}
    store.write([Change(keys.counter(campaign, NAME), put=row)])


def latest(store: Store, campaign: str) -> list[Happened]:
    """The newest facts, the oldest of them first."""
    key = keys.counter(campaign, NAME)
    return [Happened(*line) for line in (store.read([key])[key] or {}).get("lines", [])]


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields without what names somebody or something else."""
    return {
        name: value
        for name, value in fields.items()
        if isinstance(value, (bool, int)) or (isinstance(value, str) and not PATTERN.fullmatch(value))
    }
