"""Finds Chromium for the browser tests, and installs it with the fonts they need where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from infra.problems import Problem, printed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk", "fonts-noto-color-emoji")
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
    if (found := find()) and _has_chinese_font():
        return found
    words = _install()
    if (found := find()) is None:
        raise Problem("no_chromium", words=words)
    return found


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return sys.platform != "linux"
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def _install() -> str:
    if shutil.which("apt-get") is None:
        return "this system has no apt-get; install Chromium by hand"
    root: list[str] = []
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            return "apt-get needs root or sudo"
        root = ["sudo", "-n"]
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES],
    ):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run([*root, *command], capture_output=True, text=True, env=environment, check=False)
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines[-1] if done.returncode and lines else "installed, but not found"


if __name__ == "__main__":
    try:
        print(require())
    except Problem as problem:
        sys.exit(printed(problem))
