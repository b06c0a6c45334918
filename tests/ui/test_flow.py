"""The flow picture: everything of the rules is in it, and nothing that a marketer types can break out of a box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.discovery import discover
from functions.core.text import LANGUAGES, Language
from ui.components.composer import flow
from ui.components.composer.gifts import Gift, gifts_of
from ui.templates import templates

GIFTS = {"points": Gift("Points", "points"), "coupon": Gift("A coupon", "coupon")}
RULE = {"when": "checkin.recorded", "if": [], "then": [{"reward": "points"}]}


class Boxes(HTMLParser):
    """Each box's looks and words, and every other tag with its attributes' names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.boxes: list[list[str]] = []
        self.others: set[tuple[str, tuple[str, ...]]] = set()
        self.alt = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "span":
            self.boxes.append([told["class"] or "", ""])
        else:
            self.others.add((tag, tuple(told)))
        self.alt = told.get("aria-label") or self.alt

    def handle_data(self, data: str) -> None:
        self.boxes[-1][1] += data


def drawn(
    content: Mapping[str, Any], gifts: Mapping[str, Gift] = GIFTS, language: Language = "en", kind: str = "checkin"
) -> flow.Box:
    return flow.tree(content, discover().mechanic(kind), gifts, language)


def ways(box: flow.Box) -> Iterator[tuple[str, ...]]:
    """Each way along the arrows, from the mechanic to where it ends."""
    for one in box.after:
        yield from ((box.words, *way) for way in ways(one))
    if not box.after:
        yield (box.words,)


def test_it_runs_from_the_mechanic_over_facts_and_rules_to_the_rewards() -> None:
    content = templates()["quiz-a-day"]

    assert [*ways(drawn(content, gifts_of(content["rewards"], "en")))] == [
        ("Check-in", "Checked in", "Every time", "20 points"),
        ("Check-in", "Completed", "At most once for each person", "Free shipping"),
        ("Check-in", "Completed", "At most once for each person", "Graduate of the class"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_every_template_leads_to_all_that_it_gives_and_to_whom(language: Language) -> None:
    for name, content in templates().items():
        gifts = gifts_of(content["rewards"], language)
        facts = drawn(content, gifts, language, content["mechanic"]).after
        rules = {rule.number: rule for fact in facts for rule in fact.after}

        for number, rule in enumerate(content["rules"], 1):
            for line, box in zip(rule["then"], rules[number].after, strict=True):
                assert gifts[line["reward"]].counted(line.get("amount", 1), language) in box.words, name
                assert ({"zh": "（给", "en": " for "}[language] in box.words) == ("to" in line), name
        assert len({fact.words for fact in facts}) == len(facts)


def test_a_rule_says_how_often_without_contradicting_itself() -> None:
    once = {"when": "checkin.completed", "then": []}
    rules = [RULE, RULE | {"limit": 1}, once, RULE | {"cooldown": 1, "limit": 3}]

    words = {box.number: box.words for fact in drawn({"rules": rules}).after for box in fact.after}

    assert words == {
        1: "Every time",
        2: "At most once for each person",
        3: "Once for each person",
        4: "At most 3 times for each person, at most once a day for each person",
    }


def test_what_is_off_says_so_and_is_drawn_so() -> None:
    (fact,) = drawn({"rules": [RULE | {"enabled": False}]}).after

    assert (fact.after[0].looks, fact.after[0].words) == ("rule off", "Every time (off)")
    assert fact.after[0].after[0].looks == "reward off"


def test_without_rules_it_says_that_nobody_gets_anything_and_names_the_rewards() -> None:
    (none,) = drawn({"rules": []}).after

    assert "get nothing" in none.words
    assert flow.left_over({"rules": []}, GIFTS) == ["Points", "A coupon"]
    assert flow.left_over({"rules": [RULE]}, GIFTS) == ["A coupon"]


@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_whatever_is_typed_stays_text_in_its_box(words: str) -> None:
    rule = {"when": words, "if": [{"field": words, "op": "=", "value": words}], "then": [{"reward": words}]}

    html = flow.picture(drawn({"rules": [rule]}, {words: Gift(words)}), [words], "en")
    read = Boxes(html)

    assert [looks for looks, _ in read.boxes] == ["start", "fact", "rule", "reward"]
    assert read.boxes[3][1] == words
    assert read.alt == words
    assert read.others == {("div", ("class", "role", "aria-label")), ("div", ()), ("ul", ()), ("li", ()), ("b", ())}
