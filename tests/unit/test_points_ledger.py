"""A balance is the sum of its ledger's entries, and none is lost or altered, however things interleave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core import keys
from functions.core.example import CAMPAIGN, MEMBER, MORNING
from functions.core.keys import Row
from functions.core.mechanic import Charge
from functions.core.reward import Grant
from functions.points.ledger import PAGE_ENTRIES, turn_page
from functions.points.reward import Config, charge, rows
from functions.storage.memory import MemoryStore
from tests.unit.item_size import item_bytes

steps = st.lists(
    st.one_of(
        st.tuples(st.just("earn"), st.integers(1, 100)),
        st.tuples(st.just("pay"), st.integers(1, 150)),
        st.tuples(st.just("turn"), st.integers(0, 40)),
    ),
    max_size=60,
)


class Book:
    """A member's points in a store, and every image that the stream would carry."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.images: list[Row] = []
        self.entered: list[list[Any]] = []

    def receipt(self, amount: int) -> Grant:
        return Grant(
            f"grant_{len(self.entered):026d}",
            CAMPAIGN,
            1,
            "points_a_day",
            "points",
            "points",
            MEMBER,
            MORNING + timedelta(seconds=len(self.entered)),
            amount,
        )

    def earn(self, amount: int) -> None:
        self._write(list(rows(Config(), self.receipt(amount))))

    def pay(self, amount: int) -> bool:
        return self._write(charge(Charge("points", amount, "make_up:2026-12-02"), self.receipt(amount)))

    def turn(self, image: int) -> bool:
        """The stream function sees some image, perhaps an old one, perhaps again."""
        changes = turn_page(MEMBER, self.images[image]) if image < len(self.images) else []
        return bool(changes) and not self.store.write(changes)

    def _write(self, changes: list[Any]) -> bool:
        if self.store.write(changes):
            return False
        self.entered += [line for change in changes for line in change.append["entries"]]
        self.images.append(self.row)
        return True

    @property
    def row(self) -> Row:
        key = keys.points(MEMBER)
        return self.store.read([key])[key] or {"balance": 0, "count": 0, "entries": []}

    @property
    def pages(self) -> list[Row]:
        return [row for sk, row in self.store.query("member", MEMBER) if sk.startswith("LEDGER#")]

    @property
    def ledger(self) -> list[list[Any]]:
        return [line for page in [*self.pages, self.row] for line in page["entries"]]


@given(steps)
def test_balance_is_the_sum_of_the_ledger_and_nothing_is_lost(history: list[tuple[str, int]]) -> None:
    book = Book()

    for kind, number in history:
        {"earn": book.earn, "pay": book.pay, "turn": book.turn}[kind](number)

        assert book.row["balance"] == sum(line[1] for line in book.ledger) >= 0
        assert book.ledger == book.entered
        assert book.row["count"] == len(book.entered)


def test_a_page_is_turned_once_it_is_full_and_named_by_its_first_entry() -> None:
    book = Book()
    for _ in range(PAGE_ENTRIES - 1):
        book.earn(1)
    assert not book.turn(len(book.images) - 1)
    book.earn(1)

    assert book.turn(len(book.images) - 1)

    assert (book.row["entries"], [page["page"] for page in book.pages]) == ([], [0])


def test_a_grant_between_the_image_and_the_turn_is_kept() -> None:
    book = Book()
    for _ in range(PAGE_ENTRIES):
        book.earn(1)
    image = len(book.images) - 1
    book.earn(7)

    turned_stale, turned_fresh = book.turn(image), book.turn(image + 1)

    assert (turned_stale, turned_fresh) == (False, True)
    assert len(book.pages[0]["entries"]) == PAGE_ENTRIES + 1


def test_a_page_turned_twice_is_turned_once() -> None:
    book = Book()
    for _ in range(PAGE_ENTRIES):
        book.earn(1)
    image = len(book.images) - 1

    book.turn(image)
    once = (book.pages, book.row)
    book.turn(image)

    assert (book.pages, book.row) == once
    assert book.ledger == book.entered


def test_without_the_count_a_stale_turn_would_lose_a_grant() -> None:
    book = Book()
    for _ in range(PAGE_ENTRIES):
        book.earn(1)
    turned, page = turn_page(MEMBER, book.images[-1])
    book.earn(7)

    book.store.write([replace(turned, conditions=()), page])

    assert book.ledger != book.entered


def test_without_absence_a_page_would_be_written_again() -> None:
    book = Book()
    for _ in range(PAGE_ENTRIES):
        book.earn(1)
    turned, page = turn_page(MEMBER, book.images[-1])
    book.turn(len(book.images) - 1)

    assert not book.store.write([turned, replace(page, conditions=())])


@pytest.mark.parametrize(("balance", "paid"), [(49, False), (50, True)])
def test_a_payment_needs_the_whole_price(balance: int, paid: bool) -> None:
    book = Book()
    book.earn(balance)

    assert book.pay(50) is paid
    assert book.row["balance"] == (0 if paid else balance)


def test_a_member_without_points_cannot_pay() -> None:
    assert not Book().pay(1)


def test_the_points_row_stays_within_one_kilobyte_until_its_page_is_turned() -> None:
    book = Book()
    for _ in range(PAGE_ENTRIES + 1):
        book.earn(1_000_000)

    keys_bytes = len("pk" + f"T#tenant#M#{MEMBER}" + "sk" + "POINTS")
    assert keys_bytes + item_bytes(book.row) <= 1024
