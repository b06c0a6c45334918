"""`pond up`: one command, the same cloud again, nothing lost by kill -9, one sentence for what is in the way."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from infra.clients import local
from infra.local import dynoxide
from infra.local.processes import free_port

pytestmark = pytest.mark.cloud
PATIENCE_SECONDS = 120


class Pond:
    """The command line in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"POND_HOME": str(self.home)}
        command = [sys.executable, "-m", "infra.cli", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    def up(self) -> dict[str, Any]:
        done = self("up", "--detach", "--no-ui", "--port", str(self.port))
        assert done.returncode == 0, done.stdout + done.stderr
        return dict(json.loads((self.home / "addresses.json").read_text()))

    def kill_everything(self) -> None:
        pids = [entry["pid"] for entry in json.loads((self.home / "processes.json").read_text())]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=5)


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pond]:
    pond = Pond(tmp_path_factory.mktemp("up") / "home")
    yield pond
    pond("down")


def test_a_clock_that_was_set_ahead_and_is_not_any_more_is_said(pond: Pond) -> None:
    pond.up()

    ahead, plain, again = (pond("up", "--detach", *words).stdout for words in (["--ahead", "3"], [], []))
    (pond.home / "clock").write_text("abc")
    other, spoilt = pond("up", "--lan", "--ahead", "3"), pond("up")

    assert "3 days ahead" in ahead
    assert "real time again; it was 3 days ahead" in plain
    assert "clock" not in again
    assert (other.returncode, "[already_up]" in other.stderr, "ahead" in other.stdout) == (1, True, False)
    assert (spoilt.returncode, "clock" in spoilt.stdout, (pond.home / "clock").read_text()) == (0, False, "0")


def rows(addresses: dict[str, Any]) -> list[str]:
    table = dynoxide.client(addresses["table_endpoint"])
    pages = table.get_paginator("scan").paginate(TableName=addresses["table"], ConsistentRead=True)
    return sorted(item["sk"]["S"] for page in pages for item in page["Items"] if item["pk"]["S"] == "T#test#up")


def write(addresses: dict[str, Any], name: str) -> None:
    item = {"pk": {"S": "T#test#up"}, "sk": {"S": name}}
    dynoxide.client(addresses["table_endpoint"]).put_item(TableName=addresses["table"], Item=item)


def test_a_second_up_finds_the_first_and_prints_the_same_addresses(pond: Pond) -> None:
    first = pond.up()

    again = pond("up", "--detach")

    assert again.returncode == 0
    assert first["api"] in again.stdout
    assert json.loads((pond.home / "addresses.json").read_text()) == first


def test_kill_nine_of_everything_loses_no_row_no_object_and_no_key(pond: Pond) -> None:
    before = pond.up()
    s3, secrets = local("s3", before["endpoint"]), local("secretsmanager", before["endpoint"])
    s3.put_object(Bucket=before["bucket"], Key="proofs/a.jpg", Body=b"picture", ContentType="image/jpeg")
    root = secrets.get_secret_value(SecretId=before["secret"])["SecretString"]
    names = [f"row-{number:03}" for number in range(200)]
    for name in names:
        write(before, name)

    pond.kill_everything()
    after = pond.up()

    kept = local("s3", after["endpoint"]).get_object(Bucket=after["bucket"], Key="proofs/a.jpg")
    found = local("secretsmanager", after["endpoint"]).get_secret_value(SecretId=after["secret"])["SecretString"]
    assert set(names) <= set(rows(after))
    assert (kept["Body"].read(), kept["ContentType"]) == (b"picture", "image/jpeg")
    assert found == root
    assert after["api"] == before["api"]


def test_a_dead_emulator_comes_back_behind_the_same_address(pond: Pond) -> None:
    before = pond.up()
    write(before, "before-the-death")
    emulator = int(before["endpoint"].rpartition(":")[2])
    victim = next(
        process for process in psutil.process_iter()
        if process.pid in {entry["pid"] for entry in json.loads((pond.home / "processes.json").read_text())}
        and emulator in {each.laddr.port for each in process.net_connections("inet") if each.status == "LISTEN"}
    )  # fmt: skip

    victim.kill()

    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and victim.is_running():
        time.sleep(0.2)
    statuses = set()
    while time.monotonic() < deadline and 200 not in statuses:
        statuses.add(httpx.get(f"{before['api']}/health", timeout=30).status_code)
        time.sleep(0.2)
    assert 200 in statuses
    assert "before-the-death" in rows(before)


def test_down_ends_it_and_says_so_and_a_second_down_has_nothing_to_do(pond: Pond) -> None:
    pond.up()

    first, second = pond("down"), pond("down")

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout != second.stdout
    assert not (pond.home / "addresses.json").exists()


def test_the_supervisor_alone_killed_takes_its_parts_along_and_the_next_up_stands(pond: Pond) -> None:
    pond.up()
    supervisor, *parts = [entry["pid"] for entry in json.loads((pond.home / "processes.json").read_text())]
    watched = [psutil.Process(pid) for pid in parts]

    os.kill(supervisor, signal.SIGKILL)

    _, alive = psutil.wait_procs(watched, timeout=10)
    assert alive == []
    assert httpx.get(f"{pond.up()['api']}/health", timeout=30).status_code == 200


@pytest.mark.parametrize("words", [[], ["--detach"]])
def test_a_port_in_use_is_named_with_the_option_that_changes_it(tmp_path: Path, words: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = Pond(tmp_path)("up", "--no-ui", "--port", str(taken.getsockname()[1]), "--ahead", "9", *words)

    assert done.returncode == 1
    assert "ahead" not in done.stdout
    assert not (tmp_path / "clock").exists()
    assert "[part_did_not_start]" not in done.stderr
    assert "[port_taken]" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    done = Pond(tmp_path / "file" / "home")("up", "--no-ui")

    assert done.returncode == 1
    assert "[folder_read_only]" in done.stderr
    assert "Traceback" not in done.stderr
