"""Commission paid out: what each promoter has to get, and lists of it that others agree to before money moves. Pure.

Amounts are minor units.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from functions.core.approval import NOTE_MAX, Verdict
from functions.core.commission import due
from functions.core.money import Currency
from functions.core.workspace import Editor, Workspace

LINES_MAX = 1000  # of one list: it stays below 100 KB, and is booked within seconds
Standing = Literal["waiting", "agreed", "paid", "booked", "dropped"]
OPEN: frozenset[Standing] = frozenset({"waiting", "agreed", "paid"})


class Line(NamedTuple):
    """What a list pays of one order: `amount`, below zero where it takes back; `after` is what is paid of it then."""

    promoter: str
    order: str  # the order's name here; `told` is what its shop calls it
    told: str
    amount: int
    after: int


class Payout(BaseModel):
    """A list of what is paid to whom, and who agreed. `content_hash` binds every answer to exactly these lines."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    number: int
    version: int = 1  # each step makes the next
    campaign: str
    currency: Currency
    total: int
    people: int
    lines: int
    content_hash: str
    by: str
    mark: str
    at: AwareDatetime
    state: Standing = "waiting"
    verdicts: list[Verdict] = Field(default_factory=list)
    paid_by: str = ""
    paid_at: AwareDatetime | None = None
    reference: str = Field(default="", max_length=NOTE_MAX)

    @property
    def is_open(self) -> bool:
        """Whether it is not over: until then the campaign has no other."""
        return self.state in OPEN

    @property
    def agreed(self) -> list[Verdict]:
        """Those who agreed, each person once."""
        return list({one.mark: one for one in self.verdicts if one.what == "agree"}.values())


def payable(rows: Iterable[tuple[str, Mapping[str, Any]]], currency: str, at: datetime) -> list[Line]:
    """The lines of the next list, rows by `{promoter}#{order}`: whoever has to get something, and why that much.

    Who owes more than they have to get is left out, and it is taken off later. At most LINES_MAX: the rest is the next
    list's; of one promoter what takes back comes first, so that nothing is overpaid meanwhile.
    """
    found: dict[str, list[Line]] = defaultdict(list)
    for name, row in rows:
        promoter, _, order = name.partition("#")
        if row["currency"] == currency and (amount := due(row, at)):
            found[promoter].append(Line(promoter, order, row["order"], amount, row["amount"]))
    lines: list[Line] = []
    for _, theirs in sorted(found.items()):
        fits = sorted(theirs, key=lambda line: (line.amount > 0, line.order))[: LINES_MAX - len(lines)]
        if sum(line.amount for line in fits) > 0:
            lines += fits
    return lines


def fingerprint(lines: Sequence[Line]) -> str:
    """What tells these lines from any others."""
    return hashlib.sha256(written(lines).encode()).hexdigest()


def written(lines: Sequence[Line]) -> str:
    """Lines as they are kept."""
    return json.dumps([list(line) for line in lines], ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> list[Line]:
    """Lines as they were kept."""
    return [Line(*line) for line in json.loads(text)]


def by_promoter(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Each promoter's lines, as they come."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.promoter].append(line)
    return dict(found)


def wanted(workspace: Workspace, payout: Payout) -> int:
    """How many have to agree: always one, and as many as the house's policy asks where it applies."""
    return workspace.approval.count if _strict(workspace, payout) else 1


def own_counts(workspace: Workspace, payout: Payout) -> bool:
    """Whether who made the list may be among those who agree."""
    return workspace.approval.own or not _strict(workspace, payout)


def suffices(workspace: Workspace, payout: Payout) -> bool:
    """Whether enough people agreed, by today's policy."""
    own = own_counts(workspace, payout)
    return len([one for one in payout.agreed if own or one.mark != payout.mark]) >= wanted(workspace, payout)


def waits_for(workspace: Workspace, payout: Payout, who: Editor) -> bool:
    """Whether the next step is theirs to take: to agree, to send the money, to finish the booking."""
    if not payout.is_open or not who.may("approve"):
        return False
    own = payout.mark == who.mark and not own_counts(workspace, payout)
    agreed = any(one.mark == who.mark for one in payout.agreed)
    return payout.state != "waiting" or not (own or agreed)


def _strict(workspace: Workspace, payout: Payout) -> bool:
    policy = workspace.approval
    below = policy.above is not None and payout.currency == workspace.currency and payout.total <= policy.above
    return policy.needed and not below
