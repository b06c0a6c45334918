"""Bodies of the members' API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from functions.core.calendar import Instant
from functions.core.ids import SLUG
from functions.core.nickname import TYPED_MAX
from functions.core.stage import Stage
from functions.edge.bodies import In, Out

CodeText = Annotated[str, Field(min_length=1, max_length=40)]


class GuestIn(In):
    """A session for whoever asks; nothing is stored."""

    provider: Literal["guest"]


class PhoneIn(In):
    """Without `code`: send one by SMS. With it: sign in."""

    provider: Literal["phone"]
    phone: str = Field(min_length=5, max_length=24, description="E.164, or a mobile number of mainland China")
    code: CodeText | None = None


class StaffIn(In):
    """A clerk, by an invitation's code."""

    provider: Literal["staff"]
    invitation: CodeText


SessionIn = Annotated[GuestIn | PhoneIn | StaffIn, Field(discriminator="provider")]


class SessionOut(Out):
    """`opened` with a token, or `code_sent`. The token is in the cookie as well."""

    outcome: Literal["opened", "code_sent", "closed"]
    message: str
    kind: Literal["member", "staff"] | None = None
    id: str | None = None
    shop: str | None = None
    token: str | None = None
    expires_at: datetime | None = None


class WalletOut(Out):
    """What the member has: points, and an entry for each coupon and right, the newest first."""

    points: int
    entries: list[dict[str, Any]] = Field(description="As the view of each reward's kind says")


class ExportOut(Out):
    """Everything that is stored about the member, as it is stored."""

    member: str
    exported_at: datetime
    profile: dict[str, Any] | None
    nickname: dict[str, Any] | None
    consents: dict[str, dict[str, Any]]
    points: dict[str, Any] | None
    came_through: dict[str, Any] | None
    stage: dict[str, Any] | None
    ledger: dict[str, dict[str, Any]]
    wallet: list[dict[str, Any]]
    campaigns: dict[str, dict[str, Any]]
    orders: list[dict[str, Any]]
    payments: list[dict[str, Any]]
    kept_elsewhere: list[str]


class ConsentIn(In):
    """Grant or withdraw consent for one purpose."""

    purpose: str = Field(min_length=1, max_length=100)
    live: bool
    nickname: str = Field(default="", max_length=TYPED_MAX, description="On a leaderboard: its first character is kept")
    event_id: str | None = Field(default=None, max_length=64, description="Not needed: saying it twice changes nothing")


class ConsentOut(Out):
    """`granted` or `withdrawn`; of a leaderboard also why not."""

    outcome: Literal["granted", "withdrawn", "not_taking_part", "board_closed"]
    message: str
    purpose: str
    live: bool


class NicknameIn(In):
    """What I want to be called; empty or left out: nothing."""

    nickname: str = Field(default="", max_length=TYPED_MAX)
    event_id: str | None = Field(default=None, max_length=64, description="Not needed: saying it twice changes nothing")


class NicknameOut(Out):
    """`named` with the name as it is kept, or `unnamed`."""

    outcome: Literal["named", "unnamed"]
    message: str
    nickname: str


class EraseIn(In):
    """Erase me. It cannot be undone, so it is said twice."""

    confirm: bool
    event_id: str | None = Field(default=None, max_length=64, description="Not needed: erasing twice changes nothing")


class ErasedOut(Out):
    """`erased`: all of it, and the session is closed."""

    outcome: Literal["erased"]
    message: str
    campaigns: int
    coupons_voided: int


class LookIn(In):
    """Whom a marketer looks for: by the phone number they signed in with, their id, a coupon's code, or how the

    nickname begins that they chose.
    """

    by: Literal["phone", "member", "coupon", "nickname"]
    text: str = Field(min_length=1, max_length=60)


class MemberIn(In):
    """A member that was found."""

    member: str = Field(min_length=1, max_length=64)


class EraseMemberIn(In):
    """Erase a member. It cannot be undone, so it is said twice, with a reason that is kept."""

    member: str = Field(min_length=1, max_length=64)
    reason: Literal["asked", "test", "law", "other"]
    confirm: Literal[True]


Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class RightName(In):
    """What a right is called in the member's wallet."""

    zh: str = Field(min_length=1, max_length=40)
    en: str = Field(min_length=1, max_length=40)


class GiveIn(In):
    """Give a member a right by hand."""

    member: str = Field(min_length=1, max_length=64)
    right: str = Field(pattern=SLUG, description="As campaigns ask for it")
    name: RightName
    until: Instant | None = Field(description="To the second; null: for good")
    reason: Reason = Field(description="Kept in the audit list")


class TakeIn(In):
    """End a right that a member holds, however it was earned."""

    member: str = Field(min_length=1, max_length=64)
    right: str = Field(pattern=SLUG)
    reason: Reason = Field(description="Kept in the audit list")


class RightOut(Out):
    """`given`, or `already_held` for at least as long; `taken`, or `not_held` where there was nothing to end."""

    outcome: Literal["given", "already_held", "taken", "not_held"]
    message: str
    wallet: list[dict[str, Any]] = Field(description="What the member has now, as the view of each reward's kind says")


class LedgerLineOut(Out):
    """Points that came or went."""

    points: int
    at: datetime
    name: str = Field(description="The campaign they came from, or were paid in")
    paid: bool


class StepOut(Out):
    """Something that the member did, or that came of it."""

    at: datetime
    what: str
    where: str = Field(description="The campaign, or the store; empty where it was neither")
    points: int = Field(description="That came or went with it")


class TakingPartOut(Out):
    """A campaign the member takes or took part in."""

    campaign: str
    name: str
    joined_at: datetime
    last_at: datetime | None
    left: bool


class ConsentSaidOut(Out):
    """What the member agreed to or took back, and when."""

    purpose: str
    name: str
    live: bool
    at: datetime


class PersonOut(Out):
    """A member as marketers see them: by id, without phone number, which is not stored."""

    member: str
    nickname: str = Field(description="What they want to be called; empty where they said nothing")
    signed_in_at: datetime | None
    phones: int = Field(description="How many phone numbers they signed in with")
    points: int
    ledger: list[LedgerLineOut]
    wallet: list[dict[str, Any]] = Field(description="As the view of each reward's kind says")
    campaigns: list[TakingPartOut]
    consents: list[ConsentSaidOut]
    came_through: str = Field(default="", description="What the printed code is called by which they first came")
    tags: list[str] = Field(default=[], description="Put on them by live codes")
    batches: list[str] = Field(default=[], description="Batches of which they took an item's reward")
    orders: int = Field(description="How many orders of theirs are known")
    stage: Stage = Field(description="How far they have come (AIPL), by what they did")
    stage_why: str = Field(description="What that rests on")
    timeline: list[StepOut] = Field(default=[], description="What they did, the newest first, 20 at most")


class NamedOut(Out):
    """One of several whose nickname begins alike; nothing is revealed of them yet."""

    member: str
    nickname: str = Field(description="Its first character")
    exact: bool = Field(description="Whether the whole nickname is what was looked for")
    signed_in: bool
    since: datetime = Field(description="When they chose the nickname")


class LookOut(Out):
    """`found` with the person, `several` to choose from, or `nobody`."""

    outcome: Literal["found", "several", "nobody"]
    message: str
    person: PersonOut | None = None
    people: list[NamedOut] = Field(default=[], description="In the order of their nicknames, 20 at most")


class CouponCodeOut(Out):
    """A coupon's code to print or read out; it stays the same."""

    outcome: Literal["code_made"]
    message: str
    code: str
