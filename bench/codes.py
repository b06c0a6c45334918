"""Item codes: serials a second on one core, ten thousand links through the command line, and codes for the printer."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from bench.line import Line
from functions.codes.link import build
from functions.codes.serial import Serials, serial_key
from functions.drawing.codes import MASK
from functions.drawing.labels.layout import laid_out
from functions.drawing.labels.output import whole
from functions.drawing.labels.series import series
from functions.drawing.labels.settings import Labels
from functions.drawing.labels.sheet import Sheets

SERIALS, LINKS, PICTURES, LABELS = 200_000, 10_000, 300, 20_000
GTIN = "09520123456788"
HEAD = f"https://shop.example/01/{GTIN}/10/L7/21/"
JOB = f"""
import resource, sys
from pathlib import Path
from functions.codes.batch import Batch
from functions.codes.serial import Serials
from functions.drawing.labels.settings import Labels
from infra.code_files import write
batch = Batch(id="batch_{"0" * 26}", gtin="{GTIN}", lot="L7", size=1_000_000, stem="https://shop.example", key="k1")
write(batch, Labels(), Serials(b"bench" * 6), Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def lines() -> Iterator[Line]:
    """`codes.serials_per_second`, `codes.opened_per_second`; `codes.parse_seconds` with the interpreter's start;

    `codes.print_ratio` and `codes.job_megabytes`. Times in seconds of one core, so that what else the machine does is
    no matter.
    """
    serials = Serials(serial_key(b"bench" * 8, "demo", f"01/{GTIN}/10/L7"))
    began = time.process_time()
    made = [serials.seal(index) for index in range(SERIALS)]
    yield Line("codes.serials_per_second", SERIALS / (time.process_time() - began), "1/s", 100_000, at_least=True)
    began = time.process_time()
    assert [serials.open(serial) for serial in made] == list(range(SERIALS))
    yield Line("codes.opened_per_second", SERIALS / (time.process_time() - began), "1/s", 100_000, at_least=True)
    yield Line("codes.parse_seconds", _parse_seconds(made[:LINKS]), "s", 2)
    reference = _pictures_per_second([HEAD + serial for serial in made[:PICTURES]])
    yield Line("codes.print_ratio", _labels_per_second(made[:LABELS]) / reference, "", 10, reference, at_least=True)
    yield Line("codes.job_megabytes", _job_megabytes(), "MB", 256)


def _pictures_per_second(links: list[str]) -> float:
    """What `qrcode` and Pillow make of them, with one mask fixed: unasked they score eight, in thrice the time."""
    began = time.process_time()
    for link in links:
        code = QRCode(error_correction=ERROR_CORRECT_Q, mask_pattern=MASK)
        code.add_data(link)
        code.make_image().save(io.BytesIO(), "PNG")
    return len(links) / (time.process_time() - began)


def _labels_per_second(serials: list[str]) -> float:
    """Labels of a PDF, with the series drawn anew."""
    began = time.process_time()
    drawn = series(HEAD)
    made = Sheets(laid_out(Labels(), drawn.width), drawn, len(serials))
    assert sum(map(len, whole(made, serials))) > 300 * len(serials)
    return len(serials) / (time.process_time() - began)


def _job_megabytes() -> float:
    """The most memory of a process that writes a PDF of a million labels."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", JOB, f"{folder}/codes.pdf"], capture_output=True, text=True, check=True
        )
    return int(done.stdout) / 1024


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
