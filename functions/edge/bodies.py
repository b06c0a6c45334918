"""What bodies have in common. Validators are built when first used, so that a cold start waits for none of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from functions.core.event import EVENT_ID_PATTERN

EventId = Annotated[str, Field(pattern=EVENT_ID_PATTERN, description="Made by the client, kept across retries")]


class In(BaseModel):
    """A body that comes in: what is not asked for is refused."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Out(BaseModel):
    """A body that goes out: nothing leaves that is not named."""

    model_config = ConfigDict(defer_build=True)
