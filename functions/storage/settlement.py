"""What rules owe, as row changes: within stock, budgets and each member's limits; and what came of each reward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from functions.core import keys
from functions.core.campaign import RewardItem
from functions.core.change import Change, Is, take
from functions.core.ids import derived_id
from functions.core.keys import Key, Row
from functions.core.mechanic import OWN
from functions.core.reward import Grant
from functions.core.rules import Due, Past
from functions.storage import spending
from functions.storage.engine import Answer, GrantLine, Rows
from functions.storage.reversal import receipts

if TYPE_CHECKING:
    from functions.storage.play import Play

UNPAID = {"": "consent_needed", "withdrawn": "left", "erased": "left"}


def sold_out(answer: Answer, known: Mapping[str, int], today: date = date.min) -> dict[str, int]:
    """What is `known` to be gone while this version serves, and what the answer adds: reward -> the least amount.

    Stock never comes back within a version, nor a day's budget within the day. Who knows this needs no refused write
    and no look at the pools to say so.
    """
    gone = dict(known)
    places = {"exhausted": "{}".format, "day_spent": lambda reward: _on(reward, today)}
    for line in () if answer.replayed else answer.grants:
        if line["outcome"] in places:
            place = places[line["outcome"]](line["reward"])
            gone[place] = min(line["amount"], gone.get(place, line["amount"]))
    return gone


@dataclass
class Account:
    """What one member has had of the campaign, as their row in it says, and has after this event."""

    member: str
    row: Row | None

    def __post_init__(self) -> None:
        row = self.row or {}
        self.paid: dict[str, int] = dict(row.get("paid", {}))
        self.got: dict[str, int] = dict(row.get("got", {}))
        self.paid_on: dict[str, int] = dict(row.get("paid_on", {}))
        self.spent: int = row.get("spent", 0)
        self.fired: set[tuple[str, str]] = set()
        self.past = Past(dict(self.paid), dict(self.paid_on))

    def kept(self) -> Row:
        """What the row remembers of it; days and sums only where there are any."""
        more = {name: value for name, value in (("spent", self.spent), ("paid_on", self.paid_on)) if value}
        return {"paid": self.paid, "got": self.got, **more}

    def add(self, owed: Due, item: RewardItem, today: int | None) -> None:
        """One reward more. A rule that gives several for one fact has paid once; `today` where it rests afterwards."""
        self.got[item.id] = self.got.get(item.id, 0) + owed.amount
        self.spent += item.unit_cost * owed.amount
        if (owed.rule, owed.firing) in self.fired:
            return
        self.fired.add((owed.rule, owed.firing))
        self.paid[owed.rule] = self.paid.get(owed.rule, 0) + 1
        if today is not None:
            self.paid_on[owed.rule] = today


@dataclass
class Settlement:
    """Turns what rules owe into row changes, and says what came of each.

    `own` is the account of the member whose event it is; those of others are in `rows`. `closed` says why nothing is
    given now, if so. `reversible` says by firing where it is kept what was given; `records` are others' new ones.
    """

    play: Play
    rows: Rows
    refused: frozenset[str]
    row: Row
    closed: str = ""
    changes: list[Change] = field(default_factory=list)
    lines: list[GrantLine] = field(default_factory=list)
    given: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    taken: dict[Key, int] = field(default_factory=dict)
    others: dict[str, Account] = field(default_factory=dict)
    reversible: Mapping[str, Key] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    granted: list[tuple[Key, Grant]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own = Account(self.play.event.member, self.row)
        self.day = self._day()
        self.resting = {rule.id for rule in self.play.version.definition.rules if rule.cooldown}

    def know(self, member: str) -> Account:
        """The account of another member, whose row was read."""
        if member not in self.others:
            self.others[member] = Account(member, self.rows[self._state(member)])
        return self.others[member]

    def settle(self, owed: Due) -> None:
        """Grant one reward, or note why not."""
        account = self.own if owed.member == OWN else self.others[owed.member]
        item = self.play.version.definition.reward(owed.reward)
        grant = self._grant(owed, item, account.member)
        outcome = self.closed or self._absent(account) or self._outcome(item, grant, account)
        if outcome == "granted":
            kind = self.play.catalogue.reward(item.kind)
            self.changes += kind.rows(kind.Config.model_validate(item.config), grant)
            if owed.firing in self.reversible:
                self.granted.append((self.reversible[owed.firing], grant))
            account.add(owed, item, self.play.today.toordinal() if owed.rule in self.resting else None)
        if account is self.own:
            self.lines.append({"reward": item.id, "kind": item.kind, "amount": grant.amount, "outcome": outcome})
            return
        told = self.given.setdefault((owed.rule, item.id, outcome), [0, 0])
        told[0] += 1
        told[1] += grant.amount

    def kept(self) -> Row:
        """What the home row remembers of this; `given` sums up what others got, for the stream."""
        given = [[*which, *numbers] for which, numbers in self.given.items()]
        return {**self.own.kept(), **({"given": given} if given else {})}

    def written(self) -> list[Change]:
        """All that was granted, what it took from the day, and the rows of the others who got something.

        Each of those is guarded by the version that was seen: so their limits hold.
        """
        spent = self.day.changes() if self.day else []
        return [*self.changes, *self._accounts(), *spent, *receipts(self.granted)]

    def _accounts(self) -> list[Change]:
        return [
            Change(
                self._state(account.member),
                (Is("version", account.row["version"]),),
                put=_without(account.row, "given")
                | {
                    "version": account.row["version"] + 1,
                    "facts": [],
                    **account.kept(),
                    **self._record(account.member),
                },
            )
            for account in self.others.values()
            if account.row is not None and (account.fired or account.member in self.records)
        ]

    def _record(self, member: str) -> Row:
        """The mechanic's new record of another member, where it has one."""
        return {"record": dict(self.records[member])} if member in self.records else {}

    def _state(self, member: str) -> Key:
        return keys.state(self.play.event.campaign, member)

    def _absent(self, account: Account) -> str:
        """Why somebody else gets nothing: they never took part, left, or were erased."""
        if account is self.own or (account.row is not None and not account.row.get("closed")):
            return ""
        return UNPAID[(account.row or {}).get("closed", "")]

    def _day(self) -> spending.Day | None:
        """The day's budget, where the campaign has one."""
        version, event = self.play.version, self.play.event
        limit, shards = version.definition.budget.per_day, version.day_shards
        if limit is None:
            return None
        first = _own(self.play.source, "", shards)
        return spending.Day(event.campaign, self.play.today, limit, shards, first, self.rows)

    def _outcome(self, item: RewardItem, grant: Grant, account: Account) -> str:
        """What comes of a grant. What it takes from the day and from the stock is taken here, both or neither."""
        if f"granted:{grant.id}" in self.refused:
            return "already_granted"
        cost = item.unit_cost * grant.amount
        if self._above_limit(item, grant.amount, cost, account):
            return "limit_reached"
        counter = self._counter(item, grant.amount, cost) if self.day and cost else None
        if self.day and cost and counter is None:
            return "day_spent"
        shard = self._shard(item, grant) if item.stock is not None else None
        if item.stock is not None and shard is None:
            return "exhausted"
        if shard is not None:
            self.taken[shard] = self.taken.get(shard, 0) + grant.amount
            self.changes.append(take(shard, "remaining", grant.amount, f"pool:{item.id}:{shard.parts[2]}"))
        if self.day and counter is not None:
            self.day.take(counter, cost)
        return "granted"

    def _counter(self, item: RewardItem, amount: int, cost: int) -> Key | None:
        """The day's counter that has room for the cost; None where it is known or seen that none has."""
        assert self.day is not None
        known = self._known_gone(_on(item.id, self.play.today), amount)
        return None if known else self.day.room(cost)

    def _known_gone(self, place: str, amount: int) -> bool:
        return amount >= self.play.sold_out.get(place, amount + 1)

    def _above_limit(self, item: RewardItem, amount: int, cost: int, account: Account) -> bool:
        """Whether the member would have more of this reward, or cost more in all, than one person may."""
        most = self.play.version.definition.budget.per_member
        if item.per_member is not None and account.got.get(item.id, 0) + amount > item.per_member:
            return True
        return bool(cost and most is not None and account.spent + cost > most)

    def _shard(self, item: RewardItem, grant: Grant) -> Key | None:
        """The sender's own shard while nothing is known of the pool; else any with enough left; else None.

        What one event gives to many comes from one shard while it lasts: each shard is one more row to write.
        """
        if self._known_gone(item.id, grant.amount):
            return None
        count = self.play.version.pools[item.id]
        first = _own(self.play.source, item.id, count)
        order = [keys.pool(grant.campaign, item.id, (first + n) % count) for n in range(count)]
        known = [key for key in order if key in self.rows]
        if not known:
            return order[0]
        return next((key for key in known if self._left(key) >= grant.amount), None)

    def _left(self, key: Key) -> int:
        return int((self.rows[key] or {}).get("remaining", 0)) - self.taken.get(key, 0)

    def _grant(self, owed: Due, item: RewardItem, member: str) -> Grant:
        """The grant, its id from what it is for; to somebody else also from whose event it was."""
        event = self.play.event
        whose = [self.play.source] if owed.member != OWN else []
        return Grant(
            id=derived_id("grant", event.campaign, owed.rule, member, owed.firing, str(owed.place), *whose),
            campaign=event.campaign,
            version=self.play.version.number,
            rule=owed.rule,
            reward=item.id,
            kind=item.kind,
            member=member,
            at=event.at,
            amount=owed.amount,
            name=item.name,
            calendar=self.play.version.definition.schedule.calendar,
        )


def _without(row: Row, name: str) -> Row:
    return {field: value for field, value in row.items() if field != name}


def _on(reward: str, day: date) -> str:
    """Where it is kept that a day's budget has no room for a reward."""
    return f"{reward}@{day}"


def _own(source: str, reward: str, shards: int) -> int:
    """The shard that a member is served from first."""
    return int(derived_id("n", source, reward)[-4:], 36) % shards
