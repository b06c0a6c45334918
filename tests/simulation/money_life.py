"""One seed, one life of orders, referral, commission and payments: told anew, late, out of order, lost or crashed.

After every write the rows are held against a plain model of who brought whom, what each order is worth, what was paid
out by which list, and what came and went at the provider (design §11: 4, 7, 8, 13).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, partial
from random import Random
from types import SimpleNamespace
from typing import Any

from functions.core import intent, keys
from functions.core.change import Change, create
from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.order import Order, OrderTold, order_name, row_of
from functions.core.payment import Notice, Owed
from functions.core.text import Text
from functions.core.workspace import Editor
from functions.payments import money
from functions.storage import orders, payments, payouts
from functions.storage.live import Live
from functions.storage.memory import MemoryStore
from tests.simulation.deliveries import Deliveries, insist
from tests.simulation.money_book import FRIEND, HOST, LEVELS, MEMBERS, NAMES, Book
from tests.simulation.scheduler import Scheduler, SteppingStore, Violation
from tests.storage import stage
from tests.storage.stage import CAMPAIGN, OPENS, Shop, member

ORDERS = 4
ROUNDS, DEEDS_EACH = 5, 8  # with the first joins, and what arrives at last, more than fifty deeds
PRICE = 900
TERMS: list[dict[str, Any]] = [
    {"hold_days": 0},
    {"hold_days": 1},
    {"hold_days": 0, "qualify": "order_above", "order_min": 5000},
    {"hold_days": 0, "qualify": "join"},
]
MING, ADA = Editor("Ming", "editor", "m@x"), Editor("Ada", "approver", "a@x")
ABOUT = Text(en="Promoters")


@cache
def prepared(terms: int) -> tuple[dict[tuple[str, str], Any], Live]:
    """The rows of a shop that has just published, and the campaign as a copy of a function keeps it."""
    disk, base = MemoryStore(), stage.content()
    rules = [
        {"id": "friend", "when": "referral.qualified", "then": [{"reward": "points", "amount": FRIEND}]},
        {"id": "host", "when": "referral.qualified", "then": [{"reward": "points", "amount": HOST, "to": "referrer"}]},
    ]
    config = {"newcomers_only": False, "commission": {"levels": LEVELS, "freeze_days": 0}, **TERMS[terms]}
    wanted = {**base, "mechanic": "referral", "channel": "web", "config": config, "rewards": base["rewards"][:1]}
    stage.publish(disk, wanted | {"rules": rules}, OPENS - stage.DAY)
    return disk.rows, stage.live(disk)


@cache
def _nothing(kind: str) -> Any:
    """The data of an event that has none."""
    return discover().mechanic("referral").ACCEPTS[kind].data()


@dataclass
class Life(Deliveries):
    """What one seed does."""

    seed: int
    make_store: Callable[..., SteppingStore] = SteppingStore
    told: dict[str, list[Order]] = field(default_factory=dict)  # every revision of an order

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.terms = self.rng.randrange(len(TERMS))
        rows, self.serving = prepared(self.terms)
        self.disk = MemoryStore(rows=dict(rows))
        self.scheduler = Scheduler(self.rng, OPENS + timedelta(hours=1))
        self.book = Book(self.disk)

    def live(self) -> int:
        """Let it play out. Raises Violation."""
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._join, 2), (self._buy, 9), (self._again, 5), (self._release, 2), (self._pay_out, 9),
            (self._ask, 3), (self._notice, 5), (self._refund, 3), (self._sweep, 4),
        ]  # fmt: skip
        for _ in range(MEMBERS + 1):
            self._join()
            self.scheduler.run()
        for _ in range(ROUNDS):
            for _ in range(DEEDS_EACH):
                self.rng.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()
            self.scheduler.run()
            self.scheduler.now += self.rng.choice([timedelta(minutes=9), timedelta(hours=9), timedelta(days=1)])
        self._everything_arrives()
        return len(self.scheduler.names)

    def _join(self) -> None:
        """By somebody who is there already, mostly; by themselves or by a stranger, sometimes."""
        there = [one for one in map(member, range(MEMBERS)) if self.disk.read([key := keys.state(CAMPAIGN, one)])[key]]
        who, by, at = self._member(), self.rng.choice([*there, self._member()]), int(self.scheduler.now.timestamp())
        touch = {"first": by, "first_at": at, "depth": 1, "last": by, "last_at": at, "last_depth": 1}
        brought = touch if self.rng.random() < 0.8 else None
        name = f"join-{who[-6:]}-{self.rng.randrange(9)}"
        self._task("join", lambda store: self._hear(store, "join", who, name, brought=brought))

    def _buy(self) -> None:
        name = f"A-{self.rng.randrange(ORDERS)}"
        before = self.told.get(name, [])
        if not before:
            first = {"status": "paid", "total": self.rng.choice([99, 4900, 9900]), "paid_at": self.scheduler.now}
            content = first | {"buyer": {"member": self._member()}}
        else:
            content = before[-1].model_dump() | self.rng.choice(
                [{"status": "refunded", "refunded": before[-1].total}, {"status": "cancelled"},
                 {"status": "refunded", "refunded": before[-1].total // 3}, {"status": "paid", "refunded": 0}]
            )  # fmt: skip
        said = content | {"order_id": name, "revision": len(before) + 1, "currency": "CNY"}
        self.told.setdefault(name, []).append(Order.model_validate(said))
        self._again(name)

    def _again(self, name: str = "") -> None:
        """A telling, the newest or an old one."""
        if not self.told:
            return self._buy()
        one = self.rng.choice(self.told[name or self.rng.choice(list(self.told))])
        return self._task(f"order {one.order_id}.{one.revision}", lambda store: self._settle(store, one))

    def _settle(self, store: SteppingStore, one: Order) -> None:
        """As `orders/settle.py` does."""
        name, now = order_name("shop", one.order_id), int(store.at.timestamp())
        orders.keep(store, name, row_of(one, "shop"), one.buyer.member, "", now, self._pause)
        row = orders.load(store, name)
        if row is not None:
            told = OrderTold(order=name, revision=row["revision"])
            self._hear(store, "order", row["member"], f"{name}.{row['revision']}", told)

    def _release(self) -> None:
        who = self._member()
        self._task("release", lambda store: self._hear(store, "release", who, f"rel-{store.at:%d%H%M%S}"))

    def _pay_out(self) -> None:
        """Any step of a list, by whoever comes: made, agreed to, paid, booked, dropped."""
        step = self.rng.choice(["make", "make", "agree", "agree", "pay", "pay", "book", "drop"])
        self._task(f"payout {step}", partial(self._payout, step))

    def _payout(self, step: str, store: SteppingStore) -> None:
        newest = payouts.newest(store, CAMPAIGN, 1)
        match step, newest:
            case "make", _:
                payouts.make(store, CAMPAIGN, ABOUT, "CNY", MING, store.at)
            case "agree", [one]:
                payouts.answer(store, one, ABOUT, True, ADA, store.at)
            case "pay", [one]:
                payouts.pay(store, one, ABOUT, "bank", ADA, store.at)
            case "book", [one] if one.state == "paid":
                payouts.book(store, one, self._pause)
            case "drop", [one]:
                payouts.drop(store, one, ABOUT, MING, store.at)

    def _ask(self) -> None:
        name = self.rng.choice(NAMES)
        owed = Owed(name, CAMPAIGN, member(0), PRICE, "CNY", {"group": "g"})
        where = "offline" if name == NAMES[0] else "wechat"
        self._task("ask", lambda store: payments.ask(store, owed, where, store.at, self._pause))

    def _notice(self) -> None:
        """Of a trade that came, was refused, or does not fit."""
        amount, trade = self.rng.choice([PRICE, PRICE, PRICE, PRICE - 1]), self.rng.choice(["t1", "t1", "t2"])
        said = Notice(self.rng.choice(NAMES), trade, amount, "CNY", self.rng.random() < 0.8)
        if said.paid and amount == PRICE:
            self.book.came.add(said.payment)
        self._task("notice", lambda store: payments.settle(store, said, store.at, self._pause) and None)

    def _refund(self) -> None:
        """Somebody decided that money goes back; a few decide on more than there is."""
        name, amount = self.rng.choice(NAMES), self.rng.choice([PRICE // 3, PRICE // 2, PRICE])
        refund = intent.refund_name(name, self.rng.choice([intent.PART, "rest"]))

        def work(store: SteppingStore) -> None:
            row = {"payment": name, "amount": amount, "state": "wanted", "at": store.at.isoformat()}
            known = (payments.load(store, name) or {"refunds": {}})["refunds"]
            if refund not in known:
                store.write([create(keys.intent("refund", refund), row)])

        self._task("refund", work)

    def _sweep(self) -> None:
        self._task("sweep", self._swept)

    def _swept(self, store: SteppingStore) -> None:
        service: Any = SimpleNamespace(store=store, clock=lambda: store.at, new_id=lambda kind, _: f"{kind}-{store.at}")
        for name, row in payments.waiting(store, payments.REFUND):
            choose: Any = lambda _: self.book.provider  # noqa: E731
            waits = money.give_back(service, choose, name, row, self._pause) == "waits"
            if waits and row["state"] in ("wanted", payments.AT_COUNTER):
                payments.hand_back(store, row["payment"], name, "Li", "receipt", store.at, self._pause)

    def _hear(self, store: SteppingStore, kind: str, who: str, name: str, said: Any = None, **more: Any) -> None:
        actor: Any = {"join": "member", "order": "shop", "release": "system"}[kind]
        data = said or _nothing(kind)
        event = Event(name, kind, store.at, CAMPAIGN, who, data, actor, "", date.min, kind == "join", **more)
        answer = Shop(store, self.serving, self._pause).hears(event)
        self.scheduler.say(f"answered {answer.outcome}")

    def _everything_arrives(self) -> None:
        """What a queue and a sweeper do: tell again until it is answered."""
        self.scheduler.now += timedelta(days=2)
        store = self.make_store(self.disk, self.scheduler, self.scheduler.now, self.book.wrote)
        last: list[Callable[[], None]] = [partial(self._settle, store, one[-1]) for one in self.told.values()]
        for number in range(MEMBERS):
            last.append(partial(self._hear, store, "release", member(number), f"release-last-{number}"))
        last += [partial(self._payout, "book", store), partial(self._swept, store)]
        for act in last:
            self.scheduler.spawn("at last", partial(insist, act))
            self.scheduler.run()
        self.book.settled({name: one[-1] for name, one in self.told.items()}, TERMS[self.terms], store.at)

    def _wrote(self, changes: Sequence[Change], at: datetime) -> None:
        self.book.wrote(changes, at)

    def _member(self) -> str:
        return member(self.rng.randrange(MEMBERS))


def play(seed: int, make_store: Callable[..., SteppingStore] = SteppingStore) -> int:
    """Live one seed; the number of its deeds. Raises Violation with what happened."""
    life = Life(seed, make_store)
    try:
        return life.live()
    except Violation as violation:
        said = f"{violation}\n  seed {seed}, terms {TERMS[life.terms]}\n"
        raise Violation(said + "\n".join(life.scheduler.trace[-60:])) from violation
