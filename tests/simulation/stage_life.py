"""One seed, one life of members' stages: joins, orders, refunds, friends and erasures, and two copies of the stream.

What is written is told to the copies in any batches and order, again and at once, with everything that can break. In
the end each campaign's moves come to where its people stand by their rows; of who was erased, to where they stood.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from functions.core import keys
from functions.core.change import Change, Is, create
from functions.core.keys import Key, Row
from functions.core.order import Order, net, order_name, row_of
from functions.core.stage import STAGES, Behaviour
from functions.insights import stages
from functions.insights.counting import count
from functions.insights.numbers import history, totals
from functions.insights.reading import Counted, Written
from functions.members.erase import Eraser
from functions.storage import orders, table
from functions.storage.engine import TooBusy
from functions.storage.memory import MemoryStore, plain_copy
from functions.storage.store import Busy, Unknown
from tests.simulation.deliveries import Deliveries
from tests.simulation.scheduler import Crash, Scheduler, SteppingStore, Violation
from tests.simulation.watch import hold
from tests.storage.stage import OPENS, member

MEMBERS, CAMPAIGNS, ORDERS = 3, 2, 4
ROUNDS, DEEDS, TELLINGS = 5, 6, 6
FOLLOWED = {"order", "state", "stage"}
PHONE = "mark-of-a-phone"


def campaign_of(number: int) -> str:
    return f"camp_{number:026d}"


def brought(_campaign: str, row: Row) -> int:
    return int(row["record"].get("qualified", 0))


@dataclass
class Life(Deliveries):
    """What one seed does."""

    seed: int
    make_store: Callable[..., SteppingStore] = SteppingStore
    told: dict[str, list[Order]] = field(default_factory=dict)
    records: list[Written] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    left: list[Row] = field(default_factory=list)  # rows of members' stages as they were erased

    def __post_init__(self) -> None:
        self.rng, self.disk = Random(self.seed), MemoryStore()
        self.scheduler = Scheduler(self.rng, OPENS)
        self.before: dict[tuple[str, str], Row] = {}

    def live(self) -> None:
        """Let it play out. Raises Violation."""
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._join, 4), (self._buy, 8), (self._friend, 3), (self._sign_in, 1), (self._erase, 1),
        ]  # fmt: skip
        for _ in range(ROUNDS):
            for _ in range(DEEDS):
                self.rng.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()
            for _ in range(TELLINGS):
                self._stream()
            self.scheduler.run()
            self.scheduler.now += timedelta(hours=self.rng.choice([1, 30]))
        self._everything_arrives()
        self._held()

    # -- what people and shops do -------------------------------------------------------------------------------

    def _join(self) -> None:
        campaign, who = campaign_of(self.rng.randrange(CAMPAIGNS)), self._member()
        self._task("join", lambda store: self._joined(store, campaign, who))

    def _joined(self, store: SteppingStore, campaign: str, who: str) -> None:
        purpose = keys.participation(campaign)
        said = {"live": True, "purpose": purpose, "at": store.at.isoformat(), "version": 1}
        row = {"version": 1, "at": int(store.at.timestamp()), "definition": 1, "record": {}, "events": [], "facts": []}
        consent = Change(keys.consent(who, purpose), put=said)
        store.write([consent, create(keys.state(campaign, who), row)])

    def _friend(self) -> None:
        """A friend of theirs buys, or gives it back."""
        key = keys.state(campaign_of(self.rng.randrange(CAMPAIGNS)), self._member())
        more = self.rng.choice([1, 1, -1])

        def work(store: SteppingStore) -> None:
            row = store.read([key])[key]
            if row is not None and not row.get("closed"):
                friends = max(0, row["record"].get("qualified", 0) + more)
                after = {**row, "record": {"qualified": friends}, "version": row["version"] + 1}
                store.write([Change(key, (Is("version", row["version"]),), put=after)])

        self._task("friend", work)

    def _buy(self) -> None:
        """An order, or a newer telling of it; of a phone that nobody may have, sometimes."""
        name = f"A-{self.rng.randrange(ORDERS)}"
        before = self.told.get(name, [])
        if before:
            content = before[-1].model_dump() | self.rng.choice(
                [{"status": "refunded", "refunded": 90}, {"status": "cancelled"}, {"status": "paid", "refunded": 0},
                 {"status": "refunded", "refunded": 30}]
            )  # fmt: skip
        else:
            paid = self.scheduler.now - timedelta(days=self.rng.choice([0, 0, 9]))
            buyer = self.rng.choice([*map(member, range(MEMBERS)), ""])
            content = {"status": "paid", "total": 90, "paid_at": paid, "buyer": {"member": buyer}}
        said = content | {"order_id": name, "revision": len(before) + 1, "currency": "CNY"}
        self.told.setdefault(name, []).append(Order.model_validate(said))
        one = self.rng.choice(self.told[name])
        self._task(f"order {name}.{one.revision}", lambda store: self._kept(store, one))

    def _kept(self, store: SteppingStore, one: Order) -> None:
        who = one.buyer.member
        orders.keep(
            store, order_name("shop", one.order_id), row_of(one, "shop"), who, "" if who else PHONE, 0, self._pause
        )

    def _sign_in(self) -> None:
        """Somebody turns out to have the phone whose orders waited."""
        who = self._member()

        def work(store: SteppingStore) -> None:
            key = keys.identity(PHONE)
            if store.read([key])[key] is None:
                store.write([create(key, {"member": who})])
            orders.attribute(store, PHONE, self._pause)

        self._task("sign in", work)

    def _erase(self) -> None:
        who = self._member()
        self._task("erase", lambda store: self._erased(store, who))

    def _erased(self, store: SteppingStore, who: str) -> None:
        none: Any = SimpleNamespace()
        Eraser(store, none, none, store.at, self._pause, lambda _campaign, _member: None).erase(who)

    # -- the stream ---------------------------------------------------------------------------------------------

    def _stream(self) -> None:
        """A copy of the function gets a batch: anything that was written until it begins, known or new."""
        share = self.rng.random()

        def work(store: SteppingStore) -> None:
            batch = [one for one in self.records if self.rng.random() < share]
            self._deliver(store, self.rng.sample(batch, len(batch)))

        self._task("stream", work)

    def _deliver(self, store: SteppingStore, batch: Sequence[Written]) -> None:
        """As `insights/stream.py` does; what failed is not heard."""
        news: dict[str, list[tuple[Written, Counted]]] = defaultdict(list)
        for one in batch:
            stages.note(store, one, brought, OPENS + timedelta(seconds=self.scheduler.steps), self._pause)
            for found in stages.counted(one):
                news[found.campaign].append((one, found))
        for campaign, there in news.items():
            for day in {found.at.date() for _, found in there}:
                that_day = [found for _, found in there if found.at.date() == day]
                count(store, campaign, f"{day}.000001", that_day, OPENS, self._pause)
        self.heard |= {one.sequence for one in batch}

    def _wrote(self, changes: Sequence[Change], at: datetime) -> None:
        """Each row as it was and is, as the table's stream tells it."""
        for change in changes:
            place = table.address(self.disk.tenant, change.key)
            before, after = self.before.get(place), plain_copy(self.disk.rows.get(place))
            if before == after or change.key.kind not in FOLLOWED:
                continue
            if change.key.kind == "stage" and after is None:
                self.left.append(before or {})
            self.records.append(Written(f"{len(self.records)}", change.key, before, after, at))
            self.before.pop(place, None)
            self.before |= {place: after} if after else {}

    def _everything_arrives(self) -> None:
        """Whoever was to be erased is; and every record is told until it was heard."""
        for key in [keys.erasure(member(number)) for number in range(MEMBERS)]:
            if self.disk.read([key])[key]:
                self._insist(lambda who=key.parts[0]: self._erased(self._store(), who))
        while missing := [one for one in self.records if one.sequence not in self.heard]:
            self._insist(lambda: self._deliver(self._store(), missing))

    def _insist(self, act: Callable[[], None]) -> None:
        def until_done() -> None:
            while True:
                try:
                    return act()
                except (Crash, TooBusy, Busy, Unknown):
                    continue

        self.scheduler.spawn("at last", until_done)
        self.scheduler.run()

    def _store(self) -> SteppingStore:
        return self.make_store(self.disk, self.scheduler, self.scheduler.now, self._wrote)

    # -- where people stand in the end --------------------------------------------------------------------------

    def _held(self) -> None:
        """13: for each campaign, who came in and moved comes to where people stand by all that is stored."""
        standing: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.left:
            for campaign in row.get("campaigns", {}):
                standing[campaign][STAGES[row["rank"]]] += 1
        for number in range(MEMBERS):
            did, campaigns = self._did(member(number))
            for campaign in campaigns:
                standing[campaign][did.stage] += 1
        for campaign in map(campaign_of, range(CAMPAIGNS)):
            counted = totals(history(self.disk, campaign))
            sums = stood(counted.entered, counted.moved, counted.found)
            hold(sums == +standing[campaign], "13: moves come to where people stand", (sums, standing[campaign]))
            hold(min(counted.moved.values(), default=0) >= 0, "13: a move is never less than none", counted.moved)

    def _did(self, who: str) -> tuple[Behaviour, list[str]]:
        """By the rows of what they did alone."""
        states = {campaign_of(n): self._row(keys.state(campaign_of(n), who)) for n in range(CAMPAIGNS)}
        there = {campaign: row for campaign, row in states.items() if row and not row.get("closed")}
        friends = sum(brought(campaign, row) for campaign, row in there.items())
        mine = [row for name in self.told if (row := self._row(keys.order(order_name("shop", name))))]
        bought = sum(row["member"] == who and net(row) > 0 for row in mine)
        return Behaviour(len(there), bought, friends), list(there)

    def _row(self, key: Key) -> Row | None:
        return self.disk.read([key])[key]

    def _member(self) -> str:
        return member(self.rng.randrange(MEMBERS))


def stood(entered: Mapping[str, int], moved: Mapping[str, int], found: Mapping[str, int]) -> Counter[str]:
    """How many stand at each stage by what was counted."""
    at = Counter(entered)
    for name, people in [*moved.items(), *found.items()]:
        before, _, after = name.partition(".")
        at[before] -= people
        at[after] += people
    return Counter({stage: people for stage, people in at.items() if people})


def play(seed: int, make_store: Callable[..., SteppingStore] = SteppingStore) -> int:
    """Live one seed; the number of writes that the stream told of. Raises Violation with what happened."""
    life = Life(seed, make_store)
    try:
        life.live()
        return len(life.records)
    except Violation as violation:
        raise Violation(f"{violation}\n  seed {seed}\n" + "\n".join(life.scheduler.trace[-60:])) from violation
