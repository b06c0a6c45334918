"""What is said of deposits: in the results what became of them, and before a pause what it costs their members."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.insights.numbers import Numbers
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, begun, published, words
from ui.components.results import deposits


def view(*days: dict[str, int], paid: int = 0, settled: int = 0) -> Any:
    budget = SimpleNamespace(currency="CNY")
    everything = [Numbers(day=f"2026-12-0{place}", money=money) for place, money in enumerate(days, 1)]
    facts = {"checkin.deposit_paid": paid, "checkin.deposit_settled": settled}
    everything.append(Numbers(day="2026-12-09", facts=facts))
    return SimpleNamespace(everything=everything, definition=SimpleNamespace(budget=budget))


def test_the_four_sums_add_up() -> None:
    told = deposits.figures(view({"deposit": 19800}, {"back": 4950, "kept": 4950}))

    assert [one.value for one in told] == ["¥198", "¥49.50", "¥49.50", "¥99"]


def test_it_is_said_of_how_many_they_are() -> None:
    seen = view({"deposit": 19800}, {"back": 9900}, paid=2, settled=1)

    assert re.findall(r"\d+", deposits.note(seen)) == ["2", "1"]
    assert re.findall(r"\d+", deposits.figures(seen)[-1].meaning) == ["1"]


def test_nothing_is_said_where_nobody_paid_one() -> None:
    assert deposits.figures(view({})) == []


def test_who_pauses_it_is_told_what_the_pause_costs_those_whose_deposits_are_held(
    open_app: Open, store: MemoryStore
) -> None:
    live, until = published(store, begun(store, template="deposit-21-days")), int(NOW.timestamp()) + 86_400
    store.write([Change(keys.due(live.id, until, keys.MEMBER, "mem_ada"), put={"until": until})])

    assert "还有 1 笔押金没结" in words(open_app("app_pages/campaigns.py", st_turn=(live.id, "pause")))
