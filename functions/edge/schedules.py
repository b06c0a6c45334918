"""Wakes the sweeper when something runs out by EventBridge Scheduler: a comfort. Its own round is the truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

from functions.storage.store import Busy

MINUTE = 60  # seconds: as exact as the scheduler is
KNOWN_MAX = 10_000
LATE = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 300}  # by then the sweeper has come by itself


@dataclass(frozen=True)
class Schedules:
    """One schedule for each campaign and minute in which anything of it runs out, however much that is.

    So a rush of groups that were opened in one minute asks for one. `group` is the schedule group, `target` the
    sweeper, `role` what may call it. `connect` makes the client at first use; `known` are those asked for already.
    """

    group: str
    target: str
    role: str
    connect: Callable[[], Any]
    known: set[str] = field(default_factory=set)

    def wake(self, campaign: str, until: int, now: int) -> None:
        """Have the sweeper look at `campaign` in the first whole minute from `until` on, epoch seconds.

        Told again it changes nothing. What ran out before `now` is left to the sweeper's own round. Raises Busy.
        """
        minute = -(-until // MINUTE) * MINUTE
        name = f"{campaign}-{minute}"
        if not self.group or minute <= now or name in self.known:
            return
        try:
            self.connect().create_schedule(**self._asked(name, campaign, minute))
        except (ClientError, ConnectionError, HTTPClientError) as error:
            if _code(error) != "ConflictException":
                raise Busy("scheduler") from error
        if len(self.known) >= KNOWN_MAX:
            self.known.clear()
        self.known.add(name)

    def _asked(self, name: str, campaign: str, minute: int) -> dict[str, Any]:
        target = {"Arn": self.target, "RoleArn": self.role, "Input": json.dumps({"campaign": campaign})}
        return {
            "Name": name,
            "GroupName": self.group,
            "ScheduleExpression": f"at({datetime.fromtimestamp(minute, UTC):%Y-%m-%dT%H:%M:%S})",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "Target": {**target, "RetryPolicy": LATE},
        }


def _code(error: Exception) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""
