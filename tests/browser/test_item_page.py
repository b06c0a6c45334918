"""Where somebody scans: asked for by a tick, and a tenth of a degree is all that leaves the phone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import OpenPhone
from tests.codes.batches import NOW, link, ordered
from tests.edge.world import World

pytestmark = pytest.mark.browser
BUND = {"latitude": 31.240018, "longitude": 121.490317}


@pytest.mark.parametrize(("allowed", "kept"), [(["geolocation"], [312, 1215]), ([], None)], ids=["allowed", "refused"])
def test_the_place_goes_along_only_as_far_as_it_was_allowed(
    open_phone: OpenPhone, world: World, shop: tuple[str, list[str]], allowed: list[str], kept: list[int] | None
) -> None:
    world.clock.now = NOW
    code = link(ordered(world.store), 41)
    phone = open_phone(permissions=allowed, geolocation=BUND)

    phone.goto(f"{shop[0]}/i{urlsplit(code).path}")
    phone.check("[data-where]")
    phone.click(".dock button", delay=80)
    phone.wait_for_selector(".verdict.good")

    (row,) = [row for (_, sk), row in world.store.rows.items() if sk == "ITEM"]  # type: ignore[attr-defined]
    assert row["first"].get("place") == kept
    assert row["count"] == 1
