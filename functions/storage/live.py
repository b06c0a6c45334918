"""The campaigns that serve, remembered for a moment: a cache for comfort, conditions for truth."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.core import keys
from functions.core.campaign import Campaign, Version
from functions.core.text import Text
from functions.storage.store import Store

FRESH_FOR = timedelta(seconds=5)  # how long a pause may take to bite
HEADS_KEPT = 1000


@dataclass(frozen=True)
class Live:
    """A campaign's head and the version that serves; None before the first was published."""

    campaign: Campaign
    version: Version | None

    @property
    def title(self) -> Text:
        """What people know it by: its page's title, else its name."""
        page = self.version.definition.page.title if self.version else Text()
        return Text(zh=page.in_("zh") or self.campaign.name.zh, en=page.in_("en") or self.campaign.name.en)


@dataclass
class LiveCampaigns:
    """Reads heads at most once in five seconds, and each version, which never changes, once."""

    store: Store
    _heads: dict[str, tuple[datetime, Live | None]] = field(default_factory=dict)
    _versions: dict[tuple[str, int], Version] = field(default_factory=dict)

    def get(self, campaign: str, at: datetime) -> Live | None:
        """The campaign as it was at most five seconds before `at`; None when there is none."""
        known = self._heads.get(campaign)
        if known is None or not timedelta(0) <= at - known[0] < FRESH_FOR:
            if len(self._heads) >= HEADS_KEPT:
                self._heads.clear()  # ids that nobody ever made must not fill the memory
            known = self._heads[campaign] = (at, self._load(campaign))
        return known[1]

    def _load(self, campaign: str) -> Live | None:
        key = keys.head(campaign)
        row = self.store.read([key])[key]
        if row is None:
            return None
        head = Campaign.model_validate(row["head"])
        return Live(head, self.version(campaign, head.live))

    def version(self, campaign: str, number: int) -> Version | None:
        """A published version, read once; None for 0, and where there is none."""
        if number and (campaign, number) not in self._versions:
            key = keys.version(campaign, number)
            row = self.store.read([key])[key]
            if row is None:
                return None
            self._versions[campaign, number] = Version.model_validate(json.loads(row["content"]))
        return self._versions.get((campaign, number))
