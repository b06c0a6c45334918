"""A campaign's life: drafts, lint, versions, pause and end. Each step is one guarded write."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.approval import Request, suffices
from functions.core.audit import Deed, Entry
from functions.core.campaign import Campaign, Definition, SignOff, State, Version, content_hash
from functions.core.change import AtLeast, Change, Is, create
from functions.core.discovery import Catalogue
from functions.core.faults import Fault
from functions.core.keys import Key, Row
from functions.core.lint import Finding, blocks, lint
from functions.core.parsing import parse
from functions.core.text import Text
from functions.storage import audit, spending, workspace
from functions.storage.engine import ATTEMPTS_MAX, Pause
from functions.storage.refusals import (
    APPROVAL_NEEDED,
    BLOCKED,
    BUSY,
    CONFLICT,
    DAY_TOO_SMALL,
    INVALID,
    LESS_THAN_GRANTED,
    TOO_MANY_SHARDS,
    UNKNOWN,
)  # fmt: skip
from functions.storage.refusals import Refused as Refused
from functions.storage.store import READ_MAX, WRITE_MAX, Busy, Store, Unknown

SHARDS_ROOM = WRITE_MAX - 10  # of one publish, which writes seven rows beside the pools
Checked = tuple[Definition | None, list[Fault], list[Finding]]
DEEDS: Mapping[State, Deed] = {"paused": "pause", "published": "resume", "ended": "end", "archived": "archive"}


@dataclass(frozen=True)
class Draft:
    """What is being written, valid or not. `revision` grows with each save."""

    campaign: Campaign
    content: dict[str, Any]
    sign_offs: list[SignOff]
    revision: int

    @property
    def content_hash(self) -> str:
        """Fingerprint of the content, which sign-offs and approvals are bound to."""
        return content_hash(self.content)


def at_once(_attempt: int) -> bool:
    """The pause of callers that would rather be told "busy" than wait."""
    return True


def begin(
    store: Store, campaign_id: str, content: dict[str, Any], by: str, at: datetime, clean: bool = False
) -> Campaign:
    """A new campaign with a first draft; `clean` as in `save`."""
    head = Campaign(
        id=campaign_id,
        state="linted" if clean else "draft",
        mechanic=str(content.get("mechanic", "")),
        name=_name(content),
        revision=1,
        created_at=at,
        changed_at=at,
        changed_by=by,
    )
    _write(store, head, lambda: [create(keys.head(campaign_id), _head_row(head)), _draft(head, content, [], 0)])
    return head


def load(store: Store, campaign_id: str) -> Draft:
    """The campaign and its draft. Raises Refused `unknown_campaign`."""
    head, draft = keys.head(campaign_id), keys.draft(campaign_id)
    rows = store.read([head, draft])
    head_row, draft_row = rows[head], rows[draft]
    if head_row is None or draft_row is None:
        raise Refused("unknown_campaign", UNKNOWN)
    sign_offs = [SignOff.model_validate(line) for line in json.loads(draft_row["sign_offs"])]
    campaign = Campaign.model_validate(head_row["head"])
    return Draft(campaign, json.loads(draft_row["content"]), sign_offs, draft_row["revision"])


def save(
    store: Store,
    draft: Draft,
    content: dict[str, Any],
    by: str,
    at: datetime,
    sign_offs: list[SignOff] | None = None,
    clean: bool = False,
) -> Draft:
    """Keep what was typed, valid or not. Raises Refused `conflict` when another editor saved in between.

    `clean` says that the check finds nothing against it. That is shown and no more: publishing checks again.
    """
    kept = draft.sign_offs if sign_offs is None else sign_offs
    begun = draft.campaign.state in ("draft", "linted", "approved")
    state: State = ("linted" if clean else "draft") if begun else draft.campaign.state
    head = changed(
        draft.campaign,
        by,
        at,
        name=_name(content),
        mechanic=str(content.get("mechanic", "")),
        state=state,
        request="",
        waiting=False,
    )
    signed = [_entry(head, "sign_off", f"{one.rule}: {one.reason}") for one in kept if one not in draft.sign_offs]
    told = [line for n, entry in enumerate(signed) for line in audit.lines(entry, f"{head.revision}.{n}")]
    _write(store, head, lambda: [_head(draft.campaign, head), _draft(head, content, kept, draft.revision), *told])
    return Draft(head, content, kept, draft.revision + 1)


def checked(draft: Draft, catalogue: Catalogue, at: datetime | None = None) -> Checked:
    """The draft as a definition, what makes it unusable, and what the lint says of it going live at that time."""
    return judged(draft.content, draft.sign_offs, catalogue, at)


def judged(
    content: dict[str, Any], sign_offs: Sequence[SignOff], catalogue: Catalogue, at: datetime | None = None
) -> Checked:
    """`checked` of content that is no campaign's draft yet."""
    definition, faults = parse(content, catalogue)
    findings = [] if definition is None or faults else lint(definition, catalogue, sign_offs, at)
    return definition, faults, findings


