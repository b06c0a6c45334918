"""One seed, one life of deposits: begun, paid, checked in, left, erased, ended; told anew, late, lost or crashed.

After every write the rows are held against a plain model: what went back and what was kept is what was paid, once, by
the terms that the member paid under (design §11: 1, 2, 3, 7, 13).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from random import Random
from types import SimpleNamespace
from typing import Any

from functions.checkin.deposit import EARLY, UNIT, Terms, back
from functions.checkin.record import Record
from functions.core import keys
from functions.core.campaign import SignOff, Version
from functions.core.change import Change, Is
from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.keys import Row
from functions.core.payment import Notice
from functions.core.tokens import Keyring
from functions.edge.leaving import quit_units
from functions.edge.outside import hear
from functions.edge.timers import close_in
from functions.members.erase import Eraser
from functions.payments import money
from functions.storage import campaigns, payments
from functions.storage.live import LiveCampaigns
from functions.storage.memory import MemoryStore
from functions.storage.stock import StockSeen
from tests.simulation.deliveries import Deliveries, insist
from tests.simulation.money_book import Provider
from tests.simulation.scheduler import Scheduler, SteppingStore, Violation
from tests.simulation.watch import hold
from tests.storage import stage
from tests.storage.stage import CAMPAIGN, DAY, OPENS, member

MEMBERS, ROUNDS, DEEDS_EACH = 3, 8, 7
LASTS = 9  # days
ENTRIES: list[dict[str, Any]] = [
    {"kind": "deposit", "amount": 999, "gives_back": [{"days": 1, "share": 10}, {"days": 3, "share": 100}]},
    {"kind": "deposit", "amount": 999, "gives_back": [{"days": 2, "share": 50}, {"days": 4, "share": 100}]},
    {"kind": "deposit", "amount": 500},
    {"kind": "free"},
]


def content(entry: int, lasts: int = LASTS) -> dict[str, Any]:
    """The campaign with one of the entries, so many days long."""
    base = stage.content(days=4, entry=ENTRIES[entry])
    ends = {"ends_at": (OPENS + lasts * DAY).isoformat()}
    return {**base, "schedule": {**base["schedule"], **ends}, "rules": [], "rewards": base["rewards"][:1]}


@cache
def answered(entry: int, lasts: int) -> tuple[dict[str, Any], list[SignOff]]:
    """The same, and somebody's answer to what the lint says of it."""
    wanted = content(entry, lasts)
    return wanted, stage.answered(wanted)


@cache
def prepared(entry: int) -> dict[tuple[str, str], Any]:
    """The rows of a shop that has just published."""
    disk = MemoryStore()
    stage.publish(disk, content(entry), OPENS - DAY)
    return disk.rows


