"""Thousands of short lives of assists and bargains, with everything that can break; what is broken is caught."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from unittest.mock import patch

import pytest

from functions.assist import mechanic
from functions.assist.config import Config
from functions.assist.cuts import cuts
from functions.assist.drive import Drive
from functions.core.event import Event
from tests.simulation import assist_life
from tests.simulation.broken import NoTransaction, Unguarded
from tests.simulation.scheduler import SteppingStore, Violation

SEEDS, PARTS, CAUGHT_WITHIN = 2000, 8, 100


@pytest.mark.parametrize("part", range(PARTS))
def test_no_seed_violates_an_invariant_of_assists(part: int) -> None:
    each = SEEDS // PARTS

    told = [assist_life.play(seed) for seed in range(part * each, (part + 1) * each)]

    assert min(told) >= assist_life.STEPS


class AssistsUnguarded(Unguarded):
    """Of two who help at once, the last to write wins."""

    kind = "unit"


class HelpersUnguarded(Unguarded):
    """Who helps two at once is counted once; a leader's row is written as it was read."""

    kind = "state"


def _late_help_counts() -> AbstractContextManager[object]:
    """Nobody looks at the clock, only at the row: until the sweeper comes by, help counts."""
    asked = mechanic._why_not

    def asked_of_the_row(config: Config, event: Event, drive: Drive, helps: int) -> str:
        why = asked(config, event, drive, helps)
        return "" if why == "assist_over" and drive.state == "open" else why

    return patch.object(mechanic, "_why_not", asked_of_the_row)


def _cuts_drawn_anew() -> AbstractContextManager[object]:
    """With each help the rest is shared out again: as exact in sum, but a replay gives another cut."""
    helped = Drive.helped

    def drawn(drive: Drive, member: str) -> Drive:
        anew = cuts(drive.name + member, sum(drive.cuts), drive.needed) if drive.cuts else ()
        return replace(helped(drive, member), cuts=tuple(anew))

    return patch.object(Drive, "helped", drawn)


Broken = tuple[type[SteppingStore], Callable[[], AbstractContextManager[object]]]
BROKEN: dict[str, Broken] = {
    "the assist's row unguarded": (AssistsUnguarded, nullcontext),
    "the helper's row unguarded": (HelpersUnguarded, nullcontext),
    "one write after another": (NoTransaction, nullcontext),
    "help counts until the sweeper comes": (SteppingStore, _late_help_counts),
    "cuts drawn anew": (SteppingStore, _cuts_drawn_anew),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_assist_is_caught(name: str) -> None:
    make_store, broken = BROKEN[name]

    with broken(), pytest.raises(Violation):
        for seed in range(CAUGHT_WITHIN):
            assist_life.play(seed, make_store)
