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
from functions.storage.refusals import Refused
from ui.shop import Shop

TRIES = 3
TAKEN = Text(zh="已经有同名的人群，换个名字吧", en="There is a segment of this name already. Please choose another")
FULL = Text(zh=f"最多保存 {SEGMENTS_MAX} 个人群", en=f"There can be {SEGMENTS_MAX} segments at most")


def keep(shop: Shop, content: Mapping[str, Any], before: str = "") -> list[Fault]:
    """Keep a segment under its name, in the place of the one called `before`. What is wrong with it; nothing if kept.

    Raises Refused `not_allowed`, `conflict`; Unknown, Busy.
    """
    try:
        wanted = Segment.model_validate({**content, "name": str(content.get("name") or "").strip()})
    except ValidationError as error:
        return faults_of(error)

    def changed(known: Segments) -> Segments | Text:
        if wanted.name != before and known.segment(wanted.name):
            return TAKEN
        after = known.with_one(wanted, before)
        return after if len(after.segments) <= SEGMENTS_MAX else FULL

    wrong = _change(shop, "segment" if before else "new_segment", wanted.name, changed)
    return [Fault("name", "name_refused", wrong)] if wrong else []


def drop(shop: Shop, name: str) -> None:
    """Forget a segment; campaigns that took their audience from it keep it. Raises as `keep`."""
    _change(shop, "drop_segment", name, lambda known: known.without(name))


def _change(shop: Shop, what: Deed, name: str, changed: Callable[[Segments], Segments | Text]) -> Text | None:
    """Write what `changed` makes of the segments there are; once more where another editor was faster."""
    noted = Entry(what=what, by=shop.editor, at=shop.now, about=Text(zh=name, en=name))
    for attempt in range(TRIES):
        known, revision = segments.load(shop.store)
        after = changed(known)
        if isinstance(after, Text):
            return after
        try:
            segments.save(shop.store, after, revision, noted)
            break
        except Refused as refused:
            if refused.code != "conflict" or attempt == TRIES - 1:
                raise
    return None
