"""Lives of orders, referral, commission and payments, with everything that can break; what is broken is caught."""

from __future__ import annotations

import pytest

from tests.simulation import money_life
from tests.simulation.broken import NoTransaction, Unguarded
from tests.simulation.scheduler import SteppingStore, Violation

SEEDS, PARTS, CAUGHT_WITHIN = 2000, 8, 100
DEEDS_LEAST = 50  # of a life; each may be told again, late, or crash


@pytest.mark.parametrize("part", range(PARTS))
def test_no_seed_violates_an_invariant_of_money(part: int) -> None:
    each = SEEDS // PARTS

    deeds = [money_life.play(seed) for seed in range(part * each, (part + 1) * each)]

    assert min(deeds) >= DEEDS_LEAST


class PaymentsUnguarded(Unguarded):
    """The last to write a payment wins."""

    kind = "payment"


class OrdersUnguarded(Unguarded):
    """A late telling overwrites a newer one, and campaigns decide on what they read."""

    kind = "order"


class BondsUnguarded(Unguarded):
    """Friends and who brought them are written as they were read."""

    kind = "state"


@pytest.mark.parametrize("broken", [PaymentsUnguarded, OrdersUnguarded, BondsUnguarded, NoTransaction])
def test_a_broken_store_is_caught(broken: type[SteppingStore]) -> None:
    with pytest.raises(Violation):
        for seed in range(CAUGHT_WITHIN):
            money_life.play(seed, broken)
