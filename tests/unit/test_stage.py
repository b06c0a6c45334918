"""How far a member has come, by what they did."""

from __future__ import annotations

import pytest

from functions.core.stage import Behaviour


@pytest.mark.parametrize(
    ("did", "stage", "zh", "en"),
    [
        (Behaviour(), "awareness", "来过，还没有参加活动", "Came by, took part in nothing yet"),
        (Behaviour(1), "interest", "参加过 1 个活动", "Took part in one campaign"),
        (Behaviour(3), "interest", "参加过 3 个活动", "Took part in 3 campaigns"),
        (Behaviour(0, 1), "purchase", "买过 1 次", "Bought once"),
        (Behaviour(3, 1), "purchase", "买过 1 次", "Bought once"),
        (Behaviour(3, 2), "loyalty", "买过 2 次", "Bought 2 times"),
        (Behaviour(1, 0, 1), "loyalty", "带来 1 位下单的好友", "Brought a friend who bought"),
        (Behaviour(1, 1, 2), "loyalty", "买过 1 次，带来 2 位下单的好友", "Bought once, brought 2 friends who bought"),
    ],
)
def test_the_furthest_stage_that_was_reached_and_why(did: Behaviour, stage: str, zh: str, en: str) -> None:
    assert (did.stage, did.why.zh, did.why.en) == (stage, zh, en)
