"""The campaign as a picture: from the mechanic over its facts and rules to the rewards. Pure: a definition gives DOT.

Graphviz read best with Chinese labels of four libraries tried (ux §1.4). Nothing of a marketer's reaches the picture
unescaped: labels are quoted strings, never HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from functions.core.mechanic import FactType, Mechanic
from functions.core.text import Language, Text
from ui.components.composer.sentences import condition, how_often
from ui.i18n import said

LINE, LINES_MAX = 10, 4  # characters of a label's line (those of Latin count half), lines of a label
CLAUSE = re.compile(r"(?<=[，,;；]) ?")
FONT = "PingFang SC, Noto Sans CJK SC, Microsoft YaHei, Arial, sans-serif"
LOOKS = {
    "start": ("#0B6E5F", "#0B6E5F", "#FFFFFF"),
    "fact": ("#E3F1EE", "#0B6E5F", "#0D1614"),
    "rule": ("#FFF4E5", "#B08900", "#0D1614"),
    "reward": ("#E8EDF8", "#3B5BA9", "#0D1614"),
    "off": ("#F3F6F5", "#7F8B88", "#55615E"),
}


def dot(content: Mapping[str, Any], mechanic: Mechanic, names: Mapping[str, str], language: Language) -> str:
    """The picture of a draft, valid or not; `names` are the rewards' by id."""
    rules = [rule for rule in content.get("rules") or [] if isinstance(rule, Mapping)]
    facts = list(dict.fromkeys(str(rule.get("when")) for rule in rules))
    lines = [_node("start", mechanic.TITLE.in_(language), "start")]
    lines += [_node(f"fact {kind}", _fact(mechanic, kind, language), "fact") for kind in facts]
    lines += [_edge("start", f"fact {kind}") for kind in facts]
    for place, rule in enumerate(rules):
        lines += _rule(place, rule, mechanic.FACTS.get(str(rule.get("when"))), language)
    lines += [_node(f"reward {one}", names.get(one, one), "reward") for one in _given(rules, names)]
    return "\n".join(["digraph campaign {", *HEAD, *lines, "}"])


def alt(told: list[str], language: Language) -> str:
    """The picture in words: its rules as sentences."""
    if not told:
        return said("There are no rules yet: participants would get nothing.", language)
    return "; ".join(told)


HEAD = [
    'rankdir=LR; bgcolor="transparent"; nodesep=0.2; ranksep=0.3; pad=0.05;',
    f'node [shape=box, style="rounded,filled", fontname="{FONT}", fontsize=14, margin="0.12,0.08", penwidth=1.2];',
    f'edge [color="#55615E", fontcolor="#55615E", fontname="{FONT}", fontsize=12, arrowsize=0.7];',
]


def _rule(place: int, rule: Mapping[str, Any], fact: FactType | None, language: Language) -> list[str]:
    """A rule's node, the way to it, and the ways to what it gives. What is off is dashed."""
    me, on = f"rule {place}", bool(rule.get("enabled", True))
    lines = [line for line in rule.get("if") or [] if isinstance(line, Mapping)]
    junction = said(" and ", language) if rule.get("match", "all") == "all" else said(" or ", language)
    words = junction.join(condition(line, fact, language) for line in lines) + how_often(rule, language)
    words = words.lstrip(" ,，") or said("always", language)
    drawn = [_node(me, f"{place + 1} · {words}", "rule" if on else "off")]
    drawn.append(_edge(f"fact {rule.get('when')}", me, dashed=not on))
    for line in rule.get("then") or []:
        if isinstance(line, Mapping):
            amount = line.get("amount", 1)
            drawn.append(_edge(me, f"reward {line.get('reward')}", "" if amount == 1 else f"× {amount}", dashed=not on))
    return drawn


def _fact(mechanic: Mechanic, kind: str, language: Language) -> str:
    return mechanic.FACTS.get(kind, FactType(Text(zh=kind, en=kind))).title.in_(language)


def _given(rules: list[Mapping[str, Any]], names: Mapping[str, str]) -> list[str]:
    """Every reward of the campaign and every one a rule names; what nobody gives stands alone."""
    named = [str(line.get("reward")) for rule in rules for line in rule.get("then") or [] if isinstance(line, Mapping)]
    return list(dict.fromkeys([*names, *named]))


def _node(name: str, words: str, looks: str) -> str:
    fill, line, ink = LOOKS[looks]
    style = ', style="rounded,filled,dashed"' if looks == "off" else ""
    colours = f'fillcolor="{fill}", color="{line}", fontcolor="{ink}"{style}'
    return f"{_quoted(name)} [label={_quoted(_wrapped(words))}, {colours}];"


def _edge(start: str, end: str, words: str = "", *, dashed: bool = False) -> str:
    style = ', style="dashed"' if dashed else ""
    return f"{_quoted(start)} -> {_quoted(end)} [label={_quoted(words)}{style}];"


def _quoted(words: str) -> str:
    r"""A quoted string of DOT: backslash and quote escaped, line ends as `\n`, no other control characters."""
    plain = "".join(letter for letter in words if letter == "\n" or letter.isprintable())
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("&", "&amp;")
    return f'"{escaped}"'


def _wrapped(words: str) -> str:
    """Lines short enough for a box, parted where a clause ends; what goes beyond the last one ends in an ellipsis."""
    clauses = CLAUSE.split(" ".join(words.split()))
    lines = [line.strip() for clause in clauses for line in _lines(clause)] if _wide(words) > LINE else [words]
    if len(lines) > LINES_MAX:
        lines = [*lines[: LINES_MAX - 1], lines[LINES_MAX - 1].rstrip() + "…"]
    return "\n".join(lines)


def _lines(clause: str) -> list[str]:
    lines, line, width = [], "", 0.0
    for letter in clause:
        wide = _wide(letter)
        if width + wide > LINE and (ord(letter) > 0x2E7F or letter == " "):
            lines.append(line)
            line, width = "", 0.0
        if width + wide > LINE * 2:  # a word longer than two lines
            lines.append(line)
            line, width = "", 0.0
        line, width = line + letter, width + wide
    return [*lines, line]


def _wide(words: str) -> float:
    return sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in words)
