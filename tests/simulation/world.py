"""One seed, one short life of a shop: members, a clerk, a marketer and the stream, all at once, with faults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.keys import Key, Row
from functions.coupons import redeem
from functions.points.ledger import turn_page
from functions.storage.engine import REPLAYS_KEPT, EventIdReused
from functions.storage.live import LiveCampaigns
from functions.storage.memory import MemoryStore, plain_copy
from functions.storage.single import settle
from tests.simulation.deliveries import Deliveries
from tests.simulation.scheduler import Scheduler, SteppingStore, Violation
from tests.simulation.watch import Watch, hold
from tests.storage import stage
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop

MEMBERS = 3
PHASES, DEEDS = 4, 6
COPIES = 2  # of the function, each with its own idea of what is live
MAKE_UP = {"count": 2, "days_back": 3, "price": 15}
MANUAL = {"proof": {"kind": "text", "prompt": {"zh": "写", "en": "Write"}}, "review": {"by": "manual"}}
MakeStore = Callable[..., SteppingStore]
Changes = Sequence[Change]


@cache
def prepared(stock: int, peak: int, manual: bool, per_day: int | None) -> dict[tuple[str, str], Any]:
    """The rows of a shop that has just published."""
    disk = MemoryStore()
    stage.publish(disk, wanted(stock, peak, manual, per_day), OPENS - DAY)
    return disk.rows


def wanted(stock: int, peak: int, manual: bool, per_day: int | None) -> dict[str, Any]:
    """What a seed plays with: `per_day` is the day's budget; where clerks look at it all, coupons have a group."""
    content = stage.content(stock, peak=peak, make_up=MAKE_UP, **(MANUAL if manual else {}))
    stage.coupon_of(content)["config"]["group"] = "cups" if manual else ""
    return {**content, "budget": {**content["budget"], "per_day": per_day}}


