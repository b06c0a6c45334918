"""Pages don't drift: what a mechanic or reward can say or be set to, its README names, or its page in docs/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tests.contract.test_modules import models_of

DOCS = Path(__file__).parents[2] / "docs"
UNSAID = {"kind", "question", "code"}  # told in words: which of several, and what questions and reasons are made of


def fields_of(config: type[BaseModel]) -> set[str]:
    """The names of all fields of a config, at any depth, that a marketer sets."""
    return {name for model in models_of(config) for name in model.model_fields}


def unnamed(page: str, names: set[str]) -> set[str]:
    """Which of `names` no code span of the page holds as a word of its own."""
    lines = re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    code = " ".join(re.findall(r"`([^`]+)`", lines))
    return {name for name in names - UNSAID if not re.search(rf"\b{re.escape(name)}\b", code)}


def readme_of(module: Any) -> str:
    """The README in the module's folder."""
    return (Path(module.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_a_mechanics_page_names_its_events_outcomes_facts_and_settings(mechanic: Any) -> None:
    of_its_own = DOCS / "mechanics" / f"{mechanic.KIND}.md"
    page = of_its_own.read_text(encoding="utf-8") if of_its_own.exists() else readme_of(mechanic)

    names = {*mechanic.ACCEPTS, *mechanic.OUTCOMES, *mechanic.FACTS, *fields_of(mechanic.Config)}
    assert unnamed(page, names) == set()


def test_the_page_of_rewards_or_its_readme_names_a_rewards_outcomes_and_settings(reward: Any) -> None:
    page = readme_of(reward) + (DOCS / "rewards.md").read_text(encoding="utf-8")

    assert unnamed(page, {*reward.OUTCOMES, *fields_of(reward.Config)}) == set()


def test_each_folder_has_a_readme(module: Any) -> None:
    assert readme_of(module).startswith("# ")
