"""Where no durable table runs, a snapshot brings back every row as it was."""

from pathlib import Path
from typing import Any

from infra.local import dynoxide as program
from infra.local import snapshot
from tests.conftest import FreshTable


def test_a_snapshot_brings_back_every_row_as_it_was(dynoxide_table: FreshTable, tmp_path: Path) -> None:
    table, dynamodb = dynoxide_table, program.client(dynoxide_table.endpoint)
    rows: list[dict[str, Any]] = [
        {"pk": {"S": f"p{number:02}"}, "sk": {"S": "二"}, "b": {"B": bytes([number])}, "l": {"L": [{"N": "1.5"}]}}
        for number in range(60)
    ]
    for row in rows:
        dynamodb.put_item(TableName=table.name, Item=row)
    file = tmp_path / "rows.jsonl"
    file.write_text(snapshot.take(dynamodb, table.name), encoding="utf-8")
    for row in rows:
        dynamodb.delete_item(TableName=table.name, Key={"pk": row["pk"], "sk": row["sk"]})

    snapshot.restore(dynamodb, table.name, file)

    found = dynamodb.scan(TableName=table.name)["Items"]
    assert sorted(found, key=lambda row: row["pk"]["S"]) == rows


def test_without_a_snapshot_there_is_nothing_to_restore(dynoxide_table: FreshTable, tmp_path: Path) -> None:
    dynamodb = program.client(dynoxide_table.endpoint)

    snapshot.restore(dynamodb, dynoxide_table.name, tmp_path / "none.jsonl")

    assert dynamodb.scan(TableName=dynoxide_table.name)["Count"] == 0
