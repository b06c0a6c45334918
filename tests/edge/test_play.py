"""Events of members, through the handler."""

from __future__ import annotations

from tests.edge.world import CAMPAIGN, World, definition_content, rule
from tests.faults.deeds import NOON
from tests.storage import stage


def test_a_first_check_in_is_counted_and_said_in_the_members_language(world: World) -> None:
    world.publish()
    phone = world.phone()

    answer = phone.check_in()

    assert (answer.status, answer.code) == (200, "checked_in")
    assert answer.body["message"] == "Checked in for today"
    assert answer.body["state"]["total"] == 1


def test_the_same_event_again_gets_the_same_answer_and_changes_nothing(world: World) -> None:
    world.publish(definition_content(rules=[rule("daily", "points", 10)]))
    phone = world.phone()

    first, again = phone.check_in(), phone.check_in()

    assert first.body == again.body
    assert first.body["grants"] == [
        {
            "reward": "points",
            "name": "Points",
            "kind": "points",
            "amount": 10,
            "outcome": "granted",
            "message": "Granted",
        }
    ]


def test_another_body_under_the_same_event_id_is_409(world: World) -> None:
    world.publish()
    phone = world.phone()
    phone.check_in()

    answer = phone.check_in(data={"day": "2026-03-01"})

    assert (answer.status, answer.code) == (409, "event_id_reused")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_form_without_a_session_opens_a_guests_and_goes_back_to_the_page(world: World) -> None:
    world.publish()

    answer = world.stranger().form(f"/api/campaigns/{CAMPAIGN}/events/checkin", event_id="event-0001", consent="yes")

    assert answer.status == 303
    assert answer.headers["Location"] == f"/c/{CAMPAIGN}?o=checked_in"
    assert answer.session


def test_json_without_a_session_is_401(world: World) -> None:
    world.publish()

    answer = world.stranger().check_in()

    assert (answer.status, answer.code) == (401, "no_session")


def test_more_stock_reaches_a_copy_that_knew_the_coupon_to_be_sold_out(world: World) -> None:
    def tea(name: str) -> str:
        grants = world.phone(name).check_in(f"event-{name * 4}").body["grants"]
        return str(next(line["outcome"] for line in grants if line["reward"] == "tea"))

    world.clock.now = NOON
    stage.publish(world.store, stage.content(1), NOON, CAMPAIGN)
    assert [tea("a"), tea("b"), tea("c")] == ["granted", "exhausted", "exhausted"]

    stage.publish(world.store, stage.content(2), NOON, CAMPAIGN)
    world.clock.pass_(seconds=6)

    assert [tea("d"), tea("e")] == ["granted", "exhausted"]
