"""A campaign's head: each step of its life makes the next revision of it, in one guarded write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.audit import Deed, Entry
from functions.core.campaign import Campaign, State
from functions.core.change import Change, Is
from functions.core.keys import Row
from functions.core.text import Text
from functions.storage import audit
from functions.storage.engine import ATTEMPTS_MAX, Pause, at_once
from functions.storage.refusals import BUSY, CONFLICT, UNKNOWN, Refused
from functions.storage.store import Busy, Store, Unknown

DEEDS: Mapping[State, Deed] = {"paused": "pause", "published": "resume", "ended": "end", "archived": "archive"}

CALLED: Mapping[State, tuple[str, str]] = {  # by the refusal `state`, in Chinese and in English
    "draft": ("草稿", "a draft"),
    "linted": ("已检查", "checked"),
    "approved": ("已批准", "approved"),
    "published": ("进行中", "running"),
    "paused": ("已暂停", "paused"),
    "ended": ("已结束", "over"),
    "archived": ("已归档", "archived"),
}


def head_of(store: Store, campaign_id: str) -> Campaign:
    """The campaign as it is. Raises Refused `unknown_campaign`."""
    key = keys.head(campaign_id)
    row = store.read([key])[key]
    if row is None:
        raise Refused("unknown_campaign", UNKNOWN)
    return Campaign.model_validate(row["head"])


def campaigns(store: Store, after: str = "", limit: int = 1000) -> list[Campaign]:
    """All campaigns, newest first: ids sort by time."""
    found = store.query("campaigns", after=after, limit=limit, newest_first=True)
    return [Campaign.model_validate(row["head"]) for _, row in found]


def step(store: Store, before: Campaign, head: Campaign, changes: list[Change], what: Deed, note: str = "") -> None:
    """One step of a campaign's life: its head, what goes with it, and who did it. Raises Refused `conflict`, `busy`."""
    write(store, head, lambda: [guard(before, head), *changes, *told(head, what, note)])


def turn(store: Store, campaign: Campaign, state: State, by: str, at: datetime, note: str = "") -> Campaign:
    """Pause, resume, end or archive; `note` says why, where that is not a person's wish. Raises Refused `state`,
    `conflict`, `busy`."""
    if not campaign.may_turn(state, at):
        raise not_now(campaign.stands(at))
    head = changed(campaign, by, at, state=state, ended_at=at if state == "ended" else campaign.ended_at)
    step(store, campaign, head, [], DEEDS[state], note)
    return head


def changed(head: Campaign, by: str, at: datetime, **changes: Any) -> Campaign:
    """The head after a step: the next revision of it, by whom and when."""
    return head.model_copy(update={**changes, "revision": head.revision + 1, "changed_by": by, "changed_at": at})


def write(store: Store, head: Campaign, changes: Callable[[], list[Change]], pause: Pause = at_once) -> None:
    """One guarded write, made anew while grants move the pools beneath it. A lost answer is looked up in the head.

    The list's line follows the head, whose guard it shares. Raises Refused `conflict`, `busy`.
    """
    key, line = keys.head(head.id), Change(keys.listed(head.id), put={"head": head.model_dump(mode="json")})
    for attempt in range(ATTEMPTS_MAX):
        try:
            failed = store.write([*changes(), line])
            if not failed or store.read([key])[key] == head_row(head):
                return
            if not all(other.kind == "pool" for other in failed):
                raise Refused("conflict", CONFLICT)
        except (Busy, Unknown):
            pass  # the next attempt fails where this one was written, and then the head says so
        if not pause(attempt):
            break
    raise Refused("busy", BUSY)


def guard(before: Campaign, head: Campaign) -> Change:
    """The guard of every step: each makes the next revision, so a version and its pools are written by one alone."""
    return Change(keys.head(head.id), (Is("revision", before.revision),), put=head_row(head))


def head_row(head: Campaign) -> Row:
    """The head as it is stored."""
    return {"revision": head.revision, "head": head.model_dump(mode="json")}


def entry(head: Campaign, what: Deed, note: str = "") -> Entry:
    """What is written down of the step that made this head."""
    version = head.live if what == "publish" else 0
    return Entry(
        what=what, by=head.changed_by, at=head.changed_at, campaign=head.id, about=head.name, version=version, note=note
    )


def told(head: Campaign, what: Deed, note: str = "") -> list[Change]:
    """The audit list's line about the step that made this head."""
    return audit.lines(entry(head, what, note), str(head.revision))


def not_now(state: State) -> Refused:
    """The refusal `state`: where the campaign stands, the step is not open."""
    zh, en = CALLED[state]
    return Refused(
        "state", Text(zh=f"活动现在是“{zh}”，做不了这一步", en=f"The campaign is {en}: this step is not open")
    )
