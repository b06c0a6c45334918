"""Run with the guide's folder: its mechanic and its reward are on the screens by being there. Prints what was seen."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import functions

functions.__path__.insert(0, sys.argv[1])

from functions.core.discovery import discover  # noqa: E402 (the folder must be there first)
from functions.storage import campaigns  # noqa: E402
from functions.storage.memory import MemoryStore  # noqa: E402
from tests.ui.conftest import APP, NOW, SETTINGS, go_to, healthy, press  # noqa: E402


def main() -> None:
    """Begin a campaign of each new mechanic, walk its steps, add each new reward."""
    from streamlit.testing.v1 import AppTest

    found, store = discover(), MemoryStore()
    seen: dict[str, list[str]] = {}
    for mechanic in [file.parent.name for file in Path(sys.argv[1]).glob("*/mechanic.py")]:
        app = AppTest.from_file(APP, default_timeout=60)
        for name, value in {"store": store, "settings": SETTINGS, "now": NOW}.items():
            app.session_state[name] = value
        app = press(press(healthy(app.run()), "btn_all_templates"), f"btn_empty_{mechanic}")
        widgets = [
            one.key for kind in ("text_input", "number_input", "toggle", "button_group") for one in getattr(app, kind)
        ]
        seen[mechanic] = [str(key) for key in widgets if "_config." in str(key)]
        go_to(app, "rewards")
        for reward in sorted(found.rewards):
            press(app, f"btn_reward_{reward}")
        go_to(app, "rules")
        press(app, "btn_rule_add")
        go_to(app, "check")
    rewards = [
        item["kind"] for one in campaigns.campaigns(store) for item in campaigns.load(store, one.id).content["rewards"]
    ]
    print(json.dumps({"fields": seen, "rewards": sorted(set(rewards)), "known": sorted(found.rewards)}))


main()
