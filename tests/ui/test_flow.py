"""The flow picture: everything of the rules is in it, and nothing that a marketer types can break out of a label."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.discovery import discover
from functions.core.text import Language
from ui.components.composer import flow
from ui.templates import templates

NODE = re.compile(r'^"(?:[^"\\]|\\.)*" (?:-> "(?:[^"\\]|\\.)*" )?\[label="(?:[^"\\]|\\.)*"(?:, \w+="[^"]*")*\];$')


def drawn(content: dict[str, Any], names: dict[str, str], language: Language = "zh") -> str:
    return flow.dot(content, discover().mechanic("checkin"), names, language)


def test_it_runs_from_the_mechanic_over_facts_and_rules_to_the_rewards() -> None:
    dot = drawn(templates()["seven-mornings"], {"points": "积分", "coupon": "满 30 减 10 元券"})

    for part in ('"start" [label="打卡"', 'label="打卡成功"', 'label="全部完成"', 'label="积分"', 'label="× 10"'):
        assert part in dot
    assert '"rule 1" -> "reward coupon"' in dot


@pytest.mark.parametrize(("language", "word"), [("zh", "打卡成功"), ("en", "Checked in")])
def test_it_speaks_both_languages(language: Language, word: str) -> None:
    assert word in drawn(templates()["seven-mornings"], {}, language)


def test_a_rule_with_a_limit_does_not_say_always() -> None:
    rule = {"when": "checkin.recorded", "if": [], "then": [{"reward": "points"}]}

    assert "always" in drawn({"rules": [rule]}, {"points": "Points"}, "en")
    limited = drawn({"rules": [rule | {"limit": 1}]}, {"points": "Points"}, "en")
    assert "1 · at most" in limited.replace("\\n", " ")
    assert "always" not in limited


def test_what_is_off_is_dashed() -> None:
    rule = {"when": "checkin.recorded", "if": [], "then": [{"reward": "points"}], "enabled": False}

    assert drawn({"rules": [rule]}, {"points": "积分"}).count("dashed") == 3


@given(st.text(max_size=60))
def test_every_line_stays_one_statement_whatever_is_typed(words: str) -> None:
    rule = {"when": words, "if": [{"field": words, "op": "=", "value": words}], "then": [{"reward": words}]}

    lines = drawn({"rules": [rule]}, {words: words}).split("\n")

    assert all(NODE.match(line) for line in lines[4:-1])
