"""`pond codes`, run as an engineer runs it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from typer.testing import CliRunner

from functions.core.tokens import Keyring
from infra import cli, code_files, code_shelf

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


RING = Keyring("demo", "k2", {"k1": b"root one" * 4, "k2": b"root two" * 4})
ORDER = {"gtin": "9520123456788", "lot": 'L"7,', "size": 25, "stem": "https://shop.example"}


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """The keys that the commands find."""
    monkeypatch.setattr(code_shelf, "open_ring", lambda _environment: RING)
    return RING


def order(folder: Path, **changes: Any) -> Path:
    path = folder / "batch.json"
    path.write_text(json.dumps(ORDER | changes), encoding="utf-8")
    return path


def pond(*words: object, lines: str = "") -> Any:
    return CliRunner().invoke(cli.app, ["codes", *map(str, words)], input=lines)


def test_a_batch_is_written_and_every_code_of_it_is_verified(tmp_path: Path, ring: Keyring) -> None:
    made = pond("make", order(tmp_path), "--out", tmp_path / "codes.csv")
    with (tmp_path / "codes.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    told = pond("verify", lines="\n".join(row["link"] for row in rows))

    assert made.exit_code == 0
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 26)]
    assert all(row["text"] == f'(01){GTIN}(10)L"7,(21){row["serial"]}' for row in rows)
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    label = f'01/{GTIN}/10/L"7,'
    assert answers == [{"ok": True, "label": label, "index": index, "key": "k2"} for index in range(25)]


def test_the_same_file_makes_the_same_codes(tmp_path: Path, ring: Keyring) -> None:
    for name in ("one.csv", "two.csv"):
        pond("make", order(tmp_path, gtin="", lot=""), "--out", tmp_path / name)

    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert b"https://shop.example/i/batch_" in (tmp_path / "one.csv").read_bytes()


@pytest.mark.parametrize(("lang", "word"), [("zh", "校验位"), ("en", "check digit")])
def test_a_batch_that_cannot_be_is_named_at_its_place_and_writes_nothing(
    tmp_path: Path, ring: Keyring, lang: str, word: str
) -> None:
    file = order(tmp_path, gtin="9520123456789", size=0)

    said = pond("make", file, "--out", tmp_path / "codes.csv", "--lang", lang)

    assert said.exit_code == 1
    assert word in said.stderr
    assert "  size  " in said.stderr
    assert not (tmp_path / "codes.csv").exists()


@pytest.mark.parametrize("ending", ["pdf", "zip", "xlsx"])
def test_labels_pictures_and_workbook_have_the_codes_of_the_table(tmp_path: Path, ring: Keyring, ending: str) -> None:
    file = order(tmp_path, labels={"columns": 3, "rows": 8, "text": "gs1"})
    pond("make", file, "--out", tmp_path / "codes.csv")
    with (tmp_path / "codes.csv").open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))

    made = pond("make", file, "--out", tmp_path / f"codes.{ending}")

    assert made.exit_code == 0
    assert ("2 × 24 · " in made.stdout) == (ending == "pdf")
    told = TOLD[ending]((tmp_path / f"codes.{ending}").read_bytes())
    assert told == [row["serial"] for row in rows]


def of_labels(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.findall(r"\(21\)([0-9A-Z]{20})", words)


def of_pictures(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        return [name[9:29] for name in files.namelist()]


def of_sheets(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    (sheet,) = book.worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == ("number", "serial", "link", "text")
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert all(str(row[2]).startswith("https://shop.example/01/") and '(10)L"7,(21)' in str(row[3]) for row in rows)
    return [str(row[1]) for row in rows]


TOLD: dict[str, Callable[[bytes], list[str]]] = {"pdf": of_labels, "zip": of_pictures, "xlsx": of_sheets}


@pytest.mark.parametrize(
    ("changes", "out", "code"),
    [
        ({}, "codes.doc", "format_unknown"),
        ({"labels": {"columns": 14, "rows": 14, "text": "none"}}, "a.pdf", "module_too_small"),
        ({}, "none/codes.csv", "file_not_written"),
        ({"key": "k9"}, "a.csv", "no_such_key"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    tmp_path: Path, ring: Keyring, changes: dict[str, Any], out: str, code: str
) -> None:
    said = pond("make", order(tmp_path, **changes), "--out", tmp_path / out)

    assert said.exit_code == 1
    assert f"[{code}]" in said.stderr


def test_what_is_interrupted_leaves_the_old_file_and_no_half(
    tmp_path: Path, ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "codes.csv").write_text("before")

    def interrupted(*_: object) -> Iterator[str]:
        yield "A" * 20
        raise KeyboardInterrupt

    monkeypatch.setattr(code_files, "sealed", interrupted)
    pond("make", order(tmp_path), "--out", tmp_path / "codes.csv")

    assert (tmp_path / "codes.csv").read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"codes.csv", "batch.json"}


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (f"https://a/01/{GTIN}/10/L7/21/{'A' * 20}", "not_ours"),
        (f"https://a/i/batch_{'0' * 26}.{'A' * 20}", "not_ours"),
        (f"https://a/01/{GTIN}/10/L7/21/short", "not_ours"),
        (f"https://a/01/{GTIN}", "no_item"),
        ("https://a/", "no_key"),
    ],
)
def test_what_was_not_made_here_is_told_apart_for_the_marketer(ring: Keyring, link: str, reason: str) -> None:
    said = pond("verify", link)

    told = json.loads(said.stdout)
    assert (said.exit_code, told["ok"], told["reason"]) == (1, False, reason)
    assert told["message"]


def test_without_a_cloud_it_is_said_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POND_HOME", str(tmp_path))
    monkeypatch.delenv("POND_SECRET", raising=False)

    assert "[not_up]" in pond("verify", f"https://a/01/{GTIN}").stderr
