"""What a consumer's page weighs on the wire. Style and script are inside it, so this is all that a phone waits for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from bench.line import Line
from tests.pages.samples import pages

BUDGET = 50
LEVEL = 6  # as CloudFront and most servers compress


def lines() -> Iterator[Line]:
    """The heaviest page of all that the tests draw, in either language; the clerk's screens are not a consumer's."""
    weights = {
        name: len(gzip.compress(draw(language).encode(), LEVEL)) / 1024
        for name, draw in pages().items()
        if not name.startswith("staff")
        for language in ("zh", "en")
    }
    yield Line("page.kilobytes", max(weights.values()), "KB", BUDGET)
