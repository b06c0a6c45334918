"""Keeping segments: one change at a time on what the store holds now, so that nobody's goes lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from functions.core.audit import Deed, Entry
from functions.core.faults import Fault, faults_of
from functions.core.segment import SEGMENTS_MAX, Segment, Segments
from functions.core.text import Text
from functions.storage import segments
from functions.storage.refusals import CONFLICT, Refused
from ui.desk import join
from ui.shop import Shop

TRIES = 3
TAKEN = Text(zh="已经有同名的人群，换个名字吧", en="There is a segment of this name already. Please choose another")
FULL = Text(zh=f"最多保存 {SEGMENTS_MAX} 个人群", en=f"There can be {SEGMENTS_MAX} segments at most")


class Crossed(Exception):
    """Another editor changed the same; `theirs` is what there is now, None where it is gone or is called otherwise."""

    def __init__(self, theirs: Segment | None) -> None:
        super().__init__("crossed")
        self.theirs = theirs


def keep(shop: Shop, content: Mapping[str, Any], seen: Segment | None = None) -> list[Fault]:
    """Keep a segment under its name, in the place of the one that was `seen`. What is wrong with it; nothing if kept.

    Raises Crossed; Refused `not_allowed`, `conflict`; Unknown, Busy.
    """
    try:
        wanted = Segment.model_validate({**content, "name": str(content.get("name") or "").strip()})
    except ValidationError as error:
        return faults_of(error)

    before = seen.name if seen else ""

    def changed(known: Segments) -> Segments | Text:
        there = known.segment(before)
        if seen and not there and wanted in known.segments:
            return known  # it was kept, and the answer got lost
        kept = _joined(seen, wanted, there) if seen else wanted
        if kept.name != before and known.segment(kept.name):
            return TAKEN
        after = known.with_one(kept, before)
        return after if len(after.segments) <= SEGMENTS_MAX else FULL

    wrong = _change(shop, "segment" if before else "new_segment", wanted.name, changed)
    return [Fault("name", "name_refused", wrong)] if wrong else []


def _joined(seen: Segment, mine: Segment, theirs: Segment | None) -> Segment:
    """Both editors' changes to what was seen. Raises Crossed where they changed the same."""
    both = theirs and join(*(one.model_dump(mode="json") for one in (seen, mine, theirs)))
    if both is None:
        raise Crossed(theirs)
    return Segment.model_validate(both)


def drop(shop: Shop, seen: Segment) -> None:
    """Forget a segment as it was seen; campaigns that took their audience from it keep it. Raises as `keep`."""

    def changed(known: Segments) -> Segments | Text:
        if known.segment(seen.name) not in (seen, None):
            raise Refused("conflict", CONFLICT)
        return known.without(seen.name)

    _change(shop, "drop_segment", seen.name, changed)


def _change(shop: Shop, what: Deed, name: str, changed: Callable[[Segments], Segments | Text]) -> Text | None:
    """Write what `changed` makes of the segments there are; once more where another editor was faster."""
    noted = Entry(what=what, by=shop.editor, at=shop.now, about=Text(zh=name, en=name))
    for attempt in range(TRIES):
        known, revision = segments.load(shop.store)
        after = changed(known)
        if isinstance(after, Text):
            return after
        if after == known:
            return None
        try:
            segments.save(shop.store, after, revision, noted)
            break
        except Refused as refused:
            if refused.code != "conflict" or attempt == TRIES - 1:
                raise
    return None
