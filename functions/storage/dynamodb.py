"""The store in DynamoDB: one change is one conditional write, more are one TransactWriteItems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

from functions.core.change import Absent, AtLeast, Below, Change, Is
from functions.core.keys import Key, Row
from functions.storage import table
from functions.storage.store import READ_MAX, WRITE_MAX, Busy, Unknown

Item = dict[str, Any]
Meter = Callable[[str, Any], None]

READ_ROUNDS_MAX = 3  # keys left over three times running mean throttling, which the engine waits out
CONDITION_FAILED = "ConditionalCheckFailed"
BUSY_CODES = {
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "TransactionConflictException",
    "TransactionInProgressException",
}
BUSY_REASONS = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class DynamoStore:
    """Rows of one tenant in one table. `meter(operation, consumed capacity)` is told what each call consumed."""

    def __init__(self, client: Any, table_name: str, tenant: str, meter: Meter | None = None) -> None:
        self.tenant = tenant
        self._client = client
        self._table = table_name
        self._meter = meter

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """The newest state of each row, strongly consistent, in one round."""
        assert len(set(keys)) == len(keys) <= READ_MAX
        if len(keys) == 1:
            answer = self._call("get_item", TableName=self._table, Key=self._wire_key(keys[0]), ConsistentRead=True)
            return {keys[0]: _row(answer.get("Item"))}
        places = {table.address(self.tenant, key): key for key in keys}
        found: dict[Key, Row | None] = dict.fromkeys(keys)
        request = {self._table: {"Keys": [self._wire_key(key) for key in keys], "ConsistentRead": True}}
        for _ in range(READ_ROUNDS_MAX):
            answer = self._call("batch_get_item", RequestItems=request)
            for item in answer["Responses"].get(self._table, []):
                found[places[item["pk"]["S"], item["sk"]["S"]]] = _row(item)
            request = answer.get("UnprocessedKeys") or {}
            if not request:
                return found
        raise Busy("UnprocessedKeys")

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """All changes or none; the refused keys with their rows."""
        assert 0 < len({change.key for change in changes}) == len(changes) <= WRITE_MAX
        try:
            if len(changes) == 1:
                operation, request = self._single(changes[0])
                self._call(operation, **request)
            else:
                self._call("transact_write_items", TransactItems=[self._action(change) for change in changes])
        except ClientError as error:
            return _refused(error, changes)
        return {}

    def query(
        self, kind: str, *parts: str, prefix: str = "", after: str = "", limit: int = 100, newest_first: bool = False
    ) -> list[tuple[str, Row]]:
        """Rows of a partition in order of their sort key, strongly consistent."""
        pk = table.partition(self.tenant, kind, *parts)
        request: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk" + (" AND begins_with(sk, :prefix)" if prefix else ""),
            "ExpressionAttributeValues": {":pk": {"S": pk}} | ({":prefix": {"S": prefix}} if prefix else {}),
            "ScanIndexForward": not newest_first,
            "ConsistentRead": True,
        }
        if after:
            request["ExclusiveStartKey"] = {"pk": {"S": pk}, "sk": {"S": after}}
        found: list[tuple[str, Row]] = []
        while len(found) < limit:
            answer = self._call("query", **request, Limit=limit - len(found))
            found += [(item["sk"]["S"], row) for item in answer["Items"] if (row := _row(item)) is not None]
            if "LastEvaluatedKey" not in answer:
                break
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return found

    def _call(self, operation: str, **request: Any) -> dict[str, Any]:
        if self._meter is not None:
            request["ReturnConsumedCapacity"] = "TOTAL"
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(**request)
        except (ConnectionError, HTTPClientError) as error:
            raise Unknown(operation) from error
        except ClientError as error:
            raise _known(error) from error
        if self._meter is not None:
            self._meter(operation, answer.get("ConsumedCapacity"))
        return answer

    def _wire_key(self, key: Key) -> Item:
        pk, sk = table.address(self.tenant, key)
        return {"pk": {"S": pk}, "sk": {"S": sk}}

    def _action(self, change: Change) -> dict[str, Any]:
        operation, request = self._request(change)
        return {operation: request}

    def _single(self, change: Change) -> tuple[str, dict[str, Any]]:
        operation, request = self._request(change)
        assert operation != "ConditionCheck", "a write that only checks writes nothing"
        return {"Put": "put_item", "Update": "update_item", "Delete": "delete_item"}[operation], request

    def _request(self, change: Change) -> tuple[str, dict[str, Any]]:
        expression = _Expression()
        request: dict[str, Any] = {"TableName": self._table}
        condition = " AND ".join(expression.condition(c) for c in change.conditions)
        if change.put is not None:
            operation = "Put"
            request["Item"] = self._wire_key(change.key) | {name: wire(value) for name, value in change.put.items()}
        else:
            operation = "ConditionCheck" if change.checks_only else "Delete" if change.delete else "Update"
            request["Key"] = self._wire_key(change.key)
        if operation == "Update":
            request["UpdateExpression"] = expression.update(change)
        if condition:
            request["ConditionExpression"] = condition
            request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        if expression.names:
            request["ExpressionAttributeNames"] = expression.names
        if expression.values:
            request["ExpressionAttributeValues"] = expression.values
        return operation, request


class _Expression:
    """Collects the names and values of one request's expressions."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.values: dict[str, Any] = {}

    def condition(self, condition: Absent | Is | AtLeast | Below) -> str:
        match condition:
            case Absent():
                return "attribute_not_exists(pk)"
            case Is(name, value):
                return f"{self._name(name)} = {self._value(value)}"
            case AtLeast(name, value):
                return f"{self._name(name)} >= {self._value(value)}"
            case Below(name, value):
                field = self._name(name)
                return f"(attribute_not_exists({field}) OR {field} < {self._value(value)})"

    def update(self, change: Change) -> str:
        parts = [f"{self._name(name)} = {self._value(value)}" for name, value in change.set.items()]
        for name, amount in change.add.items():
            field = self._name(name)
            parts.append(f"{field} = if_not_exists({field}, {self._value(0)}) + {self._value(amount)}")
        for name, items in change.append.items():
            field = self._name(name)
            parts.append(f"{field} = list_append(if_not_exists({field}, {self._value([])}), {self._value(items)})")
        return "SET " + ", ".join(parts)

    def _name(self, name: str) -> str:
        place = f"#n{len(self.names)}"
        self.names[place] = name
        return place

    def _value(self, value: Any) -> str:
        place = f":v{len(self.values)}"
        self.values[place] = wire(value)
        return place


