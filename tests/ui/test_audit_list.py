"""The audit list has words and a picture for every step that may be in it."""

from __future__ import annotations

from typing import get_args

from functions.core.audit import NEEDS, Deed
from functions.storage import audit, campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, begun, published, words
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


def test_every_list_names_the_zone_of_its_hours(open_app: Open, store: MemoryStore) -> None:
    """A campaign's own is by the campaign's clock; what is of many campaigns is by the reader's."""
    schedule = {"zone": "Asia/Tokyo", "starts_at": "2026-12-01T00:00:00+09:00", "ends_at": "2026-12-15T00:00:00+09:00"}
    head = published(store, begun(store, schedule=schedule))

    own, log = words(open_app(f"app_pages/versions.py?c={head.id}")), words(open_app("app_pages/audit.py"))

    assert ("时区：东京时间" in own, "2026-12-01 11:00" in own) == (True, True)
    assert ("时区：北京时间" in log, "2026-12-01 10:00" in log) == (True, True)
