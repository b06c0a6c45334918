"""What waits for somebody, the most pressing first. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from functions.core.approval import Request
from functions.core.campaign import Campaign
from functions.core.keys import Key, Row
from functions.core.payout import Payout
from functions.core.templates import INSTANT
from ui.glance import Glance
from ui.words import signed_money

Kind = Literal["approval", "payout", "payment", "reviews", "empty", "low", "budget", "overdue", "ending"]
ORDER: Sequence[Kind] = ("approval", "payout", "payment", "reviews", "empty", "low", "budget", "overdue", "ending")
SHOWN_MAX = 5
DRAFT_OLD, ENDS_SOON = timedelta(days=3), timedelta(days=3)
LOW_SHARE, LOW_DAYS, BUDGET_SHARE = 0.1, 2, 0.8


@dataclass(frozen=True)
class Queue:
    """Reviews of one campaign that wait, and since when the oldest does."""

    count: int
    oldest: datetime


@dataclass(frozen=True)
class Todo:
    """One thing to see to. `what` is the reward, the money or who asked; `at` since or until when; `count` how many."""

    kind: Kind
    campaign: Campaign
    what: str = ""
    at: datetime | None = None
    count: int = 0


def todos(
    heads: Sequence[Campaign],
    seen: Mapping[str, Glance],
    queues: Mapping[str, Queue],
    starts: Mapping[str, datetime],
    now: datetime,
    tongue: Literal["zh", "en"],
    owed: Mapping[str, Payout] = {},
    asked: Mapping[str, Request] = {},
) -> list[Todo]:
    """`starts` tells when each old draft was meant to begin; `owed` and `asked` which payout lists and which requests
    wait for who sits there."""
    found = [todo for head in heads for todo in _of(head, seen.get(head.id), queues.get(head.id), starts, now, tongue)]
    found += [Todo("approval", head, asked[head.id].by, asked[head.id].at) for head in heads if head.id in asked]
    found += [_paying(head, owed[head.id]) for head in heads if head.id in owed]
    return sorted(found, key=lambda todo: (ORDER.index(todo.kind), todo.at or now))


def _of(
    head: Campaign,
    glance: Glance | None,
    queue: Queue | None,
    starts: Mapping[str, datetime],
    now: datetime,
    tongue: Literal["zh", "en"],
) -> Iterable[Todo]:
    if queue is not None:
        yield Todo("reviews", head, at=queue.oldest, count=queue.count)
    if head.id in starts and starts[head.id] < now and now - head.changed_at > DRAFT_OLD:
        yield Todo("overdue", head, at=starts[head.id])
    if head.stands(now) != "published":
        return
    if glance is not None:
        yield from _scarce(head, glance, tongue)
    if head.ends_at is not None and head.ends_at - now <= ENDS_SOON:
        yield Todo("ending", head, at=head.ends_at)


def _paying(head: Campaign, which: Payout) -> Todo:
    kind: Kind = "payout" if which.state == "waiting" else "payment"
    return Todo(kind, head, signed_money(which.total, which.currency), which.at, which.people)


def _scarce(head: Campaign, glance: Glance, tongue: Literal["zh", "en"]) -> Iterable[Todo]:
    """The rewards that run out; the budget only where no reward says it already."""
    scarce = [
        Todo("low" if stock.left else "empty", head, stock.item.name.in_(tongue), count=stock.left)
        for stock in glance.stocks
        if stock.left <= stock.total * LOW_SHARE or stock.left < stock.pace * LOW_DAYS
    ]
    yield from scarce
    if not scarce and glance.share >= BUDGET_SHARE:
        yield Todo("budget", head, count=round(glance.share * 100))


def starts_of(drafts: Mapping[Key, Row | None]) -> dict[str, datetime]:
    """When each draft says that it begins; those that do not say it well are left out."""
    found = {}
    for key, row in drafts.items():
        schedule = json.loads(row["content"]).get("schedule") if row else None
        said = schedule.get("starts_at") if isinstance(schedule, dict) else None
        if at := _instant(said):
            found[key.parts[0]] = at
    return found


def _instant(said: object) -> datetime | None:
    if not (isinstance(said, str) and INSTANT.fullmatch(said)):
        return None
    try:
        return datetime.fromisoformat(said)
    except ValueError:  # the 31st of February
        return None
