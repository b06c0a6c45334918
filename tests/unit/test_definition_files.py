"""Definition files are read without surprises, refused at their place, and written so as to be read again."""

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.definition_files import BYTES_MAX, Unreadable, parse, read, written

tricky = st.sampled_from(
    ["no", "10:30", "2026-12-01", "08", "1e3", "0x1F", "~", "&a", "# b", "null", "a\x85b", "a\r\nb"]
)
words = st.text(max_size=20) | tricky
numbers = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


def refusal(text: str, name: str, folder: Path) -> Unreadable:
    """What is said of a file with this content."""
    file = folder / name
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(Unreadable) as raised:
        read(file)
    assert raised.value.message.complete
    return raised.value


@given(st.dictionaries(words, plain, max_size=4))
def test_what_was_written_is_read_back_as_it_was(content: dict[str, Any]) -> None:
    assert parse(written(content)) == content


def test_yaml_says_what_it_looks_like() -> None:
    text = "a: 10:30\nb: no\nc: 2026-12-01\nd: 1\ne: 1.5\nf: true\ng: ~\nh:\ni: .nan\nj: 1_000\n"

    assert parse(text) == {
        "a": "10:30",
        "b": "no",
        "c": "2026-12-01",
        "d": 1,
        "e": 1.5,
        "f": True,
        "g": None,
        "h": None,
        "i": ".nan",
        "j": "1_000",
    }


def test_a_json_file_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "campaign.json"
    file.write_bytes(b'\xef\xbb\xbf{"mechanic": "checkin", "days": [1, 2.5]}')

    assert read(file) == {"mechanic": "checkin", "days": [1, 2.5]}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: [1,\nb: 2", "syntax_error", 2, 5),
        ("a: {b: c: d}", "syntax_error", 1, 9),
        ("a:\n\t- b", "syntax_error", 2, 1),
        ("a: 1\nb: 'x", "syntax_error", 2, 6),
        ("a: 1\n---\nb: 2", "syntax_error", 2, 1),
        ("a: \x01", "syntax_error", 1, 4),
        ("a: &x 1\nb: *x", "yaml_alias", 1, 4),
        ("a: *x", "yaml_alias", 1, 4),
        ("a: !!python/object:os.system x", "yaml_tag", 1, 4),
        ("a: !!timestamp 2026-12-01", "yaml_tag", 1, 4),
        ("a: 1\nb: 2\na: 3", "key_twice", 3, 1),
        ("- 1", "not_a_definition", 0, 0),
        ("", "not_a_definition", 0, 0),
        ("just words", "not_a_definition", 0, 0),
        ("a: " + "[" * 40 + "]" * 40, "too_deep", 0, 0),
        ("[" * 5000, "too_deep", 0, 0),
        ("a: " + "x" * BYTES_MAX, "file_too_large", 0, 0),
    ],
)
def test_a_broken_yaml_file_is_refused_at_its_place(
    text: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    said = refusal(text, "campaign.yaml", tmp_path)

    assert (said.code, said.line, said.column) == (code, line, column)
    assert not line or (f"line {line}, column {column}" in said.message.en and f"第 {line} 行" in said.message.zh)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('{"a": 1,\n}', "syntax_error", 2),
        ('{"a": NaN}', "syntax_error", 0),
        ('{"a": 1, "a": 2}', "key_twice", 0),
        ('{"a": ' + "9" * 5000 + "}", "syntax_error", 0),
        ("[" * 100_000, "too_deep", 0),
        ("[]", "not_a_definition", 0),
        ("", "syntax_error", 1),
    ],
)
def test_a_broken_json_file_is_refused(text: str, code: str, line: int, tmp_path: Path) -> None:
    said = refusal(text, "campaign.json", tmp_path)

    assert (said.code, said.line) == (code, line)


def test_a_file_in_another_encoding_is_refused_where_it_begins_to_differ(tmp_path: Path) -> None:
    file = tmp_path / "campaign.yaml"
    file.write_bytes("a: 1\nb: 早安".encode("gbk"))

    with pytest.raises(Unreadable) as raised:
        read(file)

    assert (raised.value.code, raised.value.line, raised.value.column) == ("not_utf8", 2, 4)


@given(st.text(max_size=60))
def test_any_text_is_a_definition_or_refused(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(parse(text), dict)
