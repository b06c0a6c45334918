"""One event of one member in one campaign: mechanic, then rules, then rewards, then one write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from functions.core import keys
from functions.core.campaign import Campaign, RewardItem, State, Version
from functions.core.change import AtLeast, Change, holds, take
from functions.core.discovery import Catalogue
from functions.core.event import Event
from functions.core.ids import derived_id
from functions.core.keys import Key, Row
from functions.core.mechanic import Charge, Decision, Seen
from functions.core.reward import Grant
from functions.core.rules import Due, due
from functions.core.text import Text
from functions.storage import spending
from functions.storage.engine import Answer, GrantLine, Plan, Rows

CLOSED: Mapping[State, str] = {
    "draft": "not_begun",
    "linted": "not_begun",
    "approved": "not_begun",
    "paused": "paused",
    "ended": "ended",
    "archived": "ended",
}
OUTCOMES = {
    "not_begun": Text(zh="活动还没开始", en="This campaign has not begun yet"),
    "paused": Text(zh="活动暂停了，已得的奖励还在", en="This campaign is paused. What you have earned stays yours"),
    "ended": Text(zh="活动已经结束", en="This campaign has ended"),
    "consent_needed": Text(zh="请先同意参加", en="Please agree to take part first"),
    "not_in_audience": Text(zh="这个活动需要先获得参加资格", en="You need an invitation to take part in this one"),
    "left": Text(zh="你已退出这个活动", en="You have left this campaign"),
    "granted": Text(zh="已发放", en="Granted"),
    "exhausted": Text(zh="已经发完了", en="All gone"),
    "day_spent": Text(zh="今天的发完了，明天再来", en="Today's are all gone. Come back tomorrow"),
    "limit_reached": Text(zh="已达到每人上限", en="You have had as many as one person may"),
    "already_granted": Text(zh="之前已经发过", en="You have had this one before"),
    "event_id_reused": Text(zh="这个请求编号已用于别的内容", en="This event id was used for something else"),
}


@dataclass(frozen=True)
class Play:
    """The plan for one event (engine.Planner)."""

    catalogue: Catalogue
    campaign: Campaign
    version: Version
    event: Event
    read_config: Any = None  # the version's configuration, from a caller who keeps it between events
    sold_out: Mapping[str, int] = field(default_factory=dict)  # from the same caller, see sold_out()

    @property
    def home(self) -> Key:
        """The member's row in the campaign."""
        return keys.state(self.event.campaign, self.event.member)

    @cached_property
    def config(self) -> Any:
        """The mechanic's configuration in this version."""
        return self.read_config or self.mechanic.Config.model_validate(self.version.definition.config)

    @cached_property
    def today(self) -> date:
        """The campaign's day on which this happens."""
        return self.version.definition.schedule.calendar.day_of(self.event.at)

    @cached_property
    def mechanic(self) -> Any:
        """The mechanic that decides."""
        return self.catalogue.mechanic(self.version.definition.mechanic)

    def reads(self, refused: frozenset[str]) -> Sequence[Key]:
        """The mechanic's rows, and every shard of a pool of which one was found empty."""
        pools = {name.split(":")[1] for name in refused if name.startswith("pool:")}
        shards = [
            keys.pool(self.event.campaign, reward, n) for reward in sorted(pools) for n in range(self._shards(reward))
        ]
        if any(name.startswith(f"{spending.REFUSAL}:") for name in refused):
            shards += spending.rows_of(self.event.campaign, self.today, self.version)
        return [*self.mechanic.reads(self.config, self.event), *shards]

    def plan(self, rows: Rows, refused: frozenset[str]) -> Plan:
        """The mechanic's decision with what it earns and costs."""
        row = rows[self.home]
        closed = self._closed(row)
        if closed:
            return Plan(closed)
        door = self._door(row)
        for change in door:
            if change.refusal in refused:
                return Plan(change.refusal)
        moment = self.version.definition.schedule.moment(self.event.at)
        record = (row or {}).get("record", {})
        decision = self.mechanic.decide(self.config, self.event, Seen(moment, record, rows, refused))
        if decision.record is None:
            return Plan(decision.outcome, values=decision.values)
        for charge in decision.charges:
            if (name := charge_refusal(charge)) in refused:
                return Plan(name)
        return self._settled(row or {}, decision, door, _Settlement(self, rows, refused, row or {}))

    def _settled(self, row: Row, decision: Decision, door: list[Change], settlement: _Settlement) -> Plan:
        rules = self.version.definition.rules
        owed = due(rules, decision.facts, row.get("paid", {}), self.today, row.get("paid_on", {}))
        for one in owed:
            settlement.settle(one)
        charges = [
            change
            for place, charge in enumerate(decision.charges)
            for change in self.catalogue.reward(charge.kind).charge(charge, self._receipt(charge, place))  # type: ignore[attr-defined]
        ]
        home = {
            "record": dict(decision.record or {}),
            "paid": settlement.paid,
            "got": settlement.got,
            "definition": self.version.number,
            **settlement.kept(),
        }
        if not row and self.event.channel:
            home["channel"] = self.event.channel  # for the stream, which counts it; the next event leaves it out
        changes = (*door, *decision.changes, *charges, *settlement.changes, *settlement.spends())
        return Plan(decision.outcome, home, changes, decision.facts, tuple(settlement.lines), decision.values)

    def _closed(self, row: Row | None) -> str:
        """Why nothing can happen now: the campaign's state, its window, or the member has left."""
        if self.campaign.state != "published":
            return CLOSED[self.campaign.state]
        schedule = self.version.definition.schedule
        if self.event.actor == "member" and self.event.at < schedule.starts_at:
            return "not_begun"
        if self.event.actor == "member" and schedule.ends_at is not None and self.event.at >= schedule.ends_at:
            return "ended"
        closed = (row or {}).get("closed", "")
        return "" if closed == "withdrawn" and self.event.consents else "left" if closed else ""

    def _door(self, row: Row | None) -> list[Change]:
        """What must hold at a member's first event: a live consent, and the entitlement the campaign asks for."""
        if row is not None and not row.get("closed"):
            return []
        member, purpose = self.event.member, keys.participation(self.event.campaign)
        if self.event.consents:
            # The newest word of the member counts, so this needs no guard of its own.
            said = {"live": True, "purpose": purpose, "at": self.event.at.isoformat(), "version": self.version.number}
            door = [Change(keys.consent(member, purpose), put=said)]
        else:
            door = [holds(keys.consent(member, purpose), "live", True, "consent_needed")]
        wanted = self.version.definition.audience.entitlement
        if wanted:
            until = AtLeast("valid_until", int(self.event.at.timestamp()))
            door.append(Change(keys.entitlement(member, wanted), (until,), refusal="not_in_audience"))
        return door

    def _shards(self, reward: str) -> int:
        return self.version.pools.get(reward, 0)

    def _receipt(self, charge: Charge, place: int) -> Grant:
        return Grant(
            id=derived_id("chg", self.event.campaign, self.event.member, self.event.id, str(place)),
            campaign=self.event.campaign,
            version=self.version.number,
            rule="",
            reward="",
            kind=charge.kind,
            member=self.event.member,
            at=self.event.at,
            amount=charge.amount,
        )


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


