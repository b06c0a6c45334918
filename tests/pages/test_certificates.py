"""A member's keepsakes through the handlers: the wallet, a certificate and its picture, and what a check tells."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.intent import REFUND, refund_name
from tests.edge.world import CAMPAIGN, Phone, World, definition_content
from tests.pages.page_reader import read
from tests.pages.test_posters import codes, picture
from tests.pages.test_visits import ReadOnly, visit

REWARDS = [
    {"id": "early", "kind": "badge", "name": {"zh": "早起的人", "en": "Early bird"},
     "config": {"sign": "sun", "about": {"zh": "第一个早晨", "en": "The first morning"}}},
    {"id": "done", "kind": "certificate", "name": {"zh": "结业证书", "en": "Certificate"},
     "config": {"series": "camp-12", "sentence": {"zh": "参加了{{campaign}}。", "en": "took part in {{campaign}}."}}},
]  # fmt: skip
RULE = {"id": "first", "when": "checkin.recorded", "then": [{"reward": "early"}, {"reward": "done"}]}
PAGE = {"organiser": {"zh": "东门咖啡", "en": "East Gate"}, "colour": "#C2410C"}


@pytest.fixture
def world() -> World:
    """A shop that gives both on the first morning."""
    made = World(store=ReadOnly())
    made.publish(definition_content(rewards=REWARDS, rules=[RULE], page=PAGE))
    return made


@pytest.fixture
def holder(world: World) -> Phone:
    """Somebody who has them."""
    phone = world.phone()
    assert phone.check_in().code == "checked_in"
    return phone


def links(body: str, start: str) -> list[str]:
    """The addresses on a page that begin so."""
    elements = [*read(body).all("a"), *read(body).all("img")]
    found = [one.attributes.get("href") or one.attributes.get("src", "") for one in elements]
    return [one for one in found if one.startswith(start)]


def checked(world: World, link: str, language: str = "zh") -> dict[str, Any]:
    """What a stranger is told by a link."""
    return visit(world, link, language=language)


def link_of(world: World, phone: Phone) -> str:
    """The link by which the member's certificate is checked."""
    (place,) = links(visit(world, "/me", phone)["body"], "/me/certificates/")
    return next(one for one in links(visit(world, place, phone)["body"], "/v/") if "picture" not in one)


def test_the_wallet_shows_both_with_name_reason_and_day_and_in_no_tab(world: World, holder: Phone) -> None:
    shown = visit(world, "/me", holder)["body"]

    for words in ("早起的人", "第一个早晨", "2026 年 3 月 2 日", "CAMP-12-", 'fill="#C2410C"', "还没有可用的券"):
        assert words in shown
    entries = holder.get("/api/me/wallet").body["entries"]
    assert {one["kind"]: one["name"] for one in entries} == {"badge": "Early bird", "certificate": "Certificate"}


def test_a_certificates_picture_names_its_holder_and_carries_the_link_that_proves_it(
    world: World, holder: Phone
) -> None:
    link = link_of(world, holder)
    (place,) = links(visit(world, "/me", holder)["body"], "/me/certificates/")
    (before,) = links(visit(world, place, holder)["body"], link + "/picture.jpg")
    asked = holder.form("/api/me/nickname", event_id="event-name", nickname="早起的小鱼", next=place)
    mine = visit(world, asked.headers["Location"], holder)["body"]
    (drawn,) = links(mine, link + "/picture.jpg")

    saved = visit(world, drawn)  # phones fetch what they save without a cookie

    assert asked.headers["Location"] == f"{place}?o=named"
    assert "昵称记下了" in mine
    assert drawn != before  # else a page put in place by the script would show the picture that it has
    assert codes(saved) == [f"https://shop.example{link}"]
    assert picture(saved).size == (750, 1060)
    assert saved["headers"]["Cache-Control"] == "private, no-store"
    (image,) = read(mine).all("img")
    for words in ("早起的小鱼", "参加了早安打卡。", "东门咖啡", "2026 年 3 月 2 日", "CAMP-12-"):
        assert words in image.attributes["alt"]


