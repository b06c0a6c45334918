"""What a record of the table's stream says for a campaign's numbers. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from functions.core.campaign import Version
from functions.core.keys import Key, Row
from functions.core.mechanic import OWN, Fact
from functions.core.rules import due
from functions.coupons import terms
from functions.storage.dynamodb import plain
from functions.storage.engine import GrantLine, remembered
from functions.storage.members import PARTICIPATE
from functions.storage.table import key_of

MARK_BYTES = 6  # of 512 marks, one in 5 * 10^11 deliveries is taken for another
STEP = ".recorded"  # a mechanic's fact of one step further; its field `total` says how far the member is
STEPS_EACH, STEPS_APART = 31, 10  # counted one by one up to a month, then every tenth: a day's row stays small
MINUTES, TIMES, LONGER = "minutes", (10, 60, 6 * 60, 24 * 60), "longer"  # how long it took, in minutes at most
MONEY = ("deposit", "back", "kept")  # fields of facts that are minor units, and are added up
COUPON = "coupon"
# what numbers, pages, a till, orders and schedules are made from
FOLLOWED = {"state", "item", "unit", "wallet", "consent", "points", "identity", "touch", "intent"}
FOLLOWED |= {"order", "handed_over", "scanned", "due", "stage"}
CLICKED, SHARED = "click.depth.", "share.depth."  # people who came by members' links, and those who then took part
DEPTH_SHOWN = 10
VersionOf = Callable[[str, int], Version | None]


@dataclass(frozen=True)
class Written:
    """A row as it was written: before, after, and when; `sequence` names the record to the stream."""

    sequence: str
    key: Key
    before: Row | None
    after: Row | None
    at: datetime


@dataclass(frozen=True)
class Counted:
    """What one write adds to the numbers of a campaign, under the version that it happened under.

    `mark` tells this write from every other. Of a scan `campaign` is the batch, and `day` the day where that is sold.
    """

    campaign: str
    at: datetime
    mark: bytes
    counts: Mapping[str, int] = field(default_factory=dict)
    version: int = 0
    day: str = ""


class Given(NamedTuple):
    """What one event gave to others than its own member: `lines` grants, `amount` units in all."""

    rule: str
    reward: str
    outcome: str
    lines: int
    amount: int

    def as_line(self, version: Version) -> GrantLine:
        """As a line of a grant."""
        kind = version.definition.reward(self.reward).kind
        return {"reward": self.reward, "kind": kind, "amount": self.amount, "outcome": self.outcome}


def written(record: Mapping[str, Any]) -> Written | None:
    """A stream record as rows; None for what nothing here follows, such as the numbers it writes itself."""
    change = record["dynamodb"]
    place = key_of(change["Keys"]["pk"]["S"], change["Keys"]["sk"]["S"])
    if place is None or place[1].kind not in FOLLOWED:
        return None
    before, after = (_row(change.get(image)) for image in ("OldImage", "NewImage"))
    at = datetime.fromtimestamp(change["ApproximateCreationDateTime"], UTC)
    return Written(change["SequenceNumber"], place[1], before, after, at)


def counted(write: Written, version_of: VersionOf) -> Counted | None:
    """What a write means for the numbers; None for the many that mean nothing."""
    if write.after is None:
        return None
    if write.key.kind in ("state", "unit"):
        return _event(write, write.before or {}, write.after, version_of)
    if write.key.kind == "item":
        return _scan(write, write.before or {}, write.after)
    if write.key.kind == "wallet" and write.key.parts[1] == COUPON:
        return _coupon(write, write.before or {}, write.after)
    if write.key.kind == "touch" and write.before is None:
        return _click(write, write.after)
    if write.key.kind == "consent" and write.before is None and write.key.parts[1].startswith(PARTICIPATE):
        return _consent(write, write.after)
    return None


def _click(write: Written, row: Row) -> Counted:
    """Somebody came by a member's link for the first time."""
    counts = Counter({"clicks": 1, f"{CLICKED}{min(row['depth'], DEPTH_SHOWN)}": 1, f"click.way.{row['way']}": 1})
    at = datetime.fromtimestamp(row["first_at"], UTC)
    return counted_by(write, write.key.parts[0], at, counts, row["definition"])


def _event(write: Written, before: Row, after: Row, version_of: VersionOf) -> Counted | None:
    """A member's row: its newest event, unless this write was a withdrawal or an erasure."""
    events = after["events"]
    if not events or (before.get("events") or [None])[-1] == events[-1]:
        return None
    newest = remembered(after)[-1]
    counts = Counter({f"outcome.{newest.outcome}": 1, "events": 1})
    counts["participants"] += write.before is None and write.key.kind == "state"
    for kind, _, fields, *_roles in after["facts"]:
        counts[f"fact.{kind}"] += 1
        counts.update(_took(kind, fields.get(MINUTES)))
        counts.update({f"money.{name}": fields[name] for name in MONEY if fields.get(name)})
        if kind.endswith(STEP) and (step := _step(fields.get("total"))):
            counts[f"reached.{step}"] += 1
    for line in newest.grants:
        counts[f"{line['outcome']}.{line['reward']}"] += line["amount"]
    campaign, number = write.key.parts[0], after.get("definition", 0)
    at = datetime.fromtimestamp(after["at"], UTC)
    given = [Given(*line) for line in after.get("given", [])]
    for one in given:
        counts[f"{one.outcome}.{one.reward}"] += one.amount
        counts[f"rule.{one.rule}.{one.outcome}"] += one.lines
    version = version_of(campaign, number) if newest.grants or given else None
    if version is not None:
        counts.update(_by_rule(version, before, after, newest.grants, at))
        counts.update(_lapses(version, [*newest.grants, *(one.as_line(version) for one in given)], at))
    return counted_by(write, campaign, at, counts, number)


