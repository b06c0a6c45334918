"""Large files as jobs: whatever comes twice, late or in another order, the file is the one made in one go."""

from __future__ import annotations

import io
import json
import random
import zipfile
from itertools import pairwise

import pypdfium2
import pytest
from botocore.exceptions import ClientError

from functions.codes.batch import SIZE_MAX, Batch
from functions.codes.item import serials
from functions.core.tokens import Keyring
from functions.drawing.labels import tables
from functions.drawing.labels.output import whole
from functions.drawing.labels.settings import Labels
from functions.prints import job as jobs
from functions.prints.files import Ending, output, sealed
from functions.prints.job import PART, Job, parts
from functions.prints.press import Press, Progress
from tests.prints.s3 import FakeS3

RING = Keyring("demo", "k1", {"k1": b"root one" * 4})
BATCH = Batch(id="batch_" + "0" * 26, key="k1", gtin="9520123456788", lot="L7", size=250, stem="https://shop.example")
SMALL = Labels(columns=5, rows=8)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of some fifty labels."""
    monkeypatch.setattr(jobs, "PART", dict.fromkeys(PART, 50))
    monkeypatch.setattr(tables, "SHEET_ROWS", 20)


class Room:
    """A press, what it sent, and workers that take it."""

    def __init__(self) -> None:
        self.s3 = FakeS3()
        self.press = Press("bucket", "demo", lambda: self.s3)
        self.sent: list[str] = []

    def start(self, job: Job) -> Progress:
        return self.press.start(job, self.sent.extend)

    def works(self, messages: list[str]) -> None:
        for message in messages:
            self.press.work(message, RING)

    def file(self, job: Job) -> bytes | None:
        return self.s3.objects.get(f"prints/demo/{job.id}/codes")


def job(ending: Ending = "pdf", **changes: object) -> Job:
    return Job(batch=BATCH.model_copy(update=changes), labels=SMALL, ending=ending)


def in_one_go(made: Job) -> bytes:
    keyed = serials(RING.roots["k1"], "demo", made.batch.label)
    return b"".join(whole(output(made.batch, made.labels, made.ending, keyed), sealed(made.batch, keyed)))


@pytest.mark.parametrize("ending", ["pdf", "zip", "csv", "xlsx"])
@pytest.mark.parametrize("size", [1, 49, 250])
def test_parts_in_any_order_and_told_twice_are_the_file_made_in_one_go(ending: Ending, size: int) -> None:
    room, made = Room(), job(ending, size=size, inner=True)
    begun = room.start(made)

    room.works(random.Random(size).sample(room.sent * 2, 2 * len(room.sent)))

    assert (begun.done, begun.parts) == (0, len(room.sent))
    assert room.file(made) == in_one_go(made)
    assert room.press.progress(made) == Progress(begun.parts, begun.parts, len(in_one_go(made)))
    assert set(room.s3.objects) == {f"prints/demo/{made.id}/{name}" for name in ("codes", "order.json")}
    assert room.s3.uploads == {}


def test_a_job_that_stopped_goes_on_with_what_is_missing() -> None:
    room, made = Room(), job()
    room.start(made)
    room.works(room.sent[1:3])
    assert room.press.progress(made) == Progress(2, 5)

    room.sent.clear()
    again = room.start(made)

    assert (again.done, [json.loads(message)["part"] for message in room.sent]) == (2, [1, 4, 5])
    room.works(room.sent)
    assert room.file(made) == in_one_go(made)


def test_a_closing_that_was_lost_is_made_up_for() -> None:
    room, made = Room(), job()
    room.start(made)
    room.s3.fails["complete_multipart_upload"] = 1
    room.works(room.sent[:-1])
    with pytest.raises(ClientError):
        room.works(room.sent[-1:])

    room.sent.clear()
    room.start(made)
    room.works(room.sent)

    assert room.file(made) == in_one_go(made)


@pytest.mark.parametrize("call", ["upload_part", "put_object", "get_object"])
def test_a_part_that_failed_comes_again(call: str) -> None:
    room, made = Room(), job("zip")
    room.start(made)
    room.s3.fails[call] = 1

    with pytest.raises(ClientError):
        room.works(room.sent[:1])

    room.works(room.sent)
    assert room.file(made) == in_one_go(made)


def test_what_was_called_off_takes_no_part_and_leaves_nothing() -> None:
    room, made = Room(), job()
    room.start(made)
    room.works(room.sent[:3])

    room.press.call_off(made)
    room.works(room.sent)

    assert room.press.progress(made) is None
    assert (room.s3.objects, room.s3.uploads) == ({}, {})
    room.press.call_off(made)


def test_a_file_that_is_ready_is_not_made_again_and_can_be_removed() -> None:
    room, made = Room(), job("csv")
    room.start(made)
    room.works(room.sent)

    room.sent.clear()
    assert room.start(made).is_ready
    assert room.sent == []

    room.press.call_off(made)
    assert room.file(made) is None


def test_who_begins_while_another_does_takes_the_others_upload() -> None:
    room, made = Room(), job()
    room.start(made)

    taken = room.press._begin(made)

    assert list(room.s3.uploads) == [taken] == ["upload-1"]


def test_an_upload_that_s3_ended_is_begun_anew() -> None:
    room, made = Room(), job()
    room.start(made)
    room.works(room.sent[:2])
    room.s3.uploads.clear()
    room.works(room.sent[2:3])
    assert room.press.progress(made) is None

    room.sent.clear()
    room.start(made)
    room.works(room.sent)

    assert room.file(made) == in_one_go(made)


def test_the_same_order_is_the_same_job_whatever_was_activated_since() -> None:
    assert job(active=((0, 9),)).id == job().id
    assert len({job().id, job("zip").id, job(size=7).id, job(lot="L8").id, job(stem="https://other.example").id}) == 5
    assert Job(batch=BATCH, labels=Labels(columns=4), ending="pdf").id != job().id


@pytest.mark.parametrize("size", [1, 24_999, 25_000, 49_999, 1_000_001, SIZE_MAX])
@pytest.mark.parametrize("step", [1, 40, 77])
def test_parts_follow_one_another_and_each_is_as_large_as_s3_asks(
    size: int, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "PART", PART)

    planned = parts(job(size=size), step)

    assert planned[0].first == 0
    assert sum(part.size for part in planned) == size
    assert all(one.first + one.size == other.first for one, other in pairwise(planned))
    assert all(part.first % step == 0 for part in planned)
    assert len(planned) <= 9_000  # S3 takes 10,000, some of which close the file
    assert len(planned) == 1 or min(part.size for part in planned) > PART["pdf"] - 2 * step


def test_what_was_made_apart_opens() -> None:
    room = Room()
    for ending in ("pdf", "zip"):
        room.start(job(ending))
    room.works(room.sent)

    document = pypdfium2.PdfDocument(room.file(job("pdf")))
    assert len(document) == 7
    document.close()
    with zipfile.ZipFile(io.BytesIO(room.file(job("zip")) or b"")) as files:
        assert len(files.namelist()) == 250
