"""A file of a batch's codes as a job: parts that are made apart, and an id that follows from what is printed. Pure."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from functions.codes.batch import Batch
from functions.core.ids import derived_id
from functions.drawing.labels.settings import Labels
from functions.prints.files import Ending

# Labels of a part, for each kind of file: its bytes pass the 5 MiB that S3 asks of every part but the last.
PART: dict[Ending, int] = {"pdf": 25_000, "zip": 25_000, "csv": 100_000, "xlsx": 200_000}


MADE = "1"  # raised when the same order makes other bytes: parts of two kinds must not meet in one file


class Part(NamedTuple):
    """So many labels, the first of them counted from 0."""

    first: int
    size: int


class Job(BaseModel):
    """What is printed: the same order is always the same job, so that asking again goes on with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    batch: Batch
    labels: Labels = Labels()
    ending: Ending

    @property
    def id(self) -> str:
        """Follows from everything that the file's bytes do."""
        batch = self.batch
        printed = (batch.id, batch.key, batch.stem, batch.label, str(batch.first), str(batch.size))
        return derived_id("print", MADE, *printed, self.ending, self.labels.model_dump_json())


def parts(job: Job, step: int) -> list[Part]:
    """The parts of a file, as even as `step` allows, so that the last one too is as large as S3 asks."""
    steps = -(-job.batch.size // step)
    whole = max(1, job.batch.size // PART[job.ending])
    ends = [number * steps // whole * step for number in range(whole + 1)]
    return [Part(first, min(last, job.batch.size) - first) for first, last in itertools.pairwise(ends)]
