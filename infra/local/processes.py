"""The programs of a local cloud: started, watched and ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ephemeral_port_reserve
import psutil

from infra.local.home import Home, read_json, write_json
from infra.problems import Problem
from infra.template import ROOT

START_SECONDS = 60.0
STOP_SECONDS = 8.0
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def free_port() -> int:
    """A port that nobody else is given within a minute, the time a program may take until it listens."""
    return int(ephemeral_port_reserve.reserve())


def require_free(host: str, port: int, option: str) -> None:
    """Raises `port_taken`, naming the option that chooses another."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem("port_taken", port=port, option=option) from error


def listens(program: psutil.Process, port: int) -> bool:
    """Does this very program listen there? An answer on the port could be somebody else's."""
    sockets = program.net_connections("tcp")
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in sockets)


@dataclass
class Part:
    """One program: how it is started, where it listens, what it says."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    port: int | None = None
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it. On Linux it ends with the program that started it, however that ends; elsewhere `stop` ends it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                cwd=ROOT,  # where `.streamlit/` and the packages are
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent if _LIBC else None,
            )

    @property
    def alive(self) -> bool:
        """Started and not ended."""
        return self.process is not None and self.process.poll() is None

    def await_port(self, seconds: float = START_SECONDS) -> None:
        """Wait until it listens. Raises `part_did_not_start` with its own last words."""
        deadline = time.monotonic() + seconds
        while self.port is not None and not self._listens(self.port):
            if not self.alive or time.monotonic() > deadline:
                raise Problem("part_did_not_start", part=self.name, log=self.log, words=self.last_words())
            time.sleep(0.05)

    def _listens(self, port: int) -> bool:
        try:
            return self.process is not None and listens(psutil.Process(self.process.pid), port)
        except psutil.Error:  # it ended just now
            return False

    def last_words(self) -> str:
        """The last line of its log."""
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1].strip()[:300] if lines else "(nothing)"

    def stop(self) -> None:
        """Ask it to end, and insist after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _die_with_parent() -> None:
    """Runs in the child before its program does: Linux ends it with its parent, however that one ends."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def remember(home: Home, parts: Sequence[Part]) -> None:
    """Write down who runs, supervisor first."""
    pids = [os.getpid()] + [part.process.pid for part in parts if part.process and part.alive]
    write_json(home.processes, [{"pid": pid, "born": psutil.Process(pid).create_time()} for pid in pids])


def remembered(home: Home) -> list[psutil.Process]:
    """Who of those written down still runs. A process id that the system gave to another is not meant."""
    found = []
    for entry in read_json(home.processes) or []:
        try:
            process = psutil.Process(entry["pid"])
            if abs(process.create_time() - entry["born"]) < 1 and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


def end(processes: Sequence[psutil.Process], seconds: float = STOP_SECONDS) -> None:
    """End these and only these: first politely, then for sure."""
    for act in (psutil.Process.terminate, psutil.Process.kill):
        _each(processes, act)
        _, processes = psutil.wait_procs(processes, timeout=seconds)
        if not processes:
            return


def _each(processes: Sequence[psutil.Process], act: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        try:
            act(process)
        except psutil.NoSuchProcess:
            continue
