"""A clerk checks, redeems and reverses; a member shows codes."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from functions.core import keys
from functions.drawing.codes import png, symbol
from functions.edge import codes
from tests.edge.world import Answer, Phone, World, definition_content, rule


@pytest.fixture
def holder(world: World) -> Phone:
    """A member with a coupon: ten off, over thirty."""
    world.publish(definition_content(rules=[rule("first", "ten_off")]))
    phone = world.phone()
    assert phone.check_in().body["grants"][0]["outcome"] == "granted"
    return phone


def shown(holder: Phone) -> str:
    """The token on the holder's screen now."""
    world = holder.world
    ring = world.service.keys.ring(world.clock.now)
    return codes.redeem_token(ring, holder.member, world.coupon(holder), world.clock.now)


def redeem(clerk: Phone, code: str, event: str = "redeem-01", **changes: Any) -> Answer:
    body = {"event_id": event, "code": code, "order_id": "order-1", "amount": 5000}
    return clerk.post("/api/coupons/redeem", body | changes)


def reverse(clerk: Phone, code: str, event: str = "reverse-01", order: str = "order-1") -> Answer:
    return clerk.post("/api/coupons/reverse", {"event_id": event, "code": code, "order_id": order})


def test_a_coupon_is_checked_redeemed_and_reversed(world: World, holder: Phone) -> None:
    clerk = world.clerk()

    assert clerk.post("/api/coupons/check", {"code": shown(holder)}).code == "redeemable"
    used = redeem(clerk, shown(holder))
    undone = reverse(clerk, shown(holder))

    assert (used.code, used.body["values"]["discount"], used.body["values"]["payable"]) == ("redeemed", 1000, 4000)
    assert undone.code == "reversed"
    assert undone.body["coupon"]["status"] == "available"


def test_a_second_clerk_is_told_that_it_was_redeemed(world: World, holder: Phone) -> None:
    redeem(world.clerk(), shown(holder))

    answer = redeem(world.clerk("south"), shown(holder), event="redeem-02")

    assert answer.code == "already_redeemed"
    assert answer.body["values"]["store"] == "north"


def test_a_repeat_gets_the_first_answer_even_with_a_newer_token(world: World, holder: Phone) -> None:
    clerk = world.clerk()
    first = redeem(clerk, shown(holder))
    world.clock.pass_(seconds=90)

    assert redeem(clerk, shown(holder)).body == first.body


def test_another_body_under_the_same_event_id_is_409_and_changes_nothing(world: World, holder: Phone) -> None:
    clerk = world.clerk()
    redeem(clerk, shown(holder))

    answer = redeem(clerk, shown(holder), amount=9900)

    assert (answer.status, answer.code) == (409, "event_id_reused")
    assert reverse(clerk, shown(holder)).code == "reversed"


def test_a_reversal_happens_once_and_names_its_order(world: World, holder: Phone) -> None:
    clerk = world.clerk()
    redeem(clerk, shown(holder))

    assert reverse(clerk, shown(holder), order="order-2").code == "order_mismatch"
    assert reverse(clerk, shown(holder)).code == "reversed"
    assert reverse(clerk, shown(holder)).code == "reversed"
    assert reverse(clerk, shown(holder), event="reverse-02").code == "nothing_to_reverse"


def test_below_the_minimum_nothing_is_used(world: World, holder: Phone) -> None:
    answer = redeem(world.clerk(), shown(holder), amount=2999)

    assert answer.code == "below_minimum"
    assert "¥30.00" in answer.body["message"]


def test_a_screenshot_is_worth_nothing_after_a_minute(world: World, holder: Phone) -> None:
    clerk, screenshot = world.clerk(), shown(holder)
    world.clock.pass_(seconds=60)

    assert redeem(clerk, screenshot).code == "unknown_code"


def test_a_token_lasts_thirty_seconds_at_least(world: World, holder: Phone) -> None:
    world.clock.pass_(seconds=29)
    clerk, token = world.clerk(), shown(holder)
    world.clock.pass_(seconds=30)

    assert clerk.post("/api/coupons/check", {"code": token}).code == "redeemable"


def test_unknown_expired_foreign_and_altered_codes_are_refused_alike_before_any_read(
    world: World, holder: Phone
) -> None:
    clerk = world.clerk()
    token = shown(holder)
    foreign = World().service.keys.ring(world.clock.now)
    other_tenant = type(foreign)("other", foreign.current, foreign.roots)
    wrong = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.replace("redeem.", "session.", 1),
        codes.redeem_token(other_tenant, holder.member, world.coupon(holder), world.clock.now),
        clerk.token,
        "ABCD-EFGH-JKMN-PQRS",
        "a.b.c.d",
        "é.k1.x.y",
    ]

    reads = count_reads(world, lambda: {redeem(clerk, code).text for code in wrong})

    assert len(reads.result) == 1
    assert reads.coupon_or_code == 0


