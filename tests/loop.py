"""Coroutines in a test process where Playwright's own loop already runs in the main thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine comes to, in a loop and a thread of its own."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()
