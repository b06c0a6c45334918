"""Every write of the screens is held against the role of who sits there, whatever a page forgot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Change
from functions.core.discovery import discover
from functions.core.workspace import ROLES, Editor, Role, Workspace
from functions.storage import audit, campaigns, invitations, workspace
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from functions.storage.table import LAYOUT
from tests.edge.world import World
from tests.ui.conftest import NOW, begun, published
from ui.authorised import REVIEW_DESK, Authorised

Act = Callable[[MemoryStore, Authorised], Any]


def there(store: MemoryStore, role: Role) -> Authorised:
    """The store of somebody who is still signed in."""
    who = Editor("Li", role)
    return Authorised(store, who, lambda: who)


def saves(store: MemoryStore, mine: Authorised) -> None:
    campaign = begun(store)
    draft = campaigns.load(mine, campaign.id)
    campaigns.save(mine, draft, {**draft.content, "channel": "web"}, "Li", NOW)


def begins(store: MemoryStore, mine: Authorised) -> None:
    campaigns.begin(mine, "camp_new", {"mechanic": "checkin"}, "Li", NOW)


def publishes(store: MemoryStore, mine: Authorised) -> None:
    campaigns.publish(mine, campaigns.load(mine, begun(store).id), discover(), "Li", NOW)


def turns(store: MemoryStore, mine: Authorised) -> None:
    campaigns.turn(mine, published(store, begun(store)), "paused", "Li", NOW)


def settles(store: MemoryStore, mine: Authorised) -> None:
    workspace.save(mine, Workspace(), 0)


def invites(store: MemoryStore, mine: Authorised, shop: str = "north") -> None:
    ring = World().service.keys.ring(NOW)
    invitations.invite(mine, ring, shop, "Wang", "Li", NOW, b"0123456789", 1, timedelta(days=1))


def reviews(store: MemoryStore, mine: Authorised) -> None:
    invites(store, mine, REVIEW_DESK)


def reveals(store: MemoryStore, mine: Authorised) -> None:
    audit.note(mine, Entry(what="reveal", by="Li", at=NOW), "1")


def looks_at_proof(store: MemoryStore, mine: Authorised) -> None:
    mine.read([keys.proof("camp_1", "mem_1", "2026-12-01")])


def looks_up_a_member(store: MemoryStore, mine: Authorised) -> None:
    mine.read([keys.profile("mem_1")])


def lists_a_member(store: MemoryStore, mine: Authorised) -> None:
    mine.query("member", "mem_1")


def looks(store: MemoryStore, mine: Authorised) -> None:
    campaigns.campaigns(mine)
    audit.entries(mine)


FROM: dict[Act, Role] = {
    looks: "viewer",
    saves: "editor", begins: "editor", publishes: "editor", turns: "editor", reviews: "editor",
    looks_at_proof: "editor",
    reveals: "approver", looks_up_a_member: "approver", lists_a_member: "approver",
    settles: "admin", invites: "admin",
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", FROM, ids=lambda act: act.__name__)
def test_each_step_is_open_from_its_role_upwards(act: Act, role: Role, store: MemoryStore) -> None:
    mine = there(store, role)
    allowed = ROLES.index(role) >= ROLES.index(FROM[act])

    if allowed:
        act(store, mine)
        return
    with pytest.raises(Refused) as refused:
        act(store, mine)

    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", sorted(LAYOUT))
def test_a_row_is_written_only_by_a_role_that_some_screen_is_for(kind: str, role: Role, store: MemoryStore) -> None:
    shape = "".join(LAYOUT[kind])
    key = keys.Key(kind, tuple("x" for n in range(3) if f"{{{n}}}" in shape))
    mine = there(store, role)
    ours = kind in (
        "head",
        "listed",
        "draft",
        "channels",
        "version",
        "request",
        "pool",
        "workspace",
        "invitation",
        "hooks",
        "segments",
        "live_code",
        "batch",
        "suspect",
        "suspected",
        "payout",
        "payout_lines",
        "commission",
    )

    if role == "admin" and ours:
        mine.write([Change(key, put={"x": 1})])
    elif role == "viewer" or not ours:
        with pytest.raises(Refused):
            mine.write([Change(key, put=None, set={"x": 1})])
        assert store.rows == {}


@pytest.mark.parametrize("act", [act for act in FROM if FROM[act] != "viewer"], ids=lambda act: act.__name__)
@pytest.mark.parametrize("now", [None, Editor("Li", "editor"), Editor("Ada", "admin")])
def test_who_is_gone_or_another_by_now_writes_nothing_but_the_draft_that_was_open(
    act: Act, now: Editor | None, store: MemoryStore
) -> None:
    mine = Authorised(store, Editor("Li", "admin"), lambda: now)

    if act in (saves, begins, looks_at_proof, looks_up_a_member, lists_a_member):
        act(store, mine)
        return
    with pytest.raises(Refused) as refused:
        act(store, mine)

    assert refused.value.code == "signed_out"
