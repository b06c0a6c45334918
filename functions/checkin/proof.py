"""What a member hands in for a day, and whether it will do. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from functions.checkin.config import TEXT_MAX, PictureProof, Proof, Question, QuizProof, TextProof
from functions.core.upload import Upload


class Handed(BaseModel):
    """A proof as the member sends it: the one field that the campaign asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = Field(default=None, max_length=TEXT_MAX * 2)
    answer: str | None = Field(default=None, max_length=200)
    picture: Upload | None = None


def problem(proof: Proof, handed: Handed | None, number: int) -> tuple[str, dict[str, Any]] | None:
    """Why what was handed in for the member's day `number` will not do; None when it will."""
    handed = handed or Handed()
    if isinstance(proof, TextProof):
        return _text_problem(proof, (handed.text or "").strip())
    if isinstance(proof, QuizProof):
        if not (handed.answer or "").strip():
            return "proof_missing", {}
        return None if is_right(asked(proof, number), handed.answer or "") else ("wrong_answer", {})
    if isinstance(proof, PictureProof) and handed.picture is None:
        return "proof_missing", {}
    return None


def _text_problem(proof: TextProof, text: str) -> tuple[str, dict[str, Any]] | None:
    if not text:
        return "proof_missing", {}
    if len(text) < proof.min_length:
        return "proof_too_short", {"minimum": proof.min_length}
    if len(text) > proof.max_length:
        return "proof_too_long", {"maximum": proof.max_length}
    return None


def asked(quiz: QuizProof, number: int) -> Question:
    """The question of day `number` (from 1): its own, or the next in turn of those without a day."""
    own = [question for question in quiz.questions if question.day == number]
    turns = [question for question in quiz.questions if question.day is None] or quiz.questions
    return own[0] if own else turns[(number - 1) % len(turns)]


def is_right(question: Question, answer: str) -> bool:
    """Whether `answer` says what the question wants, however it is typed; a choice by its number or its words."""
    said = normal(answer)
    if not question.choices:
        return said in {normal(part) for part in question.answer.split("|")} - {""}
    right = question.choices[int(question.answer) - 1]
    return said in {question.answer, normal(right.zh), normal(right.en)} - {""}


def normal(words: str) -> str:
    """Words without what typing leaves to chance: width, case, spaces, quotes, a full stop. Signs and points stay."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    bare = "".join(character for character in folded if unicodedata.category(character)[0] not in "ZC")
    return bare.strip("\"'“”‘’").rstrip("。.!?,;")


def kept(proof: Proof, handed: Handed | None, marks: Mapping[str, str]) -> Mapping[str, Any] | None:
    """What of a proof is stored in its own row; None for what leaves nothing to look at."""
    if isinstance(proof, TextProof) and handed and handed.text:
        return {"kind": "text", "text": handed.text.strip()}
    if isinstance(proof, PictureProof) and handed and handed.picture:
        mark = {"mark": marks[handed.picture]} if handed.picture in marks else {}
        return {"kind": "picture", "picture": str(handed.picture), **mark}
    return None
