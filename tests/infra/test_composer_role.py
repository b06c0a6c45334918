"""The composer's role, held against the table's own keys: campaigns yes, what members did or own no."""

from fnmatch import fnmatchcase
from typing import Any

import pytest

from functions.storage.table import LAYOUT
from infra import template

ROLE = template.load(template.ROOT / "infra" / "ui.yaml")["Resources"]["ComposerRole"]["Properties"]
STATEMENTS: list[dict[str, Any]] = ROLE["Policies"][0]["PolicyDocument"]["Statement"]
WRITTEN = ["head", "version", "draft", "listed", "pool", "invitation", "audit"]
NEVER_WRITTEN = ["state", "proof", "profile", "points", "ledger", "consent", "wallet", "identity", "code", "limit"]


def patterns(statement: dict[str, Any]) -> list[str]:
    found = [
        each for condition in statement.get("Condition", {}).values() for each in condition["dynamodb:LeadingKeys"]
    ]
    return [each["Fn::Sub"].replace("${Tenant}", "demo") if isinstance(each, dict) else each for each in found]


def may(action: str, leading_key: str) -> bool:
    """As IAM decides: some statement allows it and none denies it."""
    hits = [
        statement["Effect"]
        for statement in STATEMENTS
        if action in statement["Action"] and any(fnmatchcase(leading_key, each) for each in patterns(statement))
    ]
    return "Allow" in hits and "Deny" not in hits


def leading_key(kind: str, tenant: str = "demo") -> str:
    return f"T#{tenant}#" + LAYOUT[kind][0].format("camp_1", "mem_1", "x")


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_composer_may_write_what_marketers_own(kind: str) -> None:
    assert may("dynamodb:PutItem", leading_key(kind))


@pytest.mark.parametrize("kind", NEVER_WRITTEN)
def test_the_composer_may_not_write_what_members_did_or_own(kind: str) -> None:
    assert not may("dynamodb:PutItem", leading_key(kind))
    assert not may("dynamodb:UpdateItem", leading_key(kind))
    assert not may("dynamodb:DeleteItem", leading_key(kind))


@pytest.mark.parametrize("kind", LAYOUT)
def test_another_tenants_rows_are_out_of_reach(kind: str) -> None:
    assert not may("dynamodb:GetItem", leading_key(kind, "other"))
    assert not may("dynamodb:PutItem", leading_key(kind, "other"))
