"""What a consumer's page weighs on the wire. Style and script are inside it, so this is all that a phone waits for."""

from __future__ import annotations

from collections.abc import Iterator

from bench.line import Line
from tests.pages.samples import pages

BUDGET = 50


def lines() -> Iterator[Line]:
    """The heaviest page of all that the tests draw, in either language; the clerk's screens are not a consumer's.

    Not compressed: API Gateway's HTTP API compresses nothing.
    """
    weights = (
        len(draw(language).encode()) / 1024
        for name, draw in pages().items()
        if not name.startswith("staff")
        for language in ("zh", "en")
    )
    yield Line("page.kilobytes", max(weights), "KB", BUDGET)
