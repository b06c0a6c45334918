"""One seed, one life of a few groups: joins, payments, refusals, leaving, refunds, deadlines, all told anew, late, or
lost; after every write the rows are held against a plain model of who sits where and what was paid (design §11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from random import Random
from typing import Any
from unittest.mock import patch

from functions.core import keys
from functions.core.campaign import Version
from functions.core.change import Change
from functions.core.event import Event
from functions.core.intent import payment_name
from functions.core.keys import Key, Row
from functions.group_buy import group as group_buy
from functions.group_buy.ending import STEPS as SETTLES
from functions.group_buy.group import UNIT, Group, key_of
from functions.group_buy.seats import Seat
from functions.storage import campaigns
from functions.storage.engine import EventIdReused, TooBusy
from functions.storage.live import LiveCampaigns
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Unknown
from functions.storage.table import address, partition
from tests.simulation.deliveries import Deliveries
from tests.simulation.scheduler import Crash, Scheduler, SteppingStore, Violation
from tests.simulation.watch import hold
from tests.storage import group_stage, stage
from tests.storage.stage import CAMPAIGN, OPENS, Shop, member

MEMBERS, STEPS, PRICE, COPIES = 5, 50, 900, 2
TERMS: list[dict[str, Any]] = [
    {"size": 2},
    {"size": 3},
    {"size": 2, "price": PRICE},
    {"size": 3, "price": PRICE, "leader_discount": 100},
    {"size": 2, "price": PRICE, "ladder": [{"people": 3, "price": 700}]},
    {"size": 2, "price": PRICE, "on_refund": "replace"},
    {"size": 2, "price": PRICE, "on_refund": "dissolve"},
    {"size": 3, "price": PRICE, "on_refund": "dissolve"},
    {"size": 2, "price": PRICE, "ladder": [{"people": 3, "price": 700}]},
]
IN_STEPS = 2  # of these, the last: as if one write settled but one member; then a refund dissolves nothing
ENDS = {"open": {"completed", "expired"}, "completed": {"dissolved"}, "expired": set(), "dissolved": set()}
REFUNDS = partition("demo", "intents", "refund")
PLACES = {
    n: (partition("demo", "member", member(n)), address("demo", keys.state(CAMPAIGN, member(n))))
    for n in range(MEMBERS)
}


@cache
def prepared(terms: int, stock: int) -> dict[tuple[str, str], Any]:
    """The rows of a shop that has just published."""
    disk = MemoryStore()
    stage.publish(disk, group_stage.content(stock, **{"groups_each": 3, **TERMS[terms]}), OPENS - stage.DAY)
    return disk.rows


@cache
def prepared_versions(terms: int, stock: int) -> dict[tuple[str, int], Version]:
    """What it published, as a copy of a function keeps it: a version never changes."""
    version = stage.live(MemoryStore(rows=prepared(terms, stock))).version
    assert version is not None
    return {(CAMPAIGN, version.number): version}


@dataclass
class Book:
    """The plain model: who paid what for which seat, what went back, and how each group ended."""

    disk: MemoryStore
    stock: int
    came: dict[str, int] = field(default_factory=dict)  # payment -> what the shop heard of
    groups: dict[str, Group] = field(default_factory=dict)
    sat: dict[str, list[Seat]] = field(default_factory=dict)  # group -> every seat there ever was
    versions: dict[Key, int] = field(default_factory=dict)
    stepped: dict[str, int] = field(default_factory=dict)  # large groups: up to which seat they are settled
    owed: set[tuple[str, str]] = field(default_factory=set)  # (group, member): completed with the member in it
    given: set[tuple[str, str]] = field(default_factory=set)  # and those whom a step of it may have found in it

    def wrote(self, changes: Sequence[Change], at: datetime) -> None:
        """Hold one applied write to the promises."""
        for change in changes:
            row = self.disk.rows.get(address(self.disk.tenant, change.key))  # looked at, not copied
            if row is None or change.checks_only:
                continue
            if change.key.kind in ("state", "unit"):
                before = self.versions.get(change.key, 0)
                hold(row["version"] == before + 1, "2: each version of a row is written once", change.key)
                self.versions[change.key] = row["version"]
            if change.key.kind == "unit" and change.key.parts[1] == UNIT:
                self._group(change.key.parts[2], row, at)
        for change in changes:
            if change.key.kind == "unit" and change.key.parts[1] == SETTLES:
                self._step(change.key.parts[2])
        self._money()
        self._coupons()

    def _group(self, name: str, row: Row, at: datetime) -> None:
        after, before = Group.of(name, row["record"]), self.groups.get(name)
        seats = [seat.member for seat in after.seats]
        hold(len(set(seats)) == len(seats), "7: one seat a member", seats)
        hold(len(after.confirmed) <= after.most, "7: never more than there are seats", after)
        live = [seat for seat in after.seats if seat.live(int(at.timestamp()))]
        hold(len(live) <= max(after.most, after.room), "7: no seat is held for two", after)
        if before is not None and before.state != after.state:
            hold(after.state in ENDS[before.state], "7: a group ends in exactly one way", (before.state, after.state))
        self.sat.setdefault(name, []).extend(after.seats)
        was = {seat.number for seat in before.confirmed} if before else set()
        for seat in after.confirmed:
            if seat.number not in was:
                due, payment = (before or after).due(seat), after.payment(CAMPAIGN, seat)
                hold(not due or self.came.get(payment) == due, "7: who sits has paid", (payment, due))
        if after.state == "completed" and not after.in_steps and name not in self.stepped:
            self.owed |= {(name, one) for one in after.members}
        if after.state == "dissolved":
            self.owed = {(group, one) for group, one in self.owed if group != name}
        self.groups[name] = after

    def _step(self, name: str) -> None:
        """A large group is settled so far: it has its reward or its money to there, and no further."""
        self.stepped[name] = self.disk.rows[address("demo", keys.unit(CAMPAIGN, SETTLES, name))]["record"]["done"]
        group = self.groups[name]
        if group.state == "completed":
            self.owed |= {(name, seat.member) for seat in group.seats if self._settled(name, seat)}
            self.given |= {(name, seat.member) for seat in self.sat[name] if self._settled(name, seat)}

    def _settled(self, name: str, seat: Seat) -> bool:
        return name not in self.stepped or seat.number <= self.stepped[name]

    def _money(self) -> None:
        """7: what goes back is never more than what came, and equals it where a group ended without its members."""
        back = self._back()
        for payment, amount in back.items():
            came = self.came.get(payment, 0)
            hold(0 < amount <= came, "7: no more goes back than was paid", (payment, amount, came))
        for group in self.groups.values():
            ended = [seat for seat in group.confirmed if self._settled(group.name, seat)]
            for seat in ended if group.state in ("expired", "dissolved") else ():
                payment = group.payment(CAMPAIGN, seat)
                hold(back[payment] == self.came.get(payment, 0), "7: refunds equal payments", (group.state, payment))
            for seat in ended if group.state == "completed" else ():
                payment = group.payment(CAMPAIGN, seat)
                kept = self.came.get(payment, 0) - back[payment]
                hold(kept == group.due(seat), "7: each has paid the price it came to", (payment, kept))

    def _back(self) -> Counter[str]:
        """What went back of each payment, as the rows say."""
        back = Counter[str]()
        for (place, _), row in self.disk.rows.items():
            if place == REFUNDS:
                back[row["payment"]] += row["amount"]
        return back

    def settled(self) -> None:
        """7: in the end each payment sits in a formed group, or went back, whole."""
        seated = {
            group.payment(CAMPAIGN, seat)
            for group in self.groups.values()
            for seat in group.confirmed
            if group.state == "completed"
        }
        back = self._back()
        for payment, amount in self.came.items():
            hold(
                payment in seated or back[payment] == amount,
                "7: nothing that was paid is lost",
                (payment, amount, back[payment]),
            )

    def _coupons(self) -> None:
        """1 and 7: the stock is never passed; who is in a formed group has its coupon, if any is left."""
        each = Counter(place for place, name in self.disk.rows if name.startswith("W#coupon#"))
        hold(each.total() <= self.stock, "1: issued within stock", each)
        gone = each.total() == self.stock
        usable = Counter(
            place
            for (place, name), row in self.disk.rows.items()
            if name.startswith("W#coupon#") and row["state"] == "available"
        )
        for number, (wallet, home) in PLACES.items():
            have, got = each[wallet], self.disk.rows.get(home, {}).get("got", {}).get("tea", 0)
            hold(got == have <= 2, "1: a member has what was counted, within the limit", (number, got, have))
            owed = sum(one == member(number) for _, one in self.owed | self.given)
            hold(usable[wallet] <= owed, "7: dissolved: what nobody used is taken back", (number, usable[wallet], owed))
            wanted = min(2, sum(one == member(number) for _, one in self.owed))
            hold(have >= wanted or gone, "7: completed: every member has the reward", (number, have, wanted))


@dataclass(frozen=True)
class Sent:
    """An event that was sent, and may be sent again: `at` makes it as the edge would at that time."""

    kind: str
    who: str
    at: Callable[[datetime], Event]


@dataclass
class Life(Deliveries):
    """What one seed does."""

    seed: int
    make_store: Callable[..., SteppingStore] = SteppingStore
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.terms, self.stock = self.rng.randrange(len(TERMS)), self.rng.choice([2, 50, 50])
        self.in_steps = self.terms >= len(TERMS) - IN_STEPS
        self.disk = MemoryStore(rows=dict(prepared(self.terms, self.stock)))
        self.scheduler = Scheduler(self.rng, OPENS + timedelta(hours=1))
        self.book = Book(self.disk, self.stock)
        versions = prepared_versions(self.terms, self.stock)
        self.copies: list[dict[str, Any]] = [{"_heads": {}, "_versions": versions} for _ in range(COPIES)]

    def live(self) -> int:
        """Let it play out: at the end every group's time is over. Raises Violation."""
        for _ in range(5):
            for _ in range(STEPS // 5):
                self._spawn()
            self.scheduler.run()
            self.scheduler.now += self.rng.choice([timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=9)])
        self._everything_closes()
        return self.scheduler.steps

    def _spawn(self) -> None:
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._open, 3), (self._join, 9), (self._pay, 8), (self._refuse, 1), (self._leave, 2), (self._refund, 1),
            (self._close, 3), (self._settle, 3 * self.in_steps), (self._again, 5), (self._turn, 1),
        ]  # fmt: skip
        self.rng.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()

    def _open(self) -> None:
        self._send("open", self._member())

    def _join(self) -> None:
        group = self._group()
        if group:
            return self._send("join", self._member(), group=group.name)
        return self._open()

    def _leave(self) -> None:
        self._send("leave", self._member())

    def _pay(self) -> None:
        """For a seat that is there, or one that was: money comes when it comes."""
        group = self._group()
        if not group or not group.price:
            return self._join()
        seats = group.seats if group.seats and self.rng.random() < 0.8 else self.book.sat[group.name]
        who, number = (seat := self.rng.choice(seats)).member, seat.number
        payment = payment_name(CAMPAIGN, group.name, who, number)
        if payment in self.book.came:
            return self._join()
        due = group.price - (group.discount if number == 1 else 0)
        return self._send("paid", who, event_id=f"paid-{payment[4:]}", group=group.name, payment=payment, amount=due)

    def _refuse(self) -> None:
        self._about_a_seat("payment_refused")

    def _refund(self) -> None:
        self._about_a_seat("refunded")

    def _about_a_seat(self, kind: str) -> None:
        group = self._group()
        if not group or not group.price or not group.seats:
            return self._join()
        seat = self.rng.choice(group.seats)
        return self._send(kind, seat.member, group=group.name, payment=group.payment(CAMPAIGN, seat), amount=1)

    def _close(self) -> None:
        group = self._group()
        if not group:
            return self._open()
        return self._deliver(Sent("close", "", partial(group_stage.closes, group.name, event_id=f"close.{group.name}")))

    def _settle(self) -> None:
        """As a timer does: step after step, while there are more."""
        group = self._group()
        if group and group.state in ("completed", "expired"):
            self._task("settle", partial(self._steps, group.name))

    def _steps(self, name: str, store: SteppingStore) -> None:
        for step in range(MEMBERS + 1):
            if self._hear(store, group_stage.settles(name, store.at, f"settle.{name}.{step}")) != "group_settling":
                return

    def _again(self) -> None:
        if not self.sent:
            return self._open()
        return self._deliver(self.rng.choice(self.sent[-8:]))

    def _send(self, kind: str, who: str, event_id: str = "", **said: Any) -> None:
        name = event_id or f"event-{len(self.sent):04d}"
        self.sent.append(Sent(kind, who, lambda at: group_stage.happened(kind, who, name, at, **said)))
        self._deliver(self.sent[-1])

    def _deliver(self, sent: Sent) -> None:
        self._task(f"{sent.kind} {sent.who[-4:]}", lambda store: self._hear(store, sent.at(store.at)))

    def _hear(self, store: SteppingStore, event: Event) -> str:
        serving = LiveCampaigns(store, **self.rng.choice(self.copies)).get(CAMPAIGN, event.at)
        assert serving is not None
        if event.kind == "paid":
            self.book.came.setdefault(event.data.payment, event.data.amount)
        try:
            answer = Shop(store, serving, self._pause).hears(event)
        except EventIdReused as error:
            raise Violation("2: the same body is never taken for another") from error
        self.scheduler.say(f"answered {answer.outcome}")
        return answer.outcome

    def _everything_closes(self) -> None:
        """When all time is over each group has ended, whatever was lost on the way: the sweeper is the truth."""
        head = campaigns.load(self.disk, CAMPAIGN).campaign
        if head.state != "published":
            campaigns.turn(self.disk, head, "published", "marketer", self.scheduler.now)
        self.scheduler.now += timedelta(days=2)
        store = self.make_store(self.disk, self.scheduler, self.scheduler.now, self.book.wrote)
        groups = [name for _, kind, name in self._due() if kind == UNIT]
        last: list[Callable[[datetime], Event]] = [
            *(sent.at for sent in self.sent if sent.kind in ("paid", "refunded")),
            *(partial(group_stage.closes, name, event_id=f"close.{name}") for name in groups),
        ]
        for make in last:
            self.scheduler.spawn("at last", partial(self._insist, store, make(self.scheduler.now)))
            self.scheduler.run()
        for _, kind, name in self._due():
            for step in range(MEMBERS + 1) if kind == SETTLES else ():
                made = group_stage.settles(name, self.scheduler.now, f"settle.{name}.last.{step}")
                self.scheduler.spawn("at last", partial(self._insist, store, made))
                self.scheduler.run()
        for name in list(self.book.groups):
            row = self.disk.read([key_of(CAMPAIGN, name)])[key_of(CAMPAIGN, name)] or {}
            hold(row["record"].get("state", "open") != "open", "7: every group ends", name)
        self.book.settled()

    def _due(self) -> list[list[str]]:
        """What runs out, or is to be settled: when, of which kind, its name."""
        return [where.split("#") for where, _ in self.disk.query("due", CAMPAIGN)]

    def _insist(self, store: SteppingStore, event: Event) -> None:
        """Told until it is answered, as a queue and the sweeper do."""
        while True:
            try:
                self._hear(store, event)
                return
            except (Crash, TooBusy, Busy, Unknown):
                continue

    def _wrote(self, changes: Sequence[Change], at: datetime) -> None:
        self.book.wrote(changes, at)

    def _member(self) -> str:
        return member(self.rng.randrange(MEMBERS))

    def _group(self) -> Group | None:
        return self.rng.choice(list(self.book.groups.values())) if self.book.groups else None


def play(seed: int, make_store: Callable[..., SteppingStore] = SteppingStore) -> int:
    """Live one seed; the number of its steps. Raises Violation with what happened."""
    life = Life(seed, make_store)
    try:
        with patch.multiple(group_buy, AT_ONCE=1, WHOLE_MAX=1) if life.in_steps else nullcontext():
            return life.live()
    except Violation as violation:
        said = f"{violation}\n  seed {seed}, terms {TERMS[life.terms]}\n"
        raise Violation(said + "\n".join(life.scheduler.trace[-60:])) from violation
