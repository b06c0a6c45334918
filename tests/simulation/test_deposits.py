"""Lives of deposits, with everything that can break; what is broken is caught."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions.checkin import settling
from functions.checkin.attendance import Attendance
from functions.checkin.deposit import Deposit, Terms
from functions.checkin.entry import DepositEntry
from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from tests.simulation import deposit_life
from tests.simulation.broken import NoTransaction, Unguarded
from tests.simulation.scheduler import SteppingStore, Violation

SEEDS, CAUGHT_WITHIN = 100, 100


def test_no_seed_gives_back_more_or_less_than_was_promised() -> None:
    deeds = [deposit_life.play(seed) for seed in range(SEEDS)]

    assert min(deeds) >= deposit_life.ROUNDS * deposit_life.DEEDS_EACH // 2


class MembersUnguarded(Unguarded):
    """Whoever writes a member's row last wins: a deposit may be settled twice."""

    kind = "state"


def lives(store: type[SteppingStore] = SteppingStore) -> None:
    for seed in range(CAUGHT_WITHIN):
        deposit_life.play(seed, store)


@pytest.mark.parametrize("broken", [MembersUnguarded, NoTransaction])
def test_a_broken_store_is_caught(broken: type[SteppingStore]) -> None:
    with pytest.raises(Violation):
        lives(broken)


def test_the_table_of_a_later_version_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = settling._verdict

    def by_the_newest(before: Attendance, held: Deposit, *more: Any, **said: Any) -> settling.Verdict:
        entry = before.config.entry
        terms = Terms.offered(before.config, entry).text if isinstance(entry, DepositEntry) else held.terms
        return judged(before, replace(held, terms=terms), *more, **said)

    monkeypatch.setattr(settling, "_verdict", by_the_newest)

    with pytest.raises(Violation):
        lives()


def test_a_deposit_that_is_on_no_list_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(event: Event, deposit: Deposit) -> Change:
        return settling._unlisted(event, deposit)

    monkeypatch.setattr(settling, "_listed", nowhere)

    with pytest.raises(Violation):
        lives()


def test_a_payment_that_is_decided_on_twice_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def known_to_nobody(event: Event) -> Any:
        return keys.unit(event.campaign, "D", "")

    monkeypatch.setattr(settling, "books", known_to_nobody)
    monkeypatch.setattr(settling, "_first_booked", settling._booked)

    with pytest.raises(Violation):
        for seed in range(400):
            deposit_life.play(seed)
