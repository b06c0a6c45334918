"""A batch's codes as a file: labels, pictures or a table. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

from functions.codes.batch import Batch, link_head, text_head
from functions.codes.serial import Serials
from functions.drawing.codes import Level
from functions.drawing.labels.layout import Layout, laid_out
from functions.drawing.labels.output import Output
from functions.drawing.labels.pictures import Pictures
from functions.drawing.labels.reasons import BadLabels
from functions.drawing.labels.series import Series, series
from functions.drawing.labels.settings import Labels
from functions.drawing.labels.sheet import Sheets
from functions.drawing.labels.tables import Table, Workbook

Ending = Literal["pdf", "zip", "csv", "xlsx"]
SERIES_KEPT = 8  # half a second and two megabytes each


def output(batch: Batch, labels: Labels, ending: Ending, made: Serials | None = None) -> Output:
    """The file of a batch that ends in `ending`; `made` its serials, for covert codes. Raises BadLabels."""
    if ending in ("csv", "xlsx"):
        rows = table(batch, made)
        return rows if ending == "csv" else Workbook(rows, batch.size)
    drawn, layout = fitted(batch, labels)
    if ending == "zip":
        return Pictures(drawn, labels.pictures, layout.dots, labels.dpi)
    return Sheets(layout, drawn, batch.size, _prefix(batch, labels), batch.label, _inner(batch, made))


def sample(batch: Batch, labels: Labels) -> bytes:
    """How a label of a batch will look, as PNG. Raises BadLabels."""
    from functions.drawing.labels import sample

    drawn, layout = fitted(batch, labels)
    return sample.sample(Sheets(layout, drawn, 1, _prefix(batch, labels)))


def table(batch: Batch, made: Serials | None = None) -> Table:
    """The rows of a batch; with the covert code of each item, where it has them."""
    return Table(link_head(batch), text_head(batch), _inner(batch, made))


def _inner(batch: Batch, made: Serials | None) -> Callable[[int], str] | None:
    """The covert code of an item, counted from 0; None where the batch has none."""
    return (lambda number: made.inner(batch.first + number)) if batch.inner and made else None


def fitted(batch: Batch, labels: Labels) -> tuple[Series, Layout]:
    """The codes of a batch and how they lie on its labels: what they measure before one is made. Raises BadLabels."""
    try:
        drawn = _series(link_head(batch), labels.level)
    except ValueError as error:
        raise BadLabels("link_too_long") from error
    if not batch.inner:
        labels = labels.model_copy(update={"inner": "none"})
    return drawn, laid_out(labels, drawn.width, _prefix(batch, labels) or ())


def sealed(batch: Batch, serials: Serials, first: int = 0, count: int | None = None) -> Iterator[str]:
    """The serials of `count` items from number `first`, counted from 0; of all without a count."""
    last = batch.size if count is None else min(batch.size, first + count)
    return (serials.seal(batch.first + number) for number in range(first, last))


def _prefix(batch: Batch, labels: Labels) -> tuple[str, ...] | None:
    """The lines for people before the serial's, as GS1 prints them; None when the serial stands alone."""
    if labels.text != "gs1":
        return None
    if not batch.gtin:
        return ("",)
    return (f"(01){batch.gtin}", *([f"(10){batch.lot}"] if batch.lot else []), "(21)")


@lru_cache(maxsize=SERIES_KEPT)
def _series(head: str, level: Level) -> Series:
    return series(head, level)
