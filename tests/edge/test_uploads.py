"""Pictures: offered a place, checked before anything rests on them, kept once."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from tests.edge.world import CAMPAIGN, Answer, Phone, World, definition_content

PICTURES = {"days": 7, "proof": {"kind": "picture", "max_bytes": 200_000, "max_pixels": 1_000_000}}
UPLOADS = f"/api/campaigns/{CAMPAIGN}/uploads"


@pytest.fixture
def phone(world: World) -> Phone:
    """A member of a campaign that asks for a picture."""
    world.publish(definition_content(config=PICTURES))
    return world.phone()


def picture(side: int = 64, kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(data, kind)
    return data.getvalue()


def send(phone: Phone, data: bytes) -> str:
    """What a phone does: ask for a place, and put the picture there."""
    offer = phone.post(UPLOADS).body
    phone.world.s3.objects[offer["fields"]["key"]] = data
    return str(offer["upload"])


def hand_in(phone: Phone, upload: str, **extra: Any) -> Answer:
    return phone.check_in(data={"proof": {"picture": upload}}, **extra)


def test_a_place_for_one_picture_names_its_key_its_size_and_its_end(world: World, phone: Phone) -> None:
    answer = phone.post(UPLOADS)

    asked = world.s3.asked[0]
    assert answer.body["fields"]["key"] == f"uploads/demo/{CAMPAIGN}/{phone.member}/{answer.body['upload']}"
    assert ["content-length-range", 1, 200_000] in asked["Conditions"]
    assert (asked["ExpiresIn"], answer.body["max_bytes"]) == (600, 200_000)
    assert world.s3.objects == {}


def test_a_picture_is_written_anew_before_the_check_in_counts(world: World, phone: Phone) -> None:
    upload = send(phone, picture())

    answer = hand_in(phone, upload)

    assert answer.code == "checked_in"
    kept = world.s3.objects[f"proofs/demo/{CAMPAIGN}/{phone.member}/{upload}.jpg"]
    assert kept.startswith(b"\xff\xd8\xff")


def test_a_repeat_after_the_upload_was_cleared_gets_the_same_answer(world: World, phone: Phone) -> None:
    upload = send(phone, picture())
    first = hand_in(phone, upload)
    for key in [key for key in world.s3.objects if key.startswith("uploads/")]:
        del world.s3.objects[key]

    assert hand_in(phone, upload).body == first.body


def test_the_same_picture_again_is_told_to_the_clerk_with_its_day_and_whose_it_was(world: World) -> None:
    world.publish(definition_content(config={**PICTURES, "review": {"by": "manual"}}))
    first, second = world.phone(), world.phone("other")
    hand_in(first, send(first, picture()))
    hand_in(second, send(second, picture()))
    world.clock.pass_(days=1)
    hand_in(first, send(first, picture()), event_id="event-next-day")
    hand_in(second, send(second, picture(65)), event_id="event-next-day")

    waiting = [row for _, row in world.store.query("reviews", CAMPAIGN)]

    day = waiting[0]["day"]
    twins = {(row["member"], row["day"]): row.get("twin") for row in waiting}
    assert [twins[first.member, day], twins[second.member, day]] == [None, {"own": False, "day": day}]
    assert [twin for (who, when), twin in twins.items() if when != day and who == first.member] == [
        {"own": True, "day": day}
    ]
    assert [twin for (who, when), twin in twins.items() if when != day and who == second.member] == [None]


def test_the_note_of_a_picture_names_nobody(world: World) -> None:
    world.publish(definition_content(config={**PICTURES, "review": {"by": "manual"}}))
    phone = world.phone()
    hand_in(phone, send(phone, picture()))

    notes = [row for place, row in world.store.rows.items() if place[1] == "FIRST"]

    assert len(notes) == 1
    assert phone.member not in str(notes)


def test_a_verdict_keeps_the_name_of_the_clerk(world: World) -> None:
    world.publish(definition_content(config={**PICTURES, "review": {"by": "manual"}}))
    phone, clerk = world.phone(), world.clerk()
    hand_in(phone, send(phone, picture()))
    ((_, item),) = world.store.query("reviews", CAMPAIGN)
    verdict = {"member": phone.member, "day": item["day"], "verdict": "approve"}

    clerk.post(f"/api/campaigns/{CAMPAIGN}/events/review", {"event_id": "event-review", "data": verdict})

    (proof,) = [row for place, row in world.store.rows.items() if place[1].startswith("PROOF#")]
    assert (proof["by"], proof["by_name"]) == (clerk.member, "Clerk")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + bytes(100), "picture_wrong_type"),
        (b"%PDF-1.4", "picture_wrong_type"),
        (picture()[:-40], "picture_unreadable"),
        (picture(1_200), "picture_too_large"),
        (b"\xff\xd8\xff" + bytes(300_000), "picture_too_large"),
    ],
)
def test_a_picture_that_will_not_do_is_refused_with_its_place_and_counts_nothing(
    world: World, phone: Phone, data: bytes, code: str
) -> None:
    answer = hand_in(phone, send(phone, data))

    assert (answer.status, answer.code) == (422, code)
    assert answer.body["errors"][0]["path"] == "data.proof.picture"
    assert not [key for key in world.s3.objects if key.startswith("proofs/")]
    assert phone.get(f"/api/campaigns/{CAMPAIGN}").body["state"]["total"] == 0


def test_a_picture_that_never_arrived_or_is_anothers_is_missing(world: World, phone: Phone) -> None:
    mine = send(phone, picture())
    other = world.phone("other")

    assert hand_in(other, mine).code == "upload_missing"
    assert hand_in(phone, "upl_" + "0" * 26).code == "upload_missing"


def test_a_form_gets_a_page_that_posts_to_the_bucket_and_comes_back(world: World, phone: Phone) -> None:
    answer = phone.form(UPLOADS, next=f"/c/{CAMPAIGN}?make_up=2026-03-01")

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert 'action="https://s3.example/bucket"' in answer.text
    assert "form-action 'self' https://s3.example https://shop.example" in answer.headers["Content-Security-Policy"]
    redirect = world.s3.asked[0]["Fields"]["success_action_redirect"]
    assert redirect.startswith(f"https://shop.example/c/{CAMPAIGN}?make_up=2026-03-01&upload=upl_")
