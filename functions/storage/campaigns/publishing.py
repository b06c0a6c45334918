"""Publishing: the draft frozen as the next version, with its pools, in one write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from functions.core import keys
from functions.core.approval import Request, suffices
from functions.core.campaign import Campaign, Definition, Version
from functions.core.change import AtLeast, Change, Is
from functions.core.discovery import Catalogue
from functions.core.keys import Key, Row
from functions.core.lint import Finding
from functions.storage import spending, workspace
from functions.storage.campaigns.audience import reachable
from functions.storage.campaigns.drafts import Draft, ready
from functions.storage.campaigns.frozen import live_version
from functions.storage.campaigns.life import changed, guard, told, write
from functions.storage.campaigns.promises import kept
from functions.storage.engine import Pause, at_once
from functions.storage.refusals import (
    APPROVAL_NEEDED,
    DAY_TOO_SMALL,
    LESS_THAN_GRANTED,
    TOO_MANY_SHARDS,
    Refused,
)
from functions.storage.store import WRITE_MAX, Store

SHARDS_ROOM = WRITE_MAX - 10  # of one publish, which writes seven rows beside the pools


def publish(
    store: Store, draft: Draft, catalogue: Catalogue, by: str, at: datetime, pause: Pause = at_once
) -> Campaign:
    """Freeze the draft as the next version and let it serve; a paused campaign stays paused, with the new version.

    Publishing what is live already changes nothing. Raises Refused `invalid`, `blocked`, `approval_needed`, `conflict`,
    `state`, `stock_below_granted`, `too_many_shards`, `day_budget_too_small`, `batch_unfit`, `mechanic_changed`,
    `open_need_room`, `busy`.
    """
    definition, findings = ready(draft, catalogue, at)
    before = live_version(store, draft.campaign)
    same = before is not None and before.content_hash == definition.content_hash
    if same and draft.campaign.state in ("published", "paused"):
        return draft.campaign
    reachable(store, draft.campaign.id, definition)
    kept(store, before, definition, catalogue, at)
    agreed = _agreed(store, draft.campaign, definition)
    version = _version(draft, definition, before, findings, by, at, agreed)
    schedule = definition.schedule
    head = changed(
        draft.campaign,
        by,
        at,
        state="paused" if draft.campaign.state == "paused" else "published",
        live=version.number,
        request="",
        waiting=False,
        starts_at=schedule.starts_at,
        ends_at=schedule.ends_at,
        zone=schedule.zone,  # lists say a campaign's days as its page does
        day_start=schedule.day_start,
    )
    frozen = [
        guard(draft.campaign, head),
        # What is frozen is what was checked: another editor's save in between refuses the whole step (C20).
        Change(keys.draft(head.id), (Is("revision", draft.revision),)),
        Change(keys.version(head.id, version.number), put={"content": version.model_dump_json(by_alias=True)}),
        *told(head, "publish"),
    ]
    write(store, head, lambda: [*frozen, *_pools(store, version)], pause)
    return head


def _agreed(store: Store, campaign: Campaign, definition: Definition) -> list[str]:
    """Who agreed to exactly this content. Raises Refused `approval_needed` where the workspace wants more of them.

    What is read here is not guarded by itself: whatever changes the request makes another revision of the head.
    """
    key = keys.request(campaign.id, campaign.request)
    row = store.read([key])[key] if campaign.request else None
    request = Request.model_validate_json(row["request"]) if row else None
    settings, _revision = workspace.load(store)
    if not suffices(settings, definition, request):
        raise Refused("approval_needed", APPROVAL_NEEDED)
    fits = request is not None and request.content_hash == definition.content_hash
    return [one.by for one in request.agreed] if request is not None and fits else []


def _version(
    draft: Draft,
    definition: Definition,
    before: Version | None,
    findings: list[Finding],
    by: str,
    at: datetime,
    approved_by: list[str],
) -> Version:
    return Version(
        campaign=draft.campaign.id,
        number=draft.campaign.live + 1,
        definition=definition,
        content_hash=definition.content_hash,
        pools=_shards(definition, before.pools if before else {}),
        day_shards=_day_shards(definition, before),
        sign_offs=draft.sign_offs,
        approved_by=approved_by,
        findings=[finding.model_dump(mode="json") for finding in findings],
        published_by=by,
        published_at=at,
    )


def _shards(definition: Definition, before: Mapping[str, int]) -> dict[str, int]:
    """How many shards each pool has: none is ever given up, and growth ends where one write has no more room."""
    limited = [item for item in definition.rewards if item.stock is not None]
    pools = {**before, **{item.id: max(1, before.get(item.id, 0)) for item in limited}}
    for item in limited:
        room = SHARDS_ROOM - sum(pools.values())
        pools[item.id] += max(0, min(item.shards - pools[item.id], room))
    if sum(pools[item.id] for item in limited) > SHARDS_ROOM:
        raise Refused("too_many_shards", TOO_MANY_SHARDS)
    return pools


def _day_shards(definition: Definition, before: Version | None) -> int:
    """How many rows count a day's spending; each must be able to pay whatever a rule gives."""
    shards, limit = spending.shards_of(definition, before), definition.budget.per_day
    if shards > 1 and limit is not None and limit // shards < definition.dearest:
        raise Refused("day_budget_too_small", DAY_TOO_SMALL)
    return shards


def _pools(store: Store, version: Version) -> list[Change]:
    """What brings every pool to the version's stock: what is left is shared out evenly over the shards.

    Grants may go on meanwhile: a shard is altered by a difference, guarded by what it must still hold.
    """
    changes = []
    for item in version.definition.rewards:
        if item.stock is None:
            continue
        shards = [keys.pool(version.campaign, item.id, n) for n in range(version.pools[item.id])]
        rows = store.read(shards)
        granted = sum(row["stock"] - row["remaining"] for row in rows.values() if row is not None)
        if granted > item.stock:
            raise Refused("stock_below_granted", LESS_THAN_GRANTED)
        for n, key in enumerate(shards):
            changes += _pool(key, rows[key], item.share(n, len(shards), item.stock - granted))
    return changes


def _pool(key: Key, row: Row | None, share: int) -> list[Change]:
    if row is None:
        return [Change(key, put={"stock": share, "remaining": share})]
    more = share - row["remaining"]
    if not more:
        return []
    return [Change(key, (AtLeast("remaining", max(0, -more)),), add={"remaining": more, "stock": more})]
