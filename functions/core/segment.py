"""Segments: needs under a name, kept for the team. A campaign copies what it asks and never points to one.

So a segment that is changed later changes nothing that is published.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from functions.core.need import Needs

SEGMENTS_MAX, NAME_MAX = 50, 30


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Segment(_Part):
    """People who are all of this, under a name that the team knows."""

    name: str = Field(min_length=1, max_length=NAME_MAX)
    needs: Needs = Field(min_length=1)


class Segments(_Part):
    """All of a tenant's, in the order in which they were made."""

    segments: list[Segment] = Field([], max_length=SEGMENTS_MAX)

    def segment(self, name: str) -> Segment | None:
        """The one with this name."""
        return next((one for one in self.segments if one.name == name), None)

    def with_one(self, kept: Segment, before: str = "") -> Segments:
        """With `kept` in the place of the one called `before`, or of its own name; else at the end."""
        names = [one.name for one in self.segments]
        place = next((names.index(name) for name in (before, kept.name) if name in names), len(names))
        others = [one for one in self.segments if one.name not in (before, kept.name)]
        return Segments(segments=[*others[:place], kept, *others[place:]])

    def without(self, name: str) -> Segments:
        """Without the one called so."""
        return Segments(segments=[one for one in self.segments if one.name != name])
