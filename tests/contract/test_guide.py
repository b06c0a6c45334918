"""docs/contributing.md keeps its word: its files, in a folder of their own, are found and pass; nothing is edited."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.contract.conftest import GUIDE

ROOT = Path(__file__).parents[2]
FIND = """
import json, sys
import functions
functions.__path__.insert(0, sys.argv[1])
from functions.core.discovery import discover
from functions.core.parsing import parse
found = discover()
definition, faults = parse(json.loads(sys.argv[2]), found)
print(json.dumps([sorted(found.mechanics), sorted(found.rewards), [[fault.path, fault.code] for fault in faults]]))
"""
SUITE = """
import sys
import functions
functions.__path__.insert(0, sys.argv[1])
import pytest
sys.exit(pytest.main(sys.argv[2:]))
"""
DEFINITION: dict[str, Any] = {
    "mechanic": "sign_up",
    "name": {"zh": "新年聚会", "en": "New year's party"},
    "schedule": {"starts_at": "2026-12-01T00:00:00+08:00", "ends_at": "2026-12-08T00:00:00+08:00"},
    "config": {"open_days": 5},
    "rewards": [{"id": "stamp", "kind": "stamp", "name": {"zh": "印章", "en": "Stamp"}, "config": {"shape": "square"}}],
    "rules": [
        {
            "id": "early",
            "when": "sign_up.done",
            "if": [{"field": "day", "op": "<=", "value": 2}],
            "then": [{"reward": "stamp"}],
        }
    ],
}


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A script in an interpreter of its own, for discovery remembers what it found."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def found(folder: Path, definition: dict[str, Any]) -> tuple[list[str], list[str], list[list[str]]]:
    """The mechanics, the rewards, and the faults of a definition, with the guide's folder there."""
    ran = run(FIND, str(folder), json.dumps(definition))
    assert ran.returncode == 0, ran.stderr
    mechanics, rewards, faults = json.loads(ran.stdout)
    return mechanics, rewards, faults


def test_the_guides_mechanic_and_reward_are_found_and_rules_know_their_facts(guide_package: Path) -> None:
    mechanics, rewards, faults = found(guide_package, DEFINITION)

    assert "sign_up" in mechanics
    assert "stamp" in rewards
    assert faults == []


def test_the_definition_check_knows_what_the_guides_parts_cannot_do(guide_package: Path) -> None:
    wrong = json.loads(json.dumps(DEFINITION))
    wrong["config"]["open_days"] = 181
    wrong["rewards"][0]["config"]["shape"] = "star"
    wrong["rules"][0]["if"][0]["field"] = "cousins"
    wrong["rules"][0]["then"][0]["amount"] = 2

    _, _, faults = found(guide_package, wrong)

    assert faults == [
        ["config.open_days", "less_than_equal"],
        ["rewards.0.config.shape", "literal_error"],
        ["rules.0.if.0.field", "unknown_field"],
        ["rules.0.then.0.amount", "amount_above_units"],
    ]


def test_the_guides_mechanic_and_reward_pass_the_tests_that_it_names(guide_package: Path) -> None:
    (named,) = re.findall(r"^\.venv/bin/pytest (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    options = ["-v", "-W", "error", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]

    ran = run(SUITE, str(guide_package), *shlex.split(named), *options)

    assert ran.returncode == 0, ran.stdout
    for suite in ("docs", "mechanics", "modules", "rewards"):
        assert f"tests/contract/test_{suite}.py::" in ran.stdout


def test_the_suite_has_teeth(guide_package: Path, tmp_path: Path) -> None:
    broken = (guide_package / "sign_up" / "mechanic.py").read_text(encoding="utf-8")
    broken = broken.replace('refuse("already_signed_up")', 'refuse("already_there")')
    folder = tmp_path / "sign_up"
    folder.mkdir()
    for name in ("__init__.py", "examples.py"):
        (folder / name).write_text((guide_package / "sign_up" / name).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "mechanic.py").write_text(broken, encoding="utf-8")

    ran = run(SUITE, str(tmp_path), "tests/contract/test_mechanics.py", "-k", "sign_up", "-q", "-p", "no:cacheprovider")

    assert ran.returncode == 1, ran.stdout
    assert "already_there" in ran.stdout
