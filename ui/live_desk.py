"""A live code while it is changed: kept at each change that is whole; another editor's change is met."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from functions.core.audit import Entry
from functions.core.faults import Fault, faults_of
from functions.core.live_code import LiveCode, plain
from functions.core.text import Text
from functions.storage import live_codes
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Busy, Store, Unknown
from ui.components.forms.values import Path, get, put
from ui.desk import join


@dataclass
class LiveDesk:
    """`content` is what the page shows, whole or not; `live` what the store last confirmed, at `revision`."""

    store: Store
    editor: str
    now: datetime
    live: LiveCode
    revision: int
    content: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    epoch: int = 0
    refused: Text | None = None
    out_of_reach: bool = False
    _sent: list[LiveCode] = field(default_factory=list, repr=False)  # since the last answer; one may be there

    @classmethod
    def opened(cls, store: Store, editor: str, now: datetime, code: str) -> LiveDesk | None:
        """The code as it is; None where there is no such code. Raises Unknown, Busy."""
        found = live_codes.find(store, code)
        return found and cls(store, editor, now, *found, plain(found[0]))

    def write(self, path: Path, value: Any) -> None:
        """Keep one change; what is not whole yet stays on the page with the reason."""
        if get(self.content, path) == value and not self.out_of_reach:
            return
        self.content = put(self.content, path, value)
        self.keep()

    def replace(self, path: Path, value: Any) -> None:
        """Keep one change that alters the form itself: every widget starts anew."""
        self.write(path, value)
        self.epoch += 1

    def keep(self) -> None:
        """Save what is on the page. Another editor's change elsewhere is joined; to the same field, theirs is shown."""
        self.refused, self.faults = None, []
        try:
            self._save_or_meet(LiveCode.model_validate(self.content))
        except ValidationError as error:
            self.faults = faults_of(error)
        except (Unknown, Busy):
            self.out_of_reach = True

    def _save_or_meet(self, wanted: LiveCode) -> None:
        try:
            if self.out_of_reach:  # what was saved last may have arrived
                self._meet()
            elif wanted != self.live:
                self._save(wanted)
        except Refused as refused:
            if refused.code != "conflict":
                raise
            self._meet()

    def _save(self, wanted: LiveCode) -> None:
        named = Text(zh=wanted.name, en=wanted.name)
        entry = Entry(what="live_code", by=self.editor, at=self.now, about=named)
        self._sent.append(wanted)
        self.revision = live_codes.save(self.store, wanted, self.revision, entry)
        self.live, self.out_of_reach, self._sent = wanted, False, []

    def _meet(self) -> None:
        """The store holds something newer: a lost answer of our own, or another's change."""
        found = live_codes.find(self.store, self.live.code)
        assert found is not None  # none is ever deleted
        before = found[0] if found[0] in self._sent else self.live
        joined = join(plain(before), self.content, plain(found[0]))
        (self.live, self.revision), self.out_of_reach, self._sent = found, False, []
        self.epoch += joined != self.content
        self.content = plain(found[0]) if joined is None else joined
        if joined is None:
            self.refused = CONFLICT
        elif joined != plain(found[0]):
            self._save(LiveCode.model_validate(joined))
