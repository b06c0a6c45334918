"""A cold start, up to a function's first event, over a bare boto3 client: in fresh interpreters, in pairs.

Both sides run from compiled files, and without what this environment holds but a function's package does not: botocore
and urllib3 import awscrt and pyOpenSSL where they find them, which would lengthen the reference by a half.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from statistics import median

from bench.line import Line
from functions.start import MODULES

PAIRS = 15  # single starts scatter by a fifth
REFERENCE = 'import boto3; boto3.client("dynamodb", region_name="us-east-1")'
OURS = "import functions.start; functions.start.{}"
NOT_PACKED = ("awscrt", "OpenSSL", "cryptography")
TIMED = (
    "import sys, time; sys.modules |= dict.fromkeys({not_packed}); "
    "began = time.process_time(); {statement}; print(time.process_time() - began)"
)
SETTINGS = {"POND_TABLE": "table", "POND_TENANT": "bench", "AWS_REGION": "us-east-1"}


def lines() -> Iterator[Line]:
    """One ratio a function."""
    with tempfile.TemporaryDirectory(prefix="pond-bench-") as compiled:
        variables = {**os.environ, **SETTINGS, "PYTHONPYCACHEPREFIX": compiled}
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
        for name in MODULES:
            yield _ratio(f"cold.import_ratio.{name}", OURS.format(name), variables)


def _ratio(name: str, statement: str, variables: Mapping[str, str]) -> Line:
    _seconds(REFERENCE, variables), _seconds(statement, variables)  # files get compiled, and disks warm
    pairs = [(_seconds(statement, variables), _seconds(REFERENCE, variables)) for _ in range(PAIRS)]
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    return Line(name, ours / theirs, "ratio", 1.5, theirs)


def _seconds(statement: str, variables: Mapping[str, str]) -> float:
    """CPU seconds of a statement in an interpreter that has just started."""
    code = TIMED.format(not_packed=NOT_PACKED, statement=statement)
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)
    return float(done.stdout)
