"""Whether a value is one that its identifier takes: characters, length, and what each part promises. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from functions.codes import iso
from functions.codes.check_digit import SET_82, check_digit, check_pair
from functions.codes.identifiers import Identifier, Part

SETS = {
    "N": frozenset("0123456789"),
    "X": frozenset(SET_82),
    "Y": frozenset("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "Z": frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="),
}
PREFIX_DIGITS = 4  # a GS1 Company Prefix has at least these
LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def fault(identifier: Identifier, value: str) -> str:
    """The code of what is wrong with a value; empty when nothing is."""
    if len(value) > identifier.longest:
        return "too_long"
    at = 0
    for part in identifier.parts:
        piece = value[at : at + part.longest]
        if not piece and part.optional:
            break
        if len(piece) < part.shortest:
            return "too_short"
        if wrong := _wrong(part, piece):
            return wrong
        at += len(piece)
    return "too_long" if at < len(value) else ""


def _wrong(part: Part, piece: str) -> str:
    if not SETS[part.set].issuperset(piece):
        return "characters"
    return next((CODES.get(name, "value") for name in part.checks if not CHECKS[name](piece)), "")


def _day(year: int, month: int, day: int, *, or_none: bool = False) -> bool:
    """Whether there is such a day; `or_none`: day 00 stands for the month's end."""
    return 1 <= month <= 12 and (0 if or_none else 1) <= day <= monthrange(year, month)[1]


def _short_day(text: str, *, or_none: bool) -> bool:
    return _day(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]), or_none=or_none)


def _long_day(text: str) -> bool:
    return int(text[:4]) > 0 and _day(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _iban(text: str) -> bool:
    """ISO 13616: country and check digits moved to the end, letters as 10 to 35, modulo 97 is 1."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]+", text) or text[:2] not in iso.COUNTRY_LETTERS:
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def _pair(text: str) -> bool:
    return len(text) > 2 and check_pair(text[:-2]) == text[-2:]


def _share(position: str, total: str) -> bool:
    return position.isdigit() and total.isdigit() and 1 <= int(position) <= int(total)


CHECKS: dict[str, Callable[[str], bool]] = {
    "sum": lambda text: check_digit(text[:-1]) == text[-1],
    "pair": _pair,
    "prefix1": lambda text: len(text) >= PREFIX_DIGITS and text[:PREFIX_DIGITS].isdigit(),
    "prefix2": lambda text: text[1 : 1 + PREFIX_DIGITS].isdigit(),
    "yymmdd": lambda text: _short_day(text, or_none=False),
    "yymmd0": lambda text: _short_day(text, or_none=True),
    "yyyymmdd": _long_day,
    "hh": lambda text: text <= "23",
    "mi": lambda text: text <= "59",
    "hhmi": lambda text: text[:2] <= "23" and text[2:] <= "59",
    "country": lambda text: text in iso.COUNTRIES,
    "country_or_999": lambda text: text in iso.COUNTRIES or text == "999",
    "country_letters": lambda text: text in iso.COUNTRY_LETTERS,
    "currency": lambda text: text in iso.CURRENCIES,
    "percent": lambda text: not LOOSE_PERCENT.search(text),
    "latitude": lambda text: int(text) <= 1_800_000_000,
    "longitude": lambda text: int(text) <= 3_600_000_000,
    "yes_no": lambda text: text in ("0", "1"),
    "hyphen": lambda text: text == "-",
    "importer": lambda text: text in SETS["Z"] and text != "=",
    "medium": lambda text: "01" <= text <= "10" or text >= "80",
    "sex": lambda text: text in ("0", "1", "2", "9"),
    "birth": lambda text: text[1] == "/" and _share(text[0], text[2]),
    "pieces": lambda text: _share(text[:2], text[2:]),
    "nonzero": lambda text: bool(text.strip("0")),
    "zero": lambda text: not text.strip("0"),
    "winding": lambda text: text in ("0", "1", "9"),
    "iban": _iban,
    "no_zero_first": lambda text: text == "0" or not text.startswith("0"),
}
CODES = {"sum": "check_digit", "pair": "check_digit", "prefix1": "company_prefix", "prefix2": "company_prefix"}
for _name in ("yymmdd", "yymmd0", "yyyymmdd"):
    CODES[_name] = "date"
