"""How a config field speaks to people: label, help and unit in both languages, read by the composer's form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

# What fields ask of addresses and regions; web.py has it in words.
HTTPS_PAGE = r"^https://[^\s/?#@\\]+\.[^\s/?#@\\]+([/?#][^\s\\]*)?$"
PAGE_OR_NONE = r"^(https?://[^\s#]{1,1000})?$"
STEM = r"^https?://[^\s?#]{1,200}$"
REGION = r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"


def label(
    zh: str,
    en: str,
    *,
    zh_help: str = "",
    en_help: str = "",
    unit: str = "",
    widget: str = "",
    choices: Mapping[str, tuple[str, str]] | None = None,
    only_with: Mapping[str, Sequence[Any]] | None = None,
) -> dict[str, Any]:
    """`json_schema_extra` of a field, or of a model in a union. `unit` is a word such as days, points, minor;

    `widget` wishes for an input; `choices` gives each value of a Literal its words, (zh, en).
    `only_with` says with which values of fields beside it the field counts at all, such as {"proof.kind": ["text"]}.
    """
    said = {"zh": zh, "en": en, "zh_help": zh_help, "en_help": en_help, "unit": unit, "widget": widget}
    words: dict[str, Any] = {name: words for name, words in said.items() if words}
    if choices:
        words["choices"] = {value: list(pair) for value, pair in choices.items()}
    if only_with:
        words["only_with"] = {beside: list(values) for beside, values in only_with.items()}
    return words


def unfit(code: str, zh: str, en: str, at: str = "") -> PydanticCustomError:
    """What a validator raises: a stable code, and a sentence in both languages (`ctx` of the error).

    `at` names the field inside what is judged to go to, where several do not fit each other.
    """
    return PydanticCustomError(code, "{en}", {"zh": zh, "en": en, "at": at})
