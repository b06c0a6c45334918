"""One seed, one life of a few assists and bargains: beginnings, helps, leaving, deadlines by task and by sweeper,
pauses, a new version; all told anew, late, or lost. After every write the rows are held to a plain model
(`assist_book.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

from functions.assist.config import Config
from functions.assist.drive import UNIT, Drive
from functions.core import keys
from functions.core.campaign import Version
from functions.core.change import Change
from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.keys import Key, Row
from functions.edge import timers
from functions.storage import campaigns
from functions.storage.engine import EventIdReused
from functions.storage.live import LiveCampaigns
from functions.storage.memory import MemoryStore
from tests.simulation.assist_book import CONSOLED, HELPED, OLD, PEOPLE, PER_MEMBER, STEPPED, THANKED, Book
from tests.simulation.deliveries import Deliveries
from tests.simulation.scheduler import Scheduler, SteppingStore, Violation
from tests.storage import stage
from tests.storage.stage import CAMPAIGN, OPENS, Shop

STEPS, AT_ONCE, COPIES = 50, 5, 2
CLOSES = OPENS + timedelta(days=12)
LATER = [timedelta(0), timedelta(seconds=2), timedelta(minutes=20), timedelta(hours=20)]
BARGAIN = {"kind": "bargain", "price": 1000, "floor": 100}
TERMS: list[tuple[dict[str, Any], dict[str, Any]]] = [  # of the first version, and what the second one alters
    ({"helpers": 2}, {"helpers": 3, "steps": [2]}),
    ({"helpers": 3, "steps": [1], "starts_each": 3}, {"helpers": 2}),
    ({"helpers": 2, "newcomers_only": True}, {"hours": 3}),
    ({"helpers": 3, "style": BARGAIN}, {"style": {**BARGAIN, "floor": 0}}),
    ({"helpers": 4, "steps": [1, 3], "helps_each": 9, "style": BARGAIN}, {"style": {"kind": "help"}}),
    ({"helpers": 1, "helps_each": 2, "starts_each": 4, "style": {**BARGAIN, "floor": 980}}, {"helpers": 4}),
]


def _rule(when: str, amount: int, to: str) -> dict[str, Any]:
    return {"id": when, "when": f"assist.{when}", "then": [{"reward": "points", "amount": amount, "to": to}]}


RULES = [
    _rule("helped", HELPED, "member"),
    _rule("step", STEPPED, "leader"),
    _rule("completed", THANKED, "group"),
    _rule("expired", CONSOLED, "leader"),
    {"id": "cup", "when": "assist.completed", "then": [{"reward": "tea", "to": "leader"}]},
]


def _content(config: dict[str, Any], stock: int) -> dict[str, Any]:
    base = stage.content(stock)
    rewards = [base["rewards"][0], {**base["rewards"][1], "per_member": PER_MEMBER}]
    schedule = {**base["schedule"], "ends_at": CLOSES.isoformat()}
    return {**base, "mechanic": "assist", "config": config, "rewards": rewards, "rules": RULES, "schedule": schedule}


def _configs(terms: int) -> list[dict[str, Any]]:
    first, altered = TERMS[terms]
    first = {"hours": 30, "helps_each": 3, "starts_each": 2, **first}
    return [first, {**first, **altered}]


@cache
def prepared(terms: int, stock: int) -> tuple[dict[tuple[str, str], Any], Version, list[Config]]:
    """The rows of a shop that has just published, and has the next version as a draft; what it published."""
    disk, (first, second) = MemoryStore(), _configs(terms)
    wanted, later = _content(first, stock), _content(second, stock + 3)
    at = OPENS - stage.DAY
    stage.publish(disk, wanted, at, answers=stage.answered(wanted, at))
    campaigns.save(disk, campaigns.load(disk, CAMPAIGN), later, "marketer", at, stage.answered(later, at))
    version = stage.live(disk).version
    assert version is not None
    return disk.rows, version, [Config.model_validate(one) for one in (first, second)]


@dataclass(frozen=True)
class Sent:
    """What a member sent, and may send again; `assist` is whose they help, none when they begin."""

    id: str
    kind: str
    who: str
    assist: str = ""

    def at(self, at: datetime) -> Event:
        """As the edge would make it at that time."""
        said = {"assist": self.assist} if self.assist else {}
        data = discover().mechanic("assist").ACCEPTS[self.kind].data.model_validate(said)
        made = Event(self.id, self.kind, at, CAMPAIGN, self.who, data, consents=True, newcomer=self.who != OLD)
        return replace(made, actor="system", consents=False) if self.kind == "leave" else made


class Calm(SteppingStore):
    """Nothing breaks any more."""

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """As on the disk."""
        return self.disk.read(keys)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """At once."""
        return self.apply(changes)

    def query(self, kind: str, *parts: str, **asked: Any) -> list[tuple[str, Row]]:
        """As on the disk."""
        return self.disk.query(kind, *parts, **asked)


@dataclass
class Life(Deliveries):
    """What one seed does."""

    seed: int
    make_store: Callable[..., SteppingStore] = SteppingStore
    sent: list[Sent] = field(default_factory=list)
    told: int = 0  # each thing as often as it was: a second time or after a crash it is another step

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.terms, stock = self.rng.randrange(len(TERMS)), self.rng.choice([2, 50, 50])
        rows, version, configs = prepared(self.terms, stock)
        self.disk, self.versioned = MemoryStore(rows=dict(rows)), self.rng.random() < 0.12
        self.scheduler = Scheduler(self.rng, OPENS + timedelta(hours=1))
        self.book = Book(self.disk, self.scheduler, configs, CLOSES)
        versions = {(CAMPAIGN, version.number): version}
        self.copies: list[dict[str, Any]] = [{"_heads": {}, "_versions": versions} for _ in range(COPIES)]

    def live(self) -> int:
        """Let it play out: at the end the time of every assist is over. How much was told; raises Violation."""
        while self.told < STEPS:
            for _ in range(AT_ONCE):
                self._spawn()
            self.scheduler.run()
            self.scheduler.now += self.rng.choice(LATER)
        self._everything_closes()
        return self.told

    def _spawn(self) -> None:
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._begin, 3), (self._help, 20), (self._close, 2), (self._sweep, 2), (self._again, 5), (self._turn, 1),
            (self._publish, self.versioned), (self._leave, 1),
        ]  # fmt: skip
        self.rng.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])[0]()

    def _begin(self) -> None:
        self._send("begin", self.rng.choice(PEOPLE))

    def _help(self) -> None:
        drive = self._drive()
        if drive:
            return self._send("help", self.rng.choice(PEOPLE), drive.name)
        return self._begin()

    def _leave(self) -> None:
        """As when they withdraw, or are erased (edge/leaving.py)."""
        drive = self._drive()
        return self._send("leave", drive.leader) if drive else self._begin()

    def _again(self) -> None:
        return self._deliver(self.rng.choice(self.sent[-8:])) if self.sent else self._begin()

    def _close(self) -> None:
        """What a schedule wakes: for one of them, soon or late, or when it has ended long ago."""
        drive = self._drive()
        if not drive:
            return self._begin()
        due = keys.due(CAMPAIGN, drive.until, UNIT, drive.name)
        return self._task("close", lambda store: self._closed(store, due))

    def _closed(self, store: SteppingStore, due: Key) -> None:
        timers.close(self._service(store), due, self._pause)

    def _sweep(self) -> None:
        self._task("sweep", self._swept)

    def _swept(self, store: SteppingStore) -> None:
        timers.close_in(self._service(store), CAMPAIGN, self._pause)

    def _service(self, store: SteppingStore) -> Any:
        """What the sweeper works with."""
        return SimpleNamespace(
            store=store,
            clock=lambda: store.at,
            live=LiveCampaigns(store, **self.rng.choice(self.copies)),
            catalogue=discover(),
            config_of=stage._config,
            sold_out=lambda version: {},
            settings=SimpleNamespace(function="sweeper"),
            write_log=lambda line: self.scheduler.say("failed to close one"),
        )

    def _publish(self) -> None:
        def work(store: SteppingStore) -> None:
            draft = campaigns.load(store, CAMPAIGN)
            campaigns.publish(store, draft, discover(), "marketer", store.at)

        self._task("publish", work)

    def _send(self, kind: str, who: str, assist: str = "") -> None:
        self.sent.append(Sent(f"event-{len(self.sent):04d}", kind, who, assist))
        self._deliver(self.sent[-1])

    def _deliver(self, sent: Sent) -> None:
        self._task(f"{sent.kind} {sent.who[-4:]}", lambda store: self._hear(store, sent))

    def _hear(self, store: SteppingStore, sent: Sent) -> None:
        serving = LiveCampaigns(store, **self.rng.choice(self.copies)).get(CAMPAIGN, store.at)
        assert serving is not None
        try:
            answer = Shop(store, serving, self._pause).hears(sent.at(store.at))
        except EventIdReused as error:
            raise Violation("2: the same body is never taken for another") from error
        self.scheduler.say(f"answered {answer.outcome}")
        self.book.answered(sent.id, sent.who, answer.outcome, answer.values, sent.assist)

    def _everything_closes(self) -> None:
        """When all time is over each assist has ended, whatever was lost on the way: the sweeper is the truth."""
        self.scheduler.now += timedelta(days=2)
        self._swept(Calm(self.disk, self.scheduler, self.scheduler.now, self._wrote))
        self.book.ended()

    def _task(self, name: str, work: Callable[[SteppingStore], None]) -> None:
        def telling(store: SteppingStore) -> None:
            self.told += 1
            work(store)

        super()._task(name, telling)

    def _wrote(self, changes: Sequence[Change], at: datetime) -> None:
        self.book.wrote(changes, at)

    def _drive(self) -> Drive | None:
        """Mostly one that is open."""
        drives = list(self.book.drives.values())
        still = [drive for drive in drives if drive.state == "open"]
        return self.rng.choice(still if still and self.rng.random() < 0.8 else drives) if drives else None


def play(seed: int, make_store: Callable[..., SteppingStore] = SteppingStore) -> int:
    """Live one seed; the number of its steps. Raises Violation with what happened."""
    life = Life(seed, make_store)
    try:
        return life.live()
    except Violation as violation:
        said = f"{violation}\n  seed {seed}, terms {TERMS[life.terms]}\n"
        raise Violation(said + "\n".join(life.scheduler.trace[-60:])) from violation
