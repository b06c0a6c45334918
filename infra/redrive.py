"""Sends parked stream records through the Insights function again, once what parked them is repaired.

On AWS a parked message names a range of the stream, which keeps records for 24 hours; the local pump parks the record
itself. The function is idempotent, so a record that had been counted is not counted twice.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra import deploy
from infra.clients import Target
from infra.local.pump import as_lambda_sees_it
from infra.problems import Problem

AT_ONCE = 10  # messages SQS hands out in one call
HIDDEN_SECONDS = 120


@dataclass
class Tally:
    """What a redrive did, in messages."""

    done: int = 0
    failed: int = 0
    expired: int = 0


def run(target: Target, stack: str) -> Tally:
    """Redrive every parked message. Those that fail again stay parked. Raises what `deploy.outputs` raises."""
    made = deploy.outputs(target, stack)
    if "StreamDeadLettersUrl" not in made:
        raise Problem("no_such_stack", stack=stack)
    with deploy.cloud_words():
        return _drain(target, made["StreamDeadLettersUrl"], made["InsightsFunction"])


def _drain(target: Target, queue: str, function: str) -> Tally:
    sqs, tally = target.client("sqs"), Tally()
    for message in _messages(sqs, queue):
        records = list(_records(target, json.loads(message["Body"])))
        if not records:
            tally.expired += 1
        elif _failed(target, function, records):
            tally.failed += 1
            continue
        else:
            tally.done += 1
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return tally


def _messages(sqs: Any, queue: str) -> Iterator[dict[str, Any]]:
    """Each message once: what fails stays hidden for longer than a redrive takes."""
    while True:
        found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=AT_ONCE, VisibilityTimeout=HIDDEN_SECONDS)
        if not found.get("Messages"):
            return
        yield from found["Messages"]


def _records(target: Target, parked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The records a message stands for; none when the stream has let go of them."""
    batch = parked.get("DDBStreamBatchInfo")
    if batch is None:
        yield parked
        return
    streams = target.client("dynamodbstreams")
    try:
        iterator = streams.get_shard_iterator(
            StreamArn=batch["streamArn"],
            ShardId=batch["shardId"],
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=batch["startSequenceNumber"],
        )["ShardIterator"]
    except (streams.exceptions.TrimmedDataAccessException, streams.exceptions.ResourceNotFoundException):
        return
    while iterator:
        page = streams.get_records(ShardIterator=iterator)
        for record in page["Records"]:
            yield as_lambda_sees_it(record, batch["streamArn"])
            if record["dynamodb"]["SequenceNumber"] == batch["endSequenceNumber"]:
                return
        if not page["Records"]:
            return
        iterator = page.get("NextShardIterator")


def _failed(target: Target, function: str, records: list[dict[str, Any]]) -> bool:
    answer = target.client("lambda").invoke(FunctionName=function, Payload=json.dumps({"Records": records}).encode())
    body = json.loads(answer["Payload"].read() or b"null")
    return "FunctionError" in answer or bool((body or {}).get("batchItemFailures"))
