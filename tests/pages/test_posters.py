"""The poster at its address: drawn by the server, kept by its version, without a word of rewards."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from functions.core.campaign import Schedule
from functions.core.text import Language
from functions.drawing.media import ready
from functions.edge import media
from functions.pages.posters import path, period, poster_of
from tests.drawing.test_media import file
from tests.edge.world import CAMPAIGN, World, definition_content
from tests.pages.test_visits import ReadOnly, visit, world

__all__ = ["world"]


def picture(answer: dict[str, Any]) -> Image.Image:
    assert answer["statusCode"] == 200, answer["body"]
    return Image.open(io.BytesIO(base64.b64decode(answer["body"])))


def codes(answer: dict[str, Any]) -> list[str]:
    return [
        found.text
        for found in zxingcpp.read_barcodes(picture(answer).convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    ]


def with_page(**page: Any) -> World:
    """A shop whose campaign has these on its page."""
    made = World(store=ReadOnly())
    content = definition_content()
    made.publish({**content, "page": {**content.get("page", {}), **page}})
    return made


def test_a_poster_names_the_campaigns_address_and_the_channel(world: World) -> None:
    poster, with_channel = visit(world, f"/c/{CAMPAIGN}/poster.jpg"), visit(world, f"/c/{CAMPAIGN}/poster.jpg?ch=7k2m")

    assert picture(poster).size == (750, 1334)
    assert [one.partition("/c/")[2] for one in codes(poster)] == [CAMPAIGN]
    assert [one.partition("/c/")[2] for one in codes(with_channel)] == [f"{CAMPAIGN}?ch=7k2m"]


def test_a_channel_that_cannot_be_one_is_left_out(world: World) -> None:
    (seen,) = codes(visit(world, f"/c/{CAMPAIGN}/poster.jpg?ch=%3Cscript%3E"))

    assert seen.endswith(CAMPAIGN)


def test_the_poster_of_a_version_is_kept_and_any_other_asked_for_again(world: World) -> None:
    kept = visit(world, path(CAMPAIGN, 1, "en"))
    asked = visit(world, f"/c/{CAMPAIGN}/poster.jpg")

    assert "immutable" in kept["headers"]["Cache-Control"]
    assert asked["headers"]["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in asked["headers"]
    assert "cookies" not in kept


def test_a_warm_poster_reads_nothing_but_its_pictures(world: World) -> None:
    visit(world, path(CAMPAIGN, 1, "en"))
    before = world.store.reads  # type: ignore[attr-defined]

    visit(world, path(CAMPAIGN, 1, "zh"))

    assert world.store.reads == before  # type: ignore[attr-defined]


def test_the_language_is_the_addresss_and_nobodys_browsers(world: World) -> None:
    plain = visit(world, f"/c/{CAMPAIGN}/poster.jpg", language="en")

    assert plain["body"] == visit(world, path(CAMPAIGN, 1, "zh"), language="en")["body"]
    assert plain["body"] != visit(world, path(CAMPAIGN, 1, "en"), language="zh")["body"]


def test_the_pages_picture_is_on_it() -> None:
    world = World(store=ReadOnly())
    data, ending = ready(file("PNG", Image.new("RGB", (900, 600), "#FF0000")), "hero")
    name = media.keep(world.service.bucket, data, ending)
    content = definition_content()
    world.publish({**content, "page": {**content.get("page", {}), "hero": name}})

    red, green, _ = picture(visit(world, f"/c/{CAMPAIGN}/poster.jpg")).getpixel((375, 330))  # type: ignore[misc]

    assert red > 230 > 30 > green


def test_a_picture_that_is_gone_leaves_the_poster_without() -> None:
    world = with_page(hero="pic_" + "0" * 26 + ".jpg", logo="pic_" + "1" * 26 + ".png")

    assert len(codes(visit(world, f"/c/{CAMPAIGN}/poster.jpg"))) == 1


def test_there_is_no_poster_of_what_nobody_published(world: World) -> None:
    assert visit(world, "/c/camp_00000000000000000000000000/poster.jpg")["statusCode"] == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_reward_is_named_on_a_poster(language: Language) -> None:
    content = definition_content()
    content["page"] = {"title": {"zh": "早起", "en": "Mornings"}, "subtitle": {"zh": "送十元券", "en": "Ten off"}}
    world = World(store=ReadOnly())
    world.publish(content)
    live = world.service.live.get(CAMPAIGN, world.clock.now)
    assert live is not None
    assert live.version is not None

    poster = poster_of(live.version.definition, language, "https://x.example", lambda name: b"")

    said = " ".join([poster.title, poster.text, poster.call, poster.hint])
    assert "券" not in said
    assert "off" not in said


def test_a_title_of_emoji_alone_gives_way_to_the_name() -> None:
    world = with_page(title={"zh": "😀🎉", "en": "😀"})
    live = world.service.live.get(CAMPAIGN, world.clock.now)
    assert live is not None
    assert live.version is not None

    definition = live.version.definition
    assert poster_of(definition, "zh", "https://x.example", lambda name: b"").title == definition.name.zh


@pytest.mark.parametrize(
    ("ends", "zh", "en"),
    [
        ("2026-12-15T00:00:00+08:00", "2026 年 12 月 1 日 – 12 月 14 日", "1 Dec – 14 Dec 2026"),
        ("2027-01-02T12:00:00+08:00", "2026 年 12 月 1 日 – 2027 年 1 月 2 日", "1 Dec 2026 – 2 Jan 2027"),
        ("2026-12-02T00:00:00+08:00", "2026 年 12 月 1 日", "1 Dec 2026"),
        (None, "2026 年 12 月 1 日起", "From 1 Dec 2026"),
    ],
)
def test_dates_are_told_in_full_once(ends: str | None, zh: str, en: str) -> None:
    schedule = Schedule(
        starts_at=datetime(2026, 11, 30, 16, tzinfo=UTC), ends_at=datetime.fromisoformat(ends) if ends else None
    )

    assert (period("zh", schedule), period("en", schedule)) == (zh, en)
