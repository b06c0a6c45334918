"""What a record of the table's stream says for a campaign's numbers. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from functions.core.keys import Key, Row
from functions.storage.dynamodb import plain
from functions.storage.engine import remembered
from functions.storage.table import key_of

MARK_BYTES = 6  # of 512 marks, one in 5 * 10^11 deliveries is taken for another


@dataclass(frozen=True)
class Written:
    """A row as it was written: before and after; `sequence` names the record to the stream."""

    sequence: str
    key: Key
    before: Row | None
    after: Row | None


@dataclass(frozen=True)
class Counted:
    """What one write adds to the numbers of a campaign. `mark` tells this write from every other."""

    campaign: str
    at: datetime
    mark: bytes
    counts: Mapping[str, int] = field(default_factory=dict)


def written(record: Mapping[str, Any]) -> Written | None:
    """A stream record as rows; None for rows that are not Pond's."""
    change = record["dynamodb"]
    place = key_of(change["Keys"]["pk"]["S"], change["Keys"]["sk"]["S"])
    if place is None:
        return None
    before, after = (_row(change.get(image)) for image in ("OldImage", "NewImage"))
    return Written(change["SequenceNumber"], place[1], before, after)


def counted(write: Written) -> Counted | None:
    """What a write means for the numbers; None for the many that mean nothing."""
    if write.after is None:
        return None
    if write.key.kind == "state":
        return _event(write, write.before or {}, write.after)
    if write.key.kind == "wallet" and write.key.parts[1] == "coupon":
        return _use(write, write.before or {}, write.after)
    return None


def _event(write: Written, before: Row, after: Row) -> Counted | None:
    """A member's row: its newest event, unless this write was a withdrawal or an erasure."""
    events = after["events"]
    if not events or (before.get("events") or [None])[-1] == events[-1]:
        return None
    newest = remembered(after)[-1]
    counts = Counter({f"outcome.{newest.outcome}": 1, "events": 1})
    counts["participants"] += write.before is None
    for kind, _, _ in after["facts"]:
        counts[f"fact.{kind}"] += 1
    for line in newest.grants:
        counts[f"{line['outcome']}.{line['reward']}"] += line["amount"]
    return _counted(write, write.key.parts[0], datetime.fromtimestamp(after["at"], UTC), counts)


def _use(write: Written, before: Row, after: Row) -> Counted | None:
    """A coupon: redeemed, or given back."""
    moved = {("available", "redeemed"): "redeemed", ("redeemed", "available"): "reversed"}
    step = moved.get((before.get("state", ""), after["state"]))
    if step is None:
        return None
    counts = Counter({f"{step}.{after['reward']}": 1})
    if step == "redeemed":
        counts["discount"] += after["use"]["discount"]
    said = after["use"] if step == "redeemed" else after["past"][-1]["reversed"]
    return _counted(write, after["campaign"], datetime.fromisoformat(said["at"]), counts)


def _counted(write: Written, campaign: str, at: datetime, counts: Counter[str]) -> Counted:
    """`at` is when it happened, not when the stream heard of it: a check-in belongs to its own campaign day."""
    assert write.after is not None
    source = "#".join([write.key.kind, *write.key.parts, str(write.after["version"])])
    return Counted(campaign, at, hashlib.sha256(source.encode()).digest()[:MARK_BYTES], +counts)


def _row(image: Mapping[str, Any] | None) -> Row | None:
    if image is None:
        return None
    return {name: plain(value) for name, value in image.items() if name not in ("pk", "sk")}
