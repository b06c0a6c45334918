"""Events: what happened, said by whom, and when by the server's clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from functions.core.keys import Key

if TYPE_CHECKING:  # most functions hear of no item, and each would load what proves one
    from functions.core.item import ProvenItem

Actor = Literal["member", "staff", "shop", "system"]
EVENT_ID_PATTERN = r"^[A-Za-z0-9_.:\-]{8,64}$"


@dataclass(frozen=True)
class Event:
    """Something that happened to a member in a campaign.

    `id` is made by the client and kept across retries. `at` is server time, UTC. `day` is the campaign day of
    `at`. `data` is the body as the mechanic's model read it; `by` names the clerk or shop, when not the member, and
    `by_name` what people call them. `marks` are the fingerprints of the pictures that `data` names.
    `item` is the item whose code `data` names, once its serial has proven itself.
    `channel` is the code of the printed link that the member came by; it attributes, and is no part of what was said.
    What happens to something that members share, such as a group's time running out, has no `member` but a `unit`.
    `brought` says by whose links the member came (`core/sharing.py`), where the mechanic asks for it (`ASKS_BROUGHT`).
    `newcomer` is whether the member took part in nothing before, `customer` whether they bought something, where the
    mechanic or the campaign's audience asks for it.
    """

    id: str
    kind: str
    at: datetime
    campaign: str
    member: str
    data: Any = None
    actor: Actor = "member"
    by: str = ""
    day: date = field(default=date.min)
    consents: bool = False
    by_name: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    unit: Key | None = None
    newcomer: bool = True
    customer: bool = True
    brought: Mapping[str, Any] | None = None
    item: ProvenItem | None = None

    @cached_property
    def digest(self) -> str:
        """Fingerprint of everything the sender said under this id: kind, sender, recipient and body."""
        data = self.data.model_dump(mode="json") if hasattr(self.data, "model_dump") else self.data
        said = [self.kind, self.actor, self.by, self.member or self.unit, data]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
