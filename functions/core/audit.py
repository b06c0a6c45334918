"""The audit list: one line for each step that somebody may have to answer for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from functions.core.text import Text

if TYPE_CHECKING:  # clerks' functions start without the workspace
    from functions.core.workspace import Action

Deed = Literal[
    "publish", "pause", "resume", "end", "archive", "ask", "withdraw", "agree", "return", "decline", "sign_off",
    "settings", "role", "invite", "uninvite", "reveal", "export", "erase", "deploy",
    "add_hook", "renew_hook", "remove_hook", "refuse_order", "refuse_payment", "channels",
    "live_code", "new_live_code",
    "segment", "new_segment", "drop_segment",
    "print_codes", "hand_back", "settle_payment", "payout_ask", "payout_agree", "payout_decline", "payout_drop",
    "payout_paid", "refuse_payout",
    "give_right", "take_right", "clear_item",
]  # fmt: skip

BUDGET_GONE = "budget"  # the note of a pause that nobody pressed: all the campaign's money was given out
ON, OFF = "on", "off"  # the note of a setting that is switched

# what a role must allow before a step may be written down as done
NEEDS: Mapping[Deed, Action] = {
    "publish": "publish", "pause": "publish", "resume": "publish", "end": "publish", "archive": "publish",
    "ask": "compose", "withdraw": "compose", "sign_off": "compose", "channels": "compose",
    "live_code": "compose", "new_live_code": "compose",
    "print_codes": "publish", "clear_item": "publish",
    "segment": "compose", "new_segment": "compose", "drop_segment": "compose",
    "agree": "approve", "return": "approve", "decline": "approve",
    "settings": "settings", "role": "settings", "invite": "settings", "uninvite": "settings",
    "reveal": "members", "export": "members", "erase": "members", "deploy": "deploy",
    "add_hook": "settings", "renew_hook": "settings", "remove_hook": "settings", "refuse_order": "settings",
    "refuse_payment": "settings", "hand_back": "settings", "settle_payment": "settings",
    "payout_ask": "publish", "payout_drop": "publish",
    "payout_agree": "approve", "payout_decline": "approve", "payout_paid": "approve",
    "refuse_payout": "look",  # of whoever it was refused to
    "give_right": "members", "take_right": "members",
}  # fmt: skip


class Entry(BaseModel):
    """Who did what, when, and to what.

    `about` is the name of the campaign, person or member (by pseudonym) it was done to; `campaign` the campaign's id,
    where it is one's; `note` a reason or a comment as it was typed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    what: Deed
    by: str
    at: AwareDatetime
    campaign: str = ""
    about: Text = Text()
    version: int = 0
    note: str = ""
