"""The review queue of a campaign: what waits, what was handed in, and the verdict, sent as any clerk's is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from functions.core import keys
from functions.core.campaign import Campaign, Version
from functions.core.ids import derived_id
from functions.core.text import Text
from functions.storage import staff
from functions.storage.live import LiveCampaigns
from functions.storage.store import Busy, Unknown
from ui.api import NotDone, StaffSession
from ui.i18n import _
from ui.shop import Shop

KIND = "review"
REVIEW_DESK = "review desk"  # the store that these invitations are for
SESSION = "st_staff_session"
LAST_MINUTE = timedelta(minutes=1)
JUST_LONG_ENOUGH = timedelta(minutes=5)  # an invitation is used at once
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
    """Send the verdict through the API, as staff; the sentence that comes of it. Raises NotDone."""
    said = {
        "member": item.member,
        "day": item.day,
        "verdict": verdict,
        "item": item.name,
        "reason": reason,
        "note": note,
    }
    try:
        return _sent(shop, desk.campaign.id, said)
    except NotDone as refused:
        if refused.code != "no_session":
            raise
    st.session_state.pop(SESSION, None)  # over before its time, as when its invitation was withdrawn
    return _sent(shop, desk.campaign.id, said)


def _sent(shop: Shop, campaign: str, said: dict[str, str]) -> str:
    """The same words of the same clerk are the same event, however often the button is pressed."""
    session = _signed_in(shop)
    event_id = derived_id("rev", campaign, session.id, *said.values())
    return shop.api.send(session, campaign, KIND, event_id, said)


def _signed_in(shop: Shop) -> StaffSession:
    """The editor's own staff session: made at the first verdict, kept in the session, made anew before it ends."""
    kept: StaffSession | None = st.session_state.get(SESSION)
    if kept is None or shop.now + LAST_MINUTE >= kept.ends:
        kept = st.session_state[SESSION] = shop.api.sign_in(_invitation(shop))
    return kept


def _invitation(shop: Shop) -> str:
    """A code for one clerk, the editor, used at once."""
    ring, who = shop.ring(), shop.editor
    if ring is None:
        words = _("No secret is set, so no code can be made. Start with make run, or set POND_SECRET.")
        raise NotDone("no_secret", words)
    try:
        return staff.invite(shop.store, ring, REVIEW_DESK, who, who, shop.now, shop.entropy(), 1, JUST_LONG_ENOUGH)
    except (Unknown, Busy) as error:
        raise NotDone("no_answer", _("No answer came. Press again: nothing is counted twice.")) from error