def _scan(write: Written, before: Row, after: Row) -> Counted | None:
    """An item's row: its newest tap, unless its reward was taken."""
    if (before.get("events") or [None])[-1] == after["events"][-1]:
        return None
    counts = Counter[str]()
    for kind, _, fields in after["facts"]:
        counts[".".join([kind, *(fields[name] for name in ("standing", "why") if name in fields)])] += 1
        if "region" in fields:
            counts[f"region.{fields['region']}"] += 1
    found = counted_by(write, write.key.parts[0], datetime.fromtimestamp(after["at"], UTC), counts, 0)
    return replace(found, day=after["day"])


def _took(kind: str, minutes: object) -> dict[str, int]:
    """Of a fact that says how long it took to come to: the minutes, and one more in its place among the times."""
    if not isinstance(minutes, int):
        return {}
    place = next((str(most) for most in TIMES if minutes <= most), LONGER)
    return {f"took.{kind}.{place}": 1, f"took.{kind}.{MINUTES}": minutes}


def _step(total: object) -> int | None:
    """The step that a member has come to, where it is one that is counted."""
    if not isinstance(total, int):
        return None
    return total if total <= STEPS_EACH or total % STEPS_APART == 0 else None


def _by_rule(version: Version, before: Row, after: Row, lines: Sequence[GrantLine], at: datetime) -> Counter[str]:
    """How often each rule paid or could not: the row names rewards only, but its rules owe them in the same order."""
    facts = [
        Fact(kind, occurrence, fields, {role: (OWN,) for roles in more for role in roles})
        for kind, occurrence, fields, *more in after["facts"]
    ]
    today = version.definition.schedule.calendar.day_of(at)
    owed = due(version.definition.rules, facts, before.get("paid", {}), today, before.get("paid_on", {}))
    if len(owed) != len(lines):
        return Counter()
    return Counter(f"rule.{one.rule}.{line['outcome']}" for one, line in zip(owed, lines, strict=True))


def _lapses(version: Version, lines: Sequence[GrantLine], at: datetime) -> Counter[str]:
    """`lapses.<day>`: coupons that can be used until the end of that day, and are not used. New ones, here."""
    calendar, counts = version.definition.schedule.calendar, Counter[str]()
    for line in lines:
        if line["kind"] == COUPON and line["outcome"] == "granted":
            validity = terms.Config.model_validate(version.definition.reward(line["reward"]).config).validity
            counts[f"lapses.{_last_day(terms.window(validity, at, calendar)[1], calendar.zone)}"] += line["amount"]
    return counts


def _consent(write: Written, after: Row) -> Counted | None:
    """Somebody agreed to take part, for the first time."""
    if not after["live"]:
        return None
    campaign = write.key.parts[1].removeprefix(PARTICIPATE)
    return counted_by(write, campaign, datetime.fromisoformat(after["at"]), Counter(consents=1), after["version"])


def _coupon(write: Written, before: Row, after: Row) -> Counted | None:
    """A coupon: redeemed, given back, or void."""
    moved = {("available", "redeemed"): -1, ("redeemed", "available"): 1, ("available", "void"): -1}
    step = (before.get("state", ""), after["state"])
    if step not in moved:
        return None
    until = datetime.fromtimestamp(after["valid_until"], UTC)
    counts, at = Counter({f"lapses.{_last_day(until, after['zone'])}": moved[step]}), write.at
    if after["state"] == "redeemed":
        at = datetime.fromisoformat(after["use"]["at"])
        counts.update({f"redeemed.{after['reward']}": 1, "discount": after["use"]["discount"]})
    elif after["state"] == "available":
        use = after["past"][-1]
        at = datetime.fromisoformat(use["reversed"]["at"])
        counts.update({f"reversed.{after['reward']}": 1, "discount": -use["discount"]})
    return counted_by(write, after["campaign"], at, counts, after["granted_under"])


def _last_day(until: datetime, zone: str) -> str:
    """The last day before `until`, by the wall calendar of the campaign's zone."""
    return (until - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date().isoformat()


def counted_by(write: Written, campaign: str, at: datetime, counts: Mapping[str, int], version: int) -> Counted:
    """`at` is when it happened, not when the stream heard of it: a check-in belongs to its own campaign day."""
    assert write.after is not None
    source = "#".join([write.key.kind, *write.key.parts, str(write.after["version"])])
    mark = hashlib.sha256(source.encode()).digest()[:MARK_BYTES]
    return Counted(campaign, at, mark, {name: number for name, number in counts.items() if number}, version)


def _row(image: Mapping[str, Any] | None) -> Row | None:
    if image is None:
        return None
    return {name: plain(value) for name, value in image.items() if name not in ("pk", "sk")}
