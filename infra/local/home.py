"""Where a local cloud keeps what must last: `.pond/` beside the code, or POND_HOME."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from functions.edge.clock import seconds_ahead
from infra.problems import Problem
from infra.template import ROOT

DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Home:
    """The files of one local cloud. Only the addresses, the table, objects, root secret and checkpoint matter."""

    folder: Path

    @classmethod
    def chosen(cls) -> "Home":
        """The folder that POND_HOME names, else `.pond/`."""
        return cls(Path(os.environ.get("POND_HOME") or ROOT / ".pond").resolve())

    @property
    def addresses(self) -> Path:
        """What a person or a test needs in order to use the cloud."""
        return self.folder / "addresses.json"

    @property
    def cloud(self) -> Path:
        """What the front door and the pump need; rewritten whenever the stack is made anew."""
        return self.folder / "cloud.json"

    @property
    def lock(self) -> Path:
        """Held by a running supervisor; the system lets go of it however that one ends."""
        return self.folder / "lock"

    @property
    def processes(self) -> Path:
        """Who runs, so that what a crash left behind can be ended."""
        return self.folder / "processes.json"

    @property
    def table(self) -> Path:
        """The table: one SQLite file."""
        return self.folder / "table.db"

    @property
    def rows(self) -> Path:
        """The table's last snapshot, where Dynoxide does not run."""
        return self.folder / "rows.jsonl"

    @property
    def objects(self) -> Path:
        """The bucket's objects."""
        return self.folder / "objects"

    @property
    def clock(self) -> Path:
        """How many seconds Pond's clock is ahead; every part and every function reads it (functions/edge/clock.py)."""
        return self.folder / "clock"

    @property
    def days_ahead(self) -> int:
        """How many days Pond's clock is ahead."""
        return seconds_ahead(self.clock) // DAY_SECONDS

    def turn_clock(self, days: int) -> None:
        """Set Pond's clock so many days ahead, also of a cloud that runs."""
        write(self.clock, str(days * DAY_SECONDS))

    @property
    def root_secret(self) -> Path:
        """The keyring's root. Without it every session and printed code would die with the emulator."""
        return self.folder / "root-secret.json"

    @property
    def checkpoint(self) -> Path:
        """How far the stream has been delivered."""
        return self.folder / "stream.json"

    @property
    def seeded(self) -> Path:
        """Which examples the table has had."""
        return self.folder / "seeded"

    @property
    def scratch(self) -> Path:
        """Where the emulator unpacks the functions; emptied at each start, for a crash leaves it full."""
        return self.folder / "scratch"

    def log(self, part: str) -> Path:
        """What one part said."""
        return self.folder / "logs" / f"{part}.log"

    def prepare(self) -> None:
        """Make the folder, for its owner only. Raises `folder_read_only`."""
        try:
            for folder in (self.folder, self.folder / "logs", self.objects):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write(self.folder / "writable", "")
        except OSError as error:
            raise Problem("folder_read_only", folder=self.folder) from error


def write(path: Path, text: str) -> None:
    """Replace a file as a whole: after a crash it is the old one or the new one, never half of either."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")  # two programs may write it at once
    draft.touch(mode=0o600)
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def write_json(path: Path, value: Any) -> None:
    """`write` of a JSON value."""
    write(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def read_json(path: Path) -> Any:
    """The JSON value of a file, or None where there is no such file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
