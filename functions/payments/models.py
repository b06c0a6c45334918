"""Bodies of the payment API."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from functions.core.money import MINOR_MAX
from functions.edge.bodies import EventId, In, Out


class PayIn(In):
    """What is owed in a campaign shall be paid. The amount is nobody's to name: the seat's terms say it."""

    event_id: EventId
    campaign: str = Field(max_length=64)
    openid: str = Field(
        default="", pattern=r"^[A-Za-z0-9_-]{0,128}$", description="Whose WeChat pays; only inside WeChat, never stored"
    )
    code: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9_-]{0,128}$",
        description="What WeChat's sign-in came back with, and its `state`",
    )
    state: str = Field(default="", pattern=r"^([0-9a-f]{40,64})?$")


class PayOut(Out):
    """`asked` with where to pay, `sign_in` with where WeChat says whose it is, or why it cannot be paid here."""

    outcome: Literal["asked", "sign_in", "sign_in_again", "nothing_owed", "openid_needed", "cannot_pay_now"]
    message: str
    payment: str | None = None
    amount: int | None = None
    currency: str | None = None
    pay_at: str | None = Field(default=None, description="Where the member goes to pay")
    call: dict[str, str] | None = Field(default=None, description="Inside WeChat: what getBrandWCPayRequest is told")


class SandboxIn(In):
    """The sandbox's page: approve or refuse."""

    event_id: EventId
    pay: str = Field(max_length=2048)
    verdict: Literal["approve", "refuse"]


class ConfirmIn(In):
    """Staff took the money at the counter."""

    event_id: EventId
    payment: str = Field(pattern=r"^pay_[0-9a-z]{26}$")
    amount: int = Field(ge=0, le=MINOR_MAX)


class HandBackIn(In):
    """Staff gave a refund back by hand, under a reference that a receipt or a transfer carries."""

    event_id: EventId
    payment: str = Field(pattern=r"^pay_[0-9a-z]{26}$")
    refund: str = Field(pattern=r"^ref_[0-9a-z]{26}$")
    reference: str = Field(min_length=1, max_length=80)


class SettledOut(Out):
    """What a notice came to: paid, refused, known, or why it does not fit."""

    outcome: str
    message: str
