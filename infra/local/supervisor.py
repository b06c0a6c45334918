"""`pond up` and `pond down`: one supervisor keeps the parts of a local cloud standing."""

import fcntl
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from infra import seed
from infra.local import dynoxide
from infra.local.cloud import Builder
from infra.local.home import Home, read_json, write_json
from infra.local.processes import Part, end, remember, remembered, require_free
from infra.problems import Problem, read_back
from infra.template import ROOT

API_PORT = 8787
UI_PORT = 8501
WATCH_SECONDS = 0.5
DEATHS_MAX = 3  # within a minute; then it is not bad luck
DETACH_SECONDS = 150.0


@dataclass(frozen=True)
class Wish:
    """What `pond up` was asked for."""

    api_port: int = API_PORT
    ui_port: int = UI_PORT
    lan: bool = False
    ui: bool = True

    @property
    def host(self) -> str:
        """The address the two doors listen on."""
        return "0.0.0.0" if self.lan else "127.0.0.1"

    @property
    def hostname(self) -> str:
        """How people name this machine."""
        return lan_address() if self.lan else "localhost"

    def url(self, port: int) -> str:
        """The address that people open."""
        return f"http://{self.hostname}:{port}"


def require_like(addresses: Mapping[str, str], wish: Wish, asked: Collection[str]) -> None:
    """Raises `already_up` where what runs is not as asked for. `asked` holds the fields of the wish that were named."""
    api, ui = (urlsplit(addresses.get(part, "")) for part in ("api", "ui"))
    differs = {
        "api_port": api.port != wish.api_port,
        "ui_port": ui.port != wish.ui_port,
        "lan": api.hostname != wish.hostname,
        "ui": bool(ui.port) != wish.ui,
    }
    if any(differs[name] for name in asked):
        raise Problem("already_up", addresses=", ".join(url.geturl() for url in (api, ui) if url.port))


