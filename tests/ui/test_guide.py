"""The guide's promise: a new folder, and the screens know the mechanic and the reward."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.contract.conftest import guide_package as guide_package  # the fixture, asked for by name

ROOT = Path(__file__).parents[2]


def test_a_mechanic_and_a_reward_from_the_guide_appear_in_the_composer(guide_package: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "ui" / "guide_screens.py"), str(guide_package)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["fields"]
    assert all(seen["fields"].values())
    assert seen["rewards"] == seen["known"]
    assert len(seen["known"]) > 3
