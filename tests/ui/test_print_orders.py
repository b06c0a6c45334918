"""Files of codes that are too large to wait for: ordered on the screen, made by workers, fetched by a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from functions.codes.batch import Batch
from functions.edge.bucket import Bucket
from functions.prints import job as jobs
from functions.prints.press import Press
from functions.storage import audit
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy
from tests.codes.batches import ordered, ring
from tests.prints.s3 import FakeS3
from tests.ui.conftest import SETTINGS, Open, healthy, press, words
from ui.components.codes import batch_print


class Line:
    """The queue: what waits in it, and workers that take it."""

    def __init__(self, s3: FakeS3) -> None:
        self.waiting: list[str] = []
        self.is_away = False
        self._press = Press("pictures", "demo", lambda: s3)

    def send(self, bodies: Sequence[str]) -> None:
        if self.is_away:
            raise Busy("queue")
        self.waiting += bodies

    def work(self, most: int = 100) -> None:
        taken, self.waiting = self.waiting[:most], self.waiting[most:]
        for message in taken:
            self._press.work(message, ring())


@pytest.fixture
def s3() -> FakeS3:
    return FakeS3()


@pytest.fixture
def line(s3: FakeS3) -> Line:
    return Line(s3)


@pytest.fixture
def large(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Four parts of fifty, which is more than anybody waits for here."""
    monkeypatch.setattr(batch_print, "HERE_MAX", 100)
    monkeypatch.setattr(jobs, "PART", dict.fromkeys(jobs.PART, 50))
    return ordered(store, active=False, size=200)


@pytest.fixture
def page(open_app: Open, large: Batch, s3: FakeS3, line: Line) -> AppTest:
    """The table of a large batch."""
    given: dict[str, Any] = {"keyring": ring(), "bucket": Bucket("pictures", "demo", lambda: s3), "prints": line}
    given["settings"] = replace(SETTINGS, bucket="pictures")
    app = open_app(f"app_pages/items.py?b={large.id}&part=print", **given)
    next(one for one in app.segmented_control if one.key and one.key.startswith("print_kind")).set_value("csv")
    return healthy(app.run())


def links(app: AppTest) -> list[str]:
    return [one.proto.url for one in app.get("link_button")]


def test_a_large_file_is_ordered_watched_and_fetched(page: AppTest, line: Line, store: MemoryStore) -> None:
    press(page, "btn_order")
    assert [(entry.what, entry.note) for entry in audit.entries(store)][:1] == [("print_codes", "csv · 200")]
    line.work(1)
    healthy(page.run())
    assert [one.proto.value for one in page.get("progress")] == [25]
    line.work()
    healthy(page.run())

    assert links(page) == ["https://s3.example/codes.csv"]
    assert "一周" in words(page)
    press(page, "btn_order_remove")
    assert page.button(key="btn_order")


def test_a_label_is_seen_before_it_is_printed(open_app: Open, large: Batch) -> None:
    app = open_app(f"app_pages/items.py?b={large.id}&part=print", keyring=ring())

    assert len(app.get("image")) == 1


def test_an_order_is_called_off_and_nothing_of_it_stays(page: AppTest, line: Line, s3: FakeS3) -> None:
    press(page, "btn_order")

    press(page, "btn_order_off")
    line.work()

    assert (s3.objects, s3.uploads, links(page)) == ({}, {}, [])


def test_what_was_lost_on_the_way_is_sent_again(page: AppTest, line: Line) -> None:
    press(page, "btn_order")
    line.waiting.clear()

    press(page, "btn_order_again")
    line.work()
    healthy(page.run())

    assert links(page)


def test_a_queue_that_does_not_answer_is_said_and_asked_again(page: AppTest, line: Line) -> None:
    line.is_away = True
    press(page, "btn_order")
    assert "没有收到回应" in words(page)

    line.is_away = False
    press(page, "btn_order_again")
    line.work()
    healthy(page.run())

    assert links(page)


def test_a_store_of_files_that_is_away_is_said(page: AppTest, s3: FakeS3) -> None:
    press(page, "btn_order")
    s3.fails["get_object"] = 2

    healthy(page.run())

    assert "文件存储" in words(page)
