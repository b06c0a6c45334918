"""The composer's role as infra/ui.yaml writes it, decided as IAM would, and clients that live under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from infra import template

TENANT, BUCKET = "demo", "pictures"
ROLE = template.load(template.ROOT / "infra" / "ui.yaml")["Resources"]["ComposerRole"]["Properties"]
STATEMENTS: list[dict[str, Any]] = ROLE["Policies"][0]["PolicyDocument"]["Statement"]
TRANSACTED = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


def may(action: str, *leading_keys: str) -> bool:
    """Whether some statement allows it for all of these keys and none denies it for any."""
    verdicts = [_fits(one, leading_keys) and one["Effect"] for one in STATEMENTS if action in _actions(one)]
    return "Allow" in verdicts and "Deny" not in verdicts


def may_fetch(key: str, action: str = "s3:GetObject") -> bool:
    """Whether the role may read an object of the bucket, or do with it what `action` says."""
    patterns = [_said(one["Resource"]) for one in STATEMENTS if action in _actions(one)]
    return any(fnmatchcase(f"arn:aws:s3:::{BUCKET}/{key}", pattern) for pattern in patterns)


def _actions(statement: dict[str, Any]) -> list[str]:
    actions = statement["Action"]
    return [actions] if isinstance(actions, str) else actions


def _fits(statement: dict[str, Any], keys: tuple[str, ...]) -> bool:
    every = {"ForAllValues:StringLike": all, "ForAnyValue:StringLike": any}
    return all(
        every[operator](any(fnmatchcase(key, _said(each)) for each in names["dynamodb:LeadingKeys"]) for key in keys)
        for operator, names in statement.get("Condition", {}).items()
    )


def _said(pattern: Any) -> str:
    """What stands there once the stack is up."""
    values = {"${Tenant}": TENANT, "${BucketName}": BUCKET, "${AWS::Partition}": "aws"}
    text = str(pattern["Fn::Sub"] if isinstance(pattern, dict) else pattern)
    for name, value in values.items():
        text = text.replace(name, value)
    return text


@dataclass
class ConfinedTable:
    """A DynamoDB client that IAM refuses what the role does not allow; `used` is what went through."""

    client: Any
    used: set[tuple[str, str]] = field(default_factory=set)

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return partial(self._call, operation)

    def _call(self, operation: str, **request: Any) -> Any:
        for action, keys in _asked(operation, request):
            if not may(f"dynamodb:{action}", *keys):
                raise ClientError(
                    {"Error": {"Code": "AccessDeniedException", "Message": f"{action} {keys}"}}, operation
                )
            self.used |= {(action, key) for key in keys}
        return getattr(self.client, operation)(**request)


@dataclass
class ConfinedBucket:
    """An S3 client under the role."""

    client: Any

    def get_object(self, **asked: str) -> Any:
        """The object, where the role may read it."""
        if not may_fetch(asked["Key"]):
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": asked["Key"]}}, "GetObject")
        return self.client.get_object(**asked)

    def put_object(self, **asked: Any) -> None:
        """Store, where the role may write."""
        if not may_fetch(asked["Key"], "s3:PutObject"):
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": asked["Key"]}}, "PutObject")
        self.client.put_object(**asked)


def _asked(operation: str, request: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The actions of one call, each with the partition keys it touches."""
    match operation:
        case "batch_get_item":
            yield "BatchGetItem", [key["pk"]["S"] for one in request["RequestItems"].values() for key in one["Keys"]]
        case "query":
            yield "Query", [request["ExpressionAttributeValues"][":pk"]["S"]]
        case "transact_write_items":
            for line in request["TransactItems"]:
                ((kind, one),) = line.items()
                yield TRANSACTED[kind], [(one.get("Key") or one["Item"])["pk"]["S"]]
        case _:
            yield "".join(map(str.title, operation.split("_"))), [(request.get("Key") or request["Item"])["pk"]["S"]]
