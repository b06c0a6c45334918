"""`composer.rerun_ms`: what one rerun of the screens costs the server, with 1,000 campaigns in the shop."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from streamlit.testing.v1 import AppTest

from functions.storage.memory import MemoryStore
from tests.ui.conftest import APP, LIST, NOW, SETTINGS, begun, go_to, healthy
from ui.components.composer.places import STEPS

CAMPAIGNS = 1000
LAST = f"camp_{CAMPAIGNS - 1:026d}"
REPEATS = 7
BUDGET_MS = 150


def rerun_ms() -> dict[str, Any]:
    """The line of `make bench`: the slowest of home, the list and all steps; median of several reruns."""
    store = full_shop()
    measured = {"home": milliseconds(opened(store)), "list": milliseconds(opened(store, page=LIST))}
    measured |= {step: milliseconds(go_to(opened(store, LAST), step)) for step in STEPS}
    slowest = max(measured, key=measured.__getitem__)
    return {
        "name": "composer.rerun_ms",
        "value": round(measured[slowest], 1),
        "unit": "ms",
        "reference": f"slowest of home, list and {len(STEPS)} steps: {slowest}",
        "budget": BUDGET_MS,
        "ok": measured[slowest] <= BUDGET_MS,
    }


def full_shop() -> MemoryStore:
    """A thousand drafts of the seven mornings."""
    store = MemoryStore()
    for number in range(CAMPAIGNS):
        begun(store, number)
    return store


def opened(store: MemoryStore, campaign: str = "", page: str = "") -> AppTest:
    """The app over the full shop."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.session_state["store"] = store
    app.session_state["settings"] = SETTINGS
    app.session_state["now"] = NOW + timedelta(days=1)
    if campaign:
        app.query_params["c"] = campaign
        page = "app_pages/compose.py"
    if page:
        app.switch_page(page)
    return healthy(app.run())


def milliseconds(app: AppTest) -> float:
    """Median time of a rerun."""
    return statistics.median(timed(app.run) for _time in range(REPEATS))


def timed(action: Callable[[], Any]) -> float:
    """What `action` costs this process, in milliseconds of CPU: others on the machine do not count."""
    before = time.process_time()
    action()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    import json

    print(json.dumps(rerun_ms()))
