"""Where a live code leads: a redirect that nobody keeps, a picture to scan further, or a word that nothing is there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.core.audit import Entry
from functions.core.live_code import LiveCode
from functions.core.text import Text
from functions.insights.doors import LIVE
from functions.insights.numbers import daily, history, totals
from functions.storage import channels, live_codes
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, World
from tests.pages.page_reader import read
from tests.pages.test_visits import visit, world

__all__ = ["world"]
HUMAN = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50"}
PICTURE = "pic_" + "0" * 26 + ".jpg"


def printed(world: World, *ways: dict[str, Any], **more: Any) -> str:
    """The address of a live code with these ways."""
    said = Entry(what="live_code", by="Mei", at=world.clock.now, about=Text(zh="门口", en="Door"))
    live = live_codes.add(world.store, "Door", bytes(10), lambda live: said)
    live_codes.save(world.store, LiveCode.model_validate(live.model_dump() | {"ways": ways, **more}), 1, said)
    return f"/q/{live.code}"


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ({"kind": "campaign", "campaign": CAMPAIGN}, f"/c/{CAMPAIGN}?ch={{code}}"),
        ({"kind": "campaign", "campaign": CAMPAIGN, "channel": "0a1b"}, f"/c/{CAMPAIGN}?ch=0a1b{{code}}"),
        ({"kind": "page", "url": "https://partner.example/tea?from=pond"}, "https://partner.example/tea?from=pond"),
    ],
    ids=["campaign", "campaign by a channel", "page"],
)
def test_a_visitor_is_sent_on_by_a_redirect_that_nobody_may_keep(
    world: World, target: dict[str, Any], place: str
) -> None:
    address = printed(world, {"target": target})

    answer = visit(world, address)

    assert (answer["statusCode"], answer["headers"]["Location"]) == (302, place.format(code=address.rpartition("/")[2]))
    assert answer["headers"]["Cache-Control"] == "no-store"


def test_what_is_printed_stays_and_leads_elsewhere_tomorrow(world: World) -> None:
    ends = world.clock.now + timedelta(days=1)
    today = {"target": {"kind": "campaign", "campaign": CAMPAIGN}, "ends": ends}
    address = printed(world, today, {"target": {"kind": "page", "url": "https://new.example/"}}, pick="turn")

    before = visit(world, address)["headers"]["Location"]
    world.clock.pass_(days=1)
    after = visit(world, address)["headers"]["Location"]

    assert (before.partition("?")[0], after) == (f"/c/{CAMPAIGN}", "https://new.example/")


def test_a_picture_is_shown_with_its_words_and_never_after_it_ended(world: World) -> None:
    words = {"zh": "加小美好友", "en": "Add Mei"}
    picture = {
        "target": {"kind": "picture", "picture": PICTURE, "words": words},
        "ends": world.clock.now + timedelta(7),
    }
    address = printed(world, picture)

    page = read(visit(world, address, language="en")["body"])
    world.clock.pass_(days=7)
    over = visit(world, address)

    assert page.all("h1")[0].said == "Add Mei"
    assert page.all("img")[0].attributes["src"] == f"/media/{PICTURE}"
    assert over["statusCode"] == 404
    assert "这里暂时没有内容" in over["body"]
    assert PICTURE not in over["body"]


def test_who_has_a_session_keeps_their_way_on_any_network(world: World) -> None:
    ways = [{"target": {"kind": "page", "url": f"https://shop{number}.example/"}} for number in range(20)]
    address, phone = printed(world, *ways), world.phone()

    told = {visit(world, address, phone, **{"x-forwarded-for": f"10.0.0.{n}"})["headers"]["Location"] for n in range(9)}
    strangers = {visit(world, address, **{"x-forwarded-for": f"10.0.0.{n}"})["headers"]["Location"] for n in range(9)}

    assert len(told) == 1
    assert len(strangers) > 1


def test_a_region_is_what_the_network_says(world: World) -> None:
    near = {"target": {"kind": "page", "url": "https://near.example/"}, "regions": ["CN-SH"]}
    address = printed(world, near, {"target": {"kind": "page", "url": "https://far.example/"}}, pick="turn")
    shanghai = {"cloudfront-viewer-country": "CN", "cloudfront-viewer-country-region": "SH"}

    assert visit(world, address, **shanghai)["headers"]["Location"] == "https://near.example/"
    assert visit(world, address)["headers"]["Location"] == "https://far.example/"


@pytest.mark.parametrize("code", ["zzzzzz", "0a1b2", "0a1b2c3", "0A1B2C", "..%2f..", "0a1b2#"])
def test_a_code_that_nobody_made_is_a_page_that_says_so(world: World, code: str) -> None:
    assert visit(world, f"/q/{code}")["statusCode"] == 404


def test_who_goes_on_to_a_partner_taps_once_and_is_counted_once(world: World) -> None:
    partner = {"name": "茶社", "direction": "out"}
    address = printed(world, {"target": {"kind": "page", "url": "https://tea.example/a"}}, partner=partner)
    stream, code = Stream(world), address.rpartition("/")[2]

    page = visit(world, address)
    for event in ("event-0001", "event-0002"):
        went = world.stranger().form(f"/api/q/{code}", event_id=event, next=f"{address}?r=1")
    stream.deliver()

    assert "form-action 'self' https://tea.example;" in page["headers"]["Content-Security-Policy"]
    assert "茶社" in page["body"]
    assert visit(world, went.headers["Location"])["headers"]["Location"] == "https://tea.example/a"
    assert totals(daily(world.store, LIVE)).went == {code: 1}


def test_who_looks_at_a_picture_or_a_campaigns_page_is_a_scan_once_by_code_and_by_channel(world: World) -> None:
    picture, stream = printed(world, {"target": {"kind": "picture", "picture": PICTURE}}), Stream(world)
    live = picture.rpartition("/")[2]
    (counter,) = channels.add(world.store, CAMPAIGN, ["Counter"], bytes(10))
    visits = f"/api/campaigns/{CAMPAIGN}/visits"
    looked = [
        ("me", f"/api/q/{live}", {}),
        *((who, visits, {"channel": counter.code + live}) for who in ("me", "you", "me")),
    ]
    looked += [("me", visits, {"channel": live}), ("me", visits, {"channel": "zzzz"})]

    pages = [visit(world, to)["body"] for to in (picture, f"/c/{CAMPAIGN}?ch={counter.code}{live}", f"/c/{CAMPAIGN}")]
    for number, (who, path, told) in enumerate(looked):
        body = json.dumps({"event_id": f"looked-{number:04d}", **told})
        assert world.phone(who).call("POST", path, body, {"content-type": "application/json", **HUMAN}).status == 200
    world.phone("robot").call("POST", visits, body, {"content-type": "application/json", "user-agent": "a bot"})
    assert stream.deliver() == []

    assert f'data-visits="/api/q/{live}"' in pages[0]
    assert [f'data-visits="{visits}"' in page for page in pages] == [False, True, False]
    assert f'data-door="{counter.code}{live}"' in pages[1]
    assert totals(history(world.store, CAMPAIGN)).scans == {counter.code: 2, live: 1}
    of_codes = totals(daily(world.store, LIVE))
    assert (of_codes.scans, of_codes.went) == ({live: 3}, {live: 1})


def test_a_code_that_leads_to_no_partner_counts_nobody(world: World) -> None:
    code = printed(world, {"target": {"kind": "page", "url": "https://tea.example/"}}).rpartition("/")[2]

    assert world.stranger().post(f"/api/q/{code}", {"event_id": "event-0001"}).status == 404
