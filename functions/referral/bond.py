"""The bond between a friend and who brought them: made once at joining, then joined, held, qualified. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.keys import Key, Row
from functions.core.mechanic import Decision, Fact, Seen
from functions.core.sharing import Brought, brought_by
from functions.referral.config import LEVELS_MAX, Config

DAY_SECONDS = 86_400
Record = Mapping[str, Any]


def bringer(config: Config, event: Event) -> Brought | None:
    """Whom the joining is put down to; never oneself."""
    found = brought_by(event.brought, config.touch, timedelta(config.window_days), event.at)
    return found if found and found.member != event.member else None


def referrer_in(seen: Seen, key: Key, member: str) -> Row | None:
    """The referrer's row, when they take part, and were not brought by this very member."""
    row = seen.rows.get(key)
    if row is None or row.get("closed") or "at" not in row.get("record", {}):
        return None
    return row if member not in (row["record"].get("by"), *row["record"].get("up", ())) else None


def made(event: Event, seen: Seen, brought: Brought, row: Row) -> Decision:
    """Somebody joins by a friend: one bond, for ever."""
    above = row["record"]
    up = [brought.member, *([above["by"]] if above.get("by") else [])][:LEVELS_MAX]
    depth = min(99, above.get("depth", 0) + 1)
    now = int(event.at.timestamp())
    record = {**seen.record, "at": now, "by": brought.member, "up": up, "depth": depth, "state": "joined", "times": 0}
    counted = {**above, "invited": above.get("invited", 0) + 1}
    fields = {"depth": depth, "number": counted["invited"]}
    fact = Fact("referral.joined", "once", fields, {"referrer": (brought.member,)})
    return Decision("joined_by_friend", record, (fact,), records={brought.member: counted})


@dataclass(frozen=True)
class Bond:
    """A friend's record, and who brought them as they were read; None when they are gone."""

    event: Event
    record: Record
    above: Record | None

    @classmethod
    def of(cls, event: Event, seen: Seen, record: Record | None = None, above: Record | None = None) -> Bond:
        """The bond of the member whose event it is; `record` and `above` as they are by now, where that is decided."""
        mine = seen.record if record is None else record
        row = seen.rows.get(keys.state(event.campaign, mine["by"]))
        gone = row is None or row.get("closed")
        return cls(event, mine, above if above is not None else None if gone else (row or {}).get("record", {}))

    def done(self, config: Config, since: int, amount: int) -> Decision:
        """The friend did what counts, `since` then: held, or at once where the time is over.

        What was held since another time is held anew.
        """
        due = since + config.hold_days * DAY_SECONDS
        if due <= self.event.at.timestamp():
            return self.qualified("qualified", amount)
        before = self.record.get("due", due)
        changes = [Change(self._due(due), put={"until": due})]
        if before != due:
            changes.append(Change(self._due(before), delete=True))
        record = {**self.record, "state": "held", "due": due, "worth": amount}
        return Decision("held", record, changes=tuple(changes), values={"days": config.hold_days})

    def qualified(self, outcome: str, amount: int) -> Decision:
        """The rewards are due, to both."""
        times = self.record["times"] + 1
        number = (self.above or {}).get("qualified", 0) + 1
        fields = {"number": number, "order": amount}
        others = {"referrer": (self.record["by"],)}
        fact = Fact("referral.qualified", str(times), fields, others, reversible=True)
        record = {**self.record, "state": "qualified", "times": times}
        held = record.pop("due", None)
        record.pop("worth", None)
        changes = (Change(self._due(held), delete=True),) if held else ()
        return Decision(outcome, record, (fact,), changes, records=self._counts(1))

    def undone(self) -> Decision:
        """What counted was refunded: nothing is held any more, and what was given is taken back."""
        if self.record["state"] == "held":
            record = {name: value for name, value in self.record.items() if name not in ("due", "worth")}
            gone = Change(self._due(self.record["due"]), delete=True)
            return Decision("withdrawn", {**record, "state": "joined"}, changes=(gone,))
        if self.record["state"] == "joined":
            return Decision("withdrawn", dict(self.record))
        times = str(self.record["times"])
        return Decision(
            "reversed",
            {**self.record, "state": "joined"},
            (Fact("referral.reversed", times),),
            records=self._counts(-1),
            undone=(("referral.qualified", times),),
        )

    def _counts(self, more: int) -> dict[str, Record]:
        """The referrer's record with so many qualified more; nothing to write where nothing changes."""
        if self.above is None or not more:
            return {}
        return {self.record["by"]: {**self.above, "qualified": max(0, self.above.get("qualified", 0) + more)}}

    def _due(self, at: int) -> Key:
        return keys.due(self.event.campaign, at, keys.MEMBER, self.event.member)
