"""How far members come (AIPL), and what their campaigns see of it: a row a member, from the stream (docs/insights.md).

Joining a campaign and what changes whether an order stands, or how many friends bought, are put into the member's row
`STAGE`, each once, whatever is told again, late or by two at once: the row goes from version to version, and holds of
each source the version that it heard last. What a step adds to the numbers of campaigns is said in the row itself, so
that the row's own record is what is counted. No check-in writes here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from functions.core import keys
from functions.core.change import Absent, Change, Is, holds
from functions.core.keys import Row
from functions.core.order import net
from functions.core.stage import STAGES, Behaviour
from functions.insights.doors import GONE
from functions.insights.reading import Counted, Written, counted_by
from functions.storage.engine import Pause
from functions.storage.single import alter, settle
from functions.storage.store import Store

FOLLOWED_MAX = 30  # campaigns of a member whose numbers they move: the row stays within two kilobytes
Brought = Callable[[str, Row], int]  # (campaign, a member's row in it): friends who bought
Told = dict[str, list[Any]]  # campaign -> version, epoch second, counts by name


class Part(NamedTuple):
    """A campaign that a member takes part in: the version and second of joining; friends by the row's version."""

    version: int
    joined: int
    friends: int = 0
    heard: int = 0


class Standing(NamedTuple):
    """What a member's row says: orders that stand, campaigns, and what its newest step adds to their numbers."""

    orders: int
    parts: dict[str, Part]
    told: Told

    @property
    def rank(self) -> int:
        """The stage as a number, so that an audience can ask for at least one."""
        friends = sum(part.friends for part in self.parts.values())
        return STAGES.index(Behaviour(len(self.parts), self.orders, friends).stage)


def note(store: Store, write: Written, brought: Brought, now: datetime, pause: Pause) -> None:
    """Put what a write means for its member's stage into their row. Raises TooBusy."""
    if write.key.kind == "order" and write.after is not None:
        _order(store, write, write.before or {}, write.after, now, pause)
    if write.key.kind == "state" and write.after is not None and write.after.get("closed") != "erased":
        _part(store, write, write.before, write.after, brought, now, pause)


def counted(write: Written) -> list[Counted]:
    """What a step of a member's row adds to the numbers of their campaigns, under the versions they joined by."""
    if write.key.kind != "stage" or write.after is None:
        return []
    return [
        counted_by(write, campaign, datetime.fromtimestamp(at, UTC), counts, version)
        for campaign, (version, at, counts) in write.after["told"].items()
    ]


def joined(seen: Standing, campaign: str, part: Part) -> Standing:
    """In one campaign more: there the member came in at the stage where they were, and is at least interested now."""
    if len(seen.parts) >= FOLLOWED_MAX and (out := _let_go(seen.parts, part)) is None:
        return seen
    kept = {name: one for name, one in seen.parts.items() if len(seen.parts) < FOLLOWED_MAX or name != out}
    after = Standing(seen.orders, {**kept, campaign: part}, {})
    counts = Counter({f"entered.{STAGES[seen.rank]}": 1, **_step("moved", seen.rank, after.rank)})
    return after._replace(told={campaign: [part.version, part.joined, dict(counts)]})


def moved(seen: Standing, after: Standing, at: int) -> Standing:
    """The same with the move told to each campaign; one who did it before they joined was only found to be there."""
    told = {name: [version, when, dict(counts)] for name, (version, when, counts) in after.told.items()}
    for name, part in after.parts.items():
        step = _step("moved" if at >= part.joined else "found", seen.rank, after.rank)
        if step:
            version, when, counts = told.get(name, [part.version, max(at, part.joined), {}])
            told[name] = [version, when, {**counts, **step}]
    return after._replace(told=told)


def _step(word: str, before: int, after: int) -> dict[str, int]:
    return {f"{word}.{STAGES[before]}.{STAGES[after]}": 1} if before != after else {}


def _let_go(parts: dict[str, Part], newest: Part) -> str | None:
    """The campaign to follow no longer: the one joined first, but for those with friends; None for the newest."""
    free = [(part.joined, name) for name, part in parts.items() if not part.friends]
    return min(free)[1] if free and min(free)[0] < newest.joined else None


def _order(store: Store, write: Written, before: Row, after: Row, now: datetime, pause: Pause) -> None:
    """An order that stands now, or no longer; a telling between leaves things as they are."""
    member, name = after.get("member", ""), write.key.parts[1]
    if not member or _stands(after) == _stands(before):
        return
    purchase = keys.purchase(member, name)

    def decide(row: Row | None) -> tuple[None, Sequence[Change]]:
        bought = store.read([purchase])[purchase]
        if bought is None or bought.get("heard", 0) >= after["version"]:
            return None, []  # erased, or known
        said = {"heard": after["version"], "stands": _stands(after)}
        heard = Change(purchase, (Is("order", bought["order"]),), set=said)
        seen = _standing(row)
        then = seen._replace(orders=seen.orders + _stands(after) - bought.get("stands", False), told={})
        at = after["paid_at"] if _stands(after) and "heard" not in bought else int(write.at.timestamp())
        return None, [heard, _put(member, row, moved(seen, then, at), now)]

    alter(store, keys.stage(member), decide, pause)


def _part(
    store: Store, write: Written, before: Row | None, after: Row, brought: Brought, now: datetime, pause: Pause
) -> None:
    """Somebody's first row in a campaign; or one by which more or fewer of their friends bought."""
    campaign, member = write.key.parts
    if before is not None and before.get("record") == after["record"]:
        return
    friends = brought(campaign, after)
    if before is not None and brought(campaign, before) == friends:
        return
    purpose, at = keys.participation(campaign), int(write.at.timestamp())

    def decide(row: Row | None, refused: frozenset[str]) -> tuple[None, Sequence[Change]]:
        then = seen = _standing(row)
        if campaign not in seen.parts:
            then = joined(seen, campaign, Part(after.get("definition", 0), after["at"]))
        part = then.parts.get(campaign)
        if part is not None and part.heard < after["version"]:
            more = part._replace(friends=friends, heard=after["version"])
            then = moved(then, then._replace(parts={**then.parts, campaign: more}), at)
        if then.parts == seen.parts or GONE in refused:
            return None, []
        there = holds(keys.consent(member, purpose), "purpose", purpose, GONE)
        return None, [there, _put(member, row, then, now)]

    settle(store, keys.stage(member), decide, pause)


def _stands(row: Row) -> bool:
    return bool(row.get("member")) and net(row) > 0


def _standing(row: Row | None) -> Standing:
    if row is None:
        return Standing(0, {}, {})
    return Standing(row["orders"], {name: Part(*part) for name, part in row["campaigns"].items()}, {})


def _put(member: str, row: Row | None, after: Standing, now: datetime) -> Change:
    """The first version is the moment: who comes back while they are erased has a row that was never counted."""
    guard = Is("version", row["version"]) if row else Absent()
    parts = {name: list(part) for name, part in after.parts.items()}
    version = row["version"] + 1 if row else int(now.timestamp() * 1000)
    said = {"version": version, "rank": after.rank, "orders": after.orders}
    return Change(keys.stage(member), (guard,), put={**said, "campaigns": parts, "told": after.told})
