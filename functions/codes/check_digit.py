"""Check digits and check characters of GS1 keys (GS1 General Specifications, section 7.9). Pure."""

from __future__ import annotations

GTIN_LENGTHS = (8, 12, 13, 14)
PAIR_WEIGHTS = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)
PAIR_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"


def check_digit(digits: str) -> str:
    """The digit that follows `digits`: weights 3 and 1 by turns from the right, up to the next ten."""
    total = sum(int(digit) * (1 if n % 2 else 3) for n, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def check_pair(text: str) -> str:
    """The two characters that follow a Global Model Number's: primes from the right, modulo 1021."""
    total = sum(SET_82.index(letter) * weight for letter, weight in zip(reversed(text), PAIR_WEIGHTS, strict=False))
    high, low = divmod(total % 1021, 32)
    return PAIR_LETTERS[high] + PAIR_LETTERS[low]


def gtin14(gtin: str) -> str:
    """A GTIN of 8, 12, 13 or 14 digits as the 14 that links carry. Raises ValueError with the reason's code."""
    if not (gtin.isascii() and gtin.isdigit()):
        raise ValueError("not_digits")
    if len(gtin) not in GTIN_LENGTHS:
        raise ValueError("wrong_length")
    if check_digit(gtin[:-1]) != gtin[-1]:
        raise ValueError("check_digit")
    return gtin.zfill(14)
