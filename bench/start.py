"""How long a later `pond up` takes, on an empty folder that a first one has filled."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from bench.line import Line
from infra.local.processes import free_port

BUDGET = 15


def lines() -> Iterator[Line]:
    """From the command to usable: table, emulator, stack, front door and composer."""
    with tempfile.TemporaryDirectory(prefix="pond-bench-") as folder:
        environment = os.environ | {"POND_HOME": folder}
        ports = ["--port", str(free_port()), "--ui-port", str(free_port())]
        try:
            _pond(environment, "up", "--detach", *ports)
            _pond(environment, "down")
            began = time.monotonic()
            _pond(environment, "up", "--detach", *ports)
            yield Line("start.later_seconds", time.monotonic() - began, "s", BUDGET)
        finally:
            _pond(environment, "down")


def _pond(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "infra.cli", *words], env=environment, check=True, stdout=subprocess.DEVNULL)
