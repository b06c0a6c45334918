"""Every page in every state and both languages: whole, small, labelled, and safe before anything runs."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import timedelta
from functools import cache

import pytest

from functions.core.campaign import SECTIONS, Definition, Section
from functions.core.text import LANGUAGES, Language, Text
from functions.group_buy.group import Group
from functions.pages import answers, members
from tests.pages import group_samples
from tests.pages.page_reader import PageReader, read
from tests.pages.samples import NONCE, campaign, definition, pages

PAGES = pages()
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
BUDGET = 30 * 1024


@cache
def drawn(name: str, language: Language) -> str:
    """A page as HTML; every test looks at the same one."""
    return PAGES[name](language)


@cache
def parsed(name: str, language: Language) -> PageReader:
    """A page as a strict browser reads it."""
    return read(drawn(name, language))


every_page = pytest.mark.parametrize("name", sorted(PAGES))
both = pytest.mark.parametrize("language", LANGUAGES)


@every_page
@both
def test_a_page_is_well_formed_and_carries_no_script_in_attributes(name: str, language: Language) -> None:
    page = parsed(name, language)

    assert page.faults == []
    assert [element.attributes["lang"] for element in page.all("html")] == [{"zh": "zh-CN", "en": "en"}[language]]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.all("title")[0].said.strip()


@every_page
@both
def test_every_script_and_style_bears_the_nonce_and_nothing_comes_from_elsewhere(name: str, language: Language) -> None:
    page = parsed(name, language)

    assert {element.attributes.get("nonce") for element in (*page.all("script"), *page.all("style"))} == {NONCE}
    assert not [element for element in page.all("script") if "src" in element.attributes]
    sources = [element.attributes["src"] for element in page.all("img")] + [
        one.attributes["href"] for one in page.all("link")
    ]
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)
    assert len(sources) <= 3  # the page itself is the fourth request


@every_page
def test_an_english_page_holds_no_chinese_but_the_way_to_it(name: str) -> None:
    page = parsed(name, "en")

    ours = [link.said for link in page.all("a") if link.attributes.get("hreflang") == "zh-CN"]
    assert ours == ["中文"]
    attributes = [value for element in page.elements for value in element.attributes.values()]
    rest = "".join([*page.text, *attributes]).replace("中文", "")
    assert CHINESE.findall(rest) == []


@every_page
def test_a_chinese_page_says_nothing_in_english_of_ours(name: str) -> None:
    chinese, english = parsed(name, "zh"), parsed(name, "en")

    said = {text.strip() for text in chinese.text} & {text.strip() for text in english.text}
    sentences = [text for text in said if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", text)]
    assert sentences == []


@every_page
@both
def test_a_page_is_at_most_thirty_kilobytes_on_the_wire(name: str, language: Language) -> None:
    assert len(gzip.compress(drawn(name, language).encode(), 6)) <= BUDGET


@every_page
@both
def test_ids_are_unique_and_every_reference_has_its_element(name: str, language: Language) -> None:
    page = parsed(name, language)
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)

    assert [one for one, times in ids.items() if times > 1] == []
    assert references(page) - set(ids) == set()


@every_page
@both
def test_every_field_has_a_label_and_every_button_words(name: str, language: Language) -> None:
    page = parsed(name, language)
    labels = {element.attributes["for"] for element in page.all("label") if "for" in element.attributes}

    for field in (*page.all("input"), *page.all("textarea")):
        if field.attributes.get("type") != "hidden":
            assert field.attributes.get("id") in labels or "label" in field.within
    assert all(button.said.strip() for button in page.all("button"))
    assert all("alt" in image.attributes for image in page.all("img"))
    assert all(head.attributes.get("scope") in ("col", "row") for head in page.all("th"))


@every_page
def test_a_form_posts_to_the_api_and_no_two_share_an_event_id(name: str) -> None:
    page = parsed(name, "zh")

    posts = [form for form in page.all("form") if form.attributes["method"] == "post" and name != "upload"]
    assert all(form.attributes["action"].startswith("/api/") for form in posts)
    event_ids = [one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "event_id"]
    assert len(event_ids) == len(set(event_ids))
    assert all(re.fullmatch(r"[A-Za-z0-9_.:\-]{8,64}", event_id) for event_id in event_ids)


def test_the_policy_lets_nothing_in_but_what_bears_the_nonce() -> None:
    policy = dict(part.strip().split(" ", 1) for part in answers.policy("abc").split(";"))

    assert policy == {
        "default-src": "'none'",
        "script-src": "'nonce-abc'",
        "style-src": "'nonce-abc'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }


def references(page: PageReader) -> set[str]:
    """Ids that a page's own attributes name."""
    found = set()
    for element in page.elements:
        for name in ("for", "form", "aria-labelledby", "aria-describedby"):
            found |= set(element.attributes.get(name, "").split())
        target = element.attributes.get("href", "")
        if target.startswith("#"):
            found.add(target[1:])
    return found


