"""What the client of DynamoDB raises, as the engine hears it: Busy, Unknown, refused, or our own mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore import exceptions
from botocore.exceptions import ClientError

from functions.core import keys
from functions.core.change import create
from functions.storage.dynamodb import READ_ROUNDS_MAX, DynamoStore
from functions.storage.store import Busy, Unknown

HERE, THERE = keys.points("mem_a"), keys.points("mem_b")
CALLS: dict[str, Callable[[DynamoStore], Any]] = {
    "read one": lambda store: store.read([HERE]),
    "read many": lambda store: store.read([HERE, THERE]),
    "write one": lambda store: store.write([create(HERE, {})]),
    "write many": lambda store: store.write([create(HERE, {}), create(THERE, {})]),
    "query": lambda store: store.query("member", "mem_a"),
}


class Client:
    """Answers every call alike, or raises."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.calls = answer, 0

    def __getattr__(self, operation: str) -> Any:
        def call(**request: Any) -> Any:
            self.calls += 1
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

        return call


def failing(code: str, status: int = 400, **response: Any) -> ClientError:
    said = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError({**said, **response}, "")  # type: ignore[arg-type]


def cancelled(*reasons: str) -> ClientError:
    return failing("TransactionCanceledException", CancellationReasons=[{"Code": reason} for reason in reasons])


def told(error: Exception, call: str) -> type[BaseException] | None:
    try:
        CALLS[call](DynamoStore(Client(error), "pond", "demo"))
    except Exception as raised:  # noqa: BLE001 - which one is the question
        return type(raised)
    return None


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "error",
    [
        failing("ThrottlingException"),
        failing("ProvisionedThroughputExceededException"),
        failing("RequestLimitExceeded"),
        failing("TransactionConflictException"),
        failing("TransactionInProgressException"),
        cancelled("None", "TransactionConflict"),
        cancelled("ThrottlingError", "None"),
        cancelled("ProvisionedThroughputExceeded", "None"),
    ],
    ids=lambda error: str(error.response.get("CancellationReasons") or error.response["Error"]["Code"]),
)
def test_throttles_and_conflicts_are_busy(call, error):
    assert told(error, call) is Busy


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "error",
    [
        exceptions.ReadTimeoutError(endpoint_url=""),
        exceptions.ConnectTimeoutError(endpoint_url=""),
        exceptions.EndpointConnectionError(endpoint_url=""),
        exceptions.ConnectionClosedError(endpoint_url=""),
        exceptions.HTTPClientError(error=OSError()),
        exceptions.SSLError(endpoint_url="", error=OSError()),
        failing("InternalServerError", 500),
        failing("ServiceUnavailable", 503),
    ],
    ids=str,
)
def test_no_answer_is_unknown_for_the_write_may_have_happened(call, error):
    assert told(error, call) is Unknown


@pytest.mark.parametrize("call", CALLS)
def test_what_only_a_mistake_of_ours_can_cause_is_raised_as_it_is(call):
    assert told(failing("ValidationException"), call) is ClientError
    assert told(failing("AccessDeniedException"), call) is ClientError
    assert told(cancelled("ValidationError", "None"), call) is ClientError


def test_a_condition_that_failed_counts_more_than_a_conflict_beside_it():
    store = DynamoStore(Client(cancelled("ConditionalCheckFailed", "TransactionConflict")), "pond", "demo")

    assert store.write([create(HERE, {}), create(THERE, {})]) == {HERE: None}


def test_keys_left_over_again_and_again_are_busy_not_an_endless_loop():
    left = {"pond": {"Keys": [{"pk": {"S": "a"}, "sk": {"S": "b"}}]}}
    client = Client({"Responses": {}, "UnprocessedKeys": left})

    with pytest.raises(Busy):
        DynamoStore(client, "pond", "demo").read([HERE, THERE])

    assert client.calls == READ_ROUNDS_MAX


def test_keys_left_over_once_are_asked_for_again():
    item = {"pk": {"S": "T#demo#M#mem_b"}, "sk": {"S": "POINTS"}, "balance": {"N": "3"}}

    class Twice(Client):
        def batch_get_item(self, **request: Any) -> Any:
            self.calls += 1
            asked = request["RequestItems"]["pond"]
            if self.calls == 1:
                return {"Responses": {"pond": []}, "UnprocessedKeys": {"pond": {"Keys": asked["Keys"][1:]}}}
            return {"Responses": {"pond": [item]}}

    assert DynamoStore(Twice(None), "pond", "demo").read([HERE, THERE]) == {HERE: None, THERE: {"balance": 3}}
