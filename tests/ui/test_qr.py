"""Codes & posters: every code offered is read back, channels are kept, posters are drawn in both languages."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from streamlit.testing.v1 import AppTest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Change, create
from functions.core.channels import CHANNELS_MAX
from functions.drawing import sheets
from functions.storage import campaigns, channels
from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
from tests.ui.conftest import NOW, SETTINGS, Open, begun, healthy, keyed, press, published, words
from ui.components.codes import channel_list, print_codes


@pytest.fixture
def running(store: MemoryStore) -> Campaign:
    """The seven mornings, live."""
    return published(store, begun(store))


def page(open_app: Open, campaign: Campaign, tab: str = "codes", **more: Any) -> AppTest:
    return open_app(f"app_pages/qr.py?c={campaign.id}", **{f"st_qr_tab_{campaign.id}": tab, **more})


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)]


def test_the_page_shows_the_link_and_says_what_never_changes(open_app: Open, running: Campaign) -> None:
    app = page(open_app, running)

    assert app.code[0].value == f"https://pond.example/c/{running.id}"
    assert "码印出去就不会变" in words(app)
    assert "还没有渠道" in words(app)
    assert "40 厘米内好扫" in words(app)


def test_names_become_channels_and_what_was_typed_is_gone_then(
    open_app: Open, store: MemoryStore, running: Campaign
) -> None:
    app = page(open_app, running)

    app.text_area[0].set_value("门店 A\n\n包裹卡片\n门店 A")
    press(app, "btn_channels_add")

    assert [one.name for one in channels.channels(store, running.id)] == ["门店 A", "包裹卡片"]
    assert app.text_area[0].value == ""
    assert "门店 A" in words(app)
    assert "包裹卡片" in words(app)


@pytest.mark.parametrize("typed", ["长" * 31, "\n".join(str(n) for n in range(CHANNELS_MAX + 1))])
def test_what_is_refused_is_said_and_what_was_typed_stays(
    open_app: Open, store: MemoryStore, running: Campaign, typed: str
) -> None:
    app = page(open_app, running)

    app.text_area[0].set_value(typed)
    press(app, "btn_channels_add")

    assert channels.channels(store, running.id) == []
    assert app.text_area[0].value == typed
    assert "渠道名最多 30 个字" in words(app) or "最多 200 个渠道" in words(app)


def test_the_store_away_is_said_and_what_was_typed_stays(
    open_app: Open, store: MemoryStore, running: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(open_app, running)

    def away(changes: list[Change]) -> None:
        raise Unknown

    monkeypatch.setattr(store, "write", away)
    app.text_area[0].set_value("门店 A")
    press(app, "btn_channels_add")

    assert app.text_area[0].value == "门店 A"
    assert "太忙" in words(app)


def test_a_channel_is_renamed_and_removed(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    first, second = channels.add(store, running.id, ["门店 A", "门店 B"], b"bytes")
    app = page(open_app, running)

    keyed(app, "text_input", f"_{first.code}").set_value("东门店").run()
    press(app, f"btn_channel_drop_{second.code}")

    assert [(one.code, one.name) for one in channels.channels(store, running.id)] == [(first.code, "东门店")]


def test_people_are_told_by_channel(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    (first,) = channels.add(store, running.id, ["门店 A"], b"bytes")
    row = {"version": 1, "counts": {"participants": 1240, f"channel.{first.code}": 1234}}
    store.write([create(keys.counter(running.id, "2026-12-01.000001"), row)])

    assert "1,234 人" in words(page(open_app, running))


def test_many_channels_come_twenty_at_a_time(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    channels.add(store, running.id, [f"店 {number:03d}" for number in range(45)], b"bytes")

    shown = words(page(open_app, running))

    assert "店 019" in shown
    assert "店 020" not in shown
    assert "45 个码" in shown


def test_a_viewer_sees_codes_and_changes_nothing(open_app: Open, store: MemoryStore, running: Campaign) -> None:
    (first,) = channels.add(store, running.id, ["门店 A"], b"bytes")

    app = page(open_app, running, st_person="viewer")

    assert "门店 A" in words(app)
    assert not app.text_area
    assert f"btn_channel_drop_{first.code}" not in [one.key for one in app.button]


def test_a_campaign_that_is_not_there_is_said_so(open_app: Open, running: Campaign) -> None:
    app = open_app("app_pages/qr.py?c=camp_of_another_tenant")

    assert "没有这个活动" in words(app)
    assert not app.code


def test_without_a_campaign_one_is_picked(open_app: Open, running: Campaign) -> None:
    assert open_app("app_pages/qr.py").code[0].value.endswith(running.id)


def test_a_draft_may_be_printed_and_says_that_it_does_not_open_yet(open_app: Open, store: MemoryStore) -> None:
    assert "活动还没上线" in words(page(open_app, begun(store)))


@pytest.mark.parametrize(("base_url", "warned"), [("https://pond.example", False), ("https://" + "a" * 60, True)])
def test_a_size_at_which_phones_may_fail_is_warned_of(
    open_app: Open, running: Campaign, base_url: str, warned: bool
) -> None:
    app = page(open_app, running, st_qr_size=20, settings=replace(SETTINGS, base_url=base_url))

    assert ("请印大一点" in words(app)) == warned
    assert ("20 厘米内好扫" in words(app)) != warned


def test_every_code_of_the_list_and_of_the_sheet_is_read_back(store: MemoryStore) -> None:
    known = channels.add(store, "camp_1", ["门店 A", "🎉", "=1+1"], b"bytes")
    codes = [print_codes.of_channel("https://pond.example/c/camp_1", channel) for channel in known]

    lines = list(csv.reader(io.StringIO(channel_list.table(codes, known, ("a", "b", "c")).decode("utf-8-sig"))))
    drawn = pypdfium2.PdfDocument(sheets.sheets(codes, 40))[0].render(scale=2).to_pil()

    assert [code.name for code in codes] == ["门店 A", known[1].code, "=1+1"]
    assert [line[2] for line in lines[1:]] == [f"https://pond.example/c/camp_1?ch={one.code}" for one in known]
    assert lines[3][0] == "'=1+1"
    assert sorted(read(drawn)) == sorted(line[2] for line in lines[1:])


def test_posters_are_drawn_in_both_languages_with_the_channels_code(
    open_app: Open, store: MemoryStore, running: Campaign
) -> None:
    (first,) = channels.add(store, running.id, ["门店 A"], b"bytes")
    app = page(open_app, running, "poster")
    keyed(app, "segmented_control", "poster_layout_zh").set_value("plain").run()

    healthy(keyed(app, "selectbox", "poster_channel_zh").select(first.code).run())

    assert len(app.get("image")) == 2


def test_a_broken_draft_has_no_poster_and_the_way_to_mend_it(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store, schedule={"starts_at": "soon"})

    app = page(open_app, campaign, "poster")

    assert "草稿没有错误后" in words(app)
    assert "btn_poster_compose" in [one.key for one in app.button]


def test_what_the_font_lacks_is_named(open_app: Open, store: MemoryStore) -> None:
    draft = begun(store)
    content = campaigns.load(store, draft.id).content
    content["page"] = {**content["page"], "title": {"zh": "早起🎉", "en": "Mornings"}}
    campaigns.save(store, campaigns.load(store, draft.id), content, "Li", NOW)

    assert "🎉" in words(page(open_app, draft, "poster"))


@pytest.mark.parametrize("tab", ["codes", "poster"])
def test_the_page_speaks_english(open_app: Open, store: MemoryStore, tab: str) -> None:
    campaign = begun(store, name={"zh": "Mornings", "en": "Mornings"})

    said = words(page(open_app, campaign, tab, language="en"))

    assert not re.search("[一-鿿]", said.replace("语言 Language", ""))


def test_an_address_may_open_the_posters_at_once(open_app: Open, running: Campaign) -> None:
    app = open_app(f"app_pages/qr.py?c={running.id}&tab=poster")

    assert "文字和图片取自活动页" in words(app)


def test_what_a_channel_cost_is_entered_in_the_campaigns_money(
    open_app: Open, store: MemoryStore, running: Campaign
) -> None:
    (door,) = channels.add(store, running.id, ["门店 A"], b"bytes")
    app = open_app(f"app_pages/qr.py?c={running.id}")

    keyed(app, "number_input", f"channel_cost_zh_{door.code}").set_value(123.45).run()

    assert channels.channels(store, running.id)[0].cost == 12_345
