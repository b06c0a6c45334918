"""What is being written: kept valid or not, checked, and ready to go live when nothing stands against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.campaign import Campaign, Definition, SignOff, State, content_hash
from functions.core.change import Change, Is, create
from functions.core.discovery import Catalogue
from functions.core.faults import Fault
from functions.core.lint import Finding, blocks, lint
from functions.core.parsing import parse
from functions.core.text import Text
from functions.storage import audit
from functions.storage.campaigns.life import changed, entry, guard, head_row, not_now, write
from functions.storage.refusals import BLOCKED, INVALID, UNKNOWN, Refused
from functions.storage.store import Store

Checked = tuple[Definition | None, list[Fault], list[Finding]]


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
    write(store, head, lambda: [create(keys.head(campaign_id), head_row(head)), _draft(head, content, [], 0)])
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
    signed = [entry(head, "sign_off", f"{one.rule}: {one.reason}") for one in kept if one not in draft.sign_offs]
    told = [line for n, entry in enumerate(signed) for line in audit.lines(entry, f"{head.revision}.{n}")]
    write(store, head, lambda: [guard(draft.campaign, head), _draft(head, content, kept, draft.revision), *told])
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
        raise not_now(draft.campaign.state)
    return definition, findings


def _draft(head: Campaign, content: dict[str, Any], sign_offs: list[SignOff], revision: int) -> Change:
    row = {
        "content": json.dumps(content, ensure_ascii=False),
        "sign_offs": json.dumps([line.model_dump(mode="json") for line in sign_offs], ensure_ascii=False),
        "revision": revision + 1,
    }
    # Head and draft are loaded in one round, which is no snapshot: the head's guard alone could be the newer one's.
    return Change(keys.draft(head.id), (Is("revision", revision),) if revision else (), put=row)


def _name(content: dict[str, Any]) -> Text:
    name = content.get("name")
    return (
        Text(zh=str(name.get("zh", ""))[:4000], en=str(name.get("en", ""))[:4000]) if isinstance(name, dict) else Text()
    )
