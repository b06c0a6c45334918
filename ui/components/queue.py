"""The review queue of a campaign: what waits, what was handed in, and the verdict as a staff event."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.campaign import Campaign, Version
from functions.core.event import Event
from functions.core.ids import derived_id
from functions.core.text import Text
from functions.storage import engine, play
from functions.storage.live import LiveCampaigns
from functions.storage.play import Play
from ui.i18n import _, language
from ui.shop import Shop

KIND = "review"
FIRST_PAUSE = 0.05  # seconds; doubled at each lost race, with full jitter
PICTURE_MAX = 10 * 1024 * 1024


@dataclass(frozen=True)
class Item:
    """One entry of the queue."""

    name: str
    member: str
    day: str
    attempt: int
    at: datetime


@dataclass(frozen=True)
class Desk:
    """A campaign whose mechanic takes reviews, with the reasons a clerk may give."""

    campaign: Campaign
    version: Version
    reasons: Mapping[str, Text]

    @property
    def zone(self) -> str:
        """The campaign's time zone."""
        return self.version.definition.schedule.zone


def opened(shop: Shop, campaign: Campaign) -> Desk | None:
    """The desk for a campaign; None when its mechanic has nothing that staff reviews."""
    live = LiveCampaigns(shop.store).get(campaign.id, shop.now)
    if live is None or live.version is None or campaign.mechanic not in shop.catalogue.mechanics:
        return None
    mechanic = shop.catalogue.mechanic(campaign.mechanic)
    if KIND not in mechanic.ACCEPTS or "staff" not in mechanic.ACCEPTS[KIND].actors:
        return None
    config: Any = mechanic.Config.model_validate(live.version.definition.config)
    reasons = {reason.code: reason.text for reason in config.review.reasons}
    return Desk(live.campaign, live.version, reasons)


def waiting(shop: Shop, campaign: str, limit: int) -> list[Item]:
    """What waits, oldest first."""
    rows = [row for _sk, row in shop.store.query("reviews", campaign, limit=limit)]
    return [
        Item(row["item"], row["member"], row["day"], int(row["attempt"]), datetime.fromisoformat(row["at"]))
        for row in rows
    ]


def proof(shop: Shop, campaign: str, item: Item) -> tuple[str, bytes | None]:
    """What was handed in: its words, or its picture."""
    key = keys.proof(campaign, item.member, item.day)
    row = shop.store.read([key])[key] or {}
    if row.get("picture") and shop.bucket is not None:
        place = shop.bucket.proof_key(campaign, item.member, row["picture"])
        return "", shop.bucket.fetch(place, PICTURE_MAX)
    return str(row.get("text", "")), None


def decide(shop: Shop, desk: Desk, item: Item, verdict: str, reason: str, note: str) -> str:
    """Send the verdict through the engine, as staff; the sentence that comes of it."""
    mechanic = shop.catalogue.mechanic(desk.campaign.mechanic)
    model = mechanic.ACCEPTS[KIND].data
    said = {
        "member": item.member,
        "day": item.day,
        "verdict": verdict,
        "item": item.name,
        "reason": reason,
        "note": note,
    }
    event = Event(
        id=derived_id("rev", item.name, verdict, reason, note, shop.editor),
        kind=KIND,
        at=shop.now,
        campaign=desk.campaign.id,
        member=item.member,
        data=model.model_validate(said),
        actor="staff",
        by=shop.editor,
        day=desk.version.definition.schedule.calendar.day_of(shop.now),
    )
    try:
        answer = engine.commit(shop.store, Play(shop.catalogue, desk.campaign, desk.version, event), event, _pause)
    except engine.TooBusy:
        return _("Too much is happening at once. Try again.")
    words = mechanic.OUTCOMES.get(answer.outcome) or play.OUTCOMES[answer.outcome]
    return words.fill(language(), dict(answer.values))


def _pause(attempt: int) -> bool:
    time.sleep(random.uniform(0, FIRST_PAUSE * 2**attempt))  # noqa: S311 (spreads retries, guards nothing)
    return True
