"""The stream puts people on a leaderboard while they withdraw, all at once on a real table: nobody stays who went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from functions.checkin.record import Record
from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Row
from functions.edge.service import Service
from functions.insights.board import Heard, keep
from functions.storage import boards
from functions.storage.engine import TooBusy, at_once
from tests.edge.world import CAMPAIGN, World
from tests.race.crowd import Observed, rush
from tests.storage.serving import Server
from tests.storage.stage import OPENS, content, member, publish

pytestmark = pytest.mark.xdist_group("race")
PEOPLE, GONE = 12, 5


def consent(who: int, live: bool) -> Row:
    purpose = keys.on_board(CAMPAIGN)
    said = {"live": live, "purpose": purpose, "at": OPENS.isoformat(), "version": 1}
    return said | ({"name": ""} if live else {})


def patiently(act: Callable[[], object]) -> None:
    """Again when all attempts were lost, as the stream and people do."""
    while True:
        try:
            act()
            return
        except TooBusy:
            continue


def told(service: Service, who: int) -> Callable[[Observed], None]:
    heard = [Heard(str(who), member(who), None)]

    def act(view: Observed) -> None:
        copy = replace(service, store=view)
        copy.__dict__["live"] = service.live  # known already, as it is to any copy that has been at work
        patiently(lambda: keep(copy, CAMPAIGN, heard, at_once))

    return act


def withdraws(who: int) -> Callable[[Observed], None]:
    said = consent(who, False)
    return lambda view: patiently(lambda: boards.take_off(view, CAMPAIGN, member(who), said, at_once))


def test_whoever_withdraws_while_the_stream_tells_of_everybody_is_not_on_the_board_in_the_end(server: Server) -> None:
    world = World(store=server.store())
    world.clock.now = OPENS
    publish(world.store, {**content(leaderboard=True), "rules": []}, OPENS, CAMPAIGN)
    for who in range(PEOPLE):
        record = Record().recorded(date(2026, 12, 1)).stored()
        row = {"version": 1, "record": record, "at": int(OPENS.timestamp()) + who, "events": [], "facts": []}
        asked = Change(keys.consent(member(who), keys.on_board(CAMPAIGN)), put=consent(who, True))
        world.store.write([Change(keys.state(CAMPAIGN, member(who)), put=row), asked])
    world.service.live.get(CAMPAIGN, OPENS)
    jobs = [*(told(world.service, who) for who in range(PEOPLE)), *(withdraws(who) for who in range(GONE))]

    results, overlap = rush(world.store, jobs)

    assert results == [None] * len(jobs)
    assert overlap.overtaken > 0
    key = keys.board(CAMPAIGN)
    shown = [one.member for one in boards.entries(world.store.read([key])[key])]
    assert shown == [member(who) for who in range(GONE, PEOPLE)]
