"""A campaign goes live for people that there can be."""

from __future__ import annotations

import pytest

from functions.core.ids import new_id
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from tests.codes import batches as codes
from tests.storage.stage import OPENS, content, publish

MINE, OTHER = (new_id("camp", OPENS, name) for name in (b"campaign-1", b"campaign-2"))


@pytest.mark.parametrize(("of", "opens"), [(OTHER, True), (MINE, False), ("", False), (None, False)])
def test_a_batch_that_is_asked_for_is_there_and_rewards_its_items_elsewhere(of: str | None, opens: bool) -> None:
    store = MemoryStore()
    batch = codes.ordered(store, campaign=of).id if of is not None else new_id("batch", OPENS, bytes(10))
    asked = content(3) | {"audience": {"needs": [{"kind": "collected", "batch": batch}]}}

    if opens:
        assert publish(store, asked, OPENS, MINE).live == 1
        return
    with pytest.raises(Refused) as refused:
        publish(store, asked, OPENS, MINE)
    assert refused.value.code == "batch_unfit"