@dataclass
class World(Deliveries):
    """What one seed does."""

    seed: int
    make_store: MakeStore = SteppingStore
    sent: list[tuple[str, Callable[..., Event]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.stock, self.peak = self.rng.randint(1, 4), self.rng.choice([10, 250])
        self.manual = self.rng.random() < 0.3
        self.per_day = (None, 500, 1_100)[self.seed % 3]
        self.disk = MemoryStore(rows=plain_copy(prepared(self.stock, self.peak, self.manual, self.per_day)))
        self.scheduler = Scheduler(self.rng, OPENS + timedelta(hours=self.rng.choice([-1, 0, 1, 15])))
        self.watch = Watch(
            self.disk, self.scheduler, per_member=2, per_day=self.per_day, closes=OPENS + 400 * DAY
        ).begin()
        self.copies: list[dict[str, Any]] = [{"_heads": {}, "_versions": {}} for _ in range(COPIES)]

    def live(self) -> None:
        """Let the seed play out. Raises Violation."""
        for _ in range(PHASES):
            for _ in range(DEEDS):
                self._spawn()
            self.scheduler.run()
            self.scheduler.now += self.rng.choice([timedelta(hours=1), DAY, DAY])
        self._replay_everything()

    def _spawn(self) -> None:
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._check_in, 8), (self._again, 3), (self._make_up, 2), (self._use_coupon, 4), (self._turn_page, 2),
            (self._turn, 1), (self._restock, 1), (self._review, 3 if self.manual else 0),
        ]  # fmt: skip
        self.rng.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()

    # -- members ------------------------------------------------------------------------------------------------

    def _check_in(self) -> None:
        who, consents = self._member(), self.rng.random() < 0.9
        data = {"proof": {"text": "早"}} if self.manual else {}
        self._send("checkin", who, lambda i, at: stage.happened("checkin", who, i, at, consents=consents, **data))

    def _make_up(self) -> None:
        who, back = self._member(), self.rng.randint(1, 3)
        day: date = (self.scheduler.now - back * DAY).date()
        data = {"proof": {"text": "补"}} if self.manual else {}
        self._send("make_up", who, lambda i, at: stage.happened("make_up", who, i, at, day=day, **data))

    def _review(self) -> None:
        queue = self.disk.query("reviews", CAMPAIGN)
        if queue:
            item = self.rng.choice(queue)[1]
            verdict = {"verdict": "approve"} if self.rng.random() < 0.6 else {"verdict": "return", "reason": "unclear"}
            said = {"member": item["member"], "day": item["day"], "item": item["item"], **verdict}
            make = lambda i, at: stage.happened("review", item["member"], i, at, actor="staff", **said)  # noqa: E731
            self._send("review", item["member"], make)

    def _send(self, kind: str, who: str, make: Callable[..., Event]) -> None:
        event_id = f"event-{len(self.sent):04d}"
        made = lambda at: make(event_id, at)  # noqa: E731
        self.sent.append((f"{kind} {who[-4:]} {event_id}", made))
        self._deliver(*self.sent[-1])

    def _again(self) -> None:
        """The same event from a second tap, a second tab, or a retry that overtakes."""
        if self.sent:
            self._deliver(*self.rng.choice(self.sent[-6:]))

    def _deliver(self, name: str, make: Callable[..., Event]) -> None:
        self._task(name, lambda store: self._hear(store, make(store.at)))

    def _hear(self, store: SteppingStore, event: Event) -> None:
        began = self.scheduler.steps
        serving = LiveCampaigns(store, **self.rng.choice(self.copies)).get(CAMPAIGN, event.at)
        assert serving is not None
        try:
            answer = Shop(store, serving, self._pause).hears(event)
        except EventIdReused as error:
            raise Violation("2: the same body is never taken for another") from error
        said = (answer.outcome, [dict(line) for line in answer.grants])
        self.scheduler.say(f"answered {said}")
        if answer.row is None or not (answer.replayed or answer.facts):
            return self.watch.answered(event.member, event.id, said, (answer.row or {"version": 0})["version"])
        if any(line["outcome"] == "exhausted" for line in answer.grants) and not answer.replayed:
            self.watch.told_exhausted(began, event.at)
        self.watch.remember(event.member, event.id, answer.row["version"], said)
        return self.watch.answered(event.member, event.id, said, answer.row["version"])

    # -- clerk, marketer, stream --------------------------------------------------------------------------------

    def _use_coupon(self) -> None:
        coupons = [key for key in self.watch.rows if key.kind == "wallet"]
        if not coupons:
            return
        order = self.rng.choice(["order-1", "order-1", "order-2"])
        of_a_group = coupons[:2] if self.manual else [self.rng.choice(coupons[:2])]
        for key in of_a_group:  # an order takes one of them, though both are handed over
            for back in (False, False, True):  # the same redemption twice, and its reversal, all at once
                self._at_the_till(key, order, f"till-{self.rng.randint(1, 2)}", back)

    def _at_the_till(self, key: Key, order: str, event_id: str, back: bool) -> None:

        def work(store: SteppingStore) -> None:
            till = redeem.Till(event_id + (".r" if back else "") + order, "store", "clerk", store.at)
            step = self._reversed if back else self._redeemed
            outcome = settle(store, key, lambda row, refused: step(row or {}, order, till, refused), self._pause)
            self.scheduler.say(f"answered {outcome}")

        self._task(f"{'reverse' if back else 'redeem'} {event_id} {order}", work)

    def _redeemed(self, row: Row, order: str, till: redeem.Till, refused: frozenset[str]) -> tuple[str, Changes]:
        verdict = redeem.redeem(row, order, 900, till, refused)
        return verdict.outcome, verdict.changes

    def _reversed(self, row: Row, order: str, till: redeem.Till, refused: frozenset[str]) -> tuple[str, Changes]:
        verdict = redeem.reverse(row, order, till)
        return verdict.outcome, verdict.changes

    def _restock(self) -> None:
        stock, peak = self.rng.randint(1, 6), self.rng.choice([self.peak, 250])

        def work(store: SteppingStore) -> None:
            stage.publish(store, wanted(stock, peak, self.manual, self.per_day), store.at)  # type: ignore[arg-type]

        self._task(f"publish {stock}", work)

    def _turn_page(self) -> None:
        who = self._member()

        def work(store: SteppingStore) -> None:
            row = store.read([keys.points(who)])[keys.points(who)]
            if row is not None and (changes := turn_page(who, row)):
                store.write(changes)

        self._task(f"turn page {who[-4:]}", work)

    # -- how a task lives ---------------------------------------------------------------------------------------

    def _wrote(self, changes: Sequence[Change], at: datetime) -> None:
        self.watch.wrote(changes, at)

    def _member(self) -> str:
        return stage.member(self.rng.randrange(MEMBERS))

    def _replay_everything(self) -> None:
        """13: what each member did last, told once more in any order, changes nothing."""
        recent = self.sent[-REPLAYS_KEPT:]
        self.rng.shuffle(recent)
        for name, make in recent:
            event = make(self.scheduler.now)
            row = self.disk.read([keys.state(CAMPAIGN, event.member)])[keys.state(CAMPAIGN, event.member)]
            known = self.watch.applied.get((event.member, event.id))
            if row is None or known is None or row["version"] - known[0] >= REPLAYS_KEPT:
                continue
            before = plain_copy(self.disk.rows)
            serving = LiveCampaigns(self.disk).get(CAMPAIGN, event.at)
            assert serving is not None
            answer = Shop(self.disk, serving).hears(event)
            hold(answer.replayed and self.disk.rows == before, "13: a repeat changes nothing", name)


def play(seed: int, make_store: MakeStore = SteppingStore) -> int:
    """Live one seed; the number of its steps. Raises Violation, with how to see it again and what happened."""
    world = World(seed, make_store)
    try:
        world.live()
    except Violation as violation:
        raise Violation(f"{violation}\n  {replay(seed)}\n" + "\n".join(world.scheduler.trace[-60:])) from violation
    return world.scheduler.steps


def replay(seed: int) -> str:
    """The command that plays a seed again."""
    return f"python -m tests.simulation --seeds 1 --first {seed}"
