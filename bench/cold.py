"""A cold start, up to a function's first event, over a bare boto3 client: in fresh interpreters, round by round.

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

ROUNDS = 15  # single starts scatter by a fifth
REFERENCE = 'import boto3; boto3.client("dynamodb", region_name="us-east-1")'
OURS = "import functions.start; functions.start.{}"
NOT_PACKED = ("awscrt", "OpenSSL", "cryptography")
TIMED = (
    "import sys, time; sys.modules |= dict.fromkeys({not_packed}); "
    "began = time.process_time(); {statement}; print(time.process_time() - began)"
)
SETTINGS = {"POND_TABLE": "table", "POND_TENANT": "bench", "AWS_REGION": "us-east-1"}


def lines() -> Iterator[Line]:
    """One ratio a function. Every round starts all of them and the reference, so that a slow spell falls on each."""
    with tempfile.TemporaryDirectory(prefix="pond-bench-") as compiled:
        variables = {**os.environ, **SETTINGS, "PYTHONPYCACHEPREFIX": compiled}
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
        statements = {"": REFERENCE} | {name: OURS.format(name) for name in MODULES}
        for statement in statements.values():
            _seconds(statement, variables)  # files get compiled, and disks warm
        rounds = [{name: _seconds(said, variables) for name, said in statements.items()} for _ in range(ROUNDS)]
        for name in MODULES:
            ratio = median(one[name] / one[""] for one in rounds)
            yield Line(f"cold.import_ratio.{name}", ratio, "ratio", 1.5, median(one[""] for one in rounds))


def _seconds(statement: str, variables: Mapping[str, str]) -> float:
    """CPU seconds of a statement in an interpreter that has just started."""
    code = TIMED.format(not_packed=NOT_PACKED, statement=statement)
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)
    return float(done.stdout)
