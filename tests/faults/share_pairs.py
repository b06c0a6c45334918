"""Two at once where visits by members' links are kept."""

from __future__ import annotations

from functions.core.sharing import Share
from functions.storage.shares import visit
from tests.edge.world import CAMPAIGN, MORNING, World
from tests.faults.deeds import Act

VISITOR = "mem_00000000000000000000000001"
Pair = tuple[Act, Act]


def _comes(world: World, sharer: str) -> Act:
    share = Share(CAMPAIGN, f"mem_0000000000000000000000000{sharer}")
    return lambda: visit(world.store, share, VISITOR, 1, MORNING, lambda attempt: True) and None


def first_visit_by_two_links(world: World) -> Pair:
    return _comes(world, "a"), _comes(world, "b")


def later_visit_by_two_links(world: World) -> Pair:
    _comes(world, "c")()
    return first_visit_by_two_links(world)


SHARE_PAIRS = (first_visit_by_two_links, later_visit_by_two_links)
