"""A large file in the local cloud: ordered, made by the function from the queue, fetched by its link."""

from __future__ import annotations

import csv
import io
import time
import urllib.request
from functools import partial

import pytest
from botocore.config import Config

from functions.codes.batch import Batch
from functions.edge.queue import Queue
from functions.prints.job import Job
from functions.prints.press import Press, Progress
from infra.clients import local
from tests.cloud import LocalCloud, ring_of

pytestmark = pytest.mark.cloud
ROWS = 200_000  # two parts
SIGNED = Config(signature_version="s3v4", s3={"addressing_style": "path"})  # as edge/clients.py has it


def ordered(press: Press, queue: Queue, job: Job) -> Progress:
    """Order it, and wait until it is there."""
    press.start(job, queue.send)
    deadline = time.monotonic() + 120
    while not ((seen := press.progress(job)) and seen.is_ready) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert seen is not None
    return seen


def test_a_large_table_is_made_from_the_queue_and_fetched_by_its_link(local_cloud: LocalCloud) -> None:
    key = ring_of(local_cloud, "demo").current
    batch = Batch(id="batch_" + "0" * 26, key=key, gtin="9520123456788", size=ROWS, stem="https://shop.example")
    job = Job(batch=batch, ending="csv")
    where = f"{local_cloud.api}/s3"
    press = Press(local_cloud.bucket, "demo", partial(local, "s3", local_cloud.endpoint, SIGNED), where)

    seen = ordered(
        press, Queue(local_cloud.environment["POND_PRINTS"], partial(local, "sqs", local_cloud.endpoint)), job
    )

    assert (seen.done, seen.parts, seen.is_ready) == (2, 2, True)
    with urllib.request.urlopen(press.link(job, "codes.csv"), timeout=30) as answer:
        rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8")))
    assert [int(row["number"]) for row in rows] == list(range(1, ROWS + 1))
    assert len({row["serial"] for row in rows}) == ROWS
    press.call_off(job)
    assert press.progress(job) is None
