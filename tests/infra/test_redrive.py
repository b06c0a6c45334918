"""A repaired poison record is sent through again from the dead-letter queue; one that fails again stays."""

import io
import json
from typing import Any

import pytest

from infra import redrive
from infra.clients import Target
from infra.problems import Problem
from tests.cloud import LocalCloud

STREAM = "arn:stream"


class Trimmed(Exception):
    """The stream let go of it."""


class Gone(Exception):
    """There is no such stream."""


class FakeCloud:
    """Queue, stream and function of a stack, in memory."""

    def __init__(self, bodies: list[Any], stream: list[str], refuses: set[str]) -> None:
        self.parked = [{"Body": json.dumps(body), "ReceiptHandle": str(number)} for number, body in enumerate(bodies)]
        self.waiting = list(self.parked)
        self.stream, self.refuses, self.counted = stream, refuses, list[str]()
        self.exceptions = type("E", (), {"TrimmedDataAccessException": Trimmed, "ResourceNotFoundException": Gone})

    def receive_message(self, **_options: Any) -> dict[str, Any]:
        found, self.waiting = self.waiting[:10], self.waiting[10:]
        return {"Messages": found} if found else {}

    def delete_message(self, *, ReceiptHandle: str, **_options: Any) -> None:
        self.parked = [message for message in self.parked if message["ReceiptHandle"] != ReceiptHandle]

    def get_shard_iterator(self, *, SequenceNumber: str, **_options: Any) -> dict[str, Any]:
        if SequenceNumber not in self.stream:
            raise Trimmed
        return {"ShardIterator": SequenceNumber}

    def get_records(self, *, ShardIterator: str) -> dict[str, Any]:
        place = self.stream.index(ShardIterator)
        records = [record(number) for number in self.stream[place : place + 2]]
        after = self.stream[place + 2 : place + 3]
        return {"Records": records, **({"NextShardIterator": after[0]} if after else {})}

    def invoke(self, *, Payload: bytes, **_options: Any) -> dict[str, Any]:
        numbers = [each["dynamodb"]["SequenceNumber"] for each in json.loads(Payload)["Records"]]
        if self.refuses & set(numbers):
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b"{}")}
        self.counted += numbers
        return {"Payload": io.BytesIO(b'{"batchItemFailures": []}')}


class Instant:
    """A time as boto3 gives it."""

    def timestamp(self) -> float:
        return 1.0


def record(number: str) -> dict[str, Any]:
    change = {"SequenceNumber": number, "ApproximateCreationDateTime": Instant()}
    return {"eventID": number, "eventName": "INSERT", "dynamodb": change}


def a_range(first: str, last: str) -> dict[str, Any]:
    place = {"streamArn": STREAM, "shardId": "s", "startSequenceNumber": first, "endSequenceNumber": last}
    return {"DDBStreamBatchInfo": place}


def drain(cloud: FakeCloud) -> redrive.Tally:
    return redrive._drain(Target("here", lambda _: cloud), "queue", "function")


def test_a_range_of_the_stream_is_read_again_and_delivered_whole() -> None:
    cloud = FakeCloud([a_range("2", "4")], ["1", "2", "3", "4", "5"], refuses=set())

    tally = drain(cloud)

    assert (tally.done, cloud.counted, cloud.parked) == (1, ["2", "3", "4"], [])


def test_what_fails_again_stays_parked_and_the_rest_goes_through() -> None:
    kept = {"eventID": "9", "dynamodb": {"SequenceNumber": "9"}}
    cloud = FakeCloud([a_range("1", "1"), kept], ["1"], refuses={"1"})

    tally = drain(cloud)

    assert (tally.done, tally.failed, cloud.counted) == (1, 1, ["9"])
    assert [message["ReceiptHandle"] for message in cloud.parked] == ["0"]


def test_what_the_stream_no_longer_holds_is_said_and_let_go() -> None:
    cloud = FakeCloud([a_range("7", "8")], ["20"], refuses=set())

    assert drain(cloud).expired == 1
    assert cloud.parked == []


def test_a_stack_that_is_no_pond_is_one_sentence(local_cloud: LocalCloud) -> None:
    with pytest.raises(Problem) as caught:
        redrive.run(Target.emulator(local_cloud.endpoint), "nothing-here")

    assert caught.value.code == "no_such_stack"
