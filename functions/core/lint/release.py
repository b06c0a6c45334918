"""C20: what is published is what was linted, and every answer to a warning was given for that very content."""

from __future__ import annotations

from collections.abc import Sequence

from functions.core.campaign import Definition, SignOff
from functions.core.lint.finding import Finding
from functions.core.text import Text

ID = "C20"
BASIS = Text(
    zh="Pond 的上线规则：上线的内容必须就是检查过的内容",
    en="Pond's own rule for publishing: what goes live is what was checked",
)


def obstacles(
    definition: Definition, linted_hash: str, findings: Sequence[Finding], sign_offs: Sequence[SignOff] = ()
) -> list[Finding]:
    """Everything that keeps `definition` from being published; empty when it may go live.

    `linted_hash` is the content hash that `findings` were made for.
    """
    stopping = [finding for finding in findings if finding.stops]
    if definition.content_hash != linted_hash:
        return [_changed_since_check(), *stopping]
    return [*(_old_answer(given) for given in sign_offs if _outdated(given, linted_hash, findings)), *stopping]


def publishable(
    definition: Definition, linted_hash: str, findings: Sequence[Finding], sign_offs: Sequence[SignOff] = ()
) -> bool:
    """Whether nothing keeps `definition` from being published."""
    return not obstacles(definition, linted_hash, findings, sign_offs)


def _outdated(given: SignOff, linted_hash: str, findings: Sequence[Finding]) -> bool:
    """Whether a warning is answered by this sign-off alone, which was given for other content."""
    waiting = {
        (finding.rule, finding.path) for finding in findings if finding.severity == "warn" and not finding.signed
    }
    return given.content_hash != linted_hash and (given.rule, given.path) in waiting


def _changed_since_check() -> Finding:
    return Finding(
        rule=ID,
        severity="block",
        path="",
        message=Text(zh="检查之后内容又改过", en="The content was changed after it was checked"),
        fix=Text(zh="再检查一次，然后上线", en="Check it again, then publish"),
        basis=BASIS,
    )


def _old_answer(given: SignOff) -> Finding:
    return Finding(
        rule=ID,
        severity="block",
        path=given.path,
        message=Text(
            zh=f"{given.by} 对 {given.rule} 的确认是改动之前给的",
            en=f"{given.by} signed off {given.rule} before the last edit",
        ),
        fix=Text(zh="请重新看过并确认", en="Read it again and sign it off anew"),
        basis=BASIS,
    )
