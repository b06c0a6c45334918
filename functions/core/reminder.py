"""When a campaign would like its members back: what a mechanic says, and a calendar keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Reminder:
    """Every one of the campaign days `days`, in order, at the wall time `at` of the campaign's zone."""

    at: time
    days: Sequence[date]
