"""An independent reader of GS1 Digital Links, biip, reads what is built here as it is read here."""

from __future__ import annotations

import random

from biip.gs1_digital_link_uris import GS1DigitalLinkURI

from functions.codes.check_digit import SET_82, check_digit
from functions.codes.link import build, parse

LINKS = 200
ATTRIBUTES = {
    "11": "261201", "13": "260228", "15": "261200", "17": "270101", "20": "01", "30": "12", "98": "Q?", "99": "x+y",
    "240": "A/1", "422": "156", "3103": "000195", "7003": "2612312359", "8005": "001000",
}  # fmt: skip


def test_elements_and_canonical_forms_are_the_same() -> None:
    chance = random.Random(3)

    for _ in range(LINKS):
        link = some_link(chance)
        ours, theirs = parse(link), GS1DigitalLinkURI.parse(link)
        assert list(ours.elements) == [(one.ai.ai, one.value) for one in theirs.element_strings]
        assert ours.canonical == theirs.as_canonical_uri()


def some_link(chance: random.Random) -> str:
    """A link with some qualifiers of every character there is, and some attributes."""
    digits = f"{chance.randrange(10**13):013}"
    elements = [("01", digits + check_digit(digits))]
    for name in ("22", "10", "21"):
        if chance.random() < 0.5:
            elements.append((name, "".join(chance.choices(SET_82, k=chance.randint(1, 20)))))
    elements += [(name, ATTRIBUTES[name]) for name in chance.sample(sorted(ATTRIBUTES), chance.randint(0, 4))]
    return build("https://shop.example/some/stem", elements)
