"""A batch: what may be ordered, which items may be used, and what a correction leaves in force."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.codes import ranges
from functions.codes.batch import RANGES_MAX, SIZE_MAX, Batch, Plan, printed
from functions.codes.item import Item, Proof, item_in, proven, serials
from functions.codes.ranges import BadRange, Range, read_ranges
from functions.codes.reasons import RANGES
from functions.codes.serial import BadSerial
from functions.core.tokens import Keyring

GTIN = "09520123456788"
TODAY = date(2026, 12, 1)
RING = Keyring("demo", "k2", {"k1": b"root one" * 4, "k2": b"root two" * 4})
ID = "batch_" + "0" * 26
ORDER: dict[str, Any] = {"gtin": GTIN, "lot": "L7", "size": 1_000, "stem": "https://shop.example"}


def batch(**changes: Any) -> Batch:
    return Batch.model_validate({**ORDER, "id": ID, "key": "k2", **changes})


def made(of: Batch) -> Any:
    return serials(RING.roots[of.key], RING.tenant, of.label)


@pytest.mark.parametrize("gtin", ["09520123456788", "9520123456788"])
def test_a_gtin_is_kept_as_links_carry_it(gtin: str) -> None:
    assert Plan.model_validate({**ORDER, "gtin": gtin}).gtin == GTIN


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        ({"gtin": "9520123456789"}, "gtin", "gtin_check_digit"),
        ({"gtin": "952012345678"}, "gtin", "gtin_check_digit"),
        ({"gtin": "12345"}, "gtin", "gtin_wrong_length"),
        ({"gtin": "GTIN"}, "gtin", "gtin_not_digits"),
        ({"lot": "x" * 21}, "lot", "lot_too_long"),
        ({"lot": "批次"}, "lot", "lot_characters"),
        ({"lot": "A?"}, "lot", "lot_lost"),
        ({"lot": "50%"}, "lot", "lot_lost"),
        ({"gtin": ""}, "", "lot_without_gtin"),
        ({"size": 0}, "size", "greater_than_equal"),
        ({"size": SIZE_MAX + 1}, "size", "less_than_equal"),
        ({"stem": "shop.example"}, "stem", "string_pattern_mismatch"),
        ({"expires": "soon"}, "expires", "date_from_datetime_parsing"),
        ({"more": 1}, "more", "extra_forbidden"),
    ],
)
def test_what_cannot_be_ordered_is_named_at_its_place(change: dict[str, Any], place: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Plan.model_validate({**ORDER, **change})

    assert [(".".join(map(str, line["loc"])), line["type"]) for line in refusal.value.errors()] == [(place, code)]


@pytest.mark.parametrize(
    ("change", "head"),
    [
        ({}, f"https://shop.example/01/{GTIN}/10/L7/21/"),
        ({"lot": "A/b"}, f"https://shop.example/01/{GTIN}/10/A%2Fb/21/"),
        ({"lot": ""}, f"https://shop.example/01/{GTIN}/21/"),
        ({"gtin": "", "lot": ""}, f"https://shop.example/i/{ID}."),
    ],
)
def test_every_printed_link_leads_back_to_its_item(change: dict[str, Any], head: str) -> None:
    of = batch(size=50, first=7_000, **change)

    lines = list(printed(of, made(of)))

    assert [number for number, _, _ in lines] == list(range(1, 51))
    assert len({serial for _, serial, _ in lines}) == 50
    for number, serial, link in lines:
        item = item_in(link + "?utm=x#y")
        assert (link, item) == (head + serial, Item(of.label, serial))
        assert proven(RING, item) == Proof("k2", 7_000 + number - 1)
        assert of.number_of(7_000 + number - 1) == number - 1


def test_twenty_million_codes_are_begun_at_once() -> None:
    of = batch(size=SIZE_MAX)

    assert len(list(itertools.islice(printed(of, made(of)), 3))) == 3


def test_a_code_made_with_an_older_root_is_still_proven() -> None:
    of = batch(key="k1")

    assert proven(RING, Item(of.label, made(of).seal(3))) == Proof("k1", 3)


@pytest.mark.parametrize("label", [f"01/{GTIN}/10/L8", f"01/{GTIN}", f"i/{ID}", f"01/{GTIN}/10/l7"])
def test_under_another_label_or_for_another_tenant_nothing_is_proven(label: str) -> None:
    serial = made(batch()).seal(3)

    for ring, item in (
        (RING, Item(label, serial)),
        (Keyring("other", "k2", RING.roots), Item(batch().label, serial)),
        (Keyring("demo", "k1", {"k1": RING.roots["k1"]}), Item(batch().label, serial)),
    ):
        with pytest.raises(BadSerial):
            proven(ring, item)


@pytest.mark.parametrize(
    "link", [f"https://a/01/{GTIN}", f"https://a/01/{GTIN}/22/V/21/S", "https://a/8004/9520614141234567"]
)
def test_a_link_of_another_kind_names_no_item(link: str) -> None:
    assert item_in(link) is None


def test_an_index_of_a_neighbouring_batch_is_none_of_this() -> None:
    of = batch(first=1_000)

    assert [of.number_of(index) for index in (999, 1_000, 1_999, 2_000)] == [None, 0, 999, None]


def test_items_are_activated_blocked_and_expire() -> None:
    of = batch(expires="2026-12-01").activated([(0, 499)]).barred([(10, 19), (900, 999)]).released([(15, 19)])

    standings = {number: of.standing(number, TODAY) for number in (0, 10, 15, 499, 500, 950)}
    assert standings == {
        0: "good", 10: "blocked", 15: "good", 499: "good", 500: "not_activated", 950: "blocked",
    }  # fmt: skip
    assert of.standing(0, date(2026, 12, 2)) == "expired"
    assert of.activated([(100, 499), (0, 99)]) == of


def test_more_ranges_than_a_row_takes_are_refused_and_change_nothing() -> None:
    with pytest.raises(ValidationError, match="too_long"):
        batch(size=SIZE_MAX).activated((number, number) for number in range(0, 4 * RANGES_MAX, 2))


def test_a_corrected_gtin_leaves_old_labels_in_force() -> None:
    first = batch()
    twice = first.corrected("02112345678900", "L7").corrected("02112345678900", "L8")

    assert twice.past == ((first.label, 0), ("01/02112345678900/10/L7", 0))
    assert twice.label == "01/02112345678900/10/L8"
    assert twice.corrected(GTIN, "L7").past == (("01/02112345678900/10/L7", 0), ("01/02112345678900/10/L8", 0))
    with pytest.raises(ValidationError, match="check_digit"):
        first.corrected("02112345678901", "L7")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1-5000", ((0, 4_999),)),
        ("1", ((0, 0),)),
        ("1 - 10, 21–30；41 至 50", ((0, 9), (20, 29), (40, 49))),
        ("11-20 1-10", ((0, 19),)),
        ("{0}-{9}", ((0, 9),)),
        ("{3}", ((3, 3),)),
        ("{0} 到 9".replace(" 到 ", "-"), ((0, 8),)),
    ],
)
def test_ranges_are_read_as_people_type_them(text: str, found: tuple[Range, ...]) -> None:
    of = batch(size=5_000)
    typed = text.format(*(made(of).seal(n).lower() for n in range(10)))

    assert read_ranges(typed, of.size, made(of).open) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "range_empty"),
        (" , ", "range_empty"),
        ("0-5", "range_outside"),
        ("1-1001", "range_outside"),
        ("10-1", "range_reversed"),
        ("1-2-3", "range_form"),
        ("-5", "range_form"),
        ("5-", "range_form"),
        ("all", "range_form"),
        ("1-10, 10-20", "ranges_overlap"),
        ("5, 1-10", "ranges_overlap"),
        ("0" * 20, "range_serial"),
        ("9" * 13, "range_form"),
    ],
)
def test_a_range_that_cannot_be_meant_is_refused_with_the_reason(text: str, code: str) -> None:
    with pytest.raises(BadRange) as refusal:
        read_ranges(text, 1_000, made(batch()).open)

    assert refusal.value.code == code
    assert RANGES[code].complete


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)).map(lambda one: (one[0], one[0] + one[1])))


def items(of: Any) -> set[int]:
    return {number for first, last in of for number in range(first, last + 1)}


@given(spans, spans)
@settings(deadline=None)
def test_ranges_are_sets_of_items(some: list[Range], gone: list[Range]) -> None:
    joined, left = ranges.joined(some), ranges.without(some, gone)

    assert items(joined) == items(some)
    assert items(left) == items(some) - items(gone)
    for kept in (joined, left):
        assert ranges.count(kept) == len(items(kept))
        assert all(ranges.holds(kept, number) == (number in items(kept)) for number in range(-1, 80))
        assert all(one[1] + 1 < other[0] for one, other in itertools.pairwise(kept))
