"""The leaderboard's page in its states, as samples.py draws pages."""

from __future__ import annotations

import copy
from collections.abc import Callable

from functions.checkin.mechanic import RANKED_BY
from functions.core.board import KEPT, Entry, sorted_by_rank
from functions.core.campaign import Definition
from functions.core.text import Language
from functions.pages import board
from functions.pages.board import BoardScene, scene_of
from tests.pages import samples

ME = f"mem_{'0' * 23}x37"
INITIALS = {"zh": "小王阿李林光起晨", "en": "AMLZTOBJ"}


def people(language: Language, number: int = KEPT) -> list[Entry]:
    """Some who are shown; one in three gave no name, and many are equal."""
    letters = INITIALS[language]
    found = [
        Entry(
            f"mem_{n:026x}",
            "" if n % 3 == 1 else letters[n % len(letters)] + "**",
            7 - n // 8,
            max(1, 7 - n // 8 - n % 3),
            n,
        )
        for n in range(number)
    ]
    return sorted_by_rank(found)


def mine(first: int, second: int = 2) -> Entry:
    """The reader."""
    return Entry(ME, "", first, second, 999)


def page(
    number: int = KEPT, own: Entry | None = None, shown: bool = False, phase: str = "open"
) -> Callable[[Language], str]:
    """A leaderboard; its reader is among them where they are shown."""

    def draw(language: Language) -> str:
        there = people(language, number)
        entries = sorted_by_rank([*there, own])[:KEPT] if shown and own else there
        scene = BoardScene(samples.CAMPAIGN, definition(), RANKED_BY, phase, *scene_of(entries, own, shown))
        return board.board(samples.frame(language, f"/c/{samples.CAMPAIGN}/board"), scene)

    return draw


def definition() -> Definition:
    """The example campaign, with a leaderboard."""
    content = copy.deepcopy(samples.content("seven-mornings"))
    content["config"] |= {"leaderboard": True}
    return Definition.model_validate(content)


def pages() -> dict[str, Callable[[Language], str]]:
    """By name."""
    return {
        "board-empty": page(0, mine(1, 1)),
        "board-full": page(own=mine(2), shown=True),
        "board-ended": page(phase="ended"),
    }
