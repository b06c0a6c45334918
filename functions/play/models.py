"""Bodies of the play API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from functions.core.channels import DOOR_OR_NONE
from functions.edge.bodies import EventId, In, Out


class EventIn(In):
    """Something that happened. `consent` says that the member agrees to take part."""

    event_id: EventId
    data: dict[str, Any] = Field({}, description="As the event kind's own model says")
    consent: bool = False
    channel: str = Field(default="", pattern=DOOR_OR_NONE, description="The `ch` of the link the member came by")
    share: str = Field(default="", max_length=2048, description="The token of the friend's link the member came by")


class VisitIn(In):
    """Somebody came by a member's link, or by a printed code, and looks at the page."""

    event_id: EventId
    share: str = Field(default="", max_length=2048, description="The token of the link, `/s/{share}`")
    channel: str = Field(default="", pattern=DOOR_OR_NONE, description="The code in the link, `?ch=`")


class VisitOut(Out):
    """`counted`, `known`, `own`, `joined` or `not_counted`; nothing depends on it for the visitor."""

    outcome: str
    message: str


class GrantOut(Out):
    """What came of one reward that a rule owed."""

    reward: str
    name: str
    kind: str
    amount: int
    outcome: str = Field(description="granted, exhausted, day_spent, limit_reached or already_granted")
    message: str


class EventOut(Out):
    """What came of the event: a stable code, a sentence, and the member's state as it now is."""

    outcome: str
    message: str
    grants: list[GrantOut]
    state: dict[str, Any] = Field(description="As the mechanic's view says")


class EventKindOut(Out):
    """An event that this campaign takes from the session's holder."""

    kind: str
    title: str


class RewardOut(Out):
    """A reward of the campaign."""

    id: str
    kind: str
    name: str


class CampaignOut(Out):
    """A campaign as everyone may see it, and the member's own state in it."""

    id: str
    version: int
    mechanic: str
    status: str = Field(description="open, not_begun, paused or ended")
    name: str
    page: dict[str, str | list[str]] = Field(description="As the definition has it; `sections` is a list")
    zone: str
    starts_at: datetime
    ends_at: datetime | None
    rewards: list[RewardOut]
    events: list[EventKindOut]
    taking_part: bool
    state: dict[str, Any]


class UploadOut(Out):
    """Where to post the picture: a form with these fields, and the file last, as field `file`."""

    upload: str = Field(description="The upload's id, to be named in the event's data")
    url: str
    fields: dict[str, str]
    max_bytes: int
    expires_at: datetime
