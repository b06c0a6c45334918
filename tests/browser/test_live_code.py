"""On to a partner: one tap, which the browser's own policy lets through to where the code leads, and nowhere else."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPhone
from tests.edge.world import CAMPAIGN, World, definition_content, rule
from tests.pages.test_live_codes import HUMAN, printed

pytestmark = pytest.mark.browser


def test_a_tap_on_the_doorstep_opens_the_partners_page(
    open_phone: OpenPhone, world: World, shop: tuple[str, list[str]]
) -> None:
    way = {"target": {"kind": "page", "url": "https://tea.example/menu"}}
    address = printed(world, way, partner={"name": "Tea", "direction": "out"})
    phone = open_phone()

    phone.goto(f"{shop[0]}{address}")
    with phone.expect_request("https://tea.example/menu") as asked:  # which nobody answers: the test has no network
        phone.click("main button", delay=80)

    assert asked.value.is_navigation_request()
    assert [sk for _, sk in world.store.rows].count("WENT") == 1  # type: ignore[attr-defined]


def test_who_looks_at_the_page_that_a_code_opens_is_told_of_by_its_script(
    open_phone: OpenPhone, world: World, shop: tuple[str, list[str]]
) -> None:
    world.publish(definition_content(rules=[rule("daily", "points")]))
    address = printed(world, {"target": {"kind": "campaign", "campaign": CAMPAIGN}})
    phone = open_phone()
    phone.set_extra_http_headers(HUMAN)  # a browser without a head calls itself so, and is taken for a robot

    with phone.expect_response(f"**/api/campaigns/{CAMPAIGN}/visits") as told:
        phone.goto(f"{shop[0]}{address}")

    assert told.value.ok
    assert [sk for _, sk in world.store.rows].count("SEEN") == 1  # type: ignore[attr-defined]
