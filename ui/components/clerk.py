"""The editor as a clerk: a staff session of their own, in which verdicts are sent as any clerk's are.

Works outside of a page's run as well: a verdict is sent ten seconds after it was given (`held.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.core.ids import derived_id
from functions.storage import invitations
from functions.storage.store import Busy, Unknown
from ui.api import NotDone, Said, StaffSession
from ui.authorised import REVIEW_DESK
from ui.i18n import said
from ui.shop import Shop

LAST_MINUTE = timedelta(minutes=1)
JUST_LONG_ENOUGH = timedelta(minutes=5)  # an invitation is used at once


@dataclass
class Clerk:
    """Made once for a browser's session; `session` is opened at the first verdict and kept."""

    session: StaffSession | None = None

    def ready(self, shop: Shop, at: datetime) -> StaffSession:
        """The session, made anew shortly before it ends. Raises NotDone."""
        if self.session is None or at + LAST_MINUTE >= self.session.ends:
            self.session = shop.api.sign_in(_invitation(shop, at))
        return self.session

    def send(self, shop: Shop, campaign: str, kind: str, data: Mapping[str, str], at: datetime) -> Said:
        """One event through the API. The same words are the same event, however often they are sent. Raises NotDone."""
        try:
            return self._sent(shop, campaign, kind, data, at)
        except NotDone as refused:
            if refused.code != "no_session":
                raise
        self.session = None  # over before its time, as when its invitation was withdrawn
        return self._sent(shop, campaign, kind, data, at)

    def _sent(self, shop: Shop, campaign: str, kind: str, data: Mapping[str, str], at: datetime) -> Said:
        session = self.ready(shop, at)
        event_id = derived_id("rev", campaign, session.id, *data.values())
        return shop.api.send(session, campaign, kind, event_id, data)


def no_secret(shop: Shop) -> NotDone:
    """Nothing can be sealed without the tenant's key."""
    tongue = shop.api.language
    words = said("No secret is set, so no code can be made. Start with make run, or set POND_SECRET.", tongue)
    return NotDone("no_secret", words)


def _invitation(shop: Shop, at: datetime) -> str:
    """A code for one clerk, the editor, used at once."""
    ring, who = shop.ring(), shop.editor
    if ring is None:
        raise no_secret(shop)
    try:
        return invitations.invite(shop.store, ring, REVIEW_DESK, who, who, at, shop.entropy(), 1, JUST_LONG_ENOUGH)
    except (Unknown, Busy) as error:
        raise shop.api.unanswered() from error
