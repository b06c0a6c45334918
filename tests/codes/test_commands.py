"""`pond codes parse`, run as an engineer runs it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from infra import cli

GTIN = "09520123456788"
LINK = f"https://shop.example/01/{GTIN}/10/A%2Fb?17=261231"
SAID = {
    "ok": True,
    "elements": [["01", GTIN], ["10", "A/b"], ["17", "261231"]],
    "canonical": f"https://id.gs1.org/01/{GTIN}/10/A%2Fb?17=261231",
}


def test_a_link_is_told_with_its_elements_and_canonical_form() -> None:
    said = CliRunner().invoke(cli.app, ["codes", "parse", LINK])

    assert said.exit_code == 0
    assert json.loads(said.stdout) == SAID


@pytest.mark.parametrize(("lang", "word"), [("zh", "校验位"), ("en", "check digit")])
def test_what_is_none_has_the_reason_in_the_persons_language_and_status_one(lang: str, word: str) -> None:
    said = CliRunner().invoke(cli.app, ["codes", "parse", f"https://a/01/{GTIN[:-1]}9", "--lang", lang])

    told = json.loads(said.stdout)
    assert (said.exit_code, told["ok"], told["reason"], told["at"]) == (1, False, "check_digit", "01")
    assert word in told["message"]


def test_every_line_of_a_stream_is_answered_in_its_place_whatever_its_bytes() -> None:
    lines = [LINK.encode(), b"", b"\xff\xfe", b"https://a/01/" + b"9" * 5_000, LINK.encode() + b"\r", b"nonsense"]

    said = CliRunner().invoke(cli.app, ["codes", "parse"], input=b"\n".join(lines))

    told = [json.loads(line) for line in said.stdout.splitlines()]
    assert said.exit_code == 0
    assert [one["ok"] for one in told] == [True, False, False, False, True, False]
    assert told[0] == told[4] == SAID
    assert all(one["message"] for one in told if not one["ok"])


def test_ten_thousand_lines_have_ten_thousand_answers() -> None:
    said = CliRunner().invoke(cli.app, ["codes", "parse"], input="\n".join([LINK] * 10_000))

    assert said.stdout.splitlines() == [json.dumps(SAID)] * 10_000
