"""Nicknames: what a member may call themselves, how a name is looked for, and how others see it. Pure."""

from __future__ import annotations

import re
import unicodedata

from functions.core.faults import Fault
from functions.core.text import Text

NICKNAME_MAX, DIGITS_MAX, MARKS_MAX = 16, 5, 3
TYPED_MAX = 64  # characters before they are brought into one form
SHOWN_AS = "**"
PLAIN = " -_.·'’&~"
LINK = re.compile(r"\w\.[a-z]{2,}", re.IGNORECASE)
DIGITS = re.compile(rf"\d{{{DIGITS_MAX + 1},}}")
PARTED = re.compile(r"[^\w]+|_+")
JOINER = "\u200d"  # within emoji of several parts
BLANK = frozenset("\u115f\u1160\u2800\u3164")  # letters by their category, and nothing to see

EMPTY = Text(zh="昵称里要有字、字母、数字或表情", en="A nickname takes a letter, a digit or an emoji")
LONG = Text(zh=f"昵称最多 {NICKNAME_MAX} 个字", en=f"A nickname takes at most {NICKNAME_MAX} characters")
STRANGE = Text(
    zh="昵称只能用文字、数字、表情和空格，不能用“{which}”",
    en="Letters, digits, emoji and spaces only, without “{which}”",
)
CONTACT = Text(zh="昵称里请不要写网址、电话或账号", en="Please no links, phone or account numbers in a nickname")


def nickname(text: str) -> str | Fault:
    """The name as it is kept: in one form (NFKC), spaces in a row as one; or why it is none."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not any(unicodedata.category(sign)[0] in "LNS" for sign in normal(name)):
        return _fault("empty", EMPTY)
    if len(name) > NICKNAME_MAX:
        return _fault("too_long", LONG)
    if strange := next((sign for place, sign in enumerate(name) if not _fits(name, place)), ""):
        which = strange if strange.isprintable() else f"U+{ord(strange):04X}"
        return _fault("strange", Text(zh=STRANGE.zh.format(which=which), en=STRANGE.en.format(which=which)))
    if LINK.search(name) or DIGITS.search(PARTED.sub("", name)):
        return _fault("contact", CONTACT)
    return name


def normal(text: str) -> str:
    """What two names that look alike have in common: case, width, spaces and signs between make no difference."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if _is_word(sign))


def masked(name: str) -> str:
    """What others see of a name: its first character, with the marks that belong to it."""
    end = next((place for place in range(1, len(name)) if unicodedata.category(name[place])[0] != "M"), len(name))
    return name[:end] + SHOWN_AS


def _fits(name: str, place: int) -> bool:
    sign = name[place]
    if sign == JOINER:
        return 0 < place < len(name) - 1 and ord(name[place + 1]) > 0x2000 and ord(name[place - 1]) > 0x2000
    crowd = name[max(0, place - MARKS_MAX) : place + 1]
    piled = len(crowd) > MARKS_MAX and all(unicodedata.category(one)[0] == "M" for one in crowd)
    return not piled and (sign in PLAIN or _is_word(sign))


def _is_word(sign: str) -> bool:
    """Letters, digits, their marks, and emoji with their shades."""
    kind = unicodedata.category(sign)
    return sign not in BLANK and (kind[0] in "LNM" or kind in ("So", "Sk"))


def _fault(why: str, message: Text) -> Fault:
    return Fault("nickname", f"nickname_{why}", message)
