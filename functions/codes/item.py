"""Which item a scanned link is: judged by its serial alone, before anything is read. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from functions.codes.link import parse
from functions.codes.serial import BadSerial, Serials, serial_key
from functions.core.tokens import Keyring

PLAIN = re.compile(r"/(i/batch_[0-9abcdefghjkmnpqrstvwxyz]{26})\.([0-9A-Z]{20})$")
NAMED_BY = ("01", "10", "21")
LABELS_KEPT = 256  # labels come from strangers: what is kept of them is bounded


@dataclass(frozen=True)
class Item:
    """What a link names: the label it stands under, and its serial, neither proven yet."""

    label: str
    serial: str


@dataclass(frozen=True)
class Proof:
    """An item whose serial was made here: the root it was made with, and its index under the label."""

    key: str
    index: int


def item_in(uri: str) -> Item | None:
    """The item in a link of ours: `…/01/{gtin}/21/{serial}`, with or without `/10/{lot}`, or `…/i/{batch}.{serial}`.

    None for any other link; BadLink for what is not even one.
    """
    if found := PLAIN.search(uri.partition("?")[0].partition("#")[0]):
        return Item(found[1], found[2])
    path = parse(uri).path
    if [name for name, _ in path] not in ([*NAMED_BY], ["01", "21"]):
        return None
    return Item("/".join(f"{name}/{value}" for name, value in path[:-1]), path[-1][1])


def proven(ring: Keyring, item: Item) -> Proof:
    """The item's index, whichever root of the tenant made it. BadSerial for any other, all alike."""
    for key in (ring.current, *(name for name in ring.roots if name != ring.current)):
        try:
            return Proof(key, serials(ring.roots[key], ring.tenant, item.label).open(item.serial))
        except BadSerial:
            continue
    raise BadSerial


@lru_cache(maxsize=LABELS_KEPT)
def serials(root: bytes, tenant: str, label: str) -> Serials:
    """The serials under a label; keyed once for many scans."""
    return Serials(serial_key(root, tenant, label))