@dataclass
class Book:
    """What holds after every write, by what the rows themselves say."""

    disk: MemoryStore
    provider: Provider = field(default_factory=Provider)
    settled: dict[str, Row] = field(default_factory=dict)  # what became of a deposit, once
    taken: dict[str, str] = field(default_factory=dict)  # member -> the one payment that is their deposit

    def row(self, key: keys.Key) -> Row | None:
        """A row as it lies there."""
        return self.disk.read([key])[key]

    def wrote(self, changes: Sequence[Change], at: datetime) -> None:
        """Hold one applied write to the promises."""
        for change in changes:
            if change.key.kind == "unit":
                self._booked(change)
            if change.key.kind == "state" and change.put is not None:
                self._member(change.key.parts[1], change.put)
            if change.key.kind == "payment":
                row = self.row(change.key) or {"refunds": {}, "amount": 0}
                hold(sum(row["refunds"].values()) <= row["amount"], "7: never more back than came", row)

    def _booked(self, change: Change) -> None:
        name, record = change.key.parts[2], (change.put or {})["record"]
        if name in self.settled:
            hold(self.settled[name] == record, "2: a deposit is settled once", (name, self.settled[name], record))
        elif "kept" in record:
            hold(record["back"] + record["kept"] == record["amount"], "7: back and kept are what was paid", record)
            self.settled[name] = record

    def _member(self, who: str, row: Row) -> None:
        for kind, payment, fields in (fact[:3] for fact in row["facts"]):
            if kind == "checkin.deposit_paid":
                hold(self.taken.setdefault(who, payment) == payment, "2: one deposit a member", (who, payment))
            if kind == "checkin.deposit_settled":
                self._by_its_terms(payment, Record.of(row["record"]), fields)
        held = Record.of(row["record"]).deposit
        if held and held.is_open:
            due = self.row(keys.due(CAMPAIGN, held.due, keys.MEMBER, who))
            hold(due is not None, "3: an open deposit is on the list", (who, held))

    def _by_its_terms(self, payment: str, record: Record, fields: Row) -> None:
        """By the terms that the payment was asked under, whatever version serves; in the end for the days there are."""
        paid = self.row(keys.payment(payment)) or {}
        terms, days = Terms.of(paid["subject"]["terms"]), fields["days"]
        hold(len(record.days) <= days <= len(record.days | record.pending), "7: for the days that were done", fields)
        share = 100 if record.deposit and record.deposit.why == EARLY else terms.share(days)
        share = 100 if days >= 4 else share  # whoever completed it
        hold(fields["back"] == back(paid["amount"], share), "7: by the terms they paid under", (fields, terms))

    def at_rest(self) -> None:
        """Every payment: what went back and what stays is what came, and nothing is on its way any more."""
        hold(not self.disk.query("due", CAMPAIGN), "3: the list is empty", self.disk.query("due", CAMPAIGN))
        hold(not payments.waiting(self.disk, payments.REFUND), "7: what was decided went back")
        sent = Counter[str]()
        for payment, amount in self.provider.given.values():
            sent[payment] += amount
        for name, row in payments.everything(self.disk):
            booked = self.row(keys.unit(CAMPAIGN, UNIT, name))
            kept = booked["record"].get("kept") if booked else 0
            came = row["amount"] if row["state"] == "paid" else 0
            hold(kept is not None, "7: settled in the end", (name, booked))
            hold(sent[name] + (kept or 0) == came, "7: back and kept are what came", (name, sent[name], kept, row))


