"""The normal form that words are compared in, and the way back from it to the words as written.

Taken away: case, width (NFKC), traditional and Japanese variants, look-alike letters, zero-width characters,
emoji, and signs or spaces put between the characters of a word. Kept: a line break where a sentence ends.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.core.lint.variants import VARIANTS

_LOOKALIKES = dict(zip("авеіјкмнорсѕтухԁԛԝαεικνορτυχγ", "abeijkmhopcstyxdqwaeiknoptuxy", strict=True))
_ENCLOSED = {
    chr(first + place): chr(ord("a") + place)
    for first in (0x1F150, 0x1F170)  # letters in black circles and in black squares
    for place in range(26)
}
_LETTERS = str.maketrans({**VARIANTS, **_LOOKALIKES, **_ENCLOSED})
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_INVISIBLE = re.compile(
    "[\u00ad\u0300-\u036f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
_SENTENCE_END = re.compile(r"[。!?;\n\r]|(?<!\bno)\.(?=\s|$)")
_SPLITTER = re.compile(r"[,、./&:|()\[\]<>—–“”→-]")
_SIGN = re.compile(r"[^\w\s]|_")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_HAN = re.compile(f" (?=[{_HAN}])|(?<=[{_HAN}]) ")
_SPELLED = re.compile(r"(?<![^\s])(?:[a-z] ){2,}[a-z](?![^\s])")
_LATIN = re.compile("[a-z]{2}")
_UPRIGHT = re.compile(r"(?<![^\n])(\w)\n+(?=\w(?![^\n]))")  # one character a line


_REFUSED = re.compile(
    "(?:不能?|不要|不得|不可|不需要?|请?勿|禁止|无需|无须|不必|不用|不强制|不要求|别)[^\n]{0,5}$"
    r"|\b(?:not|never|no|dont|neednt|without)\b[^\n]{0,24}$",
    re.ASCII,
)


@dataclass(frozen=True)
class Phrases:
    """What a rule looks for in the normal form, in the words of both languages."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]

    @classmethod
    def of(cls, chinese: Sequence[str], english: Sequence[str]) -> Phrases:
        """Patterns of each language; those of English begin where a word begins."""
        # ASCII: a word of English ends where Chinese begins
        whole = r"\b(?:" + "|".join(english) + ")"
        return cls(re.compile("|".join(chinese), re.ASCII), re.compile(whole, re.ASCII))

    def found(self, form: str) -> Iterator[re.Match[str]]:
        """Every place in a text where one of them stands."""
        if not form.isascii():
            yield from self.chinese.finditer(form)
        if _LATIN.search(form):
            yield from self.english.finditer(form)

    def first(self, form: str) -> re.Match[str] | None:
        """The first place found."""
        return next(self.found(form), None)


def refused(form: str, start: int) -> bool:
    """Whether what begins at `start` of a text in the normal form is said not to be needed or allowed."""
    return _REFUSED.search(form[max(0, start - 40) : start]) is not None


def normal(text: str) -> str:
    """`text` in the normal form: `轉*发 ｆｏｒ​ｗａｒｄ` becomes `转发forward`."""
    return _joined(_lettered(text))


def quoted(text: str, form: str, start: int, end: int) -> str:
    """The words of `text` that `form[start:end]`, a part of its normal form, came from."""
    places = _places(text, form)
    inside = [place for place in places[start:end] if place is not None]
    return text[inside[0] : inside[-1] + 1] if inside else form[start:end]


def _lettered(text: str) -> str:
    """Every letter in its plainest form; signs and spaces still there."""
    if text.isascii():
        return text.lower()
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)


def _joined(text: str) -> str:
    if text.isalnum():
        return text
    text = _SPLITTER.sub(" ", _SENTENCE_END.sub("\n", text))
    text = _SPACES.sub(" ", _SIGN.sub("", text))
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    if not text.isascii():
        text = _UPRIGHT.sub(r"\1", _AROUND_HAN.sub("", text))
    return _SPELLED.sub(lambda spelled: spelled[0].replace(" ", ""), text)


def _places(text: str, form: str) -> list[int | None]:
    """For each character of the normal form, where in `text` it came from; None for what stands between words."""
    letters = [(letter, place) for place, raw in enumerate(text) for letter in _lettered(raw)]
    standing: dict[str, list[int]] = {}
    for n, (letter, _) in enumerate(letters):
        standing.setdefault(letter, []).append(n)
    places: list[int | None] = []
    following = 0
    for wanted in form:
        known = standing.get(wanted, [])
        nearest = bisect_left(known, following)
        if wanted.isspace() or nearest == len(known):
            places.append(None)
        else:
            following = known[nearest] + 1
            places.append(letters[known[nearest]][1])
    return places
