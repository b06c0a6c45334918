"""A leaderboard: who came furthest, of those alone who asked to be shown. Pure.

It keeps the first `KEPT` in one row, so that reading it never depends on how many take part. Of a nickname it keeps
what others see of it (小**): there is nothing more to leak or to moderate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from functions.core.text import Text

SHOWN = 20
KEPT = 50  # thirty may withdraw before one of the first twenty could be missing until they come back

OUTCOMES: dict[str, Text] = {
    "granted": Text(zh="你上榜了", en="You are on the leaderboard"),
    "withdrawn": Text(zh="已退出排行榜，别人看不到你了", en="You are off the leaderboard: nobody sees you there"),
    "not_taking_part": Text(zh="先参加活动，才能上榜", en="Take part first, then you can be on the leaderboard"),
    "board_closed": Text(
        zh="活动现在没有进行，不能上榜", en="The campaign is not running now: nobody can join the leaderboard"
    ),
}


class Entry(NamedTuple):
    """A member on the board: what others see of their nickname, how far they are, since when (epoch s)."""

    member: str
    name: str
    first: int
    second: int
    at: int

    @property
    def rank(self) -> tuple[int, int]:
        """What places are by: the higher the better. Who is equal in it shares a place."""
        return self.first, self.second


def placed(entries: Sequence[Entry]) -> list[int]:
    """The place of each entry of a sorted board: who is equal shares one, and the next is counted on (1, 2, 2, 4)."""
    found: list[int] = []
    for number, entry in enumerate(entries, 1):
        same = number > 1 and entries[number - 2].rank == entry.rank
        found.append(found[-1] if same else number)
    return found


def sorted_by_rank(entries: Iterable[Entry]) -> list[Entry]:
    """The best first; of those who are equal, who came there first."""
    return sorted(entries, key=lambda one: (-one.first, -one.second, one.at, one.member))


def may_move(entries: Sequence[Entry], member: str, rank: tuple[int, int] | None) -> bool:
    """Whether who now has `rank` could be on the board or is; None: nobody knows how far they are."""
    if rank is None or len(entries) < KEPT or any(one.member == member for one in entries):
        return True
    return rank > entries[-1].rank


def moved(entries: Sequence[Entry], news: Mapping[str, Entry | None]) -> list[Entry]:
    """The board with what is true of some members now: None for who is not to be shown."""
    known = {one.member: one for one in entries}
    told = {member: _since(known.get(member), entry) for member, entry in news.items() if entry}
    rest = {member: one for member, one in known.items() if member not in news}
    return sorted_by_rank({**rest, **told}.values())[:KEPT]


def _since(before: Entry | None, now: Entry) -> Entry:
    """Who did not get any further stays where they are among their equals."""
    return now._replace(at=before.at) if before and before.rank == now.rank else now
