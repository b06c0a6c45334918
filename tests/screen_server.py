"""The screens as people reach them: Streamlit's server, for tests with a browser."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from infra.local.processes import Part, free_port
from infra.template import ROOT


@contextmanager
def screens(environment: Mapping[str, str], **more: str) -> Iterator[str]:
    """Start the screens over a cloud, with `more` in their environment; yields their address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "serve.py"),
        "--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="pond-screens-") as folder:
        part = Part(
            "streamlit", command, {**environment, "POND_COMPOSER_URL": address, **more}, Path(folder) / "log", port
        )
        part.start()
        try:
            part.await_port()
            yield address
        finally:
            part.stop()
