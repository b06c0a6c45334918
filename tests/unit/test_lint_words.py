"""The words of the lint: what fires, what does not, and the normal form both are read in."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.lint.rules import c1_levels, c2_sharing, c9_claims
from functions.core.lint.variants import VARIANTS
from functions.core.lint.words import Phrases, normal, quoted
from tests.unit.lint_drafts import findings

LINES = (Path(__file__).parent / "lint_examples.txt").read_text(encoding="utf-8").splitlines()
TABLE = [tuple(line.split("|", 1)) for line in LINES if line and not line.startswith("#")]
WRITTEN_ALIKE = (  # the same in both scripts, as OpenCC's tables have it
    "一七三上下不世中之九了事二五交享人今他付代件任份伴位低你佳例便保信候值先光免入全八六再刀分初利到券刻"
    "前副力功加助包化十博卡印原去友反取受口古句叫召可史各名品售唯喊喝器四在城堂多大天失好始威季宇安完宗官"
    "宙定宜富射小少尖就居屏展工己市常平年序度式很律得微心必忙快恢悔悟您情想意感愧慢成我截手打扭批找承抓投"
    "抖抽拆拉拍拒拿指按授排接推提支放故文新方日早是晨暴替最月有朋期本束果架格模次止正此段求治法洲活流海清"
    "照片牌物特狂率王球理生用由界略登百的盈益目省看眼睡短砍破碑示社神票禁福秒程空立站章端第等算篇罄美聊育"
    "能自至艾薪蜜行被裂要角解貌起超躺近返送逆通速遍邀部都配酬量金限陪集零需音餐首高"
)


@pytest.mark.parametrize(("rules", "text"), TABLE, ids=[line[1][:30] for line in TABLE])
def test_a_text_fires_the_rules_that_the_table_names_and_no_other(rules: str, text: str) -> None:
    said = findings(page__body={"zh": text.replace("\\n", "\n"), "en": ""})

    assert {line.rule for line in said} == set(rules.split()) - {"-"}


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE) >= 150
    assert sum(rules == "-" for rules, _ in TABLE) >= 60


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("轉發", "转发"),
        ("転発", "转发"),
        ("转 发", "转发"),
        ("转*发", "转发"),
        ("转\u200b发", "转发"),
        ("转🎁发", "转发"),
        ("转̶发̶", "转发"),
        ("转\n发\n朋\n友\n圈", "转发朋友圈"),
        ("ｆｏｒｗａｒｄ", "forward"),
        ("f o r w a r d", "forward"),
        ("f.o.r.w.a.r.d", "forward"),
        ("fоrwаrd", "forward"),  # with Cyrillic о and а
        ("🅵🅾🆁🆆🅰🆁🅳", "forward"),
        ("ⓕⓞⓡⓦⓐⓡⓓ", "forward"),
        ("Look forward to it", "look forward to it"),
        ("运转。发放", "运转\n发放"),
        ("World's best", "worlds best"),
    ],
)
def test_words_are_compared_in_their_plainest_form(written: str, read: str) -> None:
    assert normal(written) == read


@given(st.text(alphabet="转發转好友圈赞９9 .,。!\n\t*_-·🎁🅵ＦfoRw\u200b\u0336о", max_size=60))
def test_the_normal_form_of_the_normal_form_is_itself(text: str) -> None:
    once = normal(text)

    assert normal(once) == once


@given(st.text(alphabet="转發朋友圈 *🎁f o\u200b。\nＡ", max_size=30))
def test_a_quote_is_always_words_as_they_were_written(text: str) -> None:
    form = normal(text)

    for start in range(len(form)):
        assert form[start].isspace() or quoted(text, form, start, start + 1) in text


def test_a_quote_shows_the_words_with_what_was_put_between_them() -> None:
    line = findings(page__body={"zh": "每天打卡，轉*发 朋友圈领券", "en": ""})[0]

    assert line.quote == "轉*发 朋友圈"
    assert line.quote in line.message.zh


def test_every_character_of_a_rule_is_known_in_its_other_forms() -> None:
    used = {letter for phrases in _phrases() for letter in re.findall("[\u3400-\u9fff]", phrases.chinese.pattern)}

    assert sorted(used - set(VARIANTS.values()) - set(WRITTEN_ALIKE)) == []


def test_no_variant_stands_for_a_character_that_a_rule_looks_for() -> None:
    used = {letter for phrases in _phrases() for letter in phrases.chinese.pattern}

    assert used.isdisjoint(VARIANTS)


def _phrases() -> list[Phrases]:
    modules = (c1_levels, c2_sharing, c9_claims)
    return [value for module in modules for value in vars(module).values() if isinstance(value, Phrases)]
