"""The leaderboard from the stream: whose place a write may have moved, and the row that says who is first.

No check-in writes it. What is told again or late does no harm: nothing is added up, but looked at as it is now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from functions.core import keys
from functions.core.board import Entry, may_move, moved
from functions.core.campaign import Version
from functions.core.change import Change
from functions.core.keys import Row
from functions.edge.ranking import has_board, rank_of
from functions.edge.service import Service
from functions.insights.reading import Written
from functions.storage import boards
from functions.storage.engine import Pause
from functions.storage.single import alter

Rank = tuple[int, int] | None


class Heard(NamedTuple):
    """A member whose place a write may have moved, and how far they are by it; None where it does not say."""

    sequence: str
    member: str
    rank: Rank


def heard(service: Service, write: Written) -> tuple[str, Heard] | None:
    """The campaign and the member that this write concerns, by what they did or by their being shown."""
    kind, parts, after = write.key.kind, write.key.parts, write.after
    if kind == "consent" and parts[1].startswith(keys.BOARD):
        return parts[1].removeprefix(keys.BOARD), Heard(write.sequence, parts[0], None)
    if kind != "state" or after is None or (write.before or {}).get("record") == after["record"]:
        return None
    version = _with_board(service, parts[0])
    return (parts[0], Heard(write.sequence, parts[1], rank_of(service, version, after["record"]))) if version else None


def keep(service: Service, campaign: str, news: Sequence[Heard], pause: Pause) -> None:
    """Bring the board up to date on these members; at most one write for all of them. Raises TooBusy."""
    if version := _with_board(service, campaign):
        key, ranks = keys.board(campaign), {one.member: one.rank for one in news}
        alter(service.store, key, lambda seen: (None, _kept(service, version, seen, ranks)), pause)


def _with_board(service: Service, campaign: str) -> Version | None:
    live = service.live.get(campaign, service.clock())
    return live.version if live and live.version and has_board(service, live.version) else None


def _kept(service: Service, version: Version, seen: Row | None, ranks: Mapping[str, Rank]) -> Sequence[Change]:
    before = boards.entries(seen)
    asked = [member for member, rank in ranks.items() if may_move(before, member, rank)]
    after = moved(before, _now(service, version, asked)) if asked else before
    return [boards.written(version.campaign, seen, after)] if after != before else []


def _now(service: Service, version: Version, members: Sequence[str]) -> dict[str, Entry | None]:
    """What is to be shown of members, read after the board's row; None of who does not want to be, or has left."""
    consents = {member: keys.consent(member, keys.on_board(version.campaign)) for member in members}
    said = service.store.read(list(consents.values()))
    shown = {member: row for member, key in consents.items() if (row := said[key]) and row["live"]}
    states = {member: keys.state(version.campaign, member) for member in shown}
    rows = service.store.read(list(states.values())) if states else {}
    found: dict[str, Entry | None] = dict.fromkeys(members)
    for member, key in states.items():
        row = rows[key]
        rank = rank_of(service, version, row["record"]) if row and not row.get("closed") else None
        if row and rank and rank[0]:
            found[member] = Entry(member, shown[member]["name"], *rank, row["at"])
    return found
