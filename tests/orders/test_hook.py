"""The hook's door: who signed, how large, how often, and what it says of what it cannot take."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.core.hooks import Hooks
from functions.storage import audit, hooks
from tests.edge.world import World
from tests.orders.shop import PATH, ShopSystem, entry, order


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def shop(world: World) -> ShopSystem:
    return ShopSystem(world)


def refusals(world: World) -> list[tuple[str, str, str]]:
    found = audit.entries(world.store)
    return [(each.by, each.about.en, each.note) for each in found if each.what == "refuse_order"]


def test_a_signed_order_is_taken_and_waits_in_the_queue(world: World, shop: ShopSystem) -> None:
    answer = shop.tells(order("A-1"), order("A-2", buyer={"phone": "13800000000"}))

    assert (answer.status, answer.body) == (202, {"outcome": "accepted", "orders": 2})
    assert [json.loads(body)["told"]["order"] for body in world.queue.waiting] == ["A-1", "A-2"]


def test_a_phone_number_never_reaches_the_queue_or_the_log(world: World, shop: ShopSystem) -> None:
    shop.tells(order(buyer={"phone": "+8613800000000"}))

    assert "13800000000" not in "".join(world.queue.waiting + world.log)
    assert json.loads(world.queue.waiting[0])["mark"]


def test_a_masked_phone_is_nobody_and_the_order_is_kept(world: World, shop: ShopSystem) -> None:
    assert shop.tells(order(buyer={"phone": "138****0000"})).status == 202

    assert json.loads(world.queue.waiting[0])["mark"] == ""


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"secret": b"another secret, of another shop!"}, "forged"),
        ({"late": 301}, "stale"),
        ({"late": -301}, "stale"),
        ({"webhook-signature": ""}, "unsigned"),
        ({"webhook-timestamp": "yesterday"}, "unsigned"),
        ({"webhook-id": "msg_other"}, "forged"),
    ],
)
def test_what_is_not_signed_now_by_the_shop_is_refused_and_noted(
    world: World, shop: ShopSystem, how: dict[str, Any], reason: str
) -> None:
    answer = shop.posts(json.dumps({"data": order()}), **how)

    assert (answer.status, answer.code) == (401, "signature_refused")
    assert world.queue.waiting == []
    assert refusals(world) == [("Orders", "", reason)]


def test_an_unknown_shop_is_refused_in_the_same_words_as_a_forgery(world: World, shop: ShopSystem) -> None:
    forged = shop.posts("{}", secret=b"x" * 32)
    shop.phone.address = "198.51.100.1"
    unknown = shop.phone.call("POST", f"{PATH}?hook=nobody", "{}", {"content-type": "application/json"})

    assert (unknown.status, unknown.body) == (forged.status, forged.body)
    assert [reason for _, _, reason in refusals(world)] == ["unknown_hook", "forged"]


def test_a_signature_of_other_bytes_does_not_fit(world: World, shop: ShopSystem) -> None:
    body = json.dumps({"data": order()})
    answer = shop.tells(order())
    assert answer.status == 202
    sent = shop.phone.event("POST", PATH, body, {}, packed=False)

    altered = body.replace("12900", "12901", 1)
    again = shop.posts(altered, secret=shop.secret)
    stolen = shop.posts(altered, **{"webhook-signature": "v1,AAAA"})

    assert sent["body"] == body
    assert (again.status, stolen.status) == (202, 401)


def test_a_flood_of_unsigned_messages_fills_no_list(world: World, shop: ShopSystem) -> None:
    for _ in range(30):
        assert shop.posts("{}", secret=b"x" * 32).status == 401

    assert len(refusals(world)) == 5


def test_a_body_may_be_128_kilobytes_and_no_more(world: World, shop: ShopSystem) -> None:
    lines = [{"sku": "x" * 80, "name": "茶" * 120, "quantity": 1, "amount": 129} for _ in range(100)]
    assert shop.tells(order(lines=lines)).status == 202

    answer = shop.posts(json.dumps({"data": order(), "pad": "x" * 131_072}))

    assert (answer.status, answer.code) == (413, "too_large")
    assert refusals(world) == [("orders", "", "too_large")]


def test_what_a_shop_signed_and_nobody_can_read_is_noted_under_its_name(world: World, shop: ShopSystem) -> None:
    answer = shop.posts('{"data": [', secret=shop.secret)

    assert (answer.status, answer.code) == (400, "malformed_json")
    assert refusals(world) == [("Orders", "", "malformed_json")]


def test_a_form_is_refused_where_programs_send_and_nobody_is_sent_on_to_a_page(world: World, shop: ShopSystem) -> None:
    signed = shop.posts(json.dumps({"data": order()}), **{"content-type": "application/x-www-form-urlencoded"})
    notice = world.stranger().form("/hooks/payments/wechat", any="thing")

    assert [(answer.status, answer.code) for answer in (signed, notice)] == [(415, "unsupported_media_type")] * 2
    assert refusals(world) == [("orders", "", "unsupported_media_type")]


def test_a_shop_that_sends_too_fast_is_told_when_to_come_back(world: World, shop: ShopSystem) -> None:
    answers = [shop.tells(order()) for _ in range(300)]

    limited = [answer for answer in answers if answer.status == 429]
    assert limited
    assert limited[0].headers["Retry-After"] == "1"


def test_while_the_queue_is_away_nothing_is_said_to_be_taken(world: World, shop: ShopSystem) -> None:
    world.queue.away = True

    answer = shop.tells(order())

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "busy", "1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"total": -1}, "greater_than_equal"),
        ({"total": 10**12 + 1}, "less_than_equal"),
        ({"total": 12.5}, "int_type"),
        ({"total": True}, "int_type"),
        ({"total": float("nan")}, "int_type"),
        ({"currency": "XAU"}, "literal_error"),
        ({"status": "refunded", "refunded": 12901}, "refund_exceeds_total"),
        ({"refunded": -5}, "greater_than_equal"),
        ({"paid_at": "2026-03-02T09:00:00"}, "timezone_aware"),
        ({"paid_at": "9999-12-31T23:59:59-14:00"}, "time_out_of_range"),
        ({"paid_at": "0001-01-01T00:00:00+14:00"}, "time_out_of_range"),
        ({"order_id": ""}, "string_too_short"),
        ({"lines": [{"quantity": 0}]}, "greater_than_equal"),
        ({"note": "hi"}, "extra_forbidden"),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_its_place_and_noted(
    world: World, shop: ShopSystem, changes: dict[str, Any], code: str
) -> None:
    answer = shop.tells(order() | changes)

    assert (answer.status, answer.code) == (422, "invalid")
    assert [fault["code"] for fault in answer.body["errors"]] == [code]
    assert world.queue.waiting == []
    assert refusals(world) == [("Orders", str((order() | changes)["order_id"]), code)]


def test_a_number_that_is_no_text_is_refused_and_noted_as_far_as_it_can_be_written(
    world: World, shop: ShopSystem
) -> None:
    answer = shop.tells(order("A-\ud800"))

    assert (answer.status, answer.code) == (422, "invalid")
    assert refusals(world) == [("Orders", "A-?", "string_unicode")]


@pytest.mark.parametrize("body", ["", "[]", "null", "7", '{"data": 7}', '{"data": []}', "{", '{"data": [[]]}'])
def test_a_body_that_is_no_order_is_refused_and_breaks_nothing(shop: ShopSystem, body: str) -> None:
    answer = shop.posts(body)

    assert answer.status in (400, 422), answer.text


def test_a_renewed_secret_leaves_the_old_one_a_day(world: World, shop: ShopSystem) -> None:
    old = shop.secret
    known, revision = hooks.load(world.store)
    renewed = known.hooks[0].renewed(shop.ring, world.clock.now)
    hooks.save(world.store, Hooks(hooks=[renewed]), revision, entry("renew_hook"))

    assert shop.secret != old
    assert shop.tells(order()).status == 202
    assert shop.posts(json.dumps({"data": order()}), secret=old).status == 202
    world.clock.now += timedelta(days=1)
    assert shop.posts(json.dumps({"data": order()}), secret=old).status == 401


def test_no_secret_is_stored(world: World, shop: ShopSystem) -> None:
    stored = repr(world.store.rows)  # type: ignore[attr-defined]

    assert shop.secret.hex() not in stored
    assert repr(shop.secret) not in stored
