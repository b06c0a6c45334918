"""A cold start: import and client set-up of each function over a bare boto3 client, in fresh interpreters, in pairs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from statistics import median

from bench.line import Line

PAIRS = 7
FUNCTIONS = ("play", "members", "coupons", "pages", "insights", "openapi")
REFERENCE = 'import boto3; boto3.client("dynamodb", region_name="us-east-1")'
OURS = (
    "import functions.{0}.handler; from functions.core.discovery import discover; discover(); "
    'from functions.storage.client import dynamodb_client; dynamodb_client("us-east-1")'
)
TIMED = "import time; began = time.process_time(); {0}; print(time.process_time() - began)"


def lines() -> Iterator[Line]:
    """One ratio a function."""
    for name in FUNCTIONS:
        if find_spec(f"functions.{name}.handler") is not None:
            yield _ratio(f"cold.import_ratio.{name}", OURS.format(name))


def _ratio(name: str, statement: str) -> Line:
    _seconds(REFERENCE), _seconds(statement)  # compiled files and warm disks for both
    pairs = [(_seconds(statement), _seconds(REFERENCE)) for _ in range(PAIRS)]
    return Line(name, median(ours / theirs for ours, theirs in pairs), "ratio", 1.5, median(t for _, t in pairs))


def _seconds(statement: str) -> float:
    """CPU seconds of a statement in an interpreter that has just started."""
    done = subprocess.run([sys.executable, "-c", TIMED.format(statement)], capture_output=True, text=True, check=True)
    return float(done.stdout)
