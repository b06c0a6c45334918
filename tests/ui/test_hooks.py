"""Shops in the settings: added, shown their secret, renewed, removed; and a file of orders taken by the hook itself."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.hooks import Hooks, new_hook
from functions.storage import audit, hooks
from functions.storage.memory import MemoryStore
from tests.edge.world import World
from tests.orders.shop import entry
from tests.ui.conftest import NOW, Open, press, words
from tests.ui.wire import Wire

FILE = """order_id,status,total,refunded,paid_at,phone
1,paid,129.00,,2026-12-01 10:00:00,13800000000
2,退款,59.00,,2026-12-01T11:00:00+08:00,
3,paid,1.005,,2026-12-01 11:00:00,
"""


@pytest.fixture
def world(store: MemoryStore) -> World:
    world = World(store=store)
    world.clock.now = NOW
    return world


def shops(open_app: Open, world: World, language: str = "en") -> Any:
    ring = world.service.keys.ring(NOW)
    app = open_app("app_pages/settings.py", language, keyring=ring, transport=Wire(world), st_editor="Li")
    return app.get_by_key(f"settings_part_{language}").set_value("shops").run()


def test_a_shop_is_added_with_its_address_and_secret(open_app: Open, world: World) -> None:
    app = shops(open_app, world)
    app.text_input(key="hook_name").set_value("Kiosk")
    app.button[-1].click().run()

    (hook,) = hooks.load(world.store)[0].hooks
    codes = [one.value for one in app.code]
    assert (hook.id, hook.name) == ("kiosk", "Kiosk")
    assert "https://pond.example/hooks/orders?hook=kiosk" in codes
    assert any(code.startswith("whsec_") for code in codes)
    assert [line.what for line in audit.entries(world.store)] == ["add_hook"]


def with_shop(world: World) -> None:
    made = new_hook("kiosk", "Kiosk", "pond", world.service.keys.ring(NOW))
    hooks.save(world.store, Hooks(hooks=[made]), 0, entry("add_hook"))


def test_a_secret_is_renewed_after_a_question_and_the_old_one_still_told_of(open_app: Open, world: World) -> None:
    with_shop(world)
    app = press(shops(open_app, world), "btn_renew_hook_kiosk")
    press(app, "btn_hook_now")

    (hook,) = hooks.load(world.store)[0].hooks
    assert [key.number for key in hook.keys] == [2, 1]
    assert "works until" in words(app)


def test_a_shop_is_removed_after_a_question(open_app: Open, world: World) -> None:
    with_shop(world)
    press(press(shops(open_app, world), "btn_remove_hook_kiosk"), "btn_hook_now")

    assert hooks.load(world.store)[0].hooks == []


def test_a_file_of_orders_is_read_told_and_taken_by_the_hook(open_app: Open, world: World) -> None:
    with_shop(world)
    app = shops(open_app, world)
    app.file_uploader(key="order_file").set_value(("orders.csv", FILE.encode(), "text/csv")).run()
    assert "**2** orders" in words(app)
    assert "Line 4" in words(app)

    press(app, "btn_take_orders")

    assert len(world.queue.waiting) == 2
    assert "2 orders were taken" in words(app)
