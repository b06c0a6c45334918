"""One event of one member in one campaign: mechanic, then rules, then rewards, then one write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from functions.core import keys
from functions.core.campaign import Campaign, State, Version
from functions.core.change import Change, holds
from functions.core.discovery import Catalogue
from functions.core.event import Event
from functions.core.ids import derived_id
from functions.core.keys import Key, Row
from functions.core.mechanic import OWN, Charge, Decision, Fact, Room, Seen
from functions.core.need import asks, guards
from functions.core.reward import Grant
from functions.core.room import room
from functions.core.rules import due, payees
from functions.core.text import Text
from functions.storage import spending
from functions.storage.engine import Plan, Rows
from functions.storage.reversal import looked_at, of_facts, of_undone, taken_back
from functions.storage.settlement import Settlement, sold_out

__all__ = ["CLOSED", "OUTCOMES", "Play", "charge_refusal", "sold_out"]

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
    "not_in_audience": Text(zh="这个活动只对部分会员开放", en="This one is open to some members only"),
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
        """The member's row in the campaign, or that of what members share."""
        return self.event.unit or keys.state(self.event.campaign, self.event.member)

    @property
    def source(self) -> str:
        """Whose event it is: a member's, or a unit's."""
        return self.event.unit.parts[-1] if self.event.unit else self.event.member

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
        stopped = self._stopped(row)
        if stopped:
            return Plan(stopped)
        door = self._door(row)
        if door and self._known_not_to_fit():
            return Plan("not_in_audience")
        for change in door:
            if change.refusal in refused:
                return Plan(change.refusal)
        record = (row or {}).get("record", {})
        if needs := [key for key in self._follows(record) if key not in rows]:
            return Plan("", needs=tuple(needs))
        moment, closed = self.version.definition.schedule.moment(self.event.at), self._closed(row)
        seen = Seen(moment, record, rows, refused, closed, self._room)
        decision = self.mechanic.decide(self.config, self.event, seen)
        if decision.record is None:
            return Plan(decision.outcome, values=decision.values)
        for charge in decision.charges:
            if (name := charge_refusal(charge)) in refused:
                return Plan(name)
        facts = tuple(self._named(fact) for fact in decision.facts)
        others = list(dict.fromkeys([*self._others(facts), *decision.records]))
        undone = of_undone(self.event.campaign, self.source, decision.undone)
        if needs := [key for key in (*map(self._state, others), *undone) if key not in rows]:
            return Plan("", needs=tuple(needs))
        if needs := [key for key in looked_at(self.catalogue, undone, rows, self.event.at) if key not in rows]:
            return Plan("", needs=tuple(needs))
        kept = of_facts(self.event.campaign, self.source, facts)
        closed = "" if decision.promised else closed
        settlement = Settlement(self, rows, refused, row or {}, closed, reversible=kept, records=decision.records)
        settlement.changes += taken_back(self.catalogue, undone, rows, self.event.at)
        return self._settled(row or {}, replace(decision, facts=facts), door, settlement, others)

    def _settled(
        self, row: Row, decision: Decision, door: list[Change], settlement: Settlement, others: Sequence[str]
    ) -> Plan:
        rules, own = self.version.definition.rules, settlement.own.past
        known = {member: settlement.know(member).past for member in others}
        for one in due(rules, decision.facts, own.paid, self.today, own.paid_on, known):
            if one.member != OWN or self.event.member:
                settlement.settle(one)
        charges = [
            change
            for place, charge in enumerate(decision.charges)
            for change in self.catalogue.reward(charge.kind).charge(charge, self._receipt(charge, place))  # type: ignore[attr-defined]
        ]
        home = {"record": dict(decision.record or {}), "definition": self.version.number, **settlement.kept()}
        home |= self._door_of(row)
        if row.get("closed") and not self.event.consents:
            home["closed"] = row["closed"]
        changes = (*door, *decision.changes, *charges, *settlement.written())
        return Plan(decision.outcome, home, changes, decision.facts, tuple(settlement.lines), decision.values)

    def _room(self) -> Room:
        """What a write has left for members who share something."""
        return room(self.version.definition, self.catalogue)

    def _door_of(self, row: Row) -> Row:
        """By which door the member came, and when: the stream tells by it who came back. Nothing for who used none."""
        now = int(self.event.at.timestamp())
        if "since" in row:
            seen = now if self.event.actor == "member" else row["seen"]
            return {"channel": row["channel"], "since": row["since"], "seen": seen}
        if row or not self.event.channel:
            return {}
        return {"channel": self.event.channel, "since": now, "seen": now}

    def _follows(self, record: Mapping[str, Any]) -> Sequence[Key]:
        """The rows that the home row's record leads to, where the mechanic knows of any."""
        known = getattr(self.mechanic, "follows", None)
        return known(self.config, self.event, record) if known else []

    def _named(self, fact: Fact) -> Fact:
        """The fact with the event's own member called so among the others."""
        if not fact.others:
            return fact
        mine = self.event.member
        others = {to: tuple(OWN if one == mine else one for one in members) for to, members in fact.others.items()}
        return replace(fact, others=others)

    def _others(self, facts: Sequence[Fact]) -> list[str]:
        """The other members whom rules would pay for these facts."""
        found = [name for rule in self.version.definition.rules for fact in facts for name in payees(rule, fact)]
        return [name for name in dict.fromkeys(found) if name != OWN]

    def _state(self, member: str) -> Key:
        return keys.state(self.event.campaign, member)

    @property
    def _from_outside(self) -> bool:
        """Whether a shop or a timer says it: what happened, happened, also to a campaign that is paused."""
        return self.event.actor in ("shop", "system")

    @property
    def _is_late_verdict(self) -> bool:
        """Whether staff says of a campaign that ended what became of something done in time.

        Not while it is paused: nothing is given then, and after it, what is looked at earns as ever.
        """
        return self.event.actor == "staff" and self.campaign.state == "ended"

    def _stopped(self, row: Row | None) -> str:
        """Why nothing can happen now: the campaign's state, its window, or the member has left."""
        if self._from_outside:
            return ""
        if self.campaign.state != "published" and not self._is_late_verdict:
            return CLOSED[self.campaign.state]
        schedule = self.version.definition.schedule
        if self.event.actor == "member" and self.event.at < schedule.starts_at:
            return "not_begun"
        if self.event.actor == "member" and schedule.ends_at is not None and self.event.at >= schedule.ends_at:
            return "ended"
        closed = (row or {}).get("closed", "")
        return "" if closed == "withdrawn" and self.event.consents else "left" if closed else ""

    def _closed(self, row: Row | None) -> str:
        """Why nothing is given for what happens nevertheless."""
        if (row or {}).get("closed") and not self.event.consents:
            return "left"
        return "" if self.campaign.state == "published" else CLOSED[self.campaign.state]

    def _door(self, row: Row | None) -> list[Change]:
        """What must hold at a member's first event: a live consent, and what the campaign asks of its audience."""
        if self.event.unit or (row is not None and (self._from_outside or not row.get("closed"))):
            return []
        member, purpose = self.event.member, keys.participation(self.event.campaign)
        if self.event.consents:
            # The newest word of the member counts, so this needs no guard of its own.
            said = {"live": True, "purpose": purpose, "at": self.event.at.isoformat(), "version": self.version.number}
            door = [Change(keys.consent(member, purpose), put=said)]
        else:
            door = [holds(keys.consent(member, purpose), "live", True, "consent_needed")]
        return [*door, *guards(self.version.definition.audience.asked, member, self.event.at)]

    def _known_not_to_fit(self) -> bool:
        """Whether the member is not the newcomer, or the customer, that the audience has to be."""
        needs = self.version.definition.audience.needs
        return (asks(needs, "newcomer") and not self.event.newcomer) or (
            asks(needs, "customer") and not self.event.customer
        )

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


def charge_refusal(charge: Charge) -> str:
    """The outcome when a member cannot pay."""
    return f"{charge.kind}_insufficient"
