"""Sentences in the two languages of Pond."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Text(BaseModel):
    """One sentence in Chinese and English; either may be empty while a draft is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(default="", max_length=4000)
    en: str = Field(default="", max_length=4000)

    def in_(self, language: Language) -> str:
        """The sentence in `language`, or in the other one when it is missing."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def fill(self, language: Language, values: dict[str, Any]) -> str:
        """The sentence with `{name}` replaced by plain values; unknown names stay as written."""
        sentence = self.in_(language)
        for name, value in values.items():
            sentence = sentence.replace("{" + name + "}", str(value))
        return sentence

    @property
    def complete(self) -> bool:
        """Whether both languages are there."""
        return bool(self.zh.strip() and self.en.strip())
