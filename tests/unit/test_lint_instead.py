"""Words that the lint offers in place of others are words that it lets through."""

from __future__ import annotations

import pytest

from functions.core.discovery import discover
from functions.core.lint import lint
from functions.core.lint.rules.c9_claims import INSTEAD
from functions.core.parsing import parse
from tests.unit.lint_drafts import content


def found(words: str) -> list[tuple[str, str]]:
    definition, faults = parse(content(page__body={"zh": words, "en": words}), discover())
    assert definition is not None, faults
    return [(one.quote, one.instead) for one in lint(definition, discover()) if one.path == "page.body.zh"]


@pytest.mark.parametrize("quote", INSTEAD)
def test_what_is_offered_passes(quote: str) -> None:
    assert found(f"我们的{INSTEAD[quote]}课程 We have {INSTEAD[quote]} tea") == []


@pytest.mark.parametrize(("words", "offered"), [("国家级好课", "高品质"), ("最专业的老师", "专业"), ("全网最低", "")])
def test_only_where_a_word_can_simply_be_another_one_is_offered(words: str, offered: str) -> None:
    ((_quote, instead),) = found(words)

    assert instead == offered
    assert not offered or found(words.replace(_quote, instead)) == []