def test_a_mechanic_without_a_page_gets_a_button_for_each_event_and_its_known_numbers() -> None:
    page = read(PAGES["mechanic-without-page"]("en"))

    assert [button.said for button in page.all("button")] == ["Check in today"]
    assert page.all("form")[0].attributes["action"].endswith("/events/wave?lang=en")
    assert [(name.said, number.said) for name, number in zip(page.all("dt"), page.all("dd"), strict=True)] == [
        ("Times", "3")
    ]


SIGNS = {
    "countdown": "离开始还有",
    "earnings": "你能得到",
    "steps": "怎么参加",
    "introduction": "INTRODUCED",
    "poster_link": "活动海报",
}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_that_is_switched_off_is_not_on_the_page_and_every_other_is(section: Section) -> None:
    made = definition()
    body = Text(zh="INTRODUCED", en="INTRODUCED")
    kept = [one for one in SECTIONS if one != section]
    page = made.page.model_copy(update={"body": body, "sections": kept})
    before = made.schedule.starts_at - timedelta(hours=3)

    html = campaign(made=made.model_copy(update={"page": page}), at=before, phase="not_begun")("zh")

    assert [one for one in SECTIONS if SIGNS[one] in html] == kept


def test_rules_and_what_is_kept_about_people_cannot_be_switched_off() -> None:
    made = definition()
    bare = made.model_copy(update={"page": made.page.model_copy(update={"sections": []})})

    html = campaign(made=bare)("zh")

    assert made.page.rules.zh.splitlines()[0] in html
    assert "参加时会用到的信息" in html


def test_of_a_large_group_the_page_shows_how_full_it_is_instead_of_every_seat() -> None:
    large = group_samples.definition(size=30)
    shown = group_samples.page(large, group_samples.group(large, group_samples.ME), mine=group_samples.NAMES[0])("zh")

    assert '<progress max="30" value="1" aria-label="1 人已参加，共 30 人成团">' in shown
    assert 'class="k done"' not in shown


def test_rewards_are_counted_as_their_kind_says_it() -> None:
    english, chinese = (PAGES["campaign-new"](language) for language in LANGUAGES[::-1])

    assert "<b>10 points</b>" in english
    assert "<b>10 积分</b>" in chinese
    assert "<b>¥10 off over ¥30</b>" in english


def test_who_cannot_pay_for_a_make_up_is_told_how_much_is_missing_before_they_tap() -> None:
    page = read(PAGES["campaign-make-up"]("en"))

    assert [one.said for one in page.all("p") if one.attributes.get("class") == "btn off below"] == ["20 points short"]
    assert [button.said for button in page.all("button")] == ["Check in today"]
    assert [one.attributes["class"] for one in page.all("button")] == ["btn s"]  # the day in hand comes first


def test_who_has_completed_everything_is_led_to_their_rewards() -> None:
    page = read(PAGES["campaign-complete"]("en"))

    assert [(one.said, one.attributes["href"]) for one in page.all("a") if one.attributes.get("class") == "btn"] == [
        ("✓ All done: see my rewards", "/me")
    ]


def test_what_has_ended_says_how_far_one_came_and_asks_for_nothing_more() -> None:
    html = PAGES["campaign-ended"]("zh")

    assert "最长连续" in html
    assert "还差" not in html


def test_a_coupon_that_cannot_be_used_yet_stands_behind_those_that_can_and_counts_apart() -> None:
    tabs = members.by_use([{"status": "not_yet"}, {"status": "void"}, {"status": "available"}])

    headings = [one.said for one in read(PAGES["wallet"]("en")).all("h2")]

    assert [one["status"] for one in tabs["available"]] == ["available", "not_yet"]
    assert members.counted(tabs) == {"available": 1, "used": 0, "expired": 1}
    assert "Usable later 1" in headings


def test_a_used_coupon_never_looks_like_a_good_one() -> None:
    assert "note good" not in PAGES["coupon-used"]("zh")


def test_a_group_offers_only_what_can_still_be_done() -> None:
    made = group_samples.definition()
    paid = group_samples.definition(**group_samples.PAID)
    mine = group_samples.group(made, group_samples.ME, group_samples.ANN)
    over, name = group_samples.group(made, group_samples.ME, hours=-9), group_samples.NAMES[0]

    def shown(definition: Definition, group: Group, phase: str = "open") -> str:
        return group_samples.page(definition, group, mine=name, phase=phase)("zh")

    assert "确认退出" in shown(made, mine)
    assert "退回" not in shown(made, mine)
    assert "付了的钱全部退回" in shown(paid, mine)
    assert "确认退出" not in shown(made, mine, "paused")
    assert "可以再开一个" in shown(made, mine.ended("expired"))
    assert "可以再开一个" not in shown(made, mine.ended("expired"), "ended")
    settling = shown(made, over)
    assert "时间到了，正在结算" in settling
    assert [word for word in ('id="link"', "复制链接", "确认退出", "还差") if word in settling] == []
