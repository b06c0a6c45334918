"""Items with a code of their own: a mechanic names it in its data, the edge proves it before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from functions.core import keys
from functions.core.ids import derived_id, is_id
from functions.core.keys import Key
from functions.core.upload import parts_of

CODE_MAX = 600  # a link with a stem, a lot and a serial; a longer one is nobody's
Standing = Literal["good", "blocked", "not_activated", "expired"]
Inner = Literal["none", "right", "wrong"]


class ItemLink(str):
    """The link of an item, told apart from other text by its type."""


ItemCode = Annotated[str, Field(min_length=1, max_length=CODE_MAX), AfterValidator(ItemLink)]


@dataclass(frozen=True)
class ProvenItem:
    """An item whose serial was made here: its batch, its number in it from 0, and how it stands today.

    `inner` says whether the batch has covert codes, and whether this item's was typed as it was printed.
    """

    batch: str
    number: int
    standing: Standing
    inner: Inner = "none"

    @property
    def key(self) -> Key:
        """The row that remembers its scans."""
        return keys.item(self.batch, self.number)

    def visitor(self, member: str) -> str:
        """Who scanned it, known again by this item alone: erasing the member leaves nothing that names them."""
        return derived_id("who", member, self.batch, str(self.number))[-16:]


def batch_in(occurrence: str) -> str:
    """The batch of the item that a fact is of, where its occurrence is an item's: `batch_….17`; else nothing."""
    batch, _, number = occurrence.partition(".")
    return batch if is_id("batch", batch) and number.isdecimal() else ""


def link_in(content: Any) -> ItemLink | None:
    """The item's link that a validated model names, at any depth; None when it names none."""
    return next((part for part in parts_of(content) if isinstance(part, ItemLink)), None)
