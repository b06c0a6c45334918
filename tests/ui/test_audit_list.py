"""The audit list has words and a picture for every step that may be in it."""

from __future__ import annotations

from typing import get_args

from functions.core.audit import NEEDS, Deed
from ui.components.publishing import audit_list


def test_every_step_has_a_sentence_a_name_and_a_picture() -> None:
    deeds = set(get_args(Deed))

    assert set(audit_list.sentences()) == deeds
    assert set(audit_list.kinds()) == deeds
    assert set(audit_list.ICONS) == deeds
    assert set(NEEDS) <= deeds