def wire(value: Any) -> dict[str, Any]:
    """A plain value in DynamoDB's attribute form. Numbers are whole: money and counts have no fractions."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
        case bytes():
            return {"B": value}
        case dict():
            return {"M": {name: wire(inner) for name, inner in value.items()}}
        case list() | tuple():
            return {"L": [wire(inner) for inner in value]}
    raise TypeError(f"a row cannot hold {type(value).__name__}")


def plain(attribute: Mapping[str, Any]) -> Any:
    """The plain value of an attribute as DynamoDB and its streams write it."""
    ((kind, value),) = attribute.items()
    match kind:
        case "NULL":
            return None
        case "N":
            return int(value)
        case "M":
            return {name: plain(inner) for name, inner in value.items()}
        case "L":
            return [plain(inner) for inner in value]
    return value


def _row(item: Item | None) -> Row | None:
    if item is None:
        return None
    return {name: plain(value) for name, value in item.items() if name not in ("pk", "sk")}


def _known(error: ClientError) -> Exception:
    """Busy or Unknown where the code says so; else the error itself."""
    code = error.response["Error"]["Code"]
    if code in BUSY_CODES:
        return Busy(code)
    if code == "TransactionCanceledException" and not _failed(error) and _reasons(error) & BUSY_REASONS:
        return Busy("TransactionConflict")
    if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
        return Unknown(code)
    return error


def _refused(error: ClientError, changes: Sequence[Change]) -> dict[Key, Row | None]:
    if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
        old: Any = error.response.get("Item")
        return {changes[0].key: _row(old)}
    failed = _failed(error)
    if not failed:
        raise error
    return {changes[place].key: row for place, row in failed.items()}


def _failed(error: ClientError) -> dict[int, Row | None]:
    reasons: list[Any] = list(error.response.get("CancellationReasons", []))
    return {n: _row(reason.get("Item")) for n, reason in enumerate(reasons) if reason["Code"] == CONDITION_FAILED}


def _reasons(error: ClientError) -> set[str]:
    return {reason["Code"] for reason in error.response.get("CancellationReasons", [])}
