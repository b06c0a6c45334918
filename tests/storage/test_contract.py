"""The contract of a store: both keep every promise of `storage/store.py`, and refuse alike."""

from __future__ import annotations

import pytest

from functions.core import keys
from functions.core.change import Absent, AtLeast, Below, Change, Condition, Is, create, holds, take
from functions.core.keys import Key, Row
from functions.storage.store import READ_MAX, WRITE_MAX, Store

HERE, THERE = keys.points("mem_a"), keys.points("mem_b")


def given(store: Store, row: Row, key: Key = HERE) -> None:
    assert not store.write([Change(key, put=row)])


def row_at(store: Store, key: Key = HERE) -> Row | None:
    return store.read([key])[key]


def test_what_was_put_is_read_back_with_every_kind_of_value(store):
    row = {
        "n": 10**37,
        "negative": -3,
        "text": "池塘\n#🪷",
        "empty": "",
        "raw": b"\x00\xff",
        "yes": True,
        "no": False,
        "nothing": None,
        "none": [],
        "no_map": {},
        "list": [1, "a", [True, None]],
        "map": {"a": {"b": [0]}, "": "unnamed"},
    }

    given(store, row)

    assert row_at(store) == row
    assert {name: type(value) for name, value in (row_at(store) or {}).items()} == {n: type(v) for n, v in row.items()}


def test_tuples_come_back_as_lists(store):
    given(store, {"pair": (1, ("a", "b"))})

    assert row_at(store) == {"pair": [1, ["a", "b"]]}


@pytest.mark.parametrize("value", [1.5, object(), {1, 2}, {"deep": [0.1]}])
def test_what_a_row_cannot_hold_is_refused_and_nothing_is_written(store, value):
    with pytest.raises(TypeError):
        store.write([Change(HERE, put={"value": value})])

    assert row_at(store) is None


def test_a_row_that_was_read_is_a_copy(store):
    given(store, {"list": [1]})

    (row_at(store) or {})["list"].append(2)

    assert row_at(store) == {"list": [1]}


def test_one_and_many_rows_are_read_with_none_for_those_that_are_not_there(store):
    given(store, {"n": 1})

    assert store.read([HERE]) == {HERE: {"n": 1}}
    assert store.read([THERE]) == {THERE: None}
    assert store.read([THERE, HERE]) == {THERE: None, HERE: {"n": 1}}


def test_a_hundred_rows_are_written_and_read_at_once(store):
    all_of_them = [keys.points(f"mem_{n}") for n in range(WRITE_MAX)]

    store.write([create(key, {"n": n}) for n, key in enumerate(all_of_them)])

    assert WRITE_MAX == READ_MAX
    assert [row["n"] for row in store.read(all_of_them).values() if row] == list(range(WRITE_MAX))


@pytest.mark.parametrize("number", [0, WRITE_MAX + 1])
def test_a_write_of_none_or_too_many_changes_is_a_mistake_of_the_caller(store, number):
    with pytest.raises(AssertionError):
        store.write([create(keys.points(f"mem_{n}"), {}) for n in range(number)])


def test_two_changes_of_one_row_are_a_mistake_of_the_caller(store):
    with pytest.raises(AssertionError):
        store.write([create(HERE, {}), take(HERE, "n", 1, "")])


def test_put_replaces_the_whole_row(store):
    given(store, {"old": 1, "n": 1})

    given(store, {"n": 2})

    assert row_at(store) == {"n": 2}


def test_set_add_and_append_alter_what_they_name_and_keep_the_rest(store):
    given(store, {"n": 5, "list": ["a"], "kept": "yes", "text": "old"})

    refused = store.write([Change(HERE, set={"text": "new"}, add={"n": -7}, append={"list": ["b", ["c"]]})])

    assert not refused
    assert row_at(store) == {"n": -2, "list": ["a", "b", ["c"]], "kept": "yes", "text": "new"}


def test_set_add_and_append_make_the_row_and_the_fields_that_are_not_there(store):
    store.write([Change(HERE, set={"text": "new"}, add={"n": 3}, append={"list": [1]})])

    assert row_at(store) == {"text": "new", "n": 3, "list": [1]}


def test_delete_removes_a_row_and_does_nothing_where_there_is_none(store):
    given(store, {"n": 1})

    assert not store.write([Change(HERE, delete=True), Change(THERE, delete=True)])
    assert not store.write([Change(HERE, delete=True)])

    assert store.read([HERE, THERE]) == {HERE: None, THERE: None}


CONDITIONS: list[tuple[Row | None, Condition, bool]] = [
    (None, Absent(), True),
    ({"n": 1}, Absent(), False),
    (None, Is("n", 1), False),
    ({}, Is("n", 1), False),
    ({"n": 1}, Is("n", 1), True),
    ({"n": 2}, Is("n", 1), False),
    ({"n": "1"}, Is("n", 1), False),
    ({"n": True}, Is("n", 1), False),
    ({"n": 1}, Is("n", True), False),
    ({"n": None}, Is("n", None), True),
    ({"n": [1, "a"]}, Is("n", [1, "a"]), True),
    ({"n": ""}, Is("n", ""), True),
    (None, AtLeast("n", 0), False),
    ({}, AtLeast("n", 0), False),
    ({"n": 0}, AtLeast("n", 0), True),
    ({"n": 4}, AtLeast("n", 5), False),
    ({"n": 5}, AtLeast("n", 5), True),
    ({"n": -1}, AtLeast("n", 0), False),
    ({"n": "9"}, AtLeast("n", 5), False),
    (None, Below("n", 1), True),
    ({}, Below("n", 1), True),
    ({"n": 0}, Below("n", 1), True),
    ({"n": 1}, Below("n", 1), False),
    ({"n": "0"}, Below("n", 1), False),
    ({"n": None}, Below("n", 1), False),
]
CHANGES = {
    "put": lambda key, held: Change(key, held, put={"n": 7}),
    "update": lambda key, held: Change(key, held, add={"m": 1}),
    "delete": lambda key, held: Change(key, held, delete=True),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("row", "condition", "holds_"), CONDITIONS)
