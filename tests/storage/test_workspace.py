"""The workspace's settings are one row that two people cannot overwrite for each other."""

from __future__ import annotations

import pytest

from functions.core.workspace import MAY, Approval, Editor, Person, Workspace
from functions.storage import workspace
from functions.storage.campaigns import Refused
from functions.storage.store import Store


def test_a_new_tenant_has_the_defaults(store: Store) -> None:
    assert workspace.load(store) == (Workspace(), 0)


def test_what_was_saved_is_loaded(store: Store) -> None:
    settings = Workspace(approval=Approval(needed=True, count=2, above=500_000), people=[Person(email="a@b.example")])

    revision = workspace.save(store, settings, 0)

    assert workspace.load(store) == (settings, revision)


@pytest.mark.parametrize("known", [0, 1])
def test_settings_made_from_an_older_revision_are_refused(store: Store, known: int) -> None:
    for revision in range(2):
        workspace.save(store, Workspace(), revision)

    with pytest.raises(Refused) as refused:
        workspace.save(store, Workspace(contact="late"), known)

    assert refused.value.code == "conflict"
    assert workspace.load(store)[0].contact == ""


def test_a_role_further_up_may_do_all_that_the_one_below_may() -> None:
    assert MAY["viewer"] < MAY["editor"] < MAY["approver"] < MAY["admin"]
    assert not Editor("Li", "viewer").may("compose")
