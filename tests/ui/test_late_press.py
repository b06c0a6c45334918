"""How long a download's earlier number is answered to."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from ui.late_press import GRACE_SECONDS, allow_late_presses


def test_a_number_that_no_page_shows_is_answered_to_for_its_grace_and_then_forgotten() -> None:
    now = 0.0
    files = MediaFileManager(MemoryMediaFileStorage("/media"))
    ours = "_remove_orphaned_deferred_callables"
    with (
        patch.object(MediaFileManager, ours, getattr(MediaFileManager, ours)),  # put back afterwards
        patch("streamlit.runtime.media_file_manager._get_session_id", return_value="a"),
    ):
        allow_late_presses(lambda: now)
        seen = files.add_deferred(lambda: b"seen", "text/plain", "1.0")

        files.clear_session_refs()  # a rerun draws the button anew
        shown = files.add_deferred(lambda: b"shown", "text/plain", "1.0")
        files.remove_orphaned_files()
        now = GRACE_SECONDS - 1
        files.remove_orphaned_files()
        assert files.execute_deferred(seen)

        now = GRACE_SECONDS
        files.remove_orphaned_files()
        with pytest.raises(MediaFileStorageError):
            files.execute_deferred(seen)
        assert files.execute_deferred(shown)