def clean(found: Checked) -> bool:
    """Whether what `checked` found lets a draft go live as it is."""
    definition, faults, findings = found
    return definition is not None and not faults and not blocks(findings)


def ready(draft: Draft, catalogue: Catalogue, at: datetime | None = None) -> tuple[Definition, list[Finding]]:
    """The draft as what may go live `at` that time, with its findings. Raises Refused `invalid`, `blocked`, `state`."""
    definition, faults, findings = checked(draft, catalogue, at)
    if definition is None or faults:
        raise Refused("invalid", INVALID, faults)
    if blocks(findings):
        raise Refused("blocked", BLOCKED, findings=findings)
    if not (draft.campaign.state in ("draft", "linted") or draft.campaign.may_become("published")):
        raise _not_now(draft.campaign.state)
    return definition, findings


def publish(
    store: Store, draft: Draft, catalogue: Catalogue, by: str, at: datetime, pause: Pause = at_once
) -> Campaign:
    """Freeze the draft as the next version and let it serve; a paused campaign stays paused, with the new version.

    Publishing what is live already changes nothing. Raises Refused `invalid`, `blocked`, `approval_needed`, `conflict`,
    `state`, `stock_below_granted`, `too_many_shards`, `day_budget_too_small`, `busy`.
    """
    definition, findings = ready(draft, catalogue, at)
    before = live_version(store, draft.campaign)
    same = before is not None and before.content_hash == definition.content_hash
    if same and draft.campaign.state in ("published", "paused"):
        return draft.campaign
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
    )
    frozen = [
        _head(draft.campaign, head),
        # What is frozen is what was checked: another editor's save in between refuses the whole step (C20).
        Change(keys.draft(head.id), (Is("revision", draft.revision),)),
        Change(keys.version(head.id, version.number), put={"content": version.model_dump_json(by_alias=True)}),
        *_told(head, "publish"),
    ]
    _write(store, head, lambda: [*frozen, *_pools(store, version)], pause)
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


def step(store: Store, before: Campaign, head: Campaign, changes: list[Change], what: Deed, note: str = "") -> None:
    """One step of a campaign's life: its head, what goes with it, and who did it. Raises Refused `conflict`, `busy`."""
    _write(store, head, lambda: [_head(before, head), *changes, *_told(head, what, note)])


def head_of(store: Store, campaign_id: str) -> Campaign:
    """The campaign as it is. Raises Refused `unknown_campaign`."""
    key = keys.head(campaign_id)
    row = store.read([key])[key]
    if row is None:
        raise Refused("unknown_campaign", UNKNOWN)
    return Campaign.model_validate(row["head"])


def turn(store: Store, campaign: Campaign, state: State, by: str, at: datetime, note: str = "") -> Campaign:
    """Pause, resume, end or archive; `note` says why, where that is not a person's wish. Raises Refused `state`,
    `conflict`, `busy`."""
    if not campaign.may_become(state):
        raise _not_now(campaign.state)
    head = changed(campaign, by, at, state=state)
    step(store, campaign, head, [], DEEDS[state], note)
    return head


def campaigns(store: Store, after: str = "", limit: int = 1000) -> list[Campaign]:
    """All campaigns, newest first: ids sort by time."""
    found = store.query("campaigns", after=after, limit=limit, newest_first=True)
    return [Campaign.model_validate(row["head"]) for _, row in found]


