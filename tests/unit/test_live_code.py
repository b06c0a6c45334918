"""Live codes: what is open when and for whom, weights that hold, and nobody sent back and forth."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.core.example import MORNING
from functions.core.faults import faults_of
from functions.core.live_code import LiveCode, Way, chosen, code_from, runs_dry

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def way(name: str, **more: Any) -> dict[str, Any]:
    return {"target": {"kind": "page", "url": f"https://{name}.example/"}, **more}


def live(*ways: dict[str, Any], **more: Any) -> LiveCode:
    return LiveCode.model_validate({"code": "0a1b2c", "name": "Door", "ways": ways, **more})


def led(code: LiveCode, at: datetime = MORNING, visitor: str = "v", region: str = "") -> str:
    found = chosen(code, at, visitor, region)
    return found.target.url.split("//")[1].split(".")[0] if found else ""  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("at", "name"),
    [(-HOUR, ""), (0 * HOUR, "first"), (DAY - timedelta(seconds=1), "first"), (DAY, "second"), (2 * DAY, "")],
    ids=["before", "from its beginning", "its last second", "from the next's beginning", "after all"],
)
def test_a_way_is_open_from_its_beginning_until_its_end(at: timedelta, name: str) -> None:
    code = live(
        way("first", begins=MORNING, ends=MORNING + DAY), way("second", begins=MORNING + DAY, ends=MORNING + 2 * DAY)
    )

    assert led(code, MORNING + at) == name


def test_in_turn_the_next_takes_over_when_one_ends() -> None:
    code = live(way("monday", ends=MORNING + DAY), way("tuesday", ends=MORNING + 2 * DAY), way("later"), pick="turn")

    assert [led(code, MORNING + days * DAY) for days in range(4)] == ["monday", "tuesday", "later", "later"]


def test_visitors_are_split_by_weight() -> None:
    code = live(way("much", weight=3), way("little", weight=1))

    told = Counter(led(code, visitor=f"visitor {number}") for number in range(4000))

    assert 2900 < told["much"] < 3100
    assert told["much"] + told["little"] == 4000


@given(st.text(), st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_a_visitor_keeps_the_same_way(visitor: str, weights: list[int]) -> None:
    code = live(*[way(f"w{number}", weight=weight) for number, weight in enumerate(weights)])

    assert led(code, visitor=visitor) == led(code, MORNING + DAY, visitor=visitor) != ""


@pytest.mark.parametrize(
    ("region", "name"), [("CN-SH", "shanghai"), ("CN-BJ", "china"), ("CN", "china"), ("GB-LND", "world"), ("", "world")]
)
def test_a_way_may_be_for_a_region_or_a_country(region: str, name: str) -> None:
    code = live(way("shanghai", regions=["CN-SH"]), way("china", regions=["CN"]), way("world"), pick="turn")

    assert led(code, region=region) == name


@pytest.mark.parametrize(
    ("ways", "dry"),
    [
        ([], 0 * DAY),
        ([way("a")], None),
        ([way("a", ends=MORNING + DAY)], DAY),
        ([way("a", ends=MORNING + DAY), way("b", ends=MORNING + 3 * DAY)], 3 * DAY),
        ([way("a", ends=MORNING + DAY), way("b", begins=MORNING + 2 * DAY)], DAY),
        ([way("a", begins=MORNING + DAY)], 0 * DAY),
        ([way("a", regions=["CN"])], 0 * DAY),
        ([way("a", ends=MORNING - DAY), way("b")], None),
    ],
    ids=["no way", "for ever", "ends", "the last end", "a gap", "not begun", "not for everybody", "one is over"],
)
def test_the_moment_from_which_it_leads_nowhere_is_known(ways: list[dict[str, Any]], dry: timedelta | None) -> None:
    assert runs_dry(live(*ways), MORNING) == (None if dry is None else MORNING + dry)


@pytest.mark.parametrize(
    "bad",
    [
        {"target": {"kind": "page", "url": "http://plain.example/"}},
        {"target": {"kind": "page", "url": "javascript:alert(1)"}},
        {"target": {"kind": "page", "url": "https://user:word@shop.example/"}},
        {"target": {"kind": "page", "url": "https://shop.example\\@evil.example/"}},
        {"target": {"kind": "page", "url": "https://localhost/"}},
        {"target": {"kind": "campaign", "campaign": "camp_1"}},
        {"target": {"kind": "picture", "picture": "../secret.png"}},
        way("a", weight=0),
        way("a", regions=["Shanghai"]),
        way("a", begins=MORNING, ends=MORNING),
    ],
)
def test_a_way_that_cannot_be_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Way.model_validate(bad)


def test_a_code_follows_from_its_bytes_and_another_attempt_makes_another() -> None:
    codes = [code_from(bytes(10), attempt) for attempt in range(100)]

    assert codes[0] == code_from(bytes(10))
    assert len(set(codes)) == 100
    assert all(LiveCode(code=code, name="x") for code in codes)


def test_what_an_address_or_a_region_should_look_like_is_told_in_words() -> None:
    told = {"kind": "page", "url": "http://shop.example"}

    with pytest.raises(ValidationError) as refused:
        Way.model_validate({"target": told, "regions": ["Shanghai"]})

    assert {fault.message.en for fault in faults_of(refused.value)} == {
        "An address begins with https://, such as https://shop.example/tea",
        "A region is written like CN-SH, or CN",
    }
