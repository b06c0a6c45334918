"""The local stream is delivered as Lambda would: in order, at least once, a poison record parked alone."""

from datetime import UTC, datetime

import pytest

from infra.local.pump import ATTEMPTS, Record, WholeBatchFailed, as_lambda_sees_it, deliver


def record(number: int) -> Record:
    return {"eventID": str(number), "dynamodb": {"SequenceNumber": str(number)}}


class Function:
    """Takes batches; refuses those that hold a poison, either as a whole or record by record."""

    def __init__(self, poison: set[int], reports: bool) -> None:
        self.poison, self.reports = {str(number) for number in poison}, reports
        self.done: list[str] = []
        self.parked: list[str] = []
        self.pauses = 0

    def invoke(self, records: list[Record]) -> set[str]:
        ids = [each["eventID"] for each in records]
        bad = [each for each in ids if each in self.poison]
        if bad and not self.reports:
            raise WholeBatchFailed
        self.done += ids[: ids.index(bad[0])] if bad else ids
        return set(bad[:1])

    def park(self, record: Record) -> None:
        self.parked.append(record["eventID"])

    def pause(self, _seconds: float) -> None:
        self.pauses += 1


@pytest.mark.parametrize("reports", [True, False])
def test_one_poison_record_in_a_hundred_is_parked_and_ninety_nine_are_done(reports: bool) -> None:
    function = Function({37}, reports)

    deliver([record(number) for number in range(100)], function.invoke, function.park, function.pause)

    assert function.parked == ["37"]
    assert function.done == [str(number) for number in range(100) if number != 37]
    assert function.pauses == ATTEMPTS - 1


def test_a_batch_without_poison_is_one_call() -> None:
    function = Function(set(), reports=True)

    deliver([record(1), record(2)], function.invoke, function.park, function.pause)

    assert (function.done, function.parked, function.pauses) == (["1", "2"], [], 0)


def test_a_record_has_the_shape_that_lambda_hands_over() -> None:
    read = {
        "eventID": "7",
        "eventName": "MODIFY",
        "awsRegion": "elsewhere",
        "dynamodb": {
            "ApproximateCreationDateTime": datetime(2026, 1, 2, tzinfo=UTC),
            "Keys": {"pk": {"S": "a"}},
            "NewImage": {"b": {"B": b"\x00\xff"}, "set": {"BS": [b"\x01"]}},
            "SequenceNumber": "7",
        },
    }

    seen = as_lambda_sees_it(read, "arn:stream")

    assert seen["eventSourceARN"] == "arn:stream"
    assert seen["eventSource"] == "aws:dynamodb"
    assert seen["dynamodb"]["ApproximateCreationDateTime"] == 1767312000.0
    assert seen["dynamodb"]["NewImage"] == {"b": {"B": "AP8="}, "set": {"BS": ["AQ=="]}}
