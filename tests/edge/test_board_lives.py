"""Random lives of a leaderboard: whoever does what, and however the stream tells it, it ends as the rows say."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.edge.limits import Buckets
from functions.edge.ranking import rank_of
from tests.edge.stream import Stream
from tests.edge.test_board import PURPOSE, WITH_BOARD, board, shows
from tests.edge.world import CAMPAIGN, Answer, Phone, World, definition_content


class Life:
    """Six people who do as chance says, and a stream that tells some of it, twice, late and out of order."""

    def __init__(self, seed: int) -> None:
        self.world, self.chance = World(), random.Random(seed)
        self.world.publish(definition_content(config=WITH_BOARD | {"after_completion": "go_on"}))
        self.stream = Stream(self.world)
        self.phones = [self.world.phone(name) for name in "abcdef"]
        self.heard: list[Any] = []

    def step(self, number: int) -> None:
        """Somebody does something; now and then a day passes, or the stream tells something."""
        phone, kind = self.chance.choice(self.phones), f"/api/campaigns/{CAMPAIGN}/events/"
        day = str((self.world.clock.now - timedelta(days=self.chance.randint(1, 4))).date())
        deeds = [
            lambda: phone.check_in(f"event-{number:04}"),
            lambda: phone.check_in(f"event-{number:04}"),
            lambda: phone.post(f"{kind}make_up", {"event_id": f"event-{number:04}", "data": {"day": day}}),
            lambda: shows(phone, self.chance.choice(["", "Ann", "小鱼"])),
            lambda: shows(phone, live=False),
            lambda: self.says(phone, self.chance.random() < 0.5),
            lambda: self.world.clock.pass_(hours=20),
            self.tells,
            lambda: phone.call("DELETE", "/api/me") if self.chance.random() < 0.1 else None,
        ]
        self.chance.choice(deeds)()
        self.world.service.buckets = Buckets()

    def says(self, phone: Phone, live: bool) -> Answer:
        """Leaves the campaign, or comes back."""
        return phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": live})

    def tells(self) -> None:
        """Some of what was written until now, and of what was told before."""
        self.heard += self.stream.take()
        self.stream.deliver(self.chance.sample(self.heard, k=len(self.heard) * 2 // 3))

    def should_be(self) -> list[tuple[str, str]]:
        """Who is to be on the board, and under what, by the rows alone."""
        found = []
        for phone in self.phones:
            state, consent = keys.state(CAMPAIGN, phone.member), keys.consent(phone.member, PURPOSE)
            rows = self.world.store.read([state, consent])
            row, said = rows[state], rows[consent]
            if row and not row.get("closed") and said and said["live"]:
                found.append((phone.member, said["name"]))
        return sorted(found)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_and_however_it_is_told_the_board_ends_as_the_rows_say(seed: int) -> None:
    life = Life(seed)
    for number in range(60):
        life.step(number)
        shown = {one.member for one in board(life.world)}
        assert shown <= {member for member, _ in life.should_be()}, "somebody is shown who does not want to be"

    life.heard += life.stream.take()
    life.stream.deliver(life.chance.sample(life.heard, k=len(life.heard)))

    assert sorted((one.member, one.name) for one in board(life.world)) == life.should_be()
    records = {
        one.member: life.world.store.read([key := keys.state(CAMPAIGN, one.member)])[key] for one in board(life.world)
    }
    for one in board(life.world):
        version = life.world.service.live.get(CAMPAIGN, life.world.clock.now).version  # type: ignore[union-attr]
        assert version
        assert one.rank == rank_of(life.world.service, version, (records[one.member] or {})["record"])
