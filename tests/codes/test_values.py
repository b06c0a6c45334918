"""What each check of a value lets through, and what not."""

from __future__ import annotations

import pytest

from functions.codes.check_digit import check_digit, check_pair, gtin14
from functions.codes.identifiers import identifiers
from functions.codes.values import CHECKS, CODES, fault

TAKEN = {
    "00": ["006141411234567890"],
    "01": ["12312312312333", "09520123456788"],
    "10": ["A", "a" * 20, "!\"%&'()*+,-./:;<=>?_"],
    "11": ["240229", "991231", "260200"],
    "242": ["1", "123456"],
    "253": ["1231231231232", "1231231231232A"],
    "255": ["1231231231232", "1231231231232123456789012"],
    "30": ["1", "12345678"],
    "3103": ["000195"],
    "3910": ["1561", "840123456789012345"],
    "3943": ["1234"],
    "421": ["1561", "156ABCDEFGHI"],
    "423": ["156", "156840", "156840276392410"],
    "4300": ["A%20B", "plain"],
    "4307": ["CN"],
    "4309": ["18000000003600000000"],
    "4321": ["0", "1"],
    "4324": ["2612012359", "2612002359"],
    "4326": ["261201"],
    "4330": ["002000", "002000-"],
    "7003": ["2612312359"],
    "7007": ["261201", "261201261231"],
    "7011": ["261201", "2612012359"],
    "7030": ["156A", "999A"],
    "7040": ["1ABC"],
    "7230": ["EU1"],
    "7241": ["01", "10", "80", "99"],
    "7250": ["20240229"],
    "7252": ["0", "9"],
    "7258": ["1/1", "2/3"],
    "8001": ["00010000100110"],
    "8003": ["01231231231232", "01231231231232A"],
    "8006": ["123123123123330102"],
    "8007": ["GB82WEST12345698765432", "DE89370400440532013000"],
    "8008": ["26120123", "2612012359", "261201235959"],
    "8010": ["1231#-/A"],
    "8011": ["0", "1", "123456789012"],
    "8013": ["1987654Ad4X4bL5ttr2310c2K"],
    "8030": ["aZ09-_="],
}
LEFT = {
    "00": {"006141411234567891": "check_digit", "00614141123456789": "too_short", "00614141123456789A": "characters"},
    "01": {"12312312312334": "check_digit", "": "too_short"},
    "10": {"a" * 21: "too_long", "a b": "characters", "a~": "characters", "a#": "characters", "早": "characters"},
    "11": {"241301": "date", "230229": "date", "240132": "date", "2402": "too_short"},
    "242": {"1234567": "too_long", "A": "characters"},
    "253": {"1231231231233": "check_digit", "1231231231232" + "A" * 18: "too_long"},
    "255": {"1231231231232A": "characters"},
    "3910": {"0001": "value", "156": "too_short"},
    "421": {"0001": "value", "156": "too_short"},
    "423": {"156000": "value", "1568": "too_short"},
    "4300": {"A%2": "value", "%zz": "value"},
    "4307": {"XX": "value", "cn": "value"},
    "4309": {"18000000010000000000": "value", "00000000003600000001": "value"},
    "4321": {"2": "value"},
    "4324": {"2612012460": "value"},
    "4326": {"261200": "date"},
    "4330": {"002000+": "value"},
    "7003": {"2612312400": "value", "2612002359": "date"},
    "7007": {"261201261301": "date", "2612012612": "too_short"},
    "7030": {"998A": "value"},
    "7040": {"1AB=": "value"},
    "7241": {"00": "value", "11": "value", "79": "value"},
    "7250": {"20230229": "date", "00000101": "date"},
    "7252": {"3": "value"},
    "7258": {"2/1": "value", "0/1": "value", "1-1": "value"},
    "8001": {"00000000100110": "value", "00010000100120": "value"},
    "8003": {"11231231231232": "value", "01231231231233": "check_digit"},
    "8006": {"123123123123330201": "value", "123123123123330001": "value"},
    "8007": {"GB82WEST12345698765433": "value", "XX82WEST12345698765432": "value", "GB": "value"},
    "8008": {"26120124": "value", "2612012360": "value", "261201235": "too_short"},
    "8010": {"abcd": "characters", "ABCD": "company_prefix", "123": "company_prefix"},
    "8011": {"01": "value"},
    "8013": {"1987654Ad4X4bL5ttr2310c2J": "check_digit", "12": "check_digit"},
    "8030": {"a+": "characters"},
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_right_value_is_taken(name: str) -> None:
    assert {value: fault(identifiers()[name], value) for value in TAKEN[name]} == dict.fromkeys(TAKEN[name], "")


@pytest.mark.parametrize("name", LEFT)
def test_a_wrong_value_is_refused_with_the_reason(name: str) -> None:
    assert {value: fault(identifiers()[name], value) for value in LEFT[name]} == LEFT[name]


def test_every_check_that_a_part_names_exists_and_is_named() -> None:
    named = {check for one in identifiers().values() for part in one.parts for check in part.checks}

    assert named == CHECKS.keys()
    assert CODES.keys() <= named


@pytest.mark.parametrize(
    ("gtin", "filled"),
    [
        ("02345673", "00000002345673"),
        ("416000336108", "00416000336108"),
        ("2112345678900", "02112345678900"),
        ("12312312312333", "12312312312333"),
    ],
)
def test_every_length_of_gtin_is_filled_up_to_fourteen(gtin: str, filled: str) -> None:
    assert gtin14(gtin) == filled


@pytest.mark.parametrize(
    ("gtin", "reason"),
    [
        ("", "not_digits"),
        ("952012345678X", "not_digits"),
        ("٠٢٣٤٥٦٧٣", "not_digits"),
        ("123456789", "wrong_length"),
        ("9520123456789", "check_digit"),
        ("02345674", "check_digit"),
    ],
)
def test_what_is_no_gtin_has_a_reason(gtin: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        gtin14(gtin)


def test_every_single_wrong_digit_and_most_swapped_neighbours_are_found() -> None:
    right = "9520123456788"

    for place, digit in ((place, digit) for place in range(13) for digit in "0123456789"):
        wrong = right[:place] + digit + right[place + 1 :]
        assert (check_digit(wrong[:-1]) == wrong[-1]) == (wrong == right)
    assert check_pair("1987654Ad4X4bL5ttr2310c") == "2K"
