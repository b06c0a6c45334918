"""The plain model of assists: who began, who helped whom, and what each is owed for it. Held to the rows after a write.

What points are for can be read from the balance, digit by digit: `HELPED`, `STEPPED`, `THANKED`, `CONSOLED`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from functions.assist.config import Config
from functions.assist.drive import Drive
from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.live import FRESH_FOR
from functions.storage.memory import MemoryStore
from functions.storage.table import address
from tests.simulation.scheduler import Scheduler
from tests.simulation.watch import hold
from tests.storage.stage import CAMPAIGN, OPENS, member

MEMBERS, PER_MEMBER = 5, 2
HELPED, STEPPED, THANKED, CONSOLED = 1_000_000, 10_000, 100, 1
OLD = member(0)  # took part in another campaign before
PEOPLE = [member(n) for n in range(MEMBERS)]
PLACES = {  # of each: the row in the campaign, the points
    one: (address("demo", keys.state(CAMPAIGN, one)), address("demo", keys.points(one))) for one in PEOPLE
}
POOL = address("demo", keys.pool(CAMPAIGN, "tea", 0))
ACCOUNTED = {"unit", "state", "points", "wallet", "pool"}
DONE = {"assist_begun", "assist_left", "helped", "helped_last", "cut", "cut_last"}


@dataclass
class Book:
    """`configs` are those of the versions, from the first."""

    disk: MemoryStore
    scheduler: Scheduler
    configs: Sequence[Config]
    closes: datetime
    drives: dict[str, Drive] = field(default_factory=dict)
    began: Counter[str] = field(default_factory=Counter)
    helped: Counter[str] = field(default_factory=Counter)
    owed: Counter[str] = field(default_factory=Counter)  # points
    completed: Counter[str] = field(default_factory=Counter)
    coupons: set[Key] = field(default_factory=set)
    versions: dict[Key, int] = field(default_factory=dict)
    states: list[tuple[datetime, str]] = field(default_factory=lambda: [(OPENS, "published")])
    answers: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    ran_out: bool = False

    def wrote(self, changes: Sequence[Change], at: datetime) -> None:
        """Hold one applied write, of an event `at` a server time, to the promises."""
        for change in changes:
            row = self.disk.rows.get(address("demo", change.key))  # looked at, not copied
            if row is None or change.checks_only:
                continue
            if change.key.kind in ("state", "unit"):
                hold(row["version"] == self.versions.get(change.key, 0) + 1, "2: a version is written once", change.key)
                self.versions[change.key] = row["version"]
            if change.key.kind == "unit":
                self._drive(change.key.parts[2], row, at, {one.key for one in changes})
            elif change.key.kind == "wallet":
                hold(change.key not in self.coupons, "3: a coupon is given once", change.key)
                self.coupons.add(change.key)
            elif change.key.kind == "head":
                self.states.append((self.scheduler.now, row["head"]["state"]))
        if any(change.key.kind in ACCOUNTED for change in changes):
            self._accounts()

    def answered(self, event: str, who: str, outcome: str, values: Mapping[str, Any], name: str) -> None:
        """2: what was done is told alike each time it is asked; a refusal is true."""
        if outcome in DONE:
            known = self.answers.setdefault(event, (outcome, values))
            hold(known == (outcome, values), "2: the same event gets the same answer", (event, known, outcome, values))
        drive, terms = self.drives.get(name), self.configs[0]
        if drive is None:
            hold(outcome != "starts_used_up" or self.began[who] >= terms.starts_each, "a refusal is true", outcome)
            return
        if outcome in DONE:
            cut = drive.cut_of(drive.helpers.index(who)) if who in drive.helpers else -1
            hold(values["cut"] == cut, "the cut that was fixed is the one that is told", (values, drive))
        truths = {
            "own_assist": who == drive.leader,
            "already_helped": who in drive.helpers,
            "assist_full": drive.state == "completed",
            "assist_over": drive.state == "expired" or self.scheduler.now.timestamp() >= drive.until,
            "helps_used_up": self.helped[who] >= terms.helps_each,
            "newcomers_only": terms.newcomers_only and who == OLD,
            "unknown_assist": False,
        }
        hold(truths.get(outcome, True), "a refusal is true", (outcome, who, drive))

    def _drive(self, name: str, row: Row, at: datetime, written: set[Key]) -> None:
        after, before = Drive.of(name, row["record"]), self.drives.get(name)
        self.drives[name] = after
        if before is None:
            return self._begun(after, at)
        fixed, kept = (replace(one, helpers=(), state="") for one in (before, after))
        hold(fixed == kept, "its terms are fixed", (before, after))
        hold(before.state == "open", "7: what has ended stays as it ended", (before, after))
        if after.state == "expired":
            return self._expired(before, after, at, written)
        return self._helped(before, after, at)

    def _begun(self, drive: Drive, at: datetime) -> None:
        self._open(at)
        hold(drive.state == "open" and not drive.helpers, "it begins empty", drive)
        mine = [one for one in self.drives.values() if one.leader == drive.leader and one.state == "open"]
        hold(len(mine) == 1, "one at a time", mine)
        hold(at.timestamp() < drive.until <= self.closes.timestamp(), "9: it ends within the campaign", drive)
        if drive.cuts:
            floor = {drive.price - config.style.floor for config in self.configs if config.style.kind == "bargain"}
            hold(sum(drive.cuts) in floor and min(drive.cuts) >= 1, "the cuts come to the floor, exactly", drive)
            hold(len(drive.cuts) == drive.needed, "each helper has a cut", drive)
        self.began[drive.leader] += 1

    def _helped(self, before: Drive, after: Drive, at: datetime) -> None:
        self._open(at)
        helper = after.helpers[-1]
        hold(after.helpers[:-1] == before.helpers, "1: no help is lost", (before, after))
        hold(helper not in (*before.helpers, after.leader), "1: each helps once, and nobody oneself", after)
        hold(len(after.helpers) <= after.needed, "1: never more helpers than asked for", after)
        hold(at.timestamp() < after.until, "7: nobody helps when time is over", after)
        hold(not (self.configs[0].newcomers_only and helper == OLD), "only newcomers count", after)
        done = len(after.helpers) == after.needed
        hold(after.state == ("completed" if done else "open"), "7: the last help completes it", after)
        self.helped[helper] += 1
        self.owed[helper] += HELPED
        home = self.disk.rows.get(PLACES[helper][0], {})
        if not done and len(after.helpers) in self.configs[home.get("definition", 1) - 1].steps:
            self.owed[after.leader] += STEPPED
        for one in after.helpers if done else ():
            self.owed[one] += THANKED
        self.completed[after.leader] += done

    def _expired(self, before: Drive, after: Drive, at: datetime, written: set[Key]) -> None:
        hold(after.helpers == before.helpers and after.missing, "7: what is complete does not expire", (before, after))
        if at.timestamp() < after.until:
            left = keys.state(CAMPAIGN, after.leader) in written and keys.points(after.leader) not in written
            hold(left, "7: nothing expires before its time, unless who began leaves", after)
            return
        consoled = keys.points(after.leader) in written
        hold(self._may_be("published" if consoled else "paused", at), "9: given unless paused", (after, self.states))
        self.owed[after.leader] += CONSOLED * consoled

    def _open(self, at: datetime) -> None:
        hold(OPENS <= at < self.closes, "9: nothing happens outside the window", at)
        hold(self._may_be("published", at), "9: nothing happens unless published", self.states)

    def _may_be(self, state: str, at: datetime) -> bool:
        """Whether who serves `at` that time may hold the campaign to be in `state`."""
        ends = [*(when for when, _ in self.states[1:]), datetime.max.replace(tzinfo=at.tzinfo)]
        return any(one == state and end > at - FRESH_FOR for (_, one), end in zip(self.states, ends, strict=True))

    def _accounts(self) -> None:
        """1, 3 and 4: each has what they are owed, once, and no more than one may; issued and left make the stock."""
        pool, have = self.disk.rows[POOL], Counter(key.parts[0] for key in self.coupons)
        self.ran_out |= pool["remaining"] == 0
        hold(0 <= pool["remaining"] == pool["stock"] - len(self.coupons), "1: issued and left make the stock", pool)
        terms = self.configs[0]
        for one, (home, points) in PLACES.items():
            row, balance = self.disk.rows.get(home, {}), self.disk.rows.get(points, {})
            record = row.get("record", {})
            counted = (record.get("helped", 0), record.get("begun", 0))
            hold(counted == (self.helped[one], self.began[one]), "1: what one did is counted", (one, counted))
            hold(counted[0] <= terms.helps_each and counted[1] <= terms.starts_each, "1: within the limits", counted)
            entries = balance.get("entries", [])
            hold(balance.get("balance", 0) == self.owed[one], "3: given once what is owed", (balance, self.owed[one]))
            hold(sum(entry[1] for entry in entries) == self.owed[one], "4: a balance is its entries' sum", balance)
            hold(row.get("got", {}).get("tea", 0) == have[one], "1: a member has what was counted", (row, have[one]))
            wanted = min(PER_MEMBER, self.completed[one])
            hold(have[one] == wanted or (have[one] < wanted and self.ran_out), "7: completed: it is given", (one, have))

    def ended(self) -> None:
        """7: when all time is over each has ended, and nothing waits."""
        still = [drive for drive in self.drives.values() if drive.state == "open"]
        hold(not still, "7: every assist ends", still)
        waits = self.disk.query("due", CAMPAIGN)
        hold(not waits, "7: nothing waits for what has ended", waits)
