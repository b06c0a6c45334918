"""The review queue of a campaign: what waits, what was handed in, and what is known beside it. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from functions.core import keys
from functions.core.campaign import Campaign, Version
from functions.core.keys import Row
from functions.core.text import Language, Text
from functions.storage.live import LiveCampaigns
from ui.shop import Shop

KIND = "review"
PICTURE_MAX = 10 * 1024 * 1024


@dataclass(frozen=True)
class Twin:
    """The same picture, handed in before: on which day, and whether by the same member."""

    own: bool
    day: date


@dataclass(frozen=True)
class Item:
    """One entry of the queue. `appeal` is what the member says against an earlier return."""

    name: str
    member: str
    day: date
    attempt: int
    at: datetime
    made_up: bool = False
    appeal: str = ""
    twin: Twin | None = None


@dataclass(frozen=True)
class Handed:
    """What was handed in: words or a picture; and the verdict before an appeal."""

    text: str = ""
    picture: bytes | None = None
    reason: str = ""
    note: str = ""
    by: str = ""


@dataclass(frozen=True)
class Desk:
    """A campaign whose mechanic takes reviews, with the reasons a clerk may give."""

    campaign: Campaign
    version: Version
    reasons: Mapping[str, Text]
    config: Any

    def prompt(self, language: Language) -> str:
        """What the campaign asked members to hand in."""
        words = getattr(getattr(self.config, "proof", None), "prompt", Text())
        return words.in_(language).strip()

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
    return Desk(live.campaign, live.version, reasons, config)


def waiting(shop: Shop, campaign: str, limit: int) -> list[Item]:
    """What waits, oldest first."""
    return [_item(row) for _sk, row in shop.store.query("reviews", campaign, limit=limit)]


def handed(shop: Shop, campaign: str, item: Item) -> Handed:
    """What was handed in; a picture that is gone is None."""
    key = keys.proof(campaign, item.member, item.day.isoformat())
    row = shop.store.read([key])[key] or {}
    text, reason, note, by = (str(row.get(name, "")) for name in ("text", "reason", "note", "by_name"))
    picture = None
    if row.get("picture") and shop.bucket is not None:
        place = shop.bucket.proof_key(campaign, item.member, row["picture"])
        picture = shop.bucket.fetch(place, PICTURE_MAX)
    return Handed(text, picture, reason, note, by)


def standing(shop: Shop, desk: Desk, member: str) -> dict[str, Any]:
    """The member's own state in the campaign, as the mechanic shows it to them."""
    key = keys.state(desk.campaign.id, member)
    row = shop.store.read([key])[key] or {}
    moment = desk.version.definition.schedule.moment(shop.now)
    return shop.catalogue.mechanic(desk.campaign.mechanic).view(desk.config, moment, row.get("record", {}))


def _item(row: Row) -> Item:
    twin = row.get("twin")
    return Item(
        row["item"],
        row["member"],
        date.fromisoformat(row["day"]),
        int(row["attempt"]),
        datetime.fromisoformat(row["at"]),
        bool(row.get("made_up")),
        str(row.get("appeal", "")),
        Twin(bool(twin["own"]), date.fromisoformat(twin["day"])) if twin else None,
    )
