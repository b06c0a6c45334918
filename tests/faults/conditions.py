"""Every condition that the functions write under: where it is made, and a store that forgets one of them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import functions
from functions.core import change as vocabulary
from functions.core.change import Absent, AtLeast, Below, Change, Condition, Is
from functions.core.keys import Key, Row
from functions.storage.memory import MemoryStore

ROOT = Path(functions.__path__[0])
KINDS: tuple[type[Any], ...] = (Absent, Is, AtLeast, Below)
MAKERS = {"Absent", "Is", "AtLeast", "Below", "create", "take", "holds", "share"}
SITE = "_made_at"


class Unit(NamedTuple):
    """One condition as the code says it: the function that makes it, the row's kind, the comparison, the field."""

    site: str
    row: str
    comparison: str
    field: str


def places() -> set[str]:
    """Every function that makes a condition, by reading the sources."""
    found = set()
    for file in sorted(ROOT.rglob("*.py")):
        if file == Path(vocabulary.__file__) or file.name.endswith("examples.py"):
            continue
        module = ".".join(file.relative_to(ROOT.parent).with_suffix("").parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        froms = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == vocabulary.__name__]
        makers = MAKERS & {name.asname or name.name for node in froms for name in node.names}
        found |= {f"{module}.{name}" for name in _making(tree, makers, "")}
    return found


def _making(tree: ast.AST, makers: set[str], inside: str) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield from _making(node, makers, node.name)
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
            yield inside
        yield from _making(node, makers, inside)


@contextmanager
def signed() -> Iterator[None]:
    """While this lasts, every condition knows which function made it."""
    made = {kind: kind.__init__ for kind in KINDS}

    def signing(kind: type[Any]) -> Any:
        def init(self: Any, *said: Any, **named: Any) -> None:
            made[kind](self, *said, **named)
            object.__setattr__(self, SITE, _maker())

        return init

    for kind in KINDS:
        kind.__init__ = signing(kind)
    try:
        yield
    finally:
        for kind in KINDS:
            kind.__init__ = made[kind]


def _maker() -> str:
    frame = sys._getframe(2)
    skipped = {vocabulary.__name__, "dataclasses"}
    while frame.f_globals["__name__"] in skipped:
        assert frame.f_back is not None
        frame = frame.f_back
    names = [name for name in frame.f_code.co_qualname.split(".") if not name.startswith("<")]
    return f"{frame.f_globals['__name__']}.{names[-1]}"


@dataclass
class ForgetfulStore:
    """A store that forgets one condition, and notes which there were."""

    forgets: Unit | None = None
    disk: MemoryStore = field(default_factory=MemoryStore)
    seen: set[Unit] = field(default_factory=set)
    ambush: tuple[int, bool, Callable[[], Any]] | None = None  # at which call, from which end, and who comes
    calls: int = 0

    @property
    def tenant(self) -> str:
        """As the disk's."""
        return self.disk.tenant

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """As the disk's; when somebody comes, one row is as it was before and the others as they are after."""
        self.calls += 1
        if self.ambush is None or self.ambush[0] != self.calls:
            return self.disk.read(keys)
        first, *others = reversed(keys) if self.ambush[1] else keys
        found = self.disk.read([first])
        self._come()
        return {key: row for key, row in {**found, **(self.disk.read(others) if others else {})}.items() if key in keys}

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """Without what it forgets. A change that only checked what is forgotten is gone altogether."""
        self.calls += 1
        if self.ambush is not None and self.ambush[0] == self.calls:
            self._come()
        kept = [self._kept(change) for change in changes]
        left = [change for change in kept if change.conditions or not change.checks_only]
        return self.disk.write(left) if left else {}

    def query(self, kind: str, *parts: str, **asked: Any) -> list[tuple[str, Row]]:
        """As the disk's; somebody may come just before."""
        self.calls += 1
        if self.ambush is not None and self.ambush[0] == self.calls:
            self._come()
        return self.disk.query(kind, *parts, **asked)

    def _come(self) -> None:
        assert self.ambush is not None
        (_, _, act), self.ambush = self.ambush, None
        calls = self.calls
        act()
        self.calls = calls

    def _kept(self, change: Change) -> Change:
        units = [(condition, unit_of(change.key, condition)) for condition in change.conditions]
        self.seen |= {unit for _, unit in units}
        return replace(change, conditions=tuple(condition for condition, unit in units if unit != self.forgets))


def unit_of(key: Key, condition: Condition) -> Unit:
    """The unit that a condition on a row belongs to."""
    name = getattr(condition, "name", "")
    return Unit(getattr(condition, SITE, "a test"), key.kind, type(condition).__name__, name)
