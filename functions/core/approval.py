"""Agreement before a version goes live: who asked for which content, who answered, and whether that is enough. Pure."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from functions.core.campaign import Definition
from functions.core.workspace import Workspace

Answer = Literal["agree", "return", "decline"]
Standing = Literal["waiting", "agreed", "returned", "declined"]
NOTE_MAX = 1000
CLOSED: dict[Answer, Standing] = {"return": "returned", "decline": "declined"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Verdict(_Part):
    """What one approver said. `mark` tells the person from every other, whatever they are called."""

    what: Answer
    by: str
    mark: str
    at: AwareDatetime
    note: str = Field(default="", max_length=NOTE_MAX)


class Request(_Part):
    """Somebody asks that exactly this content may go live: any edit voids it. `wanted` is how many have to agree."""

    id: str
    campaign: str
    content_hash: str
    by: str
    mark: str
    at: AwareDatetime
    note: str = Field(default="", max_length=NOTE_MAX)
    wanted: int = 1
    verdicts: list[Verdict] = Field(default_factory=list)

    @property
    def agreed(self) -> list[Verdict]:
        """Those who agreed, each person once."""
        return list({one.mark: one for one in self.verdicts if one.what == "agree"}.values())

    @property
    def standing(self) -> Standing:
        """Where it stands, as far as the answers say; an edit may have voided it since."""
        closing = next((CLOSED[one.what] for one in self.verdicts if one.what in CLOSED), None)
        return closing or ("agreed" if len(self.agreed) >= self.wanted else "waiting")


def wanted(workspace: Workspace, definition: Definition) -> int:
    """How many people have to agree before this goes live, 0 when nobody has to.

    An amount in another currency than the workspace's cannot be compared, and is taken to pass the limit.
    """
    policy = workspace.approval
    if not policy.needed:
        return 0
    alike = definition.budget.currency == workspace.currency
    spends = max(definition.worst_cost, definition.budget.total)
    below = policy.above is not None and alike and spends <= policy.above
    return 0 if below else policy.count


def suffices(workspace: Workspace, definition: Definition, request: Request | None) -> bool:
    """Whether enough people, by today's policy, agreed to exactly this content."""
    count = wanted(workspace, definition)
    if not count:
        return True
    if request is None or request.content_hash != definition.content_hash or request.standing in CLOSED.values():
        return False
    others = [one for one in request.agreed if workspace.approval.own or one.mark != request.mark]
    return len(others) >= count
