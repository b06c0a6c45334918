"""What a rerun of the composer costs the server, with 1,000 campaigns in the shop."""

from __future__ import annotations

from collections.abc import Iterator

from bench import editing
from bench.line import Line
from tests.ui.bench import BUDGET_MS, rerun_ms


def lines() -> Iterator[Line]:
    """An edit as people wait for it; and the slowest of the list and the composer's steps."""
    yield from editing.lines()
    yield Line("composer.rerun_ms", rerun_ms()["value"], "ms", BUDGET_MS)
