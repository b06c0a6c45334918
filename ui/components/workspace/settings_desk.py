"""The workspace's settings while they are changed: each field is kept at once, and nothing of another's is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from functions.core.audit import OFF, ON, Deed, Entry
from functions.core.faults import Fault, faults_of
from functions.core.text import Text
from functions.core.workspace import Workspace
from functions.storage import workspace
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Busy, Store, Unknown
from ui.components.forms.schema import Spec, spec_of
from ui.components.forms.values import Path, get, put
from ui.desk import join
from ui.i18n import language
from ui.words import money

PICKED = ("colour", "zone")

Noted = dict[tuple[Deed, Text], tuple[int, str]]
LAST_ADMIN = Text(
    zh="至少要留一位管理员，否则谁也改不了这里", en="One admin has to stay, or nobody could change this any more"
)


@dataclass
class SettingsDesk:
    """`content` is what the page shows, valid or not; `settings` what the store last confirmed, at `revision`.

    `noted` are the lines of the audit list for what is not saved yet: what was done to which field, by which of the
    `changes` made here, and its note.
    """

    store: Store
    editor: str
    clock: Callable[[], datetime]
    settings: Workspace
    revision: int
    content: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    epoch: int = 0
    saved_at: datetime | None = None
    refused: Text | None = None
    out_of_reach: bool = False
    changes: int = 0
    noted: Noted = field(default_factory=dict)
    _sent: list[tuple[Workspace, Noted]] = field(default_factory=list, repr=False)  # of which one may have arrived

    @classmethod
    def opened(cls, store: Store, editor: str, clock: Callable[[], datetime]) -> SettingsDesk:
        """The settings as they are. Raises Unknown, Busy."""
        settings, revision = workspace.load(store)
        return cls(store, editor, clock, settings, revision, plain(settings))

    def refresh(self) -> None:
        """What others changed meanwhile, unless something here waits to be put right or saved."""
        if self.faults or self.out_of_reach:
            return
        settings, revision = workspace.load(self.store)
        if revision != self.revision:
            self.settings, self.revision, self.content = settings, revision, plain(settings)
            self.epoch += 1

    def write(self, path: Path, value: Any, what: Deed = "settings", about: Text = Text(), note: str = "") -> None:
        """Keep one change; what does not fit stays on the page with the reason."""
        self.refused = None
        if get(self.content, path) == value and not self.out_of_reach:
            return
        self.content = put(self.content, path, value)
        self.faults = []
        about = about if about.zh else _spec(path).label
        self.changes += 1
        self.noted[what, about] = self.changes, note or _chosen(path, value, self.content)
        self.keep()

    def replace(self, path: Path, value: Any) -> None:
        """Keep one change that alters the form itself: every widget starts anew."""
        self.write(path, value)
        self.epoch += 1

    def keep(self) -> None:
        """Save what is on the page. Another admin's change to another field is joined; to the same, theirs is shown."""
        try:
            wanted = Workspace.model_validate(self.content)
        except ValidationError as error:
            self.faults = faults_of(error)
            return
        if self.settings.has_admin and not wanted.has_admin:
            self._show(self.settings, self.revision, LAST_ADMIN)
            return
        try:
            self._save_or_meet(wanted)
        except (Unknown, Busy):
            self.out_of_reach = True

    def _save_or_meet(self, wanted: Workspace) -> None:
        try:
            self._save(wanted)
        except Refused as refused:
            if refused.code != "conflict":
                self._show(self.settings, self.revision, refused.message)
            else:
                self._meet()

    def _save(self, wanted: Workspace) -> None:
        at = self.clock()
        entries = [
            Entry(what=what, by=self.editor, at=at, about=about, note=note)
            for (what, about), (_, note) in self.noted.items()
        ]
        self._sent.append((wanted, dict(self.noted)))
        self.revision = workspace.save(self.store, wanted, self.revision, *entries)
        self._saved(wanted)

    def _saved(self, settings: Workspace) -> None:
        self.settings, self.saved_at = settings, self.clock()
        self.out_of_reach, self.noted, self._sent = False, {}, []

    def _meet(self) -> None:
        """The store holds something newer: a lost answer of our own, another's change elsewhere, or to the same."""
        theirs, revision = workspace.load(self.store)
        arrived = next((noted for sent, noted in self._sent if sent == theirs), None)
        before = self.settings if arrived is None else theirs
        self.noted = {what: said for what, said in self.noted.items() if (arrived or {}).get(what) != said}
        joined = join(plain(before), self.content, plain(theirs))
        if joined is None:
            self._show(theirs, revision, CONFLICT)
            return
        self.settings, self.revision = theirs, revision
        self.epoch += joined != self.content
        self.content = joined
        if joined == plain(theirs):
            self._saved(theirs)
            return
        try:
            self._save(Workspace.model_validate(joined))
        except Refused:
            self._show(theirs, revision, CONFLICT)

    def _show(self, settings: Workspace, revision: int, why: Text) -> None:
        self.settings, self.revision, self.content = settings, revision, plain(settings)
        self.refused, self.epoch, self.faults, self.noted, self._sent = why, self.epoch + 1, [], {}, []


def _spec(path: Path) -> Spec:
    """The form's field at `path`."""
    spec = spec_of(Workspace)
    for step in path:
        spec = spec.fields.get(str(step), spec)
    return spec


def _chosen(path: Path, value: Any, content: Mapping[str, Any]) -> str:
    """The new value for the audit list: switches, numbers, choices. What was typed may hold names: it is not told."""
    spec = _spec(path)
    if isinstance(value, bool):
        return ON if value else OFF
    if value is None:
        return "—"
    if spec.kind == "money" and isinstance(value, int):
        return money(value, content["currency"])
    if isinstance(value, (int, float)):
        return f"{value:,}"
    if not isinstance(value, str):
        return ""
    return value if value in spec.choices or spec.kind in PICKED else ""


def chosen_words(note: str) -> str:
    """What `noted` keeps of a choice, in words; any other note as it is."""
    choices = {value: words for spec in spec_of(Workspace).fields.values() for value, words in spec.choices.items()}
    return choices[note].in_(language()) if note in choices else note


def plain(settings: Workspace) -> dict[str, Any]:
    """Settings as forms edit them."""
    return settings.model_dump(mode="json")
