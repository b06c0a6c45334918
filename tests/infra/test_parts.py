"""A part that does not start, or keeps dying, is named with its own last words; nobody else's process is touched."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from infra.local.home import Home, write_json
from infra.local.processes import Part, end, free_port, remember, remembered
from infra.local.supervisor import Supervisor, Wish, require_like
from infra.problems import Problem
from infra.template import ROOT

DYING = [sys.executable, "-c", "import sys; sys.exit('out of ink')"]
LIVING = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    return home


def part(home: Home, command: list[str], port: int | None = None) -> Part:
    return Part("printer", command, dict(os.environ), home.log("printer"), port)


def test_a_part_that_ends_before_it_listens_is_quoted(home: Home) -> None:
    printer = part(home, DYING, free_port())
    printer.start()

    with pytest.raises(Problem) as caught:
        printer.await_port()

    assert caught.value.code == "part_did_not_start"
    assert "out of ink" in str(caught.value)


def test_a_part_does_not_stand_because_somebody_else_answers_on_its_port(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        printer = part(home, [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"], port)
        printer.start()

        with pytest.raises(Problem) as caught:
            printer.await_port()

    assert caught.value.code == "part_did_not_start"
    assert "in use" in str(caught.value)


def test_a_port_is_given_to_one_program_only() -> None:
    # Of so many that are let go at once, some thirty come again.
    given = [free_port() for _ in range(1_000)]

    assert len(set(given)) == len(given)


def test_a_part_that_keeps_dying_is_given_up_with_its_last_words(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.local.supervisor.WATCH_SECONDS", 0.01)
    supervisor = Supervisor(home, Wish(), lambda _: None)
    supervisor._parts = [part(home, DYING)]

    with pytest.raises(Problem) as caught:
        supervisor._watch()

    assert caught.value.code == "part_keeps_dying"
    assert "out of ink" in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "is_as_it_runs"),
    [
        ({}, True),
        ({"api_port": 9000, "ui_port": 9001, "lan": False, "ui": True}, True),
        ({"api_port": 8787}, False),
        ({"ui_port": 8501}, False),
        ({"lan": True}, False),
        ({"ui": False}, False),
    ],
)
def test_a_cloud_that_runs_is_shown_unless_another_was_asked_for(asked: dict[str, Any], is_as_it_runs: bool) -> None:
    addresses = {"api": "http://localhost:9000", "ui": "http://localhost:9001"}

    try:
        require_like(addresses, Wish(**asked), list(asked))
        said = ""
    except Problem as problem:
        said = str(problem)

    assert (said == "") == is_as_it_runs
    assert is_as_it_runs or all(address in said for address in addresses.values())


def test_a_composer_that_does_not_run_is_missed_only_where_it_was_asked_for() -> None:
    addresses = {"api": "http://localhost:8787"}

    require_like(addresses, Wish(), [])
    for asked in ("ui", "ui_port"):
        with pytest.raises(Problem, match=r"at http://localhost:8787, not"):
            require_like(addresses, Wish(), [asked])


def test_two_doors_on_one_port_are_told_before_anything_starts(home: Home) -> None:
    with pytest.raises(Problem, match="both listen on port 8787"):
        Supervisor(home, Wish(8787, 8787), lambda _: None).up(lambda: None, lambda _: None)


def test_two_programs_that_write_one_file_do_not_take_each_others_draft(home: Home) -> None:
    writes = "import sys, pathlib, infra.local.home as it\nfor _ in range(99): it.write(pathlib.Path(sys.argv[1]), '0')"
    command = [sys.executable, "-c", writes, str(home.clock)]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]

    assert [(each.communicate()[1], each.returncode) for each in both] == [(b"", 0)] * 2


def test_what_a_crash_left_running_is_found_and_ended(home: Home) -> None:
    left = part(home, LIVING)
    left.start()
    remember(home, [left])
    supervisor, *parts = remembered(home)

    end(parts)

    assert supervisor.pid == os.getpid()
    assert not left.alive


def test_a_process_id_that_now_belongs_to_another_program_is_not_meant(home: Home) -> None:
    born = psutil.Process().create_time()
    write_json(home.processes, [{"pid": os.getpid(), "born": born - 3600}, {"pid": 2**22 + 1, "born": born}])

    assert remembered(home) == []
