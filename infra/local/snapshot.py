"""Where Dynoxide has no build for the machine, the emulator's own table is copied to a file every few seconds.

A kill -9 then loses at most what was written since the last copy; `pond up` says so when it starts.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.clients import local
from infra.local.home import Home, read_json, write

EVERY_SECONDS = 3.0
BATCH = 25  # BatchWriteItem takes no more


def take(dynamodb: Any, table: str) -> str:
    """Every row of the table, a line of JSON each, in a stable order."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return "".join(
        sorted(json.dumps(item, default=_tagged, sort_keys=True) + "\n" for page in pages for item in page["Items"])
    )


def restore(dynamodb: Any, table: str, file: Path) -> None:
    """Write a snapshot's rows back, if there is a snapshot."""
    if not file.exists():
        return
    for rows in _batches(file.read_text(encoding="utf-8").splitlines()):
        pending: dict[str, Any] = {table: [{"PutRequest": {"Item": row}} for row in rows]}
        while pending:
            pending = dynamodb.batch_write_item(RequestItems=pending).get("UnprocessedItems", {})


def _batches(lines: list[str]) -> Iterator[list[Any]]:
    for start in range(0, len(lines), BATCH):
        yield [json.loads(line, object_hook=_untagged) for line in lines[start : start + BATCH]]


def _tagged(value: Any) -> Any:
    if isinstance(value, bytes | bytearray):
        return {"__bytes__": bytes(value).hex()}
    raise TypeError(f"{type(value).__name__} is no DynamoDB value")


def _untagged(value: dict[str, Any]) -> Any:
    return bytes.fromhex(value["__bytes__"]) if "__bytes__" in value else value


def run(home: Home) -> None:
    """Copy the table whenever it has changed, until ended."""
    cloud = read_json(home.cloud)
    dynamodb = local("dynamodb", cloud["endpoint"])
    last = ""
    while True:
        try:
            rows = take(dynamodb, cloud["table"])
        except (BotoCoreError, ClientError) as error:
            print("waiting:", error, flush=True)
        else:
            if rows != last:
                write(home.rows, rows)
                last = rows
        time.sleep(EVERY_SECONDS)


if __name__ == "__main__":
    run(Home(Path(sys.argv[1])))
