"""How a config field speaks to people: label, help and unit in both languages, read by the composer's form."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError


def label(zh: str, en: str, *, zh_help: str = "", en_help: str = "", unit: str = "", widget: str = "") -> dict[str, Any]:
    """`json_schema_extra` of a field. `unit` is a word such as days, points, minor; `widget` wishes for an input."""
    said = {"zh": zh, "en": en, "zh_help": zh_help, "en_help": en_help, "unit": unit, "widget": widget}
    return {name: words for name, words in said.items() if words}


def unfit(code: str, zh: str, en: str) -> PydanticCustomError:
    """What a validator raises: a stable code, and a sentence in both languages (`ctx` of the error)."""
    return PydanticCustomError(code, "{en}", {"zh": zh, "en": en})  # type: ignore[arg-type]