def versions(store: Store, campaign_id: str) -> list[Version]:
    """All published versions, newest first."""
    rows = store.query("campaign", campaign_id, prefix="V#", newest_first=True)
    return [Version.model_validate_json(row["content"]) for _, row in rows]


def issued(store: Store, version: Version) -> dict[str, tuple[int, int]]:
    """For each limited reward what is gone and what there was: exact, from the pools themselves."""
    shards = [keys.pool(version.campaign, reward, n) for reward, count in version.pools.items() for n in range(count)]
    found = dict.fromkeys(version.pools, (0, 0))
    for start in range(0, len(shards), READ_MAX):
        for key, row in store.read(shards[start : start + READ_MAX]).items():
            gone, stock = found[key.parts[1]]
            if row is not None:
                found[key.parts[1]] = (gone + row["stock"] - row["remaining"], stock + row["stock"])
    return found


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


def live_version(store: Store, campaign: Campaign) -> Version | None:
    """The version that serves; None before the first."""
    if not campaign.live:
        return None
    key = keys.version(campaign.id, campaign.live)
    row = store.read([key])[key]
    return Version.model_validate_json(row["content"]) if row else None


def _write(store: Store, head: Campaign, changes: Callable[[], list[Change]], pause: Pause = at_once) -> None:
    """One guarded write, made anew while grants move the pools beneath it. A lost answer is looked up in the head.

    The list's line follows the head, whose guard it shares. Raises Refused `conflict`, `busy`.
    """
    key, line = keys.head(head.id), Change(keys.listed(head.id), put={"head": head.model_dump(mode="json")})
    for attempt in range(ATTEMPTS_MAX):
        try:
            failed = store.write([*changes(), line])
            if not failed or store.read([key])[key] == _head_row(head):
                return
            if not all(other.kind == "pool" for other in failed):
                raise Refused("conflict", CONFLICT)
        except (Busy, Unknown):
            pass  # the next attempt fails where this one was written, and then the head says so
        if not pause(attempt):
            break
    raise Refused("busy", BUSY)


def changed(head: Campaign, by: str, at: datetime, **changes: Any) -> Campaign:
    """The head after a step: the next revision of it, by whom and when."""
    return head.model_copy(update={**changes, "revision": head.revision + 1, "changed_by": by, "changed_at": at})


def _head(before: Campaign, head: Campaign) -> Change:
    """The guard of every step: each makes the next revision, so a version and its pools are written by one alone."""
    return Change(keys.head(head.id), (Is("revision", before.revision),), put=_head_row(head))


def _head_row(head: Campaign) -> Row:
    return {"revision": head.revision, "head": head.model_dump(mode="json")}


def _draft(head: Campaign, content: dict[str, Any], sign_offs: list[SignOff], revision: int) -> Change:
    row = {
        "content": json.dumps(content, ensure_ascii=False),
        "sign_offs": json.dumps([line.model_dump(mode="json") for line in sign_offs], ensure_ascii=False),
        "revision": revision + 1,
    }
    # Head and draft are loaded in one round, which is no snapshot: the head's guard alone could be the newer one's.
    return Change(keys.draft(head.id), (Is("revision", revision),) if revision else (), put=row)


def _entry(head: Campaign, what: Deed, note: str = "") -> Entry:
    version = head.live if what == "publish" else 0
    return Entry(
        what=what, by=head.changed_by, at=head.changed_at, campaign=head.id, about=head.name, version=version, note=note
    )


def _told(head: Campaign, what: Deed, note: str = "") -> list[Change]:
    """The audit list's line about the step that made this head."""
    return audit.lines(_entry(head, what, note), str(head.revision))


def _name(content: dict[str, Any]) -> Text:
    name = content.get("name")
    return (
        Text(zh=str(name.get("zh", ""))[:4000], en=str(name.get("en", ""))[:4000]) if isinstance(name, dict) else Text()
    )


def _not_now(state: State) -> Refused:
    return Refused(
        "state", Text(zh=f"活动现在是“{state}”，做不了这一步", en=f"The campaign is {state}: this step is not open")
    )
