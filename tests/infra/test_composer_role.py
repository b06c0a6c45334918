"""The composer's role, held against the table's own keys: campaigns yes, what members did or own no.

tests/ui/test_role.py walks the screens under it.
"""

import pytest

from functions.core.discovery import discover
from functions.core.keys import MEMBER
from functions.storage.payments import REFUND, TOLD
from functions.storage.table import LAYOUT
from tests.infra.role import may, may_fetch

WRITTEN = [
    "head", "version", "draft", "channels", "listed", "pool", "invitation", "audit", "workspace",
    "hooks", "batch", "segments", "live_code", "suspect", "suspected",
]  # fmt: skip
NEVER_WRITTEN = [
    "state", "proof", "picture", "review", "profile", "points", "ledger", "consent", "wallet", "identity", "code",
    "limit", "item", "spending", "due", "nickname", "nicknamed", "door", "handed_over",
]  # fmt: skip


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


@pytest.mark.parametrize("kind", ["profile", "nickname", "nicknamed", "door", "identity", "handed_over"])
def test_nor_may_it_read_who_they_are(kind: str) -> None:
    assert not may("dynamodb:GetItem", leading_key(kind))


def test_it_may_count_refunds_that_are_due_and_change_none() -> None:
    due, told = (f"T#demo#{LAYOUT['intent'][0].format(kind)}" for kind in (REFUND, TOLD))

    assert may("dynamodb:Query", due)
    assert not may("dynamodb:Query", told)
    assert not any(may(f"dynamodb:{action}", due) for action in ("PutItem", "UpdateItem", "DeleteItem"))


def test_nor_what_members_share() -> None:
    catalogue = discover()
    closes = [getattr(catalogue.mechanic(name), "CLOSES", {}) for name in catalogue.mechanics]
    kinds = {kind for one in closes for kind in one} - {MEMBER}

    assert kinds >= {"G", "H", "S"}
    for kind in kinds:
        place = f"T#demo#{LAYOUT['unit'][0].format('camp_1', kind, 'x')}"
        assert not any(may(f"dynamodb:{action}", place) for action in ("PutItem", "UpdateItem", "DeleteItem"))


def test_the_audit_list_only_grows() -> None:
    assert not may("dynamodb:UpdateItem", leading_key("audit"))
    assert not may("dynamodb:DeleteItem", leading_key("audit"))


@pytest.mark.parametrize("kind", LAYOUT)
def test_another_tenants_rows_are_out_of_reach(kind: str) -> None:
    assert not may("dynamodb:GetItem", leading_key(kind, "other"))
    assert not may("dynamodb:PutItem", leading_key(kind, "other"))


def test_a_suspicious_item_can_be_read_and_taken_off_its_list() -> None:
    assert may("dynamodb:Query", leading_key("suspected"))
    assert may("dynamodb:DeleteItem", leading_key("suspected"))


def test_of_the_bucket_only_this_tenants_checked_pictures_can_be_read() -> None:
    assert may_fetch("proofs/demo/camp_1/mem_1/upl_1.jpg")
    assert not may_fetch("proofs/other/camp_1/mem_1/upl_1.jpg")
    assert not may_fetch("uploads/demo/camp_1/mem_1/upl_1")


def test_files_of_codes_of_this_tenant_can_be_ordered_and_called_off() -> None:
    for action in ("GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"):
        assert may_fetch("prints/demo/print_1/order.json", f"s3:{action}")
        assert not may_fetch("prints/other/print_1/order.json", f"s3:{action}")


def test_only_pictures_of_pages_of_this_tenant_can_be_put_into_the_bucket() -> None:
    assert may_fetch("public/demo/pic_1.jpg", "s3:PutObject")
    assert not may_fetch("public/other/pic_1.jpg", "s3:PutObject")
    assert not may_fetch("proofs/demo/camp_1/mem_1/upl_1.jpg", "s3:PutObject")
