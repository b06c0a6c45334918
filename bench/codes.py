"""Item codes: serials a second on one core, and ten thousand links through the command line."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.line import Line
from functions.codes.link import build
from functions.codes.serial import Serials, serial_key

SERIALS, LINKS = 200_000, 10_000
GTIN = "09520123456788"


def lines() -> Iterator[Line]:
    """`codes.serials_per_second`, `codes.opened_per_second`; `codes.parse_seconds` with the interpreter's start.

    All in seconds of one core, so that what else the machine does is no matter.
    """
    serials = Serials(serial_key(b"bench" * 8, "demo", f"01/{GTIN}/10/L7"))
    began = time.process_time()
    made = [serials.seal(index) for index in range(SERIALS)]
    yield Line("codes.serials_per_second", SERIALS / (time.process_time() - began), "1/s", 100_000, at_least=True)
    began = time.process_time()
    assert [serials.open(serial) for serial in made] == list(range(SERIALS))
    yield Line("codes.opened_per_second", SERIALS / (time.process_time() - began), "1/s", 100_000, at_least=True)
    yield Line("codes.parse_seconds", _parse_seconds(made[:LINKS]), "s", 2)


def _parse_seconds(serials: list[str]) -> float:
    told = [("01", GTIN), ("22", "V/1"), ("10", "L7"), ("15", "261231"), ("17", "270228"), ("3103", "000195")]
    links = "\n".join(build("https://shop.example", [*told, ("21", serial)]) for serial in serials)
    command = [sys.executable, "-m", "infra.cli", "codes", "parse"]
    before = _children_seconds()
    done = subprocess.run(command, input=links, capture_output=True, text=True, check=True)
    assert done.stdout.count('"ok": true') == LINKS
    return _children_seconds() - before


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
