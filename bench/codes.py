"""Item codes: serials a second on one core, ten thousand links through the command line, and codes for the printer."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image
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
JOB_SIZE, JOB_KEY, SAMPLE_PAGES = 1_000_000, b"bench" * 6, 25
JOB = f"""
import sys
from pathlib import Path
from functions.codes.batch import Batch
from functions.codes.serial import Serials
from functions.drawing.labels.settings import Labels
from infra.code_files import write
said = {{"gtin": "{GTIN}", "lot": "L7", "size": {JOB_SIZE}, "stem": "https://shop.example", "key": "k1"}}
batch = Batch(id="batch_" + "0" * 26, **said)
write(batch, Labels(), Serials({JOB_KEY!r}), Path(sys.argv[1]))
# Not ru_maxrss: a child begins with that of the process it was forked from, which is larger after other benches.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""


def lines() -> Iterator[Line]:
    """`codes.serials_per_second`, `codes.opened_per_second`; `codes.parse_seconds` with the interpreter's start;

    `codes.print_ratio`, `codes.job_megabytes` and, of that file, `codes.sample_read`. Times in seconds of one core, so
    that what else the machine does is no matter.
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
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "codes.pdf")
        yield Line("codes.job_megabytes", _job_megabytes(file), "MB", 256)
        yield Line("codes.sample_read", _sample_read(file), "", 1, at_least=True)


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


def _job_megabytes(file: Path) -> float:
    """The most memory of a process that writes a PDF of a million labels."""
    done = subprocess.run([sys.executable, "-c", JOB, str(file)], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def _sample_read(file: Path) -> float:
    """The share of the labels of some pages that an independent decoder reads as a printer of 300 dpi sets them."""
    serials = Serials(JOB_KEY)
    document = pypdfium2.PdfDocument(file)
    per_page = -(-JOB_SIZE // len(document))
    read = 0
    for page in random.Random(7).sample(range(len(document)), SAMPLE_PAGES):  # noqa: S311 - a sample to look at
        picture = document[page].render(scale=Labels().dpi / 72).to_pil().convert("1", dither=Image.Dither.NONE)
        made = {HEAD + serials.seal(page * per_page + number) for number in range(per_page)}
        read += len(
            made
            & {
                found.text
                for found in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
            }
        )
    document.close()
    return read / SAMPLE_PAGES / per_page


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
