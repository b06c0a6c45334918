"""Script in a marketer's text stays text: every payload, in every text, in a real browser. Nothing may run."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from functions.checkin.mechanic import RANKED_BY
from functions.core.board import Entry
from functions.core.campaign import Definition
from functions.core.text import Language, Text
from functions.pages import board, certificates, posters, render
from functions.pages.answers import policy
from functions.pages.cards import Card
from functions.pages.certificates import Said
from functions.pages.keepsakes import Keepsakes
from functions.pages.staff import History, Past
from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.browser.payloads import CLASSIC as PAYLOADS
from tests.pages import samples

pytestmark = pytest.mark.browser

HARMLESS = "Plain words"
TOGETHER = 15  # payloads in one text


def pages_with(words: str, only: str = "") -> dict[str, str]:
    """Pages whose every text of a marketer, or of anyone else, is `words`."""
    text = Text(zh=words, en=words)
    quiz = filled("quiz-a-day", text)
    picture = filled("fitness-picture", text)
    entry = samples.entry(name=text.model_dump(), value=text.model_dump(), stores=[words])
    points = {"balance": 1, "entries": [{"points": 1, "at": 1_764_900_000, "name": text}]}
    consents = [{"purpose": words, "live": True, "name": text}]
    card = Card("ready", words, words, words, ((words, words),), "redeem", words, words)
    clerk = {"name": words, "store": words}
    history = History((Past(words, words, words, words, False),), 1, words, False)
    desk = {"code": words, "here": words, "invitation": words, "notice": None, "expired": False, "history": history}
    desk["counter"] = True
    named = {"name": text.model_dump(), "about": text.model_dump()}
    kept = Keepsakes([samples.BADGES[0] | named], [samples.CERTIFICATES[0] | named | {"number": words}])
    wallet = samples.WALLET | {"points": points, "keepsakes": kept, "refunds": [(samples.REFUNDS[0][0], text)]}
    said = Said(words, words, words, words, words, words, words, words, render.POND_COLOUR)
    drawn = {
        "quiz": samples.campaign(samples.record(1), made=quiz),
        "new": samples.campaign(made=quiz),
        "returned": samples.campaign(samples.record(1, returned=5), made=picture),
        "no-entry": samples.campaign(made=quiz, phase="not_in_audience"),
        "full": samples.campaign(made=quiz, phase="full", gone=frozenset({"points"})),
        "board": lambda language: attacked_board(language, quiz, words),
        "poster": lambda language: posters.poster(samples.frame(language, "/c/x/poster"), "camp_x", quiz, "/x.jpg"),
        "wallet": samples.plain("wallet.html", "/me", **wallet, entries=[entry]),
        "certificate": lambda language: certificates.shown(samples.frame(language, "/me"), said, "/v/x"),
        "genuine": lambda language: certificates.verdict(samples.frame(language, "/v/x"), "genuine", said),
        "coupon": samples.plain("coupon.html", "/me", entry=entry, code=words, **samples.COUPON),
        "privacy": samples.plain(
            "privacy.html", "/privacy", **samples.PRIVACY | {"definition": quiz, "consents": consents}
        ),
        "staff": samples.plain("staff.html", "/staff", clerk=clerk, card=card, **desk),
        "sign-in": samples.plain("staff.html", "/staff", clerk=None, card=None, **desk),
        "upload": samples.plain("upload.html", "/x", **samples.UPLOAD | {"fields": {words: words}}),
    }
    return {name: draw("zh") for name, draw in drawn.items() if only in ("", name)}


def attacked_board(language: Language, made: Definition, words: str) -> str:
    """A leaderboard whose members are all called so, as if nothing had looked at their nicknames."""
    one = Entry(f"mem_{'0' * 26}", words, 1, 1, 1)
    scene = board.BoardScene("camp_x", made, RANKED_BY, "open", *board.scene_of([one], one, True, words))
    return board.board(samples.frame(language, "/c/x/board"), scene)


def filled(example: str, text: Text) -> Definition:
    """An example campaign whose texts all say the same."""
    made = copy.deepcopy(samples.content(example))
    changed = _with_text(made, text.model_dump())
    changed["page"]["contact"] = changed["privacy"]["contact"] = text.zh[:200]
    changed["page"] |= {"title": text.model_dump(), "subtitle": text.model_dump(), "button": text.model_dump()}
    changed["config"]["review"] = changed["config"].get("review", {}) | {
        "reasons": [{"code": "unclear", "text": text.model_dump()}]
    }
    for line in changed["privacy"]["purposes"]:
        line["field"] = text.zh[:40]
    return Definition.model_validate(changed)


def _with_text(value: Any, text: dict[str, str]) -> Any:
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return text
        return {name: _with_text(inside, text) for name, inside in value.items()}
    return [_with_text(inside, text) for inside in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[Page]:
    """A page that counts calls of xss() and everything a browser complains of."""
    context = browser.new_context(viewport=PHONE)
    context.add_init_script("window.hits = 0; window.xss = () => { window.hits++; };")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


def shown(page: Page, html: str, *, guarded: bool) -> dict[str, int]:
    """Open `html` as the handler sends it; what ran, how many elements there are, what the policy stopped."""
    complaints: list[str] = []

    def hear(message: Any) -> None:
        complaints.append(message.text)

    def answer(route: Route) -> None:
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if guarded:
            headers["Content-Security-Policy"] = policy(samples.NONCE)
        if route.request.is_navigation_request():
            route.fulfill(body=html, headers=headers)
        else:
            route.fulfill(status=404, body="")

    page.on("console", hear)
    page.route("http://pond.test/**", answer)
    page.goto("http://pond.test/c/x", wait_until="load")
    found = page.evaluate("() => ({hits: window.hits, elements: document.querySelectorAll('*').length})")
    page.unroute("http://pond.test/**")
    page.remove_listener("console", hear)
    found["stopped"] = sum("Content Security Policy" in complaint for complaint in complaints)
    return dict(found)


@pytest.fixture(scope="module")
def expected(watched: Page) -> dict[str, dict[str, int]]:
    """What the pages are when nobody attacks."""
    return {name: shown(watched, html, guarded=True) for name, html in pages_with(HARMLESS).items()}


def test_the_corpus_is_large_and_bites_where_nothing_is_escaped(watched: Page) -> None:
    bitten = [
        payload
        for payload in PAYLOADS
        if shown(watched, f"<!doctype html><body><p>{payload}</p>", guarded=False)["hits"]
    ]

    assert len(set(PAYLOADS)) >= 60
    assert len(bitten) >= 25


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_text_of_a_campaign_runs_nowhere_even_without_a_policy(
    watched: Page, expected: dict[str, dict[str, int]], payload: str
) -> None:
    found = shown(watched, pages_with(payload, only="quiz")["quiz"], guarded=False)

    assert (found["hits"], found["elements"]) == (0, expected["quiz"]["elements"])


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), TOGETHER))
def test_payloads_in_every_text_of_every_page_run_nowhere_and_make_no_element(
    watched: Page, expected: dict[str, dict[str, int]], first: int
) -> None:
    words = " ".join(PAYLOADS[first : first + TOGETHER])

    found = {name: shown(watched, html, guarded=True) for name, html in pages_with(words).items()}

    assert found == expected
    assert {(page["hits"], page["stopped"]) for page in found.values()} == {(0, 0)}


def test_only_our_own_names_are_filled_in_a_marketers_text() -> None:
    made = filled("seven-mornings", Text(zh="{{campaign}} {{ starts }} {{7*7}} {{frame.nonce}} {% if 1 %}", en="x"))

    html = samples.campaign(made=made)("zh")

    assert "2026 年 12 月 1 日 00:00 {{7*7}} {{frame.nonce}} {% if 1 %}" in html
    assert render.placeholders("en", made).keys() == {"campaign", "organiser", "starts", "ends"}
