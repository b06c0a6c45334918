"""A mechanic and a reward from the guide, in a folder of their own, are in the API by being there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.contract.conftest import guide_package as guide_package  # the fixture, asked for by name

ROOT = Path(__file__).parents[2]
DESCRIBED = """
import json, sys
import functions
functions.__path__.insert(0, sys.argv[1])
from functions.openapi.handler import described
whole = described()
event = whole["paths"]["/api/campaigns/{campaign_id}/events/{kind}"]["post"]
kinds = next(one for one in event["parameters"] if one["name"] == "kind")["schema"]["enum"]
print(json.dumps({"kinds": kinds, "schemas": list(whole["components"]["schemas"])}))
"""


def test_a_mechanic_from_the_guide_is_described_with_its_events(guide_package: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", DESCRIBED, str(guide_package)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    (new,) = [file.parent.name for file in guide_package.glob("*/mechanic.py")]
    events = [name.partition(".")[2] for name in said["schemas"] if name.startswith(f"{new}.")]
    assert events
    assert set(events) & set(said["kinds"])
