"""Contracts of import-linter for the arrows of design §1 that follow from a folder being there, not from a list."""

import fnmatch
import sys
from collections.abc import Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def _within(module: str, packages: list[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _imports(graph: ImportGraph) -> Iterator[tuple[str, str]]:
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            yield importer, imported


class _Listing(Contract):
    """A contract whose breaches are single imports."""

    def _breaches(self, graph: ImportGraph) -> list[tuple[str, str]]:
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Kept when no import breaches it."""
        found = self._breaches(graph)
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each breach."""
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} imports {imported}")


class OnlyDoor(_Listing):
    """Either: `inside` may import `allowed` and the standard library only. Or: only `doors` may import `guarded`."""

    inside: Any = fields.SetField(subfield=fields.StringField(), required=False)
    allowed: Any = fields.SetField(subfield=fields.StringField(), required=False)
    own_package: Any = fields.BooleanField(required=False, default=False)
    guarded: Any = fields.SetField(subfield=fields.StringField(), required=False)
    doors: Any = fields.SetField(subfield=fields.StringField(), required=False)

    def _breaches(self, graph: ImportGraph) -> list[tuple[str, str]]:
        breaks = self._leaves if self.inside else self._intrudes
        return [(importer, imported) for importer, imported in _imports(graph) if breaks(importer, imported)]

    def _leaves(self, importer: str, imported: str) -> bool:
        if not any(fnmatch.fnmatch(importer, each) or _within(importer, [each]) for each in self.inside):
            return False
        if imported.partition(".")[0] in sys.stdlib_module_names or imported == "functions":
            return False
        own = [importer.rpartition(".")[0]] if self.own_package else []
        return not _within(imported, [*self.allowed, *own])

    def _intrudes(self, importer: str, imported: str) -> bool:
        return _within(imported, list(self.guarded)) and not _within(importer, list(self.doors))


class Alone(_Listing):
    """`functions.X.<name>` is imported from within `functions.X` only; discovery finds it by being there."""

    names: Any = fields.SetField(subfield=fields.StringField())

    def _breaches(self, graph: ImportGraph) -> list[tuple[str, str]]:
        return [pair for pair in _imports(graph) if self._is_foreign(*pair)]

    def _is_foreign(self, importer: str, imported: str) -> bool:
        root, _, rest = imported.partition(".")
        package, _, module = rest.partition(".")
        if root != "functions" or module not in self.names or package == "core":
            return False
        return not _within(importer, [f"functions.{package}"])
