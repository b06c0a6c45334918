"""`make bench`: measure, print one JSON object a line, and exit with 1 when a budget does not hold."""

from __future__ import annotations

import os
import sys
from itertools import chain

from bench import capacity, codes, cold, composer, page, phone, screens, start, warm
from tests.cloud import standing_dynoxide
from tests.storage.serving import serve


def main() -> int:
    """Every number of design §10 that is a bench."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_EC2_METADATA_DISABLED": "true"}
    failed = 0
    with standing_dynoxide() as endpoint:
        server = serve(endpoint)
        on_the_table = (capacity.lines(server), warm.lines(server))
        for line in chain(
            *on_the_table,
            cold.lines(),
            page.lines(),
            phone.lines(),
            composer.lines(),
            screens.lines(),
            codes.lines(),
            start.lines(),
        ):
            print(line, flush=True)
            failed += not line.ok
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
