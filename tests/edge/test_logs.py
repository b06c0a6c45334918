"""What is written down: an allow-list, so that nothing of a person ever is."""

from __future__ import annotations

import json

import pytest

from functions.edge import logs
from tests.edge.stream import Stream
from tests.edge.test_coupons import redeem, shown
from tests.edge.test_sessions import PHONE, ask_code, sign_in
from tests.edge.world import CAMPAIGN, Phone, World, definition_content, rule

CANARY = "canary-7f3a9"


def test_no_body_token_phone_address_or_id_of_a_person_is_ever_logged(world: World) -> None:
    world.publish(definition_content(rules=[rule("coupon", "ten_off")], config={"days": 7, "proof": {"kind": "text"}}))
    stream = Stream(world)
    stranger = Phone(world, "", address="198.51.100.77")
    phone = sign_in(stranger, ask_code(world, stranger))
    phone.check_in(data={"proof": {"text": CANARY}})
    phone.post(f"/api/campaigns/{CAMPAIGN}/events/{CANARY}", {"event_id": CANARY})
    phone.post(f"/api/campaigns/{CAMPAIGN}/events/checkin", f'{{"event_id": "{CANARY}')
    phone.get(f"/api/me/wallet?token={CANARY}")
    Phone(world, CANARY).get("/api/me/wallet")
    clerk, token = world.clerk(), shown(phone)
    redeem(clerk, token, order_id=CANARY)
    redeem(clerk, CANARY)
    stream.deliver()
    phone.call("DELETE", "/api/me")

    written = "\n".join(world.log)

    secrets = [CANARY, PHONE, PHONE[3:], phone.token, clerk.token, token, phone.member, clerk.member, "198.51.100.77"]
    assert len(world.log) >= 10
    assert [secret for secret in secrets if secret in written] == []


def test_an_errors_words_stay_out_of_the_log_and_its_place_is_in(world: World) -> None:
    try:
        int(CANARY)
    except ValueError as error:
        line = json.loads(logs.failure(error, service="play"))

    assert (line["error"], line["level"]) == ("ValueError", "ERROR")
    assert CANARY not in json.dumps(line)
    assert line["where"]


def test_a_field_that_is_not_on_the_list_cannot_be_logged() -> None:
    with pytest.raises(AssertionError):
        logs.line("request", body=CANARY)


def test_a_request_is_one_line_with_its_route_status_and_outcome(world: World) -> None:
    world.publish()
    world.phone().check_in()

    line = json.loads(world.log[-1])

    assert (line["status"], line["outcome"], line["campaign"]) == (200, "checked_in", CAMPAIGN)


def test_a_pool_that_ran_out_is_a_metric_once(world: World) -> None:
    world.publish(definition_content(rules=[rule("coupon", "ten_off")]))
    phones = [world.phone(name) for name in "abcd"]
    for phone in [*phones, phones[-1]]:
        phone.check_in()

    metrics = [json.loads(line) for line in world.log if "_aws" in line]

    assert [metric["PoolExhausted"] for metric in metrics] == [1]
    assert metrics[0]["service"] == "play"
    assert metrics[0]["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Pond"
