"""Words in a picture: no empty box, no line that is too wide, none that begins or ends as none should."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.drawing.lettering import NOT_FIRST, NOT_LAST, fit, has_glyph, measure, printable, wrap

NASTY = st.text(
    st.one_of(
        st.sampled_from("十二月早起打卡，。！？（）《》“”…—·、 aZ0%¥$\n\t️‍"),
        st.sampled_from("😀🇨🇳👨é́ﬁ①龘𠮷ไعא\x00\u200b\u202e"),
        st.characters(codec="utf-8"),
    ),
    max_size=200,
)


@settings(deadline=None, max_examples=60)
@given(NASTY)
def test_everything_that_is_set_has_a_glyph(text: str) -> None:
    said = printable(text)

    assert all(character == " " or has_glyph(character) for character in said)
    assert said == said.strip()


@settings(deadline=None, max_examples=60)
@given(NASTY, st.integers(120, 700), st.integers(1, 4), st.one_of(st.none(), st.integers(20, 400)))
def test_words_stay_within_their_room(text: str, width: int, lines: int, height: int | None) -> None:
    fitted = fit(printable(text), width, 88, 36, lines, height, 1.32)

    assert len(fitted.lines) <= lines
    assert all(measure(fitted.size)(line) <= width for line in fitted.lines)
    assert height is None or len(fitted.lines) <= 1 or len(fitted.lines) * fitted.size * 1.32 <= height


@settings(deadline=None, max_examples=60)
@given(NASTY, st.integers(200, 700))
def test_nothing_is_lost_or_added_between_lines(text: str, width: int) -> None:
    said = printable(text)

    assert "".join("".join(wrap(said, width, measure(40))).split()) == "".join(said.split())


PHRASE = st.builds(str.__add__, st.text("早起打卡一来", min_size=1, max_size=5), st.sampled_from("，。！？、：…"))
QUOTED = st.builds("{}{}{}".format, st.sampled_from("（《“"), st.text("早起打卡", max_size=4), st.sampled_from("）》”"))
WORD = st.sampled_from([" check-in", " 7:30,", " a", " (b) ", "¥30", "50%"])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(PHRASE, QUOTED, WORD), max_size=30))
def test_no_line_begins_or_ends_as_none_should(parts: list[str]) -> None:
    lines = wrap(printable("起".join(parts)), 12 * 40, measure(40))

    assert not [line for line in lines[1:] if line[0] in NOT_FIRST]
    assert not [line for line in lines[:-1] if line[-1] in NOT_LAST]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("早起😀打卡", "早起打卡"),
        ("👨‍👩‍👧🇨🇳", ""),
        ("1️⃣ 报名", "1 报名"),
        ("cafe\u0301", "café"),
        ("第一行\n第二行", "第一行 第二行"),
        ("小红\u200b书\u202e", "小红书"),
        ("ไทย 店", "· 店"),
        ("ﬁ½", "ﬁ½"),
        ("𝒜𝓑", "AB"),
    ],
)
def test_what_the_font_lacks_is_left_out_or_spelled(text: str, said: str) -> None:
    assert printable(text) == said


def test_a_long_title_is_cut_with_an_ellipsis_at_the_end_of_the_rope() -> None:
    fitted = fit(printable("长" * 10_000), 630, 88, 44, 3)

    assert fitted.cut
    assert (len(fitted.lines), fitted.size) == (3, 44)
    assert fitted.lines[-1].endswith("长…")


def test_no_comma_stands_before_the_ellipsis() -> None:
    fitted = fit("一二三四五六七，" * 12, 8 * 44 + 4, 44, 44, 1)

    assert fitted.lines == ("一二三四五六七…",)


def test_a_word_wider_than_its_line_is_broken() -> None:
    assert max(map(len, wrap("W" * 80, 400, measure(40)))) < 20


def test_a_word_is_set_smaller_rather_than_broken() -> None:
    assert fit("Seven-morning check-in", 630, 92, 36, 4).lines == ("Seven-morning", "check-in")


def test_a_line_breaks_after_a_comma_where_one_is_near() -> None:
    assert fit("微信或相机扫一扫，也可长按识别", 262, 26, 20, 2).lines == ("微信或相机扫一扫，", "也可长按识别")


def test_a_short_title_stays_on_one_line_rather_than_growing() -> None:
    assert fit("十二月早起打卡", 630, 92, 36, 4).lines == ("十二月早起打卡",)


def test_no_character_is_left_alone_on_the_last_line() -> None:
    assert min(map(len, fit("和我们一起把整个十二月的早晨过好", 630, 76, 76, 2).lines)) >= 6
