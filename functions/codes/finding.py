"""From a scanned link to a proven item of a batch: the serial first, and only then a read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.codes.batch import Batch
from functions.codes.batches import holding
from functions.codes.elements import BadLink
from functions.codes.item import Item, Proof, item_in, proven, serials
from functions.codes.serial import BadSerial
from functions.core.item import Inner, ProvenItem
from functions.core.tokens import Keyring
from functions.storage.store import Store

FRESH_FOR = timedelta(seconds=5)  # how long a block may take to bite, as a campaign's pause
PLACES_KEPT = 1000


@dataclass
class BatchesSeen:
    """Reads the batch of a label and range at most once in five seconds. Only proven serials ask it."""

    store: Store
    _seen: dict[str, list[tuple[datetime, Batch]]] = field(default_factory=dict)

    def holding(self, label: str, index: int, at: datetime) -> Batch | None:
        """The batch that an index belongs to, as it was at most five seconds before `at`."""
        fresh = [one for one in self._seen.get(label, []) if timedelta(0) <= at - one[0] < FRESH_FOR]
        for _, batch in fresh:
            if batch.number_of(index, label) is not None:
                return batch
        found = holding(self.store, label, index)
        if found is not None:
            if len(self._seen) >= PLACES_KEPT:
                self._seen.clear()
            self._seen[label] = [*fresh, (at, found)]
        return found


@dataclass(frozen=True)
class Found:
    """A proven item, and its batch as it stands."""

    batch: Batch
    item: ProvenItem
    link: Item


def find(ring: Keyring, seen: BatchesSeen, uri: str, at: datetime, inner: str = "") -> Found | None:
    """The item of a link; None for a forged, foreign or unreadable one, for which nothing is read."""
    opened = proof_of(ring, uri)
    if opened is None:
        return None
    link, proof = opened
    batch = seen.holding(link.label, proof.index, at)
    number = batch.number_of(proof.index, link.label) if batch else None
    if batch is None or number is None or batch.key != proof.key:
        return None
    standing = batch.standing(number, batch.today(at))
    return Found(batch, ProvenItem(batch.id, number, standing, _inner(ring, batch, link, proof, inner)), link)


def proof_of(ring: Keyring, uri: str) -> tuple[Item, Proof] | None:
    """What a link proves by itself; None when it proves nothing."""
    try:
        link = item_in(uri)
        return (link, proven(ring, link)) if link else None
    except (BadLink, BadSerial):
        return None


def _inner(ring: Keyring, batch: Batch, link: Item, proof: Proof, text: str) -> Inner:
    if not batch.inner:
        return "none"
    made = serials(ring.roots[proof.key], ring.tenant, link.label)
    return "right" if made.is_inner(proof.index, text) else "wrong"
