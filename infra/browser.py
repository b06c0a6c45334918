"""Finds Chromium for the browser tests, and installs it with the fonts they need where that is possible.

Best without a window of its own: Debian's `chromium-headless-shell` draws the same pages for three fifths of the work.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.problems import Problem, printed

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSERS = (SHELL, "chromium")  # the first that the system's packages have
FONTS = ("fonts-noto-cjk", "fonts-noto-color-emoji", "fonts-liberation")
CHINESE, LATIN = ":lang=zh", "Liberation Sans"  # the latter runs as wide as the Arial that phones' English asks for
PLACES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)


def find() -> Path | None:
    """The browser's path, from POND_CHROMIUM, the search path or a usual place."""
    if named := os.environ.get("POND_CHROMIUM"):
        return Path(named) if Path(named).exists() else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in PLACES if place.exists()), None)


def require() -> Path:
    """The browser's path; installed by the system's packages where it is missing. Raises `no_chromium`."""
    if (found := find()) and _has_font(CHINESE):
        return found
    words = _install(BROWSERS)
    if (found := find()) is None:
        raise Problem("no_chromium", words=words)
    return found


def prepare() -> Path:
    """As `require`, after a try to get the one without a window and every font. Raises `no_chromium`."""
    if not (shutil.which(SHELL) and _has_font(LATIN)) and "POND_CHROMIUM" not in os.environ:
        _install((SHELL,))
    return require()


def _has_font(pattern: str) -> bool:
    if shutil.which("fc-list") is None:
        return sys.platform != "linux"
    return bool(subprocess.run(["fc-list", pattern], capture_output=True, check=False).stdout.strip())


def _install(browsers: Sequence[str]) -> str:
    if shutil.which("apt-get") is None:
        return "this system has no apt-get; install Chromium by hand"
    root: list[str] = []
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            return "apt-get needs root or sudo"
        root = ["sudo", "-n"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    said = ""
    for words in (["update"], *(["install", "-y", "--no-install-recommends", one, *FONTS] for one in browsers)):
        command = [*root, "apt-get", "-q", *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if not done.returncode and words[0] == "install":
            return "installed, but not found"
        said = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), said)
    return said


if __name__ == "__main__":
    try:
        print(prepare())
    except Problem as problem:
        sys.exit(printed(problem))
