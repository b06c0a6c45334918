"""What is wrong with a definition file, as lines for a person or for a program."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from functions.core.campaign import Definition, SignOff
from functions.core.discovery import Catalogue
from functions.core.faults import Fault
from functions.core.lint import Finding, lint
from functions.core.parsing import parse
from functions.core.templates import starting
from functions.core.text import Language, Text
from infra.definition_files import Unreadable, lines_of, read

Severity = Literal["error", "block", "warn"]
WORDS: dict[str, Text] = {
    "error": Text(zh="错误", en="error"),
    "block": Text(zh="阻止", en="block"),
    "warn": Text(zh="提醒", en="warn"),
    "signed": Text(zh="已确认", en="signed off"),
    "line": Text(zh="第 {at} 行", en="line {at}"),
    "fix": Text(zh="怎么改", en="fix"),
    "clean": Text(zh="没有发现问题", en="Nothing found"),
    "advice": Text(zh="以上是给营销人员的建议，不是法律意见", en="This is advice to a marketer, not legal advice"),
}


@dataclass(frozen=True)
class Line:
    """One line of a report: a rule's id or a fault's code, how grave it is, the place, a sentence.

    `at` is the line of the file that the place is in, from 1; 0 when that is not known.
    """

    rule: str
    severity: Severity
    path: str
    message: Text
    fix: Text = Text()
    signed: bool = False
    at: int = 0


@dataclass(frozen=True)
class Report:
    """A file's content, the definition in it where there is one, and every line about it, gravest first."""

    content: dict[str, Any]
    definition: Definition | None
    lines: Sequence[Line]

    @property
    def fails(self) -> bool:
        """Whether a line is an error or a block."""
        return any(line.severity != "warn" for line in self.lines)

    @property
    def refusal(self) -> Literal["invalid", "blocked", "unsigned"] | None:
        """Why it may not be published as it is; None when it may."""
        if self.fails:
            return "invalid" if any(line.severity == "error" for line in self.lines) else "blocked"
        return "unsigned" if any(line.severity == "warn" and not line.signed for line in self.lines) else None


def report(
    file: Path,
    catalogue: Catalogue,
    *,
    linted: bool,
    sign_offs: Sequence[SignOff] = (),
    begins: datetime | None = None,
) -> Report:
    """What can be said of a file: unreadable, invalid, or what the lint finds in it. `begins` moves its dates."""
    try:
        content = read(file)
    except Unreadable as error:
        return Report({}, None, [Line(error.code, "error", "", error.message)])
    definition, faults = parse(content, catalogue)
    if begins is not None and definition is not None:
        content = starting(content, begins)
        definition, faults = parse(content, catalogue)
    lines = [from_fault(fault) for fault in faults]
    if definition is not None and linted and not lines:
        lines = [from_finding(finding) for finding in lint(definition, catalogue, sign_offs)]
    known = lines_of(file) if lines else {}
    return Report(content, definition, [replace(line, at=line_of(known, line.path)) for line in lines])


def line_of(known: Mapping[str, int], path: str) -> int:
    """The line of a place, or of the nearest place above it that was written: what is missing has no line."""
    while path and path not in known:
        path = path.rpartition(".")[0]
    return known.get(path, 0)


def from_fault(fault: Fault) -> Line:
    """A fault as a line."""
    return Line(fault.code, "error", fault.path, fault.message)


def from_finding(finding: Finding) -> Line:
    """A finding as a line."""
    signed = finding.signed is not None
    return Line(finding.rule, finding.severity, finding.path, finding.message, finding.fix, signed)


def as_json(lines: Iterable[Line], language: Language) -> str:
    """A JSON list of `{"rule", "severity", "path", "message"}`."""
    said = [
        {"rule": line.rule, "severity": line.severity, "path": line.path, "message": line.message.in_(language)}
        for line in lines
    ]
    return json.dumps(said, ensure_ascii=False, indent=2)


def as_text(lines: Sequence[Line], language: Language, *, linted: bool) -> str:
    """One line for each finding, its fix below it."""
    said = [part for line in lines for part in _said(line, language)]
    if not lines:
        return WORDS["clean"].in_(language)
    return "\n".join([*said, *([f"— {WORDS['advice'].in_(language)}"] if linted else [])])


def _said(line: Line, language: Language) -> list[str]:
    grave = WORDS[line.severity].in_(language)
    signed = f" ({WORDS['signed'].in_(language)})" if line.signed else ""
    place = f"{line.path} ({WORDS['line'].fill(language, {'at': line.at})})" if line.at else line.path
    head = "  ".join(part for part in (f"{grave}{signed}", line.rule, place, line.message.in_(language)) if part)
    fix = line.fix.in_(language)
    return [head, f"    {WORDS['fix'].in_(language)}: {fix}"] if fix else [head]
