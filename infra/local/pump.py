"""Carries the local table's stream to the Insights function, as Lambda's event source mapping does on AWS.

At least once and in order. A batch that fails is retried, then halved, until the record that spoils it is alone and
parked in the dead-letter queue. The place reached is written down after each batch, so a crash repeats a batch at most.
"""

import base64
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.clients import local
from infra.local import dynoxide
from infra.local.home import Home, read_json, write_json

BATCH = 100
ATTEMPTS = 5
IDLE_SECONDS = 0.25
PAUSE_SECONDS = 1.0
LOOK_SECONDS = 10.0  # for shards that opened since
ONE_TRY = Config(read_timeout=120, retries={"total_max_attempts": 1})

Record = dict[str, Any]
Invoke = Callable[[list[Record]], set[str]]  # returns the sequence numbers that failed
Park = Callable[[Record], None]


class WholeBatchFailed(Exception):
    """The function raised, or did not answer."""


def deliver(records: list[Record], invoke: Invoke, park: Park, sleep: Callable[[float], None] = time.sleep) -> None:
    """Deliver every record or park it; order is kept."""
    attempt = 0
    while records:
        try:
            left = _from_first(records, invoke(records))
        except WholeBatchFailed:
            if len(records) > 1:
                middle = len(records) // 2
                deliver(records[:middle], invoke, park, sleep)
                deliver(records[middle:], invoke, park, sleep)
                return
            left = records
        attempt = attempt + 1 if len(left) == len(records) else 0
        records = left
        if attempt == ATTEMPTS:
            park(records[0])
            records, attempt = records[1:], 0
        elif attempt:
            sleep(min(2**attempt, 8) * PAUSE_SECONDS / 4)


def _from_first(records: list[Record], failed: set[str]) -> list[Record]:
    """What is still to be done: from the first failed record on, as Lambda's checkpoint does."""
    for place, record in enumerate(records):
        if record["dynamodb"]["SequenceNumber"] in failed:
            return records[place:]
    return []


def as_lambda_sees_it(record: Record, stream: str) -> Record:
    """A record of GetRecords in the shape that Lambda hands to a function."""
    change = dict(record["dynamodb"])
    change["ApproximateCreationDateTime"] = change["ApproximateCreationDateTime"].timestamp()
    return {
        "eventID": record["eventID"],
        "eventName": record["eventName"],
        "eventVersion": record.get("eventVersion", "1.1"),
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": _plain(change),
        "eventSourceARN": stream,
        **({"userIdentity": record["userIdentity"]} if "userIdentity" in record else {}),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | set):
        return [_plain(inner) for inner in value]
    return value


class Stream:
    """Reads one table's stream from where the checkpoint stands."""

    def __init__(self, endpoint: str, table: str, checkpoint: Path) -> None:
        self._streams = dynoxide.client(endpoint, "dynamodbstreams")
        self._checkpoint = checkpoint
        self.arn: str = dynoxide.client(endpoint).describe_table(TableName=table)["Table"]["LatestStreamArn"]
        kept = read_json(checkpoint) or {}
        self._after: dict[str, str] = kept["after"] if kept.get("stream") == self.arn else {}
        self._iterators: dict[str, str] = {}

    def batches(self) -> Iterable[tuple[str, list[Record]]]:
        """One batch of every shard that has news. A batch that is not done comes again."""
        if not self._iterators:
            self.look_again()
        for shard, iterator in list(self._iterators.items()):
            answer = self._streams.get_records(ShardIterator=iterator, Limit=BATCH)
            if answer["Records"]:
                yield shard, answer["Records"]
            self._iterators.pop(shard)
            if following := answer.get("NextShardIterator"):
                self._iterators[shard] = following

    def look_again(self) -> None:
        """Find the shards and begin where each was left."""
        described = self._streams.describe_stream(StreamArn=self.arn)["StreamDescription"]
        self._iterators = {shard["ShardId"]: self._begin(shard["ShardId"]) for shard in described["Shards"]}

    def _begin(self, shard: str) -> str:
        place = {"ShardIteratorType": "TRIM_HORIZON"}
        if shard in self._after:
            place = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": self._after[shard]}
        begun = self._streams.get_shard_iterator(StreamArn=self.arn, ShardId=shard, **place)
        return str(begun["ShardIterator"])

    def done(self, shard: str, record: Record) -> None:
        """Write down that all up to and with this record is delivered."""
        self._after[shard] = record["dynamodb"]["SequenceNumber"]
        write_json(self._checkpoint, {"stream": self.arn, "after": self._after})


def _cloud(home: Home) -> dict[str, str]:
    """The stack that stands now. Raises ConnectionError while one is being made."""
    cloud = read_json(home.cloud)
    if cloud is None:
        raise ConnectionError("the stack is being made")
    return dict(cloud)


def function_invoker(home: Home) -> Invoke:
    """Invokes the Insights function of the stack that stands now."""

    def invoke(records: list[Record]) -> set[str]:
        cloud = _cloud(home)
        function = local("lambda", cloud["endpoint"], ONE_TRY)
        try:
            answer = function.invoke(FunctionName=cloud["insights"], Payload=json.dumps({"Records": records}).encode())
        except function.exceptions.RequestTooLargeException as error:
            raise WholeBatchFailed from error
        body = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            print("insights failed:", json.dumps(body)[:2_000], flush=True)
            raise WholeBatchFailed
        failures = (body or {}).get("batchItemFailures") or []
        return {failure["itemIdentifier"] for failure in failures}

    return invoke


def queue_parker(home: Home) -> Park:
    """Parks a record in the stack's dead-letter queue. AWS parks its place only; here the record itself is kept."""

    def park(record: Record) -> None:
        cloud = _cloud(home)
        print("parked:", record["eventID"], flush=True)
        local("sqs", cloud["endpoint"], ONE_TRY).send_message(
            QueueUrl=cloud["dead_letters"], MessageBody=json.dumps(record)
        )

    return park


def run(home: Home) -> None:
    """Pump until ended. A table or function that is away for a moment is waited for."""
    cloud = _cloud(home)
    stream = Stream(cloud["table_endpoint"], cloud["table"], home.checkpoint)
    invoke, park = function_invoker(home), queue_parker(home)
    looked = time.monotonic()
    while True:
        busy = False
        try:
            if time.monotonic() - looked > LOOK_SECONDS:
                stream.look_again()
                looked = time.monotonic()
            for shard, records in stream.batches():
                deliver([as_lambda_sees_it(record, stream.arn) for record in records], invoke, park)
                stream.done(shard, records[-1])
                busy = True
        except (BotoCoreError, ClientError, ConnectionError) as error:
            print("waiting:", error, flush=True)
            looked = -LOOK_SECONDS
            time.sleep(PAUSE_SECONDS)
        if not busy:
            time.sleep(IDLE_SECONDS)


if __name__ == "__main__":
    run(Home(Path(sys.argv[1])))