def lan_address() -> str:
    """This machine's address in its network. Nothing is sent: the system only chooses a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1, RFC 5737
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def running(home: Home) -> dict[str, str] | None:
    """The addresses of a cloud that runs, or None. Waits for one that is just starting."""
    deadline = time.monotonic() + DETACH_SECONDS
    while is_locked(home):
        addresses = read_json(home.addresses)
        if addresses:
            return dict(addresses)
        if time.monotonic() > deadline:
            raise Problem("still_starting", seconds=int(DETACH_SECONDS), log=home.log("pond"))
        time.sleep(0.2)
    return None


def is_locked(home: Home) -> bool:
    """Does a supervisor run?"""
    try:
        with home.lock.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextmanager
def only_one(home: Home) -> Iterator[None]:
    """Hold the lock. Raises `still_starting` when another was quicker."""
    with home.lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem("still_starting", seconds=0, log=home.log("pond")) from error
        yield


def detach(home: Home, arguments: list[str]) -> dict[str, str]:
    """Start a supervisor in the background and wait for its addresses."""
    log = home.log("pond")
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.cli", "up", *arguments],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
    deadline = time.monotonic() + DETACH_SECONDS
    while time.monotonic() < deadline:
        has_ended = process.poll() is not None  # asked first: it ends well where another `pond up` was quicker
        addresses = read_json(home.addresses)
        if addresses and is_locked(home):
            return dict(addresses)
        if has_ended:
            lines = log.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
            raise read_back(lines[-1]) or Problem("part_did_not_start", part="pond up", log=log, words=lines[-1])
        time.sleep(0.1)
    raise Problem("still_starting", seconds=int(DETACH_SECONDS), log=log)


def down(home: Home) -> bool:
    """End a running cloud, or what a crash left of one. Says whether there was anything to end."""
    found = remembered(home)
    end(found[:1], seconds=20)  # the supervisor ends its parts in order
    end(remembered(home))
    home.addresses.unlink(missing_ok=True)
    return bool(found)


class Supervisor:
    """Starts the parts in order, watches them, ends them."""

    def __init__(self, home: Home, wish: Wish, report: Callable[[str], None]) -> None:
        self._home, self._wish, self._report = home, wish, report
        self._parts: list[Part] = []
        self._builder: Builder | None = None

    def up(self, begin: Callable[[], None], ready: Callable[[dict[str, str]], None]) -> None:
        """Bring everything up, say so, and stay until asked to end. Raises what a part's failure means.

        `begin` is called once nothing is in the way, `ready` with the addresses.
        """
        with only_one(self._home):
            self._home.addresses.unlink(missing_ok=True)
            end(remembered(self._home))
            self._require_ports()
            begin()
            for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(name, _leave)
            try:
                addresses = self._start()
                ready(addresses)
                self._watch()
            finally:
                self._stop()

    def _require_ports(self) -> None:
        wish = self._wish
        if wish.ui and wish.ui_port == wish.api_port:
            raise Problem("same_port", port=wish.api_port)
        require_free(wish.host, wish.api_port, "--port")
        if wish.ui:
            require_free(wish.host, wish.ui_port, "--ui-port")

    def _start(self) -> dict[str, str]:
        self._report("starting the table and the emulator")
        builder = self._builder = Builder(self._home, self._wish.url(self._wish.api_port))
        self._parts += builder.parts
        builder.launch()
        remember(self._home, self._parts)
        builder.fill(self._report)
        helpers = builder.helpers(self._wish.host, self._wish.api_port)
        if self._wish.ui:
            helpers.append(self._streamlit(builder.cloud.environment()))
        self._parts += helpers
        for part in helpers:
            part.start()
        remember(self._home, self._parts)
        self._report("seeding the demo shop")
        if not seed.run(builder.cloud.environment(), self._home.log("seed"), self._home.seeded):
            self._report(f"the demo shop could not be seeded; see {self._home.log('seed')}")
        for part in helpers:
            part.await_port()
        addresses = self._addresses(builder)
        write_json(self._home.addresses, addresses)
        return addresses

    def _addresses(self, builder: Builder) -> dict[str, str]:
        cloud, wish = builder.cloud, self._wish
        return {
            "api": wish.url(wish.api_port),
            **({"ui": wish.url(wish.ui_port)} if wish.ui else {}),
            "table": cloud.table,
            "table_endpoint": cloud.table_endpoint,
            "endpoint": cloud.endpoint,
            "bucket": cloud.bucket,
            "secret": cloud.secret,
        }

    def _streamlit(self, environment: dict[str, str]) -> Part:
        wish = self._wish
        command = [
            sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "serve.py"),
            "--server.port", str(wish.ui_port), "--server.address", wish.host, "--server.headless", "true",
            "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
        ]  # fmt: skip
        settings = {"POND_BASE_URL": wish.url(wish.api_port), "POND_UPLOAD_URL": "/s3"}
        return Part("streamlit", command, environment | settings, self._home.log("streamlit"), wish.ui_port)

    def _watch(self) -> None:
        while True:
            time.sleep(WATCH_SECONDS)
            for part in self._parts:
                if not part.alive:
                    self._revive(part)

    def _revive(self, part: Part) -> None:
        now = time.monotonic()
        part.deaths = [death for death in part.deaths if now - death < 60] + [now]
        if len(part.deaths) > DEATHS_MAX:
            words = part.last_words()
            raise Problem("part_keeps_dying", part=part.name, times=len(part.deaths), log=part.log, words=words)
        self._report(f"{part.name} stopped; starting it again")
        builder = self._builder
        if builder is None or part is not builder.emulator:
            part.start()
            part.await_port()
        else:
            self._home.cloud.unlink(missing_ok=True)  # the front door answers 503 until the stack stands again
            part.start()
            part.await_port()
            builder.fill(self._report)
            write_json(self._home.addresses, self._addresses(builder))
        remember(self._home, self._parts)

    def _stop(self) -> None:
        self._home.addresses.unlink(missing_ok=True)
        for part in reversed(self._parts):
            part.stop()
        self._home.processes.unlink(missing_ok=True)


def _leave(_signal: int, _frame: Any) -> None:
    raise SystemExit(0)


def what_a_crash_loses() -> str | None:
    """The sentence to print where rows are not durable at once."""
    if dynoxide.runs_here():
        return None
    return "No durable table for this kind of machine: a crash may lose the last three seconds of writes."


def detached_arguments(wish: Wish, asked: Collection[str]) -> list[str]:
    """The same wish, as arguments of another `pond up`: what was not asked for is left to it as well."""
    options = {
        "api_port": ["--port", str(wish.api_port)],
        "ui_port": ["--ui-port", str(wish.ui_port)],
        "lan": ["--lan"],
        "ui": ["--ui" if wish.ui else "--no-ui"],
    }
    return [word for name in asked for word in options[name]]
