"""A download that is asked for while its page is drawn anew still comes (docs/decisions/0023).

Streamlit gives each download button a new number at every rerun and forgets the old one when the rerun is over. Who
types a word and presses the button next sends the old number: leaving the field began the rerun, and the new number has
not reached the browser yet. The file does not come, and Streamlit says so in English.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from streamlit.runtime.media_file_manager import MediaFileManager

GRACE_SECONDS = 60.0


def allow_late_presses(clock: Callable[[], float] = time.monotonic) -> None:
    """Have Streamlit answer to a button's old number for `GRACE_SECONDS` after nobody's page shows it any more.

    Takes the place of a private method, so it holds for the version in requirements/constraints.txt alone;
    `tests/browser/test_screens.py` fails where another no longer asks it.
    """
    unseen_since: dict[str, float] = {}

    def forget_old_numbers(files: MediaFileManager) -> None:
        shown = {number for places in files._files_by_session_and_coord.values() for number in places.values()}
        now = clock()
        for number in list(files._deferred_callables):
            if number in shown:
                unseen_since.pop(number, None)
            elif now - unseen_since.setdefault(number, now) >= GRACE_SECONDS:
                files._drop_deferred_id(number)
        for number in unseen_since.keys() - files._deferred_callables.keys():
            del unseen_since[number]

    MediaFileManager._remove_orphaned_deferred_callables = forget_old_numbers  # type: ignore[method-assign, assignment]
