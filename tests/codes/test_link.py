"""GS1 Digital Link URIs: what is one, what it says, and why another is none (URI Syntax 1.6)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.codes.check_digit import SET_82, check_digit
from functions.codes.elements import BadLink
from functions.codes.identifiers import identifiers
from functions.codes.link import build, parse
from functions.codes.reasons import REASONS

GTIN = "09520123456788"
SSCC = "952012345678912345"
MORNING = f"https://id.gs1.org/01/{GTIN}"

READ = {
    # the examples of the standard
    MORNING: [("01", GTIN)],
    f"{MORNING}/22/2A": [("01", GTIN), ("22", "2A")],
    f"{MORNING}/10/ABC123": [("01", GTIN), ("10", "ABC123")],
    f"{MORNING}/10/ABC1/21/12345?17=180426": [("01", GTIN), ("10", "ABC1"), ("21", "12345"), ("17", "180426")],
    f"{MORNING}?3103=000195": [("01", GTIN), ("3103", "000195")],
    f"https://id.gs1.org/00/{SSCC}": [("00", SSCC)],
    f"https://id.gs1.org/00/{SSCC}?02={GTIN}&37=25&10=ABC123": [
        ("00", SSCC), ("02", GTIN), ("37", "25"), ("10", "ABC123"),
    ],
    "https://id.gs1.org/414/9520123456788/254/32a%2Fb": [("414", "9520123456788"), ("254", "32a/b")],
    # a key beside another one's attribute; GTINs are filled up there only
    "https://example.com/8004/9520614141234567?01=9520123456788": [("8004", "9520614141234567"), ("01", GTIN)],
    # hosts, ports, stems
    f"HTTPS://ID.GS1.ORG/01/{GTIN}": [("01", GTIN)],
    f"http://a.example:8080/01/{GTIN}": [("01", GTIN)],
    f"https://[2001:db8::1]/01/{GTIN}": [("01", GTIN)],
    f"https://a.example/some/stem/01/{GTIN}": [("01", GTIN)],
    f"https://a.example/00/faux/01/{GTIN}": [("01", GTIN)],
    # encodings
    f"https://a.example/01/{GTIN}/22/ABC%2d123?98=XYZ%2f987": [("01", GTIN), ("22", "ABC-123"), ("98", "XYZ/987")],
    f"https://a.example/01/{GTIN}/22/A+B": [("01", GTIN), ("22", "A+B")],
    f"https://a.example/01/{GTIN}/10/%25%3F": [("01", GTIN), ("10", "%?")],
    # what says nothing
    f"https://a.example/01/{GTIN}?": [("01", GTIN)],
    f"https://a.example/01/{GTIN}?&&99=A&&&linkType=gs1:pip&alone#there": [("01", GTIN), ("99", "A")],
    # another sequence of qualifiers leaves the first for attributes
    f"https://a.example/01/{GTIN}/235/XYZ?10=ABC": [("01", GTIN), ("235", "XYZ"), ("10", "ABC")],
    "https://a.example/253/1231231231232TEST": [("253", "1231231231232TEST")],
    "https://a.example/8013/1987654Ad4X4bL5ttr2310c2K": [("8013", "1987654Ad4X4bL5ttr2310c2K")],
    "https://a.example/8018/123456789012345675/8019/123": [("8018", "123456789012345675"), ("8019", "123")],
}  # fmt: skip

REFUSED = {
    "": ("scheme", ""),
    "ftp://a.example/01/" + GTIN: ("scheme", ""),
    f"HtTp://a.example/01/{GTIN}": ("scheme", ""),
    f"https:///01/{GTIN}": ("host", ""),
    f"https://$a/01/{GTIN}": ("host", ""),
    f"https://me@a.example/01/{GTIN}": ("host", ""),
    f"https://a.example/01/{GTIN}/10/早": ("uri_characters", ""),
    f"https://a.example/01/{GTIN}/10/a b": ("uri_characters", ""),
    f"https://a.example/01/{GTIN}?" + "x" * 2_048: ("uri_too_long", ""),
    "https://a.example": ("no_key", ""),
    f"https://a.example/gtin/{GTIN}": ("no_key", ""),
    "https://a.example/10/ABC": ("no_key", ""),
    f"https://a.example/01/{GTIN}/": ("value_missing", ""),
    f"https://a.example/01/{GTIN}/10": ("value_missing", "10"),
    f"https://a.example/01/{GTIN}/10/": ("value_missing", "10"),
    "https://a.example/01/": ("value_missing", "01"),
    f"https://a.example/01/{GTIN}?99=": ("value_missing", "99"),
    f"https://a.example/01/{GTIN}/00/{SSCC}": ("two_keys", "01"),
    f"https://a.example/01/{GTIN}/01/{GTIN}": ("two_keys", "01"),
    f"https://a.example/01/{GTIN}/89/ABC": ("unknown_identifier", "89"),
    f"https://a.example/01/{GTIN}?999=faux": ("unknown_identifier", "999"),
    f"https://a.example/01/{GTIN}%2F10%2FABC": ("too_long", "01"),
    f"https://a.example/01/{GTIN}/10/A/22/B": ("qualifier_order", "22"),
    f"https://a.example/01/{GTIN}/21/A/10/B": ("qualifier_order", "10"),
    f"https://a.example/01/{GTIN}/22/A/235/B": ("qualifier_order", "235"),
    f"https://a.example/01/{GTIN}/10/A/10/B": ("duplicate", "10"),
    f"https://a.example/01/{GTIN}?10=A": ("belongs_in_path", "10"),
    f"https://a.example/01/{GTIN}/10/A?21=B": ("belongs_in_path", "21"),
    f"https://a.example/01/{GTIN}/17/261231": ("not_a_qualifier", "17"),
    f"https://a.example/01/{GTIN}?8200=x": ("not_an_attribute", "8200"),
    f"https://a.example/01/{GTIN}?99=A&99=A": ("duplicate", "99"),
    f"https://a.example/01/{GTIN}?01={GTIN}": ("duplicate", "01"),
    f"https://a.example/01/{GTIN}/10/A%4gB": ("percent_encoding", "10"),
    f"https://a.example/01/{GTIN}/10/AB%2": ("percent_encoding", "10"),
    f"https://a.example/01/{GTIN[:-1]}9": ("check_digit", "01"),
    "https://a.example/8013/1987654Ad4X4bL5ttr2310c2J": ("check_digit", "8013"),
    "https://a.example/01/9520123456788": ("too_short", "01"),
    "https://a.example/01/952012345678": ("too_short", "01"),
    f"https://a.example/01/0{GTIN}": ("too_long", "01"),
    f"https://a.example/01/{GTIN}/21/{'x' * 21}": ("too_long", "21"),
    f"https://a.example/01/{GTIN}/10/a%20b": ("characters", "10"),
    f"https://a.example/01/{GTIN}/10/a%23": ("characters", "10"),
    f"https://a.example/01/{GTIN}/10/%E6%97%A9": ("characters", "10"),
    f"https://a.example/01/{GTIN}/10/A%00": ("characters", "10"),
    f"https://a.example/01/{GTIN}?98=A+B": ("characters", "98"),
    f"https://a.example/01/{GTIN}?17=261301": ("date", "17"),
    f"https://a.example/01/{GTIN}?17=260229": ("date", "17"),
    f"https://a.example/01/{GTIN}?3922=0299": ("needs_another", "3922"),
    f"https://a.example/01/{GTIN}?37=5": ("excluded", "01"),
    f"https://a.example/01/{GTIN}?3102=000195&3103=000195": ("excluded", "3102"),
    "https://a.example/8004/ABC123": ("company_prefix", "8004"),
}


@pytest.mark.parametrize("uri", READ)
def test_a_link_says_its_elements_in_the_order_they_are_written(uri: str) -> None:
    assert list(parse(uri).elements) == READ[uri]


@pytest.mark.parametrize("uri", REFUSED)
def test_what_is_no_link_is_refused_with_the_reason_and_the_place(uri: str) -> None:
    with pytest.raises(BadLink) as refusal:
        parse(uri)

    assert (refusal.value.code, refusal.value.at) == REFUSED[uri]


def test_every_reason_is_told_in_both_languages_and_is_met() -> None:
    assert all(text.complete and ("{at}" in text.zh) == ("{at}" in text.en) for text in REASONS.values())
    assert REASONS.keys() >= {code for code, _ in REFUSED.values()}


@pytest.mark.parametrize(
    "uri",
    [
        f"https://example.com/01/{GTIN}?3103=000195&3922=0299&17=201225",
        f"HTTP://EXAMPLE.COM/a/stem/01/{GTIN}?17=201225&linkType=all&3922=0299&3103=000195#top",
    ],
)
def test_all_that_say_the_same_have_one_canonical_form(uri: str) -> None:
    assert parse(uri).canonical == f"https://id.gs1.org/01/{GTIN}?17=201225&3103=000195&3922=0299"


def test_a_link_is_built_with_everything_in_its_place() -> None:
    elements = [("17", "261231"), ("21", "S/1"), ("01", GTIN), ("10", "L+1"), ("22", "V")]

    assert build("https://shop.example/", elements) == (
        f"https://shop.example/01/{GTIN}/22/V/10/L%2B1/21/S%2F1?17=261231"
    )


@pytest.mark.parametrize(
    ("elements", "code", "at"),
    [
        ([("10", "A")], "no_key", ""),
        ([], "no_key", ""),
        ([("01", GTIN), ("10", "A"), ("10", "B")], "duplicate", "10"),
        ([("01", GTIN), ("10", "A"), ("235", "B")], "not_an_attribute", "235"),
        ([("01", "123"), ("10", "A")], "too_short", "01"),
        ([("01", GTIN), ("89", "A")], "unknown_identifier", "89"),
    ],
)
def test_what_cannot_be_a_link_is_not_built(elements: list[tuple[str, str]], code: str, at: str) -> None:
    with pytest.raises(BadLink) as refusal:
        build("https://shop.example", elements)

    assert (refusal.value.code, refusal.value.at) == (code, at)


def canonical_or_reason(uri: str) -> str:
    try:
        return parse(uri).canonical
    except BadLink as refusal:
        return refusal.code


text = st.text(st.sampled_from(SET_82), min_size=1, max_size=20)
gtins = st.integers(0, 10**13 - 1).map(lambda number: f"{number:013}").map(lambda digits: digits + check_digit(digits))


@given(gtins.filter(lambda gtin: gtin[1:5].isdigit()), st.none() | text, st.none() | text, st.none() | text)
@settings(deadline=None)
def test_what_is_built_is_read_back(gtin: str, variant: str | None, lot: str | None, serial: str | None) -> None:
    told = [("01", gtin), ("22", variant), ("10", lot), ("21", serial), ("15", "261200")]
    elements = [(name, value) for name, value in told if value]

    link = parse(build("https://shop.example/x", elements))

    assert (link.stem, list(link.elements)) == ("https://shop.example/x", elements)
    assert parse(link.canonical).elements == link.elements


@given(st.text(max_size=60) | st.text("/:?&=%#01201", max_size=60).map(lambda tail: f"https://a/01/{GTIN}{tail}"))
@settings(deadline=None)
def test_whatever_is_read_is_a_link_or_has_a_reason(uri: str) -> None:
    canonical = canonical_or_reason(uri)

    assert canonical in REASONS or canonical_or_reason(canonical) == canonical


def test_every_identifier_is_known_once_and_what_it_goes_with_exists() -> None:
    known = identifiers()

    assert len(known) == 541
    for one in known.values():
        for name in (*(name for group in one.needs for name in group), *one.excludes, *sum(one.qualifiers, ())):
            assert any(len(name) == len(other) and other.startswith(name.rstrip("n")) for other in known), name
