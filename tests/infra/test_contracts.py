"""The arrows of design §1 hold for folders that do not exist yet."""

from typing import Any

import pytest
from grimp import ImportGraph

from infra.contracts import Alone, OnlyDoor

PURE = {"inside": ["functions.core"], "allowed": ["functions.core", "pydantic"]}
MECHANICS = {"inside": ["functions.*.mechanic"], "allowed": ["functions.core"], "own_package": "true"}
DRAWING = {"guarded": ["PIL"], "doors": ["functions.drawing"]}
ALONE = {"names": ["mechanic", "reward"]}


def kept(contract: type[OnlyDoor] | type[Alone], options: dict[str, Any], importer: str, imported: str) -> bool:
    graph = ImportGraph()
    for module in (importer, imported):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    made = contract(name="x", session_options={"root_packages": ["functions"]}, contract_options=options)
    return made.check(graph, verbose=False).kept


@pytest.mark.parametrize(
    ("contract", "options", "importer", "imported", "expected"),
    [
        (OnlyDoor, PURE, "functions.core.rules", "json", True),
        (OnlyDoor, PURE, "functions.core.rules", "pydantic", True),
        (OnlyDoor, PURE, "functions.core.rules", "functions.storage.engine", False),
        (OnlyDoor, PURE, "functions.core.rules", "boto3", False),
        (OnlyDoor, MECHANICS, "functions.lottery.mechanic", "functions.core.event", True),
        (OnlyDoor, MECHANICS, "functions.lottery.mechanic", "functions.lottery.record", True),
        (OnlyDoor, MECHANICS, "functions.lottery.mechanic", "functions.checkin.record", False),
        (OnlyDoor, DRAWING, "functions.drawing.poster", "PIL", True),
        (OnlyDoor, DRAWING, "functions.pages.handler", "PIL", False),
        (Alone, ALONE, "functions.lottery.handler", "functions.lottery.mechanic", True),
        (Alone, ALONE, "functions.play.handler", "functions.lottery.mechanic", False),
        (Alone, ALONE, "ui.app", "functions.points.reward", False),
        (Alone, ALONE, "functions.points.reward", "functions.core.reward", True),
    ],
)
def test_an_arrow_is_kept_or_broken(
    contract: type[OnlyDoor] | type[Alone], options: dict[str, Any], importer: str, imported: str, expected: bool
) -> None:
    assert kept(contract, options, importer, imported) is expected