class Counted:
    """What was read while something ran."""

    def __init__(self) -> None:
        self.read: list[keys.Key] = []
        self.result: Any = None

    @property
    def coupon_or_code(self) -> int:
        return sum(key.kind in ("wallet", "code") for key in self.read)


def count_reads(world: World, work: Any) -> Counted:
    counted, read = Counted(), world.store.read

    def counting(wanted: Any) -> Any:
        counted.read += wanted
        return read(wanted)

    world.store.read = counting  # type: ignore[method-assign]
    counted.result = work()
    world.store.read = read  # type: ignore[method-assign]
    return counted


def test_a_typed_code_works_however_it_is_typed(world: World, holder: Phone) -> None:
    made = holder.post(f"/api/me/coupons/{world.coupon(holder)}/code")
    again = holder.post(f"/api/me/coupons/{world.coupon(holder)}/code")
    code = made.body["code"]

    assert made.body == again.body
    assert len(code.replace("-", "")) == 16
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert world.clerk().post("/api/coupons/check", {"code": sloppy}).code == "redeemable"


def test_a_code_that_nobody_asked_for_does_not_work(world: World, holder: Phone) -> None:
    ring = world.service.keys.ring(world.clock.now)

    guessed = codes.printable_code(ring, holder.member, world.coupon(holder))

    assert world.clerk().post("/api/coupons/check", {"code": guessed}).code == "unknown_code"


def test_typed_codes_are_limited_for_each_invitation(world: World, holder: Phone) -> None:
    clerk = world.clerk()
    for _ in range(30):
        assert clerk.post("/api/coupons/check", {"code": "0000000000000000"}).code == "unknown_code"
        world.clock.pass_(milliseconds=100)

    answer = clerk.post("/api/coupons/check", {"code": "0000000000000000"})

    assert (answer.status, answer.code) == (429, "limited")
    assert clerk.post("/api/coupons/check", {"code": shown(holder)}).code == "redeemable"


def test_one_may_not_make_a_code_for_anothers_coupon(world: World, holder: Phone) -> None:
    answer = world.phone("b").post(f"/api/me/coupons/{world.coupon(holder)}/code")

    assert (answer.status, answer.code) == (404, "unknown_coupon")


def test_a_form_sends_the_clerk_back_with_the_coupon_in_hand(world: World, holder: Phone) -> None:
    clerk = world.clerk()

    answer = clerk.form(
        "/api/coupons/redeem", event_id="redeem-01", code=shown(holder), order_id="order-1", amount="50.00"
    )

    assert answer.status == 303
    assert (answer.said["o"], answer.said["event"]) == ("redeemed", "redeem-01")
    world.clock.pass_(minutes=5)
    assert reverse(clerk, answer.said["code"]).code == "reversed"
    assert reverse(world.clerk("south"), answer.said["code"]).code == "unknown_code"


def test_an_undoing_is_refused_after_its_time_and_to_any_other_clerk(world: World, holder: Phone) -> None:
    clerk, typed = world.clerk(), holder.post(f"/api/me/coupons/{world.coupon(holder)}/code").body["code"]
    held = clerk.form("/api/coupons/redeem", event_id="redeem-01", code=typed, order_id="order-1", amount="50").said
    undoing = {"event_id": "reverse-02", "code": held["code"], "order_id": "order-1", "reason": "other"}

    elsewhere = reverse(world.clerk("south"), typed)
    world.clock.pass_(minutes=6)
    late = clerk.form("/api/coupons/reverse", **undoing).said
    world.clock.pass_(hours=1)
    much_later = clerk.form("/api/coupons/reverse", **undoing).said

    assert elsewhere.code == "not_yours_to_reverse"
    assert elsewhere.body["message"] == "Redeemed by Clerk (north): only they can undo it"
    assert (late["o"], bool(late["code"])) == ("too_late_to_reverse", True)
    assert much_later == {"o": "too_late_to_reverse"}  # and the coupon is not in the hand anew
    assert clerk.post("/api/coupons/check", {"code": typed}).code == "already_redeemed"


@pytest.mark.parametrize("amount", ["", "abc", "-5", "5.005", "５０"])
def test_an_amount_that_is_none_is_refused_not_guessed(world: World, holder: Phone, amount: str) -> None:
    answer = world.clerk().form(
        "/api/coupons/redeem", event_id="redeem-01", code=shown(holder), order_id="order-1", amount=amount
    )

    assert answer.status == 303
    assert answer.said["e"] == "invalid"


