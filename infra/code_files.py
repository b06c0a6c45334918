"""What `pond codes make` writes: a file that takes its name when it is whole, and a bar that tells how far it is."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from functions.codes.batch import Batch
from functions.codes.serial import Serials
from functions.drawing.labels.output import whole
from functions.drawing.labels.settings import Labels
from functions.drawing.labels.sheet import Sheets
from functions.prints.files import Ending, output, sealed
from infra.code_shelf import replacing

KINDS: dict[str, Ending] = {".pdf": "pdf", ".zip": "zip", ".csv": "csv", ".xlsx": "xlsx"}
ENDINGS = tuple(KINDS)
STEP = 1_000  # codes between two moves of the bar


def write(batch: Batch, labels: Labels, serials: Serials, out: Path) -> list[str]:
    """The codes of a batch as the file's ending says; what they measure. BadLabels comes before the file."""
    made = output(batch, labels, KINDS[out.suffix.lower()], serials)
    with replacing(out) as file, Progress(console=Console(stderr=True), transient=True) as progress:
        file.writelines(whole(made, _told(sealed(batch, serials), progress, out.name, batch.size)))
    return _measured(made) if isinstance(made, Sheets) else []


def _told(serials: Iterator[str], progress: Progress, name: str, size: int) -> Iterator[str]:
    task = progress.add_task(name, total=size)
    for number, serial in enumerate(serials, 1):
        yield serial
        if number % STEP == 0 or number == size:
            progress.update(task, completed=number)


def _measured(sheets: Sheets) -> list[str]:
    layout = sheets.layout
    return [
        f"{sheets.pages} × {layout.per_page}",
        f"{layout.side:.1f} mm",
        f"{layout.module:.2f} mm × {layout.modules}",
    ]
