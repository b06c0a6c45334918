"""Bodies of the items' API."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from functions.core.item import CODE_MAX
from functions.edge.bodies import EventId, In, Out

POSITION = r"^(-?[0-9]{1,2}(\.[0-9]{1,9})?,-?[0-9]{1,3}(\.[0-9]{1,9})?)?$"


class GoIn(In):
    """Somebody goes on to a partner."""

    event_id: EventId


class GoOut(Out):
    """Counted, once for each visitor."""

    outcome: str
    message: str


class ScanIn(In):
    """Somebody looks at an item. `place` is sent only by who agreed to it, and kept to ten kilometres."""

    event_id: EventId
    code: str = Field(min_length=1, max_length=CODE_MAX, description="The link as scanned")
    place: str = Field(default="", pattern=POSITION, description="Latitude and longitude, such as `31.2,121.5`")


class ScanOut(Out):
    """What there is to know of the item. `count` and `first_at` stand where it is good and was scanned."""

    outcome: str
    message: str
    product: str
    count: int = 0
    first_at: datetime | None = None
    campaign: str = Field(default="", description="Where its reward is taken, with the event `collect`")