def test_redeeming_a_scanned_coupon_writes_one_row(world: World, holder: Phone) -> None:
    clerk, token, written = world.clerk(), shown(holder), []
    write = world.store.write
    world.store.write = lambda changes: written.append(len(changes)) or write(changes)  # type: ignore[method-assign]

    redeem(clerk, token)

    assert written == [1]


@pytest.fixture
def grouped(world: World) -> list[str]:
    """The codes of two members' coupons, of which an order takes one."""
    content = definition_content(rules=[rule("first", "ten_off")])
    content["rewards"][1]["config"]["group"] = "cups"
    world.publish(content)
    phones = [world.phone(name) for name in "ab"]
    for phone in phones:
        phone.check_in()
    return [shown(phone) for phone in phones]


def test_an_order_takes_one_coupon_of_a_group_until_it_is_reversed(world: World, grouped: list[str]) -> None:
    clerk, (first, second) = world.clerk(), grouped

    told = [
        redeem(clerk, first).code,
        redeem(clerk, second, event="redeem-02").code,
        redeem(clerk, first).code,
        redeem(clerk, second, event="redeem-03", order_id="order-2").code,
        reverse(clerk, second, event="reverse-03", order="order-2").code,
        reverse(clerk, first).code,
        redeem(clerk, second, event="redeem-04").code,
    ]

    assert told == ["redeemed", "group_used", "redeemed", "redeemed", "reversed", "reversed", "redeemed"]


def test_a_form_is_told_of_the_group_too(world: World, grouped: list[str]) -> None:
    clerk, (first, second) = world.clerk(), grouped
    redeem(clerk, first)

    answer = clerk.form("/api/coupons/redeem", event_id="redeem-02", code=second, order_id="order-1", amount="50.00")

    assert (answer.status, answer.said["o"]) == (303, "group_used")


def photo(text: str) -> bytes:
    """A code on a screen, held askew; a bare screen where there is nothing to say."""
    out = io.BytesIO()
    code = Image.open(io.BytesIO(png(symbol(text)))).convert("RGB") if text else Image.new("RGB", (9, 9), "white")
    code.resize((500, 500)).rotate(15, expand=True, fillcolor="#555").save(out, "JPEG")
    return out.getvalue()


def test_a_photo_of_a_code_is_as_good_as_a_scan(world: World, holder: Phone) -> None:
    clerk, before = world.clerk(), dict(world.s3.objects)
    picture = photo(f"https://shop.example/staff?code={shown(holder)}")

    sent = clerk.photo("/api/coupons/read", picture)
    told = clerk.post("/api/coupons/read", {"picture": base64.b64encode(picture).decode()})

    assert (sent.status, sent.said) == (303, {"code": shown(holder)})
    assert told.body == {"code": shown(holder)}
    assert clerk.post("/api/coupons/check", told.body).code == "redeemable"
    assert world.s3.objects == before


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (photo(""), "no_code_in_picture"),
        (photo("x" * 1001), "no_code_in_picture"),
        (b"%PDF-1.7", "picture_wrong_type"),
        (b"\xff\xd8\xff" + bytes(100), "picture_unreadable"),
        (b"\xff\xd8\xff" + bytes(5_600_000), "too_large"),
        (b"", "invalid"),
    ],
    ids=["nothing in it", "too much in it", "a document", "broken", "too large", "no file"],
)
def test_a_photo_without_a_code_is_said_to_be_one(world: World, picture: bytes, code: str) -> None:
    answer = world.clerk().photo("/api/coupons/read", picture)

    assert (answer.status, answer.said) == (303, {"e": code})
    assert answer.headers["Location"].startswith("/staff?")


def test_photos_are_read_for_clerks_alone_and_so_many_of_each(world: World, holder: Phone) -> None:
    clerk, picture = world.clerk(), b"%PDF-1.7"

    assert holder.photo("/api/coupons/read", picture).said == {"e": "not_yours"}
    assert world.stranger().photo("/api/coupons/read", picture).said == {"e": "no_session"}
    for _ in range(20):
        assert clerk.photo("/api/coupons/read", picture).said == {"e": "picture_wrong_type"}
        world.clock.pass_(milliseconds=100)
    assert clerk.photo("/api/coupons/read", picture).said == {"e": "limited"}


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=other", "multipart/form-data; boundary="]
)
def test_parts_that_cannot_be_told_apart_are_a_malformed_form(world: World, kind: str) -> None:
    raw = base64.b64encode(b"--cut\r\n\r\nwhat\r\n--cut--\r\n").decode()

    answer = world.clerk().call("POST", "/api/coupons/read", raw, {"content-type": kind}, packed=True)

    assert answer.said == {"e": "malformed_form"}
