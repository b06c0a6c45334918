"""What the contract suite runs over: every mechanic and reward there is, and the ones that the guide shows."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from functions.core.discovery import discover

GUIDE = Path(__file__).parents[2] / "docs" / "contributing.md"
BLOCK = re.compile(r"^```(?:python|markdown) file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each mechanic, reward, or example that a test asks for by name."""
    found = discover()
    mechanics = [found.mechanic(kind) for kind in sorted(found.mechanics)]
    rewards = [found.reward(kind) for kind in sorted(found.rewards)]
    tables: dict[tuple[str, ...], list[Any]] = {
        ("mechanic",): [pytest.param(one, id=one.KIND) for one in mechanics],
        ("reward",): [pytest.param(one, id=one.KIND) for one in rewards],
        ("module",): [pytest.param(one, id=one.KIND) for one in (*mechanics, *rewards)],
        ("mechanic", "example"): [row for one in mechanics for row in _examples(one)],
        ("reward", "example"): [row for one in rewards for row in _examples(one)],
    }
    wanted = tuple(name for name in ("mechanic", "reward", "module", "example") if name in metafunc.fixturenames)
    if wanted in tables:
        metafunc.parametrize(wanted, tables[wanted])


def _examples(module: Any) -> list[Any]:
    package = module.__name__.rpartition(".")[0]
    table: ModuleType = importlib.import_module(f"{package}.examples")
    return [pytest.param(module, one, id=f"{module.KIND}: {one.name}") for one in table.EXAMPLES]


@pytest.fixture(scope="session")
def guide_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the mechanic and the reward of docs/contributing.md; put it first into `functions.__path__`.

    Do that in a process of its own, before `discover()` is asked: it remembers what it found.
    """
    folder = tmp_path_factory.mktemp("guide")
    blocks = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    assert blocks, "docs/contributing.md shows no files"
    for name, source in blocks:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return folder
