"""Errors that sent a form's sender back to a page, in words. Pure."""

from __future__ import annotations

from functions.core.text import Language, Text
from functions.pages.notices import Notice

# A page names no fields, as the API's answer does.
INVALID = Text(
    zh="有的地方填得不对，请改好再提交", en="Something is not filled in right. Please mend it and send it again"
)
FAILED = Text(zh="没有成功，请再试一次", en="That did not work. Please try again")


def problem_notice(code: str, language: Language) -> Notice:
    """What went wrong, by its stable code; an unknown code gets a plain sentence."""
    return Notice("bad", sentence(code).in_(language))


def sentence(code: str) -> Text:
    """The sentence of a problem's code."""
    if code == "invalid":
        return INVALID
    # Both bring much along that a page needs only when something went wrong.
    from functions.drawing.pictures import MESSAGES
    from functions.edge.problems import PROBLEMS

    return PROBLEMS[code][2] if code in PROBLEMS else MESSAGES.get(code, FAILED)
