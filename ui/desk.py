"""The draft on an editor's desk: every change is kept at once, and nothing typed is ever lost.

The desk lives in the session. When the store can't be reached the words stay here; when another editor saved in
between, changes to other fields are joined, and for the same field the editor is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from functions.core.campaign import Campaign, SignOff
from functions.core.discovery import Catalogue
from functions.storage import campaigns
from functions.storage.campaigns import Checked, Draft, Refused
from functions.storage.store import Busy, Store, Unknown
from ui.components.forms.filling import whole
from ui.components.forms.values import Path, get, put


@dataclass
class Desk:
    """One campaign while it is edited. `content` is what the editor sees; `draft` what the store last confirmed."""

    store: Store
    catalogue: Catalogue
    draft: Draft
    content: dict[str, Any]
    clock: Callable[[], datetime]
    editor: str
    epoch: int = 0
    saved_at: datetime | None = None
    out_of_reach: bool = False
    theirs: Draft | None = None
    joined: bool = False
    refused: Refused | None = None
    _sent: list[dict[str, Any]] = field(default_factory=list, repr=False)  # since the last answer; one may be there
    _checked: tuple[str, Checked] | None = field(default=None, repr=False)

    @classmethod
    def opened(
        cls, store: Store, catalogue: Catalogue, campaign: str, clock: Callable[[], datetime], editor: str
    ) -> Desk:
        """The campaign's draft, with every default written out. Raises Refused, Unknown, Busy."""
        draft = campaigns.load(store, campaign)
        return cls(store, catalogue, draft, whole(draft.content, catalogue), clock, editor)

    @property
    def campaign(self) -> Campaign:
        """The head as last read or written."""
        return self.draft.campaign

    @property
    def content_hash(self) -> str:
        """Fingerprint of what is on the desk."""
        return self._seen.content_hash

    @property
    def _seen(self) -> Draft:
        return Draft(self.campaign, self.content, self.draft.sign_offs, self.draft.revision)

    @property
    def unsaved(self) -> bool:
        """Whether the desk holds something that the store hasn't confirmed."""
        return self.theirs is not None or self.content != whole(self.draft.content, self.catalogue)

    def write(self, path: Path, value: Any) -> None:
        """Keep one change."""
        if get(self.content, path, _NOTHING) == value:
            return
        self.content = put(self.content, path, value)
        self.keep()

    def replace(self, path: Path, value: Any) -> None:
        """Keep one change that alters the form itself: every widget starts anew."""
        self.write(path, value)
        self.epoch += 1

    def keep(self, sign_offs: list[SignOff] | None = None) -> None:
        """Save what is on the desk; notes a conflict or a store out of reach instead of raising."""
        if self.theirs is not None:
            return
        kept = self.draft.sign_offs if sign_offs is None else sign_offs
        clean = campaigns.clean(self._judged(Draft(self.campaign, self.content, kept, self.draft.revision)))
        self._sent.append(self.content)
        try:
            saved = campaigns.save(self.store, self.draft, self.content, self.editor, self.clock(), kept, clean)
            self._saved(saved)
        except Refused as refused:
            if refused.code == "not_allowed":
                self.refused = refused
            else:
                self.meet()
        except (Unknown, Busy):
            self.out_of_reach = True

    def retry(self) -> None:
        """After the store was out of reach: see whether the last save arrived, then save."""
        self.meet()

    def take_theirs(self) -> None:
        """Drop what is on the desk for what the other editor saved."""
        assert self.theirs is not None
        self._adopt(self.theirs, whole(self.theirs.content, self.catalogue))
        self.theirs = None

    def keep_mine(self) -> None:
        """Save what is on the desk over what the other editor saved."""
        assert self.theirs is not None
        self.draft, self.theirs = self.theirs, None
        self.keep()

    def turned(self, campaign: Campaign) -> None:
        """The campaign moved on to another state or version."""
        self.draft = Draft(campaign, self.draft.content, self.draft.sign_offs, self.draft.revision)

    def checked(self) -> Checked:
        """Definition, faults and findings of what is on the desk; worked out once for each content and minute."""
        return self._judged(self._seen)

    def _judged(self, seen: Draft) -> Checked:
        at = self.clock()
        mark = f"{seen.content_hash}/{len(seen.sign_offs)}/{at:%Y-%m-%dT%H:%M}"  # an end may pass while one looks
        if self._checked is None or self._checked[0] != mark:
            self._checked = (mark, campaigns.checked(seen, self.catalogue, at))
        return self._checked[1]

    def _saved(self, draft: Draft) -> None:
        self.draft = draft
        self.saved_at = self.clock()
        self.out_of_reach = False
        self.refused = None
        self._sent = []

    def meet(self) -> None:
        """The store holds something newer, or may: join it with what is on the desk, or ask."""
        try:
            theirs = campaigns.load(self.store, self.campaign.id)
        except (Unknown, Busy):
            self.out_of_reach = True
            return
        other = whole(theirs.content, self.catalogue)
        before = other if other in self._sent else whole(self.draft.content, self.catalogue)
        joined = join(before, self.content, other)
        if other == self.content:
            self._saved(theirs)
        elif joined is None:
            self.theirs = theirs
        else:
            self.joined = other != before
            self._adopt(theirs, joined)
            self.keep()

    def _adopt(self, draft: Draft, content: dict[str, Any]) -> None:
        self.epoch += content != self.content
        self.content = content
        self._saved(draft)


_NOTHING = object()


def join(before: Any, mine: Any, theirs: Any) -> Any:
    """Both editors' changes to `before`; None when they changed the same field differently. Lists are one field."""
    try:
        return _join(before, mine, theirs)
    except _Crossed:
        return None


class _Crossed(Exception):
    pass


def _join(before: Any, mine: Any, theirs: Any) -> Any:
    if mine in (theirs, before):
        return theirs
    if theirs == before:
        return mine
    if isinstance(before, dict) and isinstance(mine, dict) and isinstance(theirs, dict):
        names = [*theirs, *(name for name in mine if name not in theirs)]
        parts = {
            name: _join(before.get(name, _NOTHING), mine.get(name, _NOTHING), theirs.get(name, _NOTHING))
            for name in names
        }
        return {name: part for name, part in parts.items() if part is not _NOTHING}
    raise _Crossed
