"""The audit list has words and a picture for every step that may be in it."""

from __future__ import annotations

from typing import get_args

from functions.core.audit import NEEDS, Deed
from functions.storage import audit, campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, begun, published
from ui.components.publishing import audit_list


def test_every_step_has_a_sentence_a_name_and_a_picture() -> None:
    deeds = set(get_args(Deed))

    assert set(audit_list.sentences()) == deeds
    assert set(audit_list.kinds()) == deeds
    assert set(audit_list.ICONS) == deeds
    assert set(NEEDS) <= deeds


def test_steps_of_two_campaigns_at_one_instant_are_both_written_down(store: MemoryStore) -> None:
    for number in (1, 2):
        campaigns.turn(store, published(store, begun(store, number)), "paused", "Li", NOW)

    told = [(entry.what, entry.campaign) for entry in audit.entries(store)]
    assert len(told) == len(set(told)) == 4
