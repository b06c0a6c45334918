"""An assist as its row holds it: who began it, who helped, how far it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from functions.assist.config import Config
from functions.assist.cuts import cuts
from functions.core import keys
from functions.core.change import Change, share
from functions.core.ids import derived_id
from functions.core.keys import Key

UNIT = "H"
PREFIX = "mem_"
PLAIN = ("until", "needed", "state", "price", "began")


@dataclass(frozen=True)
class Drive:
    """An assist: `state` is open, completed or expired; `cuts` is what each helper to come cuts, fixed at the start.

    `began` is when it was begun, epoch seconds.
    """

    name: str
    leader: str
    until: int
    needed: int
    state: str = "open"
    helpers: tuple[str, ...] = ()
    cuts: tuple[int, ...] = ()
    price: int = 0
    began: int = 0

    @classmethod
    def begun(cls, name: str, config: Config, leader: str, until: int, now: int = 0) -> Drive:
        """A new one, with its cuts drawn: its own name is the seed."""
        style = config.style
        if style.kind == "help":
            return cls(name, leader, until, config.helpers, began=now)
        drawn = cuts(name, style.price - style.floor, config.helpers)
        return cls(name, leader, until, config.helpers, cuts=tuple(drawn), price=style.price, began=now)

    @classmethod
    def of(cls, name: str, record: Mapping[str, Any]) -> Drive:
        """The assist that a row's record says."""
        helpers = tuple(PREFIX + one for one in record["helpers"])
        plain = {field: record[field] for field in PLAIN}
        return cls(name, PREFIX + record["leader"], helpers=helpers, cuts=tuple(record["cuts"]), **plain)

    def record(self) -> dict[str, Any]:
        """What the row holds."""
        plain: dict[str, Any] = {field: getattr(self, field) for field in PLAIN}
        helpers = [one.removeprefix(PREFIX) for one in self.helpers]
        return plain | {"leader": self.leader.removeprefix(PREFIX), "helpers": helpers, "cuts": list(self.cuts)}

    @property
    def missing(self) -> int:
        """How many helpers it still takes."""
        return self.needed - len(self.helpers)

    @property
    def now_at(self) -> int:
        """The price as it is, minor units."""
        return self.price - sum(self.cuts[: len(self.helpers)])

    def minutes(self, now: int) -> int:
        """How long it has been open."""
        return max(0, now - self.began) // 60

    def helped(self, member: str) -> Drive:
        """With one more helper; the last one completes it."""
        helpers = (*self.helpers, member)
        return replace(self, helpers=helpers, state="completed" if len(helpers) == self.needed else "open")

    def cut_of(self, number: int) -> int:
        """What helper number `number`, from 0, cuts."""
        return self.cuts[number] if self.cuts else 0

    @property
    def begun_before(self) -> str:
        """The refusal when it is there already: a beginning told again after its member's row forgot it."""
        return f"begun:{self.name}"

    def written(self, campaign: str, row: Mapping[str, Any] | None) -> Change:
        """Its row as it shall be, in the place of `row`, which was seen."""
        seen = None if row is None else dict(row)
        return share(key_of(campaign, self.name), seen, self.record(), self.begun_before)


def key_of(campaign: str, name: str) -> Key:
    """Where an assist's row lies."""
    return keys.unit(campaign, UNIT, name)


def name_of(campaign: str, member: str, event: str) -> str:
    """The name of the assist that an event begins, and the seed of its cuts."""
    return derived_id("ast", campaign, member, event)
