"""What a member may call themselves, how it is found, and what others see of it."""

from __future__ import annotations

import pytest

from functions.core.faults import Fault
from functions.core.nickname import masked, nickname, normal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("小鱼", "小鱼"),
        ("  Anna   Lee ", "Anna Lee"),
        ("Ａｎｎａ", "Anna"),  # width
        ("小鱼🐟", "小鱼🐟"),
        ("👨‍👩‍👧一家", "👨‍👩‍👧一家"),
        ("J.K. 罗琳", "J.K. 罗琳"),
        ("Zoë", "Zoë"),
        ("小鱼2024", "小鱼2024"),
        ("a" * 16, "a" * 16),
        ("", "nickname_empty"),
        ("  ", "nickname_empty"),
        ("-_-", "nickname_empty"),
        ("\u3164\u2800", "nickname_empty"),  # blanks that count as letters
        ("\ufe0f", "nickname_empty"),
        ("a" * 17, "nickname_too_long"),
        ("ﷺﷺ", "nickname_too_long"),  # 2 characters, 36 in one form
        ("小\u202e鱼", "nickname_strange"),  # turns the line round
        ("小\u0000鱼", "nickname_strange"),
        ("小\u200b鱼", "nickname_strange"),
        ("小\u200d鱼\u200d", "nickname_strange"),
        ("e" + "\u0301" * 9, "nickname_strange"),  # a pile of accents
        ("<b>鱼</b>", "nickname_strange"),
        ("#1", "nickname_strange"),
        ("{{name}}", "nickname_strange"),
        ("=SUM(A1)", "nickname_strange"),
        ("@小鱼", "nickname_strange"),
        ("小鱼.com", "nickname_contact"),
        ("www.x.cn", "nickname_contact"),
        ("138 0013 8000", "nickname_contact"),
        ("v-123456", "nickname_contact"),
        ("١٢٣٤٥٦", "nickname_contact"),
    ],
)
def test_a_nickname_is_kept_in_one_form_or_refused(typed: str, kept: str) -> None:
    found = nickname(typed)

    assert (found.code if isinstance(found, Fault) else found) == kept
    assert not isinstance(found, Fault) or found.message.complete
    assert isinstance(found, Fault) or nickname(found) == found


@pytest.mark.parametrize(
    ("one", "other"), [("ANNA", "anna"), ("Anna Lee", "annalee"), ("小-鱼", "小鱼"), ("Straße", "strasse"), ("①", "1")]
)
def test_names_that_look_alike_are_found_by_either(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("name", "seen"), [("小鱼", "小**"), ("鱼", "鱼**"), ("Anna Lee", "A**"), ("e\u0301a", "e\u0301**"), ("❤️爱", "❤️**")]
)
def test_others_see_the_first_character(name: str, seen: str) -> None:
    assert masked(name) == seen
