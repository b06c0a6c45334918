"""The campaign as a picture: from the mechanic over its facts and rules to the rewards. Pure: a definition gives HTML.

Boxes of nested lists, whose text the browser breaks and never shrinks; `frame.css` lays them from left to right where
there is room, from top to bottom where there is not (decision 0026). Nothing of a marketer's reaches it unescaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from functions.core.mechanic import FactType, Mechanic
from functions.core.text import Language
from ui.components.composer.gifts import Gift
from ui.components.composer.sentences import closed_up, condition, gift_words, how_often
from ui.i18n import said


@dataclass(frozen=True)
class Box:
    """A box and those that its arrows lead to; `looks` is start, fact, rule, reward or none, and `off` where it is."""

    looks: str
    words: str
    after: tuple[Box, ...] = ()
    number: int = 0  # a rule's, as its card has it


def tree(content: Mapping[str, Any], mechanic: Mechanic, gifts: Mapping[str, Gift], language: Language) -> Box:
    """A draft, valid or not: the mechanic, each fact once, its rules by their numbers, what each of them gives."""
    rules = _rules(content)
    kinds = dict.fromkeys(str(rule.get("when") or "…") for rule in rules)
    facts = []
    for kind in kinds:
        fact = mechanic.FACTS.get(kind)
        mine = [(n, rule) for n, rule in enumerate(rules, 1) if str(rule.get("when") or "…") == kind]
        after = tuple(_rule(n, rule, fact, gifts, language) for n, rule in mine)
        facts.append(Box("fact", fact.title.in_(language) if fact else kind, after))
    none = Box("none off", said("There are no rules yet: participants would get nothing.", language))
    return Box("start", mechanic.TITLE.in_(language), tuple(facts) or (none,))


def left_over(content: Mapping[str, Any], gifts: Mapping[str, Gift]) -> list[str]:
    """The names of rewards that no rule gives."""
    given = {str(line.get("reward")) for rule in _rules(content) for line in _lines(rule, "then")}
    return [gift.name for one, gift in gifts.items() if one not in given]


def picture(root: Box, told: list[str], language: Language) -> str:
    """The boxes as HTML; `told`, the rules as sentences, is what it is to those who cannot see it."""
    nothing = said("There are no rules yet: participants would get nothing.", language)
    alt = {"zh": "；", "en": "; "}[language].join(told) or nothing
    return f'<div class="flow" role="img" aria-label="{escape(alt)}"><div>{"".join(_drawn(root))}</div></div>'


def _rule(n: int, rule: Mapping[str, Any], fact: FactType | None, gifts: Mapping[str, Gift], language: Language) -> Box:
    on = bool(rule.get("enabled", True))
    looks, off = ("", "") if on else (" off", said(" (off)", language))
    whom = said("{gift} for {whom}", language)
    given = [Box("reward" + looks, gift_words(line, gifts, language, whom)) for line in _lines(rule, "then")]
    return Box("rule" + looks, _asked(rule, fact, language) + off, tuple(given), n)


def _asked(rule: Mapping[str, Any], fact: FactType | None, language: Language) -> str:
    """What else has to hold and how often it may; where nothing does, how often the fact itself comes."""
    junction = said(" and ", language) if rule.get("match", "all") == "all" else said(" or ", language)
    words = junction.join(condition(line, fact, language) for line in _lines(rule, "if")) + how_often(rule, language)
    usual = said("once for each person", language) if fact and fact.once else said("every time", language)
    words = closed_up(words).lstrip(" ,，") or usual
    return words[:1].upper() + words[1:]


def _drawn(box: Box) -> Iterator[str]:
    number = f"<b>{box.number}</b> " if box.number else ""
    yield f'<span class="{box.looks}">{number}{escape(box.words)}</span>'
    if box.after:
        yield "<ul>"
        for one in box.after:
            yield from ("<li>", *_drawn(one), "</li>")
        yield "</ul>"


def _rules(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _lines(content, "rules")


def _lines(part: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The rows of a list of a draft, which may hold anything."""
    return [row for row in part.get(name) or [] if isinstance(row, Mapping)]
