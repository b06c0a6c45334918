"""Whom the issuer's word lets in, and as what."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.workspace import Editor, Person, Workspace, admitted

PEOPLE = [
    Person(email="Li@Example.com", name="Li Wei", role="editor"),
    Person(email="zhang@example.com", name="Zhang", role="approver"),
    Person(email="zhang2@example.com", name="Zhang", role="viewer"),
]
WORKSPACE = Workspace(people=PEOPLE)


def claims(email: str, **more: Any) -> dict[str, Any]:
    return {"sub": "s-1", "email": email, "email_verified": True, **more}


def test_who_is_on_the_list_comes_in_with_the_role_that_stands_there() -> None:
    assert admitted(WORKSPACE, claims("li@example.com")) == Editor("Li Wei", "editor", "li@example.com")


def test_two_people_of_one_name_are_told_apart() -> None:
    first, second = (admitted(WORKSPACE, claims(mail)) for mail in ("zhang@example.com", "zhang2@example.com"))

    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("Zhang (zhang@example.com)", "Zhang (zhang2@example.com)")
    assert first.mark != second.mark


@pytest.mark.parametrize("verified", [False, None, "false", 1, "yes"])
def test_an_address_that_the_issuer_has_not_verified_does_not_count(verified: Any) -> None:
    assert admitted(WORKSPACE, claims("li@example.com", email_verified=verified)) is None


def test_a_stranger_stays_outside() -> None:
    assert admitted(WORKSPACE, claims("eve@example.com", name="Li Wei")) is None
    assert admitted(Workspace(), {}) is None
    assert admitted(Workspace(people=[Person(email="x@y", name="")]), claims("")) is None


def test_the_first_admin_comes_in_before_there_is_a_list_and_whatever_it_says() -> None:
    demoted = Workspace(people=[Person(email="owner@example.com", role="viewer")])

    for workspace in (Workspace(), demoted):
        who = admitted(workspace, claims("Owner@example.com"), first_admin="owner@EXAMPLE.com")
        assert who == Editor("owner@example.com", "admin", "owner@example.com")
    assert admitted(Workspace(), claims("owner@example.com", email_verified=False), "owner@example.com") is None


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("editor", "editor"), (["pond-viewer", "pond-approver"], "approver"), (["staff"], None), ("", None),
        (None, None), ([], None), ({"admin": 1}, None), ("pond-admin", "admin"),
    ],
)  # fmt: skip
def test_a_role_may_come_from_the_issuer_for_who_is_not_on_the_list(said: Any, role: str | None) -> None:
    who = admitted(WORKSPACE, {"sub": "s-9", "name": "Chen", "cognito:groups": said}, claim="cognito:groups")

    assert (who.role if who else None) == role
    assert who is None or who.name == "Chen (s-9)"


def test_the_list_decides_over_the_issuers_role() -> None:
    who = admitted(WORKSPACE, claims("li@example.com", roles=["admin"]), claim="roles")

    assert who is not None
    assert who.role == "editor"


def test_without_a_named_claim_no_role_is_taken_from_the_issuer() -> None:
    assert admitted(WORKSPACE, {"sub": "s-9", "": "admin", "roles": "admin"}) is None
