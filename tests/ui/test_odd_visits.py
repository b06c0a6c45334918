"""Visits that go wrong: a sign-in that ends before the last press, another shop's campaign, words without end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from functions.core.campaign import Campaign
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import GUARDED, NOW, OWNER, Open, begun, go_to, healthy, keyed, press, published, words


def test_a_sign_in_that_ends_inside_the_publish_dialog_publishes_nothing_and_loses_nothing(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    address = f"app_pages/compose.py?c={campaign.id}"
    app = open_app(address, settings=GUARDED, user=OWNER)
    keyed(app, "text_input", "_name.zh").set_value("十二月早起").run()
    press(go_to(app, "check"), "btn_publish")
    app.checkbox(key="publish_sure").check().run()

    app.session_state["now"] = NOW + timedelta(hours=13)
    over = words(press(app, "btn_publish_now"))
    after = campaigns.load(store, campaign.id)
    later = NOW + timedelta(hours=13)
    again = open_app(address, settings=GUARDED, user={**OWNER, "iat": later.timestamp()}, now=later)
    press(go_to(again, "check"), "btn_publish")
    unticked = again.button(key="btn_publish_now").disabled
    again.checkbox(key="publish_sure").check().run()
    press(again, "btn_publish_now")

    assert "登录已过期" in over
    assert "十二月早起" not in over
    assert (after.campaign.live, after.content["name"]["zh"]) == (0, "十二月早起")
    assert unticked  # nothing was left half-pressed
    assert campaigns.head_of(store, campaign.id).live == 1


@pytest.mark.parametrize("page", ["compose", "versions", "results", "qr"])
def test_another_shops_campaign_looks_like_one_that_was_never_there(
    open_app: Open, store: MemoryStore, page: str
) -> None:
    other = MemoryStore("other", store.rows)
    foreign = published(other, begun(other, name={"zh": "别家的活动", "en": "Not yours"}))
    before = dict(store.rows)

    seen = words(open_app(f"app_pages/{page}.py?c={foreign.id}"))
    never = words(open_app(f"app_pages/{page}.py?c=camp_{'9' * 26}"))

    assert "没有这个活动" in seen
    assert "别家的活动" not in seen
    assert seen == never
    assert store.rows == before


def test_a_title_of_ten_thousand_characters_is_kept_and_told_apart_from_one_that_fits(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    endless = "早" * 10_000
    app = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "page")
    keyed(app, "text_input", "_page.title.zh").set_value(endless).run()

    kept = campaigns.load(store, campaign.id).content["page"]["title"]["zh"]
    told = words(healthy(app))
    check = go_to(app, "check")

    assert kept == endless
    assert "最多 4,000 个字" in told
    assert "标题 · 中文：最多 4,000 个字" in words(check)
    assert check.button(key="btn_publish").disabled
