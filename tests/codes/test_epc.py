"""Compressed links: the examples of GS1's standards, what a tag of ours says, and what cannot be read."""

from __future__ import annotations

import pytest

from functions.codes.check_digit import gtin14
from functions.codes.elements import BadLink
from functions.codes.epc import ASCII, BASE64, HEX_SMALL
from functions.codes.link import parse

SERIAL = "7XR2YKEHATW8S6BZM7K7"


def said(text: str) -> str:
    return parse(f"https://tag.example/a/{text}").uncompressed.removeprefix("https://tag.example/a")


def bits(value: int, width: int) -> str:
    return f"{value:0{width}b}"


def letters(text: str, how: int, alphabet: str) -> str:
    width = (len(alphabet) - 1).bit_length()
    return bits(how, 3) + bits(len(text), 5) + "".join(bits(alphabet.index(one), width) for one in text)


def digits(text: str) -> str:
    return "".join(bits(int(one), 4) for one in text)


def both_forms(told: str) -> tuple[str, str]:
    """A string of bits as `eh`, padded to words of 16, and as `ex`."""
    words, sixes = told + "0" * (-len(told) % 16), told + "0" * (-len(told) % 6)
    return (
        "eh" + "".join(HEX_SMALL[int(words[at : at + 4], 2)] for at in range(0, len(words), 4)),
        "ex" + "".join(BASE64[int(sixes[at : at + 6], 2)] for at in range(0, len(sixes), 6)),
    )


def plus(more: str = "", serial: str = letters(SERIAL, 4, ASCII)) -> str:
    """An SGTIN+ of the GTIN 09520123456788."""
    return "11110111" + "1011" + digits("09520123456788") + serial + more


@pytest.mark.parametrize("text", ["eh30164596f40c0e5cbe991a83", "exMBZFlvQMDly-mRqD"])
def test_the_examples_of_the_compression_standard(text: str) -> None:
    assert said(text) == "/01/09528765123457/21/123456789123"


@pytest.mark.parametrize(
    ("epc", "link"),
    [
        ("3066C4409047E140075BCD15", "/01/09506000134352/21/123456789"),
        ("3666C4409047E159B2C2BF100000000000000000000000000000", "/01/09506000134352/21/32a%2Fb"),
        ("F73795211411234538566CB0AFC4", "/01/79521141123453/21/32a%2Fb"),
        ("FB342CDE795211411234538566CB0AFC4", "/01/79521141123453/21/32a%2Fb?17=220630"),
        ("FD3795211411234538566CB0AFC525065F1876F0D996D800", "/01/79521141123453/21/32a%2Fb"),
        ("FC342CDE795211411234538566CB0AFC525065F1876F0D996D80", "/01/79521141123453/21/32a%2Fb?17=220630"),
    ],
)
def test_the_trade_items_of_the_tag_data_standards_annex(epc: str, link: str) -> None:
    assert said("eh" + epc.lower()) == link


@pytest.mark.parametrize(
    ("told", "link"),
    [
        (plus(), f"/01/09520123456788/21/{SERIAL}"),
        (plus(digits("10") + letters("L7", 4, ASCII)), f"/01/09520123456788/10/L7/21/{SERIAL}"),
        (
            plus(digits("17") + bits(26, 7) + bits(12, 4) + bits(31, 5) + digits("10") + letters("A/b", 4, ASCII)),
            f"/01/09520123456788/10/A%2Fb/21/{SERIAL}?17=261231",
        ),
        (plus(digits("3103") + bits(1250, 20)), f"/01/09520123456788/21/{SERIAL}?3103=001250"),
        (plus(serial=bits(0, 3) + bits(5, 5) + bits(123, 17)), "/01/09520123456788/21/00123"),
        (plus(serial=letters("ab-9", 3, BASE64)), "/01/09520123456788/21/ab-9"),
        (
            plus(serial=bits(5, 3) + bits(4, 5) + bits(1600 + 40 * 2 + 3 + 1, 16) + bits(1600 * 4 + 1, 16)),
            "/01/09520123456788/21/ABCD",
        ),
    ],
)
def test_a_tag_says_lot_date_and_weight_too_in_either_form(told: str, link: str) -> None:
    assert [said(form) for form in both_forms(told)] == [link, link]


def test_the_query_of_a_compressed_link_counts_as_ever() -> None:
    link = parse("HTTPS://Tag.Example/exMBZFlvQMDly-mRqD?3103=000189&x=1")

    assert link.canonical == "https://id.gs1.org/01/09528765123457/21/123456789123?3103=000189"
    assert link.is_compressed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("eh311ba1b300ce0a6a83000000", "compressed_kind"),  # a pallet's
        ("eh00164596f40c0e5cbe991a83", "compressed_kind"),  # an empty tag's
        ("eh30164596f40c0e5cbe991a", "compressed"),  # cut short
        ("eh30164596f40c0e5cbe991a830001", "compressed"),  # too long
        ("eh301c4596f40c0e5cbe991a83", "compressed"),  # partition 7
        (both_forms(plus(digits("21") + letters("X", 4, ASCII)))[0], "compressed_element"),  # a second serial
        (both_forms(plus(2 * (digits("10") + letters("X", 4, ASCII))))[0], "compressed"),  # two lots
        (both_forms(plus(digits("21")[:4] + "1111" + "1"))[0], "compressed"),  # no identifier
        (both_forms(plus(digits("37") + bits(5, 20)))[0], "compressed_element"),
        (both_forms(plus(digits("17") + bits(26, 7) + bits(2, 4) + bits(30, 5)))[0], "date"),
        (both_forms(plus(serial=bits(6, 3) + bits(2, 5) + bits(1, 12)))[0], "compressed"),
        (both_forms("11110111" + "1011" + digits("0952012345678") + "1010" + letters("A", 4, ASCII))[0], "characters"),
        ("EH30164596f40c0e5cbe991a83", "no_key"),
    ],
)
def test_what_no_tag_of_a_trade_item_says_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(BadLink) as refused:
        parse(f"https://tag.example/{text}")

    assert refused.value.code == reason


def test_a_serial_that_looks_like_one_is_a_serial() -> None:
    gtin = gtin14("09520123456788")

    assert parse(f"https://a.example/01/{gtin}/21/eh3016459600000000bb").elements[1] == ("21", "eh3016459600000000bb")