def test_a_check_tells_a_genuine_one_from_a_withdrawn_one_and_from_none_of_ours(world: World, holder: Phone) -> None:
    link = link_of(world, holder)
    genuine = checked(world, link)
    english = checked(world, link, "en")
    forged = checked(world, link[:-1] + ("A" if link[-1] != "A" else "B"))
    assert holder.post("/api/me/erase", {"event_id": "event-erase", "confirm": True}).status == 200
    before = world.store.reads  # type: ignore[attr-defined]
    none = checked(world, "/v/cert.k1.e30.x")
    unread = world.store.reads - before  # type: ignore[attr-defined]
    withdrawn = checked(world, link)

    assert (genuine["statusCode"], withdrawn["statusCode"], forged["statusCode"]) == (200, 200, 404)
    assert "这张证书是真的" in genuine["body"]
    assert f"会员 ••{holder.member[-2:].upper()}" in genuine["body"]
    assert holder.member not in genuine["body"]
    assert f"Member ••{holder.member[-2:].upper()}" in english["body"]
    assert "这张证书已经撤回" in withdrawn["body"]
    assert "东门咖啡" not in withdrawn["body"]
    for told in (forged, none):
        assert "这不是我们发的证书" in told["body"]
    assert unread == 0
    assert checked(world, f"{link}/picture.jpg")["statusCode"] == 404


def test_only_its_owner_opens_a_certificates_page(world: World, holder: Phone) -> None:
    (place,) = links(visit(world, "/me", holder)["body"], "/me/certificates/")

    assert visit(world, place, holder)["statusCode"] == 200
    assert visit(world, place, world.phone("other"))["statusCode"] == 404
    assert visit(world, place)["statusCode"] == 404
    assert visit(world, "/me/certificates/x", holder)["statusCode"] == 404


def test_whoever_is_erased_exports_both_first_and_leaves_none(world: World, holder: Phone) -> None:
    exported = holder.get("/api/me/export").body["wallet"]

    assert holder.post("/api/me/erase", {"event_id": "event-erase", "confirm": True}).status == 200

    assert {one["kind"] for one in exported} == {"badge", "certificate"}
    assert world.store.query("member", holder.member, prefix="W#") == []


@pytest.mark.parametrize(
    ("provider", "noted", "waits", "said"),
    [
        ("wechat", {}, "wanted", "会原路退回"),
        ("wechat", {"rest": 900}, "wanted", "会原路退回"),
        ("wechat", {"rest": 900}, "refused", "商家正在处理"),
        ("wechat", {"rest": 900}, "", "已原路退回"),
        ("wechat", {}, "done", "店里已经退给你了"),
        ("offline", {"rest": 900}, "wanted", "请到店里找店员退"),
        ("offline", {"ladder": 900}, "", "店里已经退给你了"),
        ("wechat", {}, "", ""),
    ],
)
def test_the_wallet_says_of_each_refund_how_much_and_how_far(
    world: World, holder: Phone, provider: str, noted: dict[str, int], waits: str, said: str
) -> None:
    name = "pay_" + "0" * 26
    refunds = {refund_name(name, why): amount for why, amount in noted.items()}
    paid = {"provider": provider, "refunds": refunds, "state": "paid", "amount": 900, "currency": "CNY"}
    paid |= {"campaign": CAMPAIGN, "at": "2026-03-01T00:00:00+00:00", "settled_at": "2026-03-01T00:01:00+00:00"}
    intent = {"payment": name, "amount": 900, "state": waits, "at": "2026-03-02T00:00:00+00:00"}
    rows = [Change(keys.payment(name), put=paid), Change(keys.pays(holder.member, name), put={"campaign": CAMPAIGN})]
    if waits:
        rows.append(Change(keys.intent(REFUND, refund_name(name, "rest")), put=intent))
    assert not world.store.write(rows)

    shown = visit(world, "/me", holder)["body"]

    assert (said in shown) if said else ("退款" not in shown)
    assert shown.count("¥9<") == bool(said)
