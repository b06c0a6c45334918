"""A new user's folder: what git would clone, and README's command in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from infra.local.home import Home
from infra.local.processes import free_port
from infra.template import ROOT
from tests.browser.conftest import PHONE
from tests.cloud import LocalCloud
from tests.screen_server import screens

DESKTOP = {"width": 1280, "height": 900}
PATIENCE_MS = 60_000  # Streamlit draws its first page slowly on a busy machine


@dataclass
class NewUser:
    """Someone with a fresh clone in an empty folder, and Python and make."""

    folder: Path
    ports: tuple[int, int]
    addresses: dict[str, str]

    def make_run(self, days_ahead: int = 0) -> None:
        """`make run`, in the background, with Pond's clock set ahead."""
        options = f"--detach --port {self.ports[0]} --ui-port {self.ports[1]} --ahead {days_ahead}"
        subprocess.run(["make", "--silent", "run", f"UP={options}"], cwd=self.folder, check=True, timeout=300)
        self.addresses = json.loads((self.folder / ".pond" / "addresses.json").read_text(encoding="utf-8"))

    def sleep_until(self, day: int) -> None:
        """Wake up so many days after the first; what runs goes on, and `--ahead` does nothing else to it."""
        Home(self.folder / ".pond").turn_clock(day)

    def make_down(self) -> None:
        """`make down`."""
        subprocess.run(["make", "--silent", "down"], cwd=self.folder, check=True, timeout=120)


@pytest.fixture(scope="session")
def new_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewUser]:
    """A folder with what git has, and nothing that was installed or built."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    user = NewUser(folder, (free_port(), free_port()), {})
    yield user
    user.make_down()


@pytest.fixture(scope="session")
def composer(local_cloud: LocalCloud) -> Iterator[str]:
    """The address of the marketer's screens over the deployed cloud, by its clock; the journeys share them."""
    with screens(local_cloud.environment, POND_CLOCK=str(Home(local_cloud.home).clock)) as address:
        yield address


def opened(browser: Browser, *, phone: bool, language: str = "zh-CN") -> Page:
    """A device of its own: a phone, or a desk with downloads."""
    context = browser.new_context(viewport=PHONE if phone else DESKTOP, locale=language, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page