def test_a_condition_lets_a_single_change_through_or_names_the_row_as_it_is(store, row, condition, holds_, change):
    if row is not None:
        given(store, row)

    refused = store.write([CHANGES[change](HERE, (condition,))])

    assert refused == ({} if holds_ else {HERE: row})
    assert (row_at(store) == row) == (not holds_ or (change == "delete" and row is None))


@pytest.mark.parametrize("change", [*CHANGES, "check"])
@pytest.mark.parametrize(("row", "condition", "holds_"), CONDITIONS)
def test_one_condition_that_fails_refuses_the_whole_write(store, row, condition, holds_, change):
    if row is not None:
        given(store, row)
    first = Change(HERE, (condition,)) if change == "check" else CHANGES[change](HERE, (condition,))

    refused = store.write([first, create(THERE, {"n": 1})])

    assert refused == ({} if holds_ else {HERE: row})
    assert (row_at(store, THERE) is not None) == holds_


def test_every_condition_that_fails_is_named_and_no_other(store):
    given(store, {"n": 1})
    far = keys.points("mem_c")

    refused = store.write([create(HERE, {}), take(THERE, "n", 1, "none"), create(far, {"n": 1})])

    assert refused == {HERE: {"n": 1}, THERE: None}
    assert row_at(store, far) is None


def test_all_conditions_of_one_change_must_hold(store):
    given(store, {"n": 5, "live": True})

    assert store.write([Change(HERE, (Is("live", True), AtLeast("n", 6)), add={"n": -6})])
    assert not store.write([Change(HERE, (Is("live", True), AtLeast("n", 5)), add={"n": -5})])

    assert row_at(store) == {"n": 0, "live": True}


def test_a_check_writes_nothing_not_even_an_empty_row(store):
    given(store, {"live": True})

    store.write([holds(HERE, "live", True, ""), create(THERE, {"n": 1})])

    assert row_at(store) == {"live": True}


def test_names_that_dynamodb_reserves_are_ordinary_here(store):
    given(store, {"count": 1, "name": "a", "size": 2, "status": "x"})

    store.write([Change(HERE, (Is("name", "a"), AtLeast("size", 1)), set={"status": "y"}, add={"count": 1})])

    assert row_at(store) == {"count": 2, "name": "a", "size": 2, "status": "y"}


def fill(store: Store, names: list[str], campaign: str = "camp_a") -> None:
    for name in names:
        given(store, {"name": name}, keys.review(campaign, name))


def names_of(found: list[tuple[str, Row]]) -> list[str]:
    assert [sk for sk, _ in found] == [row["name"] for _, row in found]
    return [sk for sk, _ in found]


def test_a_query_lists_one_partition_in_the_order_of_its_sort_keys(store):
    fill(store, ["b", "a", "é", "10", "9", "B", "池"])
    fill(store, ["elsewhere"], "camp_b")

    ordered = ["10", "9", "B", "a", "b", "é", "池"]
    assert names_of(store.query("reviews", "camp_a")) == ordered
    assert names_of(store.query("reviews", "camp_a", newest_first=True)) == ordered[::-1]
    assert store.query("reviews", "camp_c") == []


@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_of_a_query_join_without_a_gap_or_a_repeat(store, newest_first):
    written = [f"{n:03d}" for n in range(25)]
    fill(store, written)

    found, after = [], ""
    while page := names_of(store.query("reviews", "camp_a", after=after, limit=7, newest_first=newest_first)):
        found += page
        after = page[-1]

    assert found == (written[::-1] if newest_first else written)


def test_a_prefix_narrows_a_query_and_its_pages(store):
    fill(store, ["a1", "a2", "a3", "b1"])

    assert names_of(store.query("reviews", "camp_a", prefix="a")) == ["a1", "a2", "a3"]
    assert names_of(store.query("reviews", "camp_a", prefix="a", after="a1", limit=1)) == ["a2"]
    assert names_of(store.query("reviews", "camp_a", prefix="a", newest_first=True, limit=2)) == ["a3", "a2"]
    assert store.query("reviews", "camp_a", prefix="c") == []


def test_no_part_of_a_key_may_smuggle_in_a_separator(store):
    with pytest.raises(ValueError, match="may not hold"):
        store.read([keys.points("mem_a#POINTS")])
    with pytest.raises(ValueError, match="may not hold"):
        store.query("member", "mem#a")


def test_keys_of_one_tenant_never_reach_another(new_store):
    ours, theirs = new_store(), new_store()

    given(ours, {"n": 1})

    assert row_at(theirs) is None
    assert theirs.query("member", "mem_a") == []
    assert not theirs.write([create(HERE, {"n": 2})])
    assert row_at(ours) == {"n": 1}
