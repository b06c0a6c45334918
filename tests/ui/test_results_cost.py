"""The results page reads a few rows, whoever took part: capacity as Dynoxide reports it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.ids import derived_id
from functions.storage.dynamodb import DynamoStore
from tests.conftest import FreshTable
from tests.storage.serving import Consumed, Server
from tests.ui.conftest import NOW, begun, published
from ui.components.results.results_view import opened
from ui.settings import Settings
from ui.shop import Shop

PEOPLE = 200


@pytest.fixture
def meter() -> Consumed:
    return Consumed()


@pytest.fixture
def shop(dynoxide_table: FreshTable, meter: Consumed) -> Shop:
    from functions.core.discovery import discover
    from ui.api import Api

    store = DynamoStore(Server(dynoxide_table.endpoint).client, dynoxide_table.name, "demo", meter)
    return Shop(store, Settings(table="t"), discover(), NOW + timedelta(days=2), "Li", Api("", "zh"))


def test_what_the_page_reads_does_not_grow_with_participants(shop: Shop, meter: Consumed) -> None:
    campaign = published(shop.store, begun(shop.store))

    def cost(people: int) -> tuple[float, list[str]]:
        counts = {"participants": people, "fact.checkin.recorded": people, "granted.points": 10 * people}
        rows = [Change(keys.counter(campaign.id, f"2026-12-0{day}.000001"), put=_day(counts)) for day in (1, 2, 3)]
        rows += [Change(keys.state(campaign.id, derived_id("mem", str(n))), put={"version": 1}) for n in range(people)]
        for start in range(0, len(rows), 100):
            shop.store.write(rows[start : start + 100])
        meter.read, meter.requests[:] = 0, []
        view = opened(shop, campaign)
        assert view
        assert view.so_far.participants == 3 * people
        return meter.read, list(meter.requests)

    few, many = cost(4), cost(PEOPLE)

    assert many == few
    assert many[1] == ["query", "query", "get_item", "get_item"]  # versions, counters, pools, channels


def _day(counts: dict[str, int]) -> dict[str, object]:
    return {"version": 1, "counts": counts, "marks": [], "at": int(NOW.timestamp())}
