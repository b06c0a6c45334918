"""The phone's preview: the same pages as members get, for a made-up member whom the mechanic itself brought there."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.templates import starting
from tests.ui.conftest import NOW
from ui import preview, sample_member
from ui.templates import templates


def definition(template: str = "seven-mornings", **changes: Any) -> Definition:
    content = {**starting(templates()[template], NOW), **changes}
    content.pop("template", None)
    return Definition.model_validate(content)


def drawn(made: Definition, state: preview.State, **more: Any) -> str:
    return preview.page(made, discover(), state, "zh", **more)


@pytest.mark.parametrize("template", sorted(templates()))
@pytest.mark.parametrize("state", preview.STATES)
def test_every_template_can_be_shown_in_every_state(template: str, state: preview.State) -> None:
    html = drawn(definition(template), state)

    assert html.startswith("<!doctype html>")
    assert "Content-Security-Policy" in html


def test_the_finished_member_has_what_the_rules_give_and_the_newcomer_nothing() -> None:
    made = definition()

    mechanic = discover().mechanic(made.mechanic)
    finished, newcomer = sample_member.finished(made, mechanic), sample_member.newcomer(made)

    assert finished.got == {"points": 70, "coupon": 1}
    assert finished.paid == {"every_morning": 7, "seven_days": 1}
    assert newcomer.got == {}


def test_the_member_under_way_missed_a_day() -> None:
    made = definition()

    sample = sample_member.under_way(made, discover().mechanic(made.mechanic))

    assert sample.got == {"points": 30}


def test_a_campaign_that_asks_for_a_picture_or_an_answer_is_lived_through_as_well() -> None:
    for template in ("fitness-picture", "quiz-a-day", "reading-21-days"):
        made = definition(template)

        assert sample_member.finished(made, discover().mechanic(made.mechanic)).record


def test_nothing_of_another_origin_may_load_and_pictures_come_from_the_shops_own_address() -> None:
    html = drawn(definition(), "landing", base_url="https://shop.example/", nonce="n0nce")

    assert "default-src 'none'; script-src 'nonce-n0nce'; style-src 'nonce-n0nce'" in html
    assert "img-src https://shop.example data:" in html
    assert '<base href="https://shop.example/">' in html


def test_a_deposit_is_asked_for_at_the_landing_held_on_the_way_and_back_in_the_end() -> None:
    made = definition("deposit-21-days")

    landing, under_way, done, over = (drawn(made, state) for state in ("landing", "under_way", "done", "over"))

    assert "押金 ¥99，打满就退" in landing
    assert "押金 ¥99 · 再打 18 天全额退回" in under_way
    assert "押金退 ¥99" in done
    assert "押金 ¥99 正在结清" in over


def test_large_text_is_twice_the_size() -> None:
    plain, large = drawn(definition(), "landing"), drawn(definition(), "landing", large=True)

    assert "font-size:200%" not in plain
    assert "font-size:200%" in large


def test_a_section_switched_off_is_gone_from_the_phone_at_once() -> None:
    made = definition()
    less = made.model_copy(update={"page": made.page.model_copy(update={"sections": ["countdown"]})})

    assert "你能得到" in drawn(made, "landing")
    assert "你能得到" not in drawn(less, "landing")


def test_a_mechanic_that_is_set_wrongly_has_no_preview() -> None:
    with pytest.raises(ValidationError):
        drawn(definition(config={"days": 0}), "landing")