def _on(reward: str, day: date) -> str:
    """Where it is kept that a day's budget has no room for a reward."""
    return f"{reward}@{day}"


def _own(member: str, reward: str, shards: int) -> int:
    """The shard that a member is served from first."""
    return int(derived_id("n", member, reward)[-4:], 36) % shards


def charge_refusal(charge: Charge) -> str:
    """The outcome when a member cannot pay."""
    return f"{charge.kind}_insufficient"


@dataclass
class _Settlement:
    """Turns what rules owe into row changes, within stock and per-member limits, and says what came of each."""

    play: Play
    rows: Rows
    refused: frozenset[str]
    row: Row
    changes: list[Change] = field(default_factory=list)
    lines: list[GrantLine] = field(default_factory=list)
    taken: dict[Key, int] = field(default_factory=dict)
    fired: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.paid: dict[str, int] = dict(self.row.get("paid", {}))
        self.got: dict[str, int] = dict(self.row.get("got", {}))
        self.paid_on: dict[str, int] = dict(self.row.get("paid_on", {}))
        self.spent: int = self.row.get("spent", 0)
        self.day = self._day()
        self.resting = {rule.id for rule in self.play.version.definition.rules if rule.cooldown}

    def settle(self, owed: Due) -> None:
        """Grant one reward, or note why not."""
        item = self.play.version.definition.reward(owed.reward)
        grant = self._grant(owed, item)
        outcome = self._outcome(item, grant)
        if outcome == "granted":
            kind = self.play.catalogue.reward(item.kind)
            config = kind.Config.model_validate(item.config)
            self.changes += kind.rows(config, grant)
            self.got[item.id] = self.got.get(item.id, 0) + grant.amount
            self.spent += item.unit_cost * grant.amount
            if (owed.rule, owed.firing) not in self.fired:
                self._fire(owed)
        line: GrantLine = {"reward": item.id, "kind": item.kind, "amount": grant.amount, "outcome": outcome}
        self.lines.append(line)

    def kept(self) -> Row:
        """What the member's row remembers besides what was paid and got, where there is anything to remember."""
        return {name: value for name, value in (("spent", self.spent), ("paid_on", self.paid_on)) if value}

    def _fire(self, owed: Due) -> None:
        self.fired.add((owed.rule, owed.firing))
        self.paid[owed.rule] = self.paid.get(owed.rule, 0) + 1
        if owed.rule in self.resting:
            self.paid_on[owed.rule] = self.play.today.toordinal()

    def _day(self) -> spending.Day | None:
        """The day's budget, where the campaign has one."""
        version, event = self.play.version, self.play.event
        limit, shards = version.definition.budget.per_day, version.day_shards
        if limit is None:
            return None
        return spending.Day(event.campaign, self.play.today, limit, shards, _own(event.member, "", shards), self.rows)

    def spends(self) -> list[Change]:
        """What the day's counters take down."""
        return self.day.changes() if self.day else []

    def _outcome(self, item: RewardItem, grant: Grant) -> str:
        """What comes of a grant. What it takes from the day and from the stock is taken here, both or neither."""
        if f"granted:{grant.id}" in self.refused:
            return "already_granted"
        cost = item.unit_cost * grant.amount
        if self._above_limit(item, grant.amount, cost):
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

    def _above_limit(self, item: RewardItem, amount: int, cost: int) -> bool:
        """Whether the member would have more of this reward, or cost more in all, than one person may."""
        most = self.play.version.definition.budget.per_member
        if item.per_member is not None and self.got.get(item.id, 0) + amount > item.per_member:
            return True
        return bool(cost and most is not None and self.spent + cost > most)

    def _shard(self, item: RewardItem, grant: Grant) -> Key | None:
        """The member's own shard while nothing is known of the pool; else any with enough left; else None."""
        if self._known_gone(item.id, grant.amount):
            return None
        count = self.play.version.pools[item.id]
        first = _own(grant.member, item.id, count)
        order = [keys.pool(grant.campaign, item.id, (first + n) % count) for n in range(count)]
        known = [key for key in order if key in self.rows]
        if not known:
            return order[0]
        return next((key for key in known if self._left(key) >= grant.amount), None)

    def _left(self, key: Key) -> int:
        return int((self.rows[key] or {}).get("remaining", 0)) - self.taken.get(key, 0)

    def _grant(self, owed: Due, item: RewardItem) -> Grant:
        event = self.play.event
        return Grant(
            id=derived_id("grant", event.campaign, owed.rule, event.member, owed.firing, str(owed.place)),
            campaign=event.campaign,
            version=self.play.version.number,
            rule=owed.rule,
            reward=item.id,
            kind=item.kind,
            member=event.member,
            at=event.at,
            amount=owed.amount,
            name=item.name,
            calendar=self.play.version.definition.schedule.calendar,
        )
