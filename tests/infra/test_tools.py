"""What Pond fetches for a machine, and what it says where that cannot be had."""

from pathlib import Path

import pytest

from infra import browser
from infra.local import dynoxide
from infra.problems import Problem, Relayed, printed, read_back


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No program on the search path, no tool fetched yet."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(dynoxide.sys, "executable", str(tmp_path / "no" / "python"))
    monkeypatch.setattr(dynoxide, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(dynoxide, "BINARY", tmp_path / "tools" / "dynoxide")
    return programs


def test_without_npm_one_sentence_says_who_brings_it(bare_machine: Path) -> None:
    with pytest.raises(Problem) as caught:
        dynoxide.obtain()

    assert caught.value.code == "npm_missing"


def test_npm_that_fails_is_quoted(bare_machine: Path) -> None:
    npm = bare_machine / "npm"
    npm.write_text("#!/bin/sh\necho 'registry away' >&2\nexit 1\n")
    npm.chmod(0o755)

    with pytest.raises(Problem) as caught:
        dynoxide.obtain()

    assert caught.value.code == "table_program_missing"
    assert "registry away" in str(caught.value)


def test_a_fetched_program_is_not_fetched_again(bare_machine: Path) -> None:
    dynoxide.TOOLS.mkdir()
    dynoxide.BINARY.touch()

    assert dynoxide.obtain() == dynoxide.BINARY


def test_without_chromium_and_without_a_way_to_get_it_one_sentence_says_so(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "PLACES", ())

    with pytest.raises(Problem) as caught:
        browser.require()

    assert caught.value.code == "no_chromium"


def test_a_problem_told_by_another_pond_keeps_its_sentence_and_its_code() -> None:
    told = read_back(printed(Problem("port_taken", port=1, option="--port")))

    assert isinstance(told, Relayed)
    assert (told.code, str(told)) == ("port_taken", str(Problem("port_taken", port=1, option="--port")))
    assert read_back("Traceback (most recent call last):") is None
