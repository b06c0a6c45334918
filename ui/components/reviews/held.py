"""Verdicts on their way: each is held for ten seconds, in which it can be taken back, and only then sent.

A verdict is an event that may grant rewards, so what was sent cannot be unsaid. Held here, an undo is a real one:
nothing has happened yet. Who closes the page lets the verdict go out; a server that stops leaves the item in the
queue (docs/decisions/0009-undo-before-sending.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Literal

from ui.api import NotDone, Said
from ui.components.reviews.queue import Item

UNDO = timedelta(seconds=10)
Choice = Literal["approve", "return"]
State = Literal["held", "sending", "sent", "failed"]
Later = Callable[[float, Callable[[], None]], Callable[[], None]]  # (seconds, what to do) -> what calls it off


@dataclass
class Verdict:
    """One decision, on one item or several. `send` raises NotDone; `left` is what it was not sent for yet."""

    items: tuple[Item, ...]
    choice: Choice
    due: datetime
    send: Callable[[Item], Said]
    state: State = "held"
    left: tuple[Item, ...] = ()
    answers: list[Said] = field(default_factory=list)
    refusal: NotDone | None = None
    call_off: Callable[[], None] = lambda: None

    def seconds(self, now: datetime) -> int:
        """How long it can still be taken back."""
        return max(0, -int((now - self.due).total_seconds() // 1))


@dataclass
class Outbox:
    """The verdicts of one browser's session. A timer and a page may come at once."""

    later: Later
    verdicts: list[Verdict] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def hold(self, verdict: Verdict) -> None:
        """Send it in ten seconds."""
        verdict.left = verdict.items
        with self._lock:
            self.verdicts.append(verdict)
        verdict.call_off = self.later(UNDO.total_seconds(), lambda: self._deliver(verdict))

    def undo(self, verdict: Verdict) -> bool:
        """Take it back; False when it is on its way already."""
        with self._lock:
            if verdict.state != "held":
                return False
            self.verdicts.remove(verdict)
        verdict.call_off()
        return True

    def again(self, verdict: Verdict) -> None:
        """Send what got no answer once more: the same events, so nothing counts twice."""
        verdict.state = "held"
        self._deliver(verdict)

    def drop(self, verdict: Verdict) -> None:
        """Give up what got no answer: its items are in the queue, unless they did arrive."""
        with self._lock:
            self.verdicts.remove(verdict)

    def claimed(self) -> set[str]:
        """The items that are decided here and need not be shown again."""
        with self._lock:
            return {item.name for one in self.verdicts if one.state != "failed" for item in one.items}

    def news(self) -> list[Verdict]:
        """What was sent since the last time, told once."""
        with self._lock:
            told = [one for one in self.verdicts if one.state == "sent"]
            self.verdicts = [one for one in self.verdicts if one.state != "sent"]
        return told

    def waiting(self) -> list[Verdict]:
        """What is held or on its way, oldest first."""
        with self._lock:
            return [one for one in self.verdicts if one.state in ("held", "sending")]

    def failed(self) -> list[Verdict]:
        """What got no answer."""
        with self._lock:
            return [one for one in self.verdicts if one.state == "failed"]

    def _deliver(self, verdict: Verdict) -> None:
        with self._lock:
            if verdict.state != "held" or verdict not in self.verdicts:
                return
            verdict.state, verdict.refusal = "sending", None
        try:
            for item in verdict.left:
                verdict.answers.append(verdict.send(item))
                verdict.left = verdict.left[1:]
        except NotDone as why:
            verdict.refusal, verdict.state = why, "failed"
            return
        verdict.state = "sent"