@dataclass
class Life(Deliveries):
    """What one seed does."""

    seed: int
    make_store: Callable[..., SteppingStore] = SteppingStore
    versions: dict[tuple[str, int], Version] = field(default_factory=dict)  # read once: they never change
    asked: dict[str, int] = field(default_factory=dict)  # payments, and what was asked

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.disk = MemoryStore(rows=dict(prepared(self.rng.randrange(3))))
        self.scheduler = Scheduler(self.rng, OPENS + timedelta(hours=1))
        self.book = Book(self.disk)

    def live(self) -> int:
        """Let it play out. Raises Violation."""
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._begin, 6), (self._pay, 9), (self._notice, 5), (self._check_in, 20), (self._leave, 1),
            (self._erase, 1), (self._publish, 1), (self._turn, 1), (self._sweep, 4), (self._end, 1),
        ]  # fmt: skip
        for _ in range(ROUNDS):
            for _ in range(DEEDS_EACH):
                self.rng.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()
            self.scheduler.run()
            self.scheduler.now += self.rng.choice([timedelta(minutes=9), timedelta(hours=9), DAY])
        self._everything_arrives()
        return len(self.scheduler.names)

    def _begin(self) -> None:
        self._event("begin")

    def _check_in(self) -> None:
        self._event("checkin")

    def _event(self, kind: str) -> None:
        who, name = self._member(), f"{kind}-{self.rng.randrange(10**6)}"
        self._task(kind, lambda store: self._hears(store, kind, who, name))

    def _hears(self, store: SteppingStore, kind: str, who: str, name: str) -> None:
        service = self._service(store)
        live = service.live.get(CAMPAIGN, store.at)
        day = live.version.definition.schedule.calendar.day_of(store.at)
        data = discover().mechanic("checkin").ACCEPTS[kind].data()
        event = Event(name, kind, store.at, CAMPAIGN, who, data, day=day, consents=True)
        self.scheduler.say(f"answered {hear(service, live, event, self._pause).outcome}")

    def _pay(self) -> None:
        """They ask to pay, and mostly do."""
        who, comes = self._member(), self.rng.random() < 0.9
        self._task("pay", lambda store: self._pays(store, who, comes))

    def _pays(self, store: SteppingStore, who: str, comes: bool) -> None:
        service = self._service(store)
        owed = money.owed_by(service, CAMPAIGN, who)
        if owed is None:
            return
        payments.ask(store, owed, "sandbox", store.at, self._pause)
        self.asked[owed.name] = owed.amount
        if comes:
            self._comes(store, owed.name)

    def _notice(self) -> None:
        """A provider tells late, or again."""
        if self.asked:
            name = self.rng.choice(list(self.asked))
            self._task("notice", lambda store: self._comes(store, name))

    def _comes(self, store: SteppingStore, name: str) -> None:
        said = Notice(name, "trade", self.asked[name], "CNY")
        self.scheduler.say(f"notice {money.notice(self._service(store), said, 'sandbox', self._pause)}")

    def _leave(self) -> None:
        who = self._member()

        def work(store: SteppingStore) -> None:
            quit_units(self._service(store), CAMPAIGN, who, self._pause)
            key = keys.state(CAMPAIGN, who)
            row = store.read([key])[key]
            if row and not row.get("closed"):
                gone = {**row, "version": row["version"] + 1, "closed": "withdrawn", "facts": []}
                store.write([Change(key, (Is("version", row["version"]),), put=gone)])

        self._task("leave", work)

    def _erase(self) -> None:
        who = self._member()
        self._task("erase", lambda store: self._erases(store, who))

    def _erases(self, store: SteppingStore, who: str) -> None:
        quits = partial(quit_units, self._service(store), pause=self._pause)
        bucket: Any = None
        ring: Any = Keyring
        Eraser(store, bucket, ring, store.at, self._pause, quits).erase(who)

    def _publish(self) -> None:
        """Other terms, another end."""
        wanted, answers = answered(self.rng.randrange(len(ENTRIES)), self.rng.choice([LASTS - 3, LASTS, LASTS + 2]))

        def work(store: SteppingStore) -> None:
            draft = campaigns.load(store, CAMPAIGN)
            if draft.campaign.state == "published":
                draft = campaigns.save(store, draft, wanted, "marketer", store.at, answers)
                campaigns.publish(store, draft, discover(), "marketer", store.at)

        self._task("publish", work)

    def _end(self) -> None:
        if self.rng.random() < 0.3:
            self._task("end", self._ends)

    def _ends(self, store: SteppingStore) -> None:
        head = campaigns.load(store, CAMPAIGN).campaign
        if head.state in ("published", "paused"):
            campaigns.turn(store, head, "ended", "marketer", store.at)

    def _sweep(self) -> None:
        self._task("sweep", self._swept)

    def _swept(self, store: SteppingStore) -> None:
        service: Any = self._service(store)
        for who, _ in store.query("erasures"):
            self._erases(store, who)
        close_in(service, CAMPAIGN, self._pause)
        money.sweep(service, lambda _: self.book.provider, self._pause)  # type: ignore[arg-type, return-value]

    def _service(self, store: SteppingStore) -> Any:
        """What the handlers work with, over this delivery's store."""
        kept: dict[str, int] = {}
        return SimpleNamespace(
            store=store, clock=lambda: store.at, new_id=lambda kind, _: f"{kind}-{store.at}", write_log=lambda _: None,
            settings=SimpleNamespace(function="t"), catalogue=discover(), live=LiveCampaigns(store, {}, self.versions),
            config_of=stage._config, sold_out=lambda _: kept, stock=StockSeen(store),
        )  # fmt: skip

    def _everything_arrives(self) -> None:
        """What a queue and a sweeper do, until the campaign is long over."""
        for days in (LASTS, 4, 4):
            self.scheduler.now += timedelta(days=days)
            store = self.make_store(self.disk, self.scheduler, self.scheduler.now, self.book.wrote)
            for _ in range(2):
                self.scheduler.spawn("at last", partial(insist, partial(self._swept, store)))
                self.scheduler.run()
        quiet = SteppingStore(
            self.disk, _Calm(Random(self.seed), self.scheduler.now), self.scheduler.now, lambda *_: None
        )
        quiet.scheduler.spawn("quiet", partial(self._swept, quiet))
        quiet.scheduler.run()
        self.book.at_rest()

    def _wrote(self, changes: Sequence[Change], at: datetime) -> None:
        self.book.wrote(changes, at)

    def _member(self) -> str:
        return member(self.rng.randrange(MEMBERS))


class _Calm(Scheduler):
    """Nothing breaks any more."""

    def fault(self) -> str:
        """Nothing."""
        return ""


def play(seed: int, make_store: Callable[..., SteppingStore] = SteppingStore) -> int:
    """Live one seed; the number of its deeds. Raises Violation with what happened."""
    life = Life(seed, make_store)
    try:
        return life.live()
    except Violation as violation:
        told = "\n".join(life.scheduler.trace[-80:])
        raise Violation(f"{violation}\n  seed {seed}\n{told}") from violation
