"""Any history of events, told to the engine over both stores and to a plain model: three that never differ."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from functions.core import keys
from functions.core.campaign import Version
from functions.storage import campaigns
from functions.storage.engine import EventIdReused
from functions.storage.live import Live
from functions.storage.memory import MemoryStore
from functions.storage.store import Store
from tests.storage.model import DAYS_BACK, MAKE_UPS, PRICE, Model, day_of
from tests.storage.serving import Server
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, live, member, publish

MAKE_UP = {"make_up": {"count": MAKE_UPS, "days_back": DAYS_BACK, "price": PRICE}}
people = some.integers(0, 3)
steps = some.sampled_from([timedelta(minutes=1), timedelta(hours=9), DAY, 2 * DAY])


class History(RuleBasedStateMachine):
    """One shop three times over."""

    server: Server

    def __init__(self) -> None:
        super().__init__()
        self.stores: list[Store] = [MemoryStore(), self.server.store()]
        self.model = Model(stock=3)
        for store in self.stores:
            publish(store, content(3, **MAKE_UP), OPENS - DAY)
        self.now = OPENS - timedelta(hours=1)
        self.sent: list[tuple[int, str, str, Any]] = []
        self.versions: dict[int, dict[tuple[str, int], Version]] = {0: {}, 1: {}}

    @rule(who=people, step=steps)
    def check_in(self, who: int, step: timedelta) -> None:
        """A member checks in, sooner or later."""
        self.now += step
        self._send(who, f"event-{len(self.sent):04d}", "checkin", None)

    @rule(who=people, step=steps, back=some.integers(-1, DAYS_BACK + 2))
    def make_up(self, who: int, step: timedelta, back: int) -> None:
        """A member buys back a day, or tries to."""
        self.now += step
        self._send(who, f"event-{len(self.sent):04d}", "make_up", day_of(self.now) - back * DAY)

    @precondition(lambda self: self.sent)
    @rule(data=some.data())
    def again(self, data: some.DataObject) -> None:
        """An event comes a second time."""
        self._send(*data.draw(some.sampled_from(self.sent[-8:])))

    @precondition(lambda self: self.model.state != "ended")
    @rule(state=some.sampled_from(["paused", "published", "published", "ended"]))
    def turn(self, state: Any) -> None:
        """The marketer pauses, resumes or ends."""
        for store in self.stores:
            head = campaigns.load(store, CAMPAIGN).campaign
            if head.state != state:
                campaigns.turn(store, head, state, "marketer", self.now)
        self.model.state = state

    @rule(stock=some.integers(1, 8))
    def restock(self, stock: int) -> None:
        """The marketer publishes another stock, which may be too little."""
        told = []
        for store in self.stores:
            try:
                publish(store, content(stock, **MAKE_UP), self.now)
                told.append("")
            except campaigns.Refused as refused:
                told.append(refused.code)
        assert told == [self.model.restock(stock)] * 2

    def _send(self, who: int, event_id: str, kind: str, day: Any) -> None:
        if (who, event_id, kind, day) not in self.sent:
            self.sent.append((who, event_id, kind, day))
        data = {} if day is None else {"day": day}
        event = happened(kind, member(who), event_id, self.now, **data)
        answers = [Shop(store, self._live(place)).hears(event) for place, store in enumerate(self.stores)]
        assert answers[0] == answers[1]
        expected = (
            self.model.check_in(who, event_id, self.now)
            if day is None
            else self.model.make_up(who, event_id, self.now, day)
        )
        assert (answers[0].outcome, [line["outcome"] for line in answers[0].grants]) == expected

    def _live(self, place: int) -> Live:
        return live(self.stores[place], self.now, known=self.versions[place])

    @invariant()
    def nobody_has_more_or_less_than_the_model_says(self) -> None:
        """Points, coupons and stock, as the rows have them."""
        for place, store in enumerate(self.stores):
            version = self._live(place).version
            assert version is not None
            assert campaigns.issued(store, version) == {"tea": (self.model.given, self.model.stock)}
            accounts = {keys.points(member(who)): person for who, person in self.model.people.items()}
            for key, row in store.read(list(accounts)).items() if accounts else ():
                balance, entries = (row["balance"], row["entries"]) if row else (0, [])
                assert balance == accounts[key].points == sum(entry[1] for entry in entries)

    def teardown(self) -> None:
        """The two stores hold the same rows, and as many coupons of everyone as the model."""
        for store in self.stores:
            for who, person in self.model.people.items():
                assert len(store.query("member", member(who), prefix="W#coupon#")) == person.coupons
        for partition in (("campaign", CAMPAIGN), *(("member", member(n)) for n in range(4))):
            assert self.stores[0].query(*partition) == self.stores[1].query(*partition)


@pytest.mark.parametrize("part", range(4))
def test_engine_stores_and_a_plain_model_agree_step_by_step_on_any_history(server: Server, part: int) -> None:
    History.server = server
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )


def test_the_same_event_id_with_another_body_is_refused_and_writes_nothing(store: Store) -> None:
    publish(store, content(3, **MAKE_UP))
    shop = Shop(store, live(store))
    later: datetime = OPENS + 2 * DAY
    shop.hears(happened("checkin", member(1), "event-0001", later))
    before = store.query("member", member(1))

    with pytest.raises(EventIdReused):
        shop.hears(happened("make_up", member(1), "event-0001", later, day="2026-12-02"))

    assert store.query("member", member(1)) == before
