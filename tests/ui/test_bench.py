"""The number of design §10 that is the screens' own."""

from __future__ import annotations

import pytest

from tests.ui.bench import rerun_ms


@pytest.mark.bench
def test_a_rerun_with_a_thousand_campaigns_stays_within_its_budget() -> None:
    line = rerun_ms()

    assert line["ok"], line
