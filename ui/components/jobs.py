"""Work that outlives the click that began it: in a thread of its own, told of step by step, found again on any page.

Streamlit ends a script at the next click. A job goes on, and whoever opens the page sees how far it is. It does not
outlive the process; what it did to the cloud does, and the cloud is asked first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread
from typing import Any

import streamlit as st

from infra.problems import Problem


@dataclass
class Job:
    """One piece of work: `steps` begun so far, `lines` said under them, and in the end a result or what went wrong."""

    what: str
    by: str
    began: datetime
    steps: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    result: Any = None
    problem: Problem | None = None
    error: BaseException | None = None
    thread: Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is still at it."""
        return self.thread is not None and self.thread.is_alive()

    @property
    def has_failed(self) -> bool:
        """Whether it is over and did not do what it was begun for."""
        return not self.is_running and (self.problem is not None or self.error is not None)

    def step(self, name: str) -> None:
        """The next step begins."""
        self.steps.append(name)

    def tell(self, line: str) -> None:
        """Something worth reading in the log."""
        self.lines.append(line)


class Jobs:
    """The jobs of this process: at most one under each name, the last one kept until the next."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def last(self, name: str) -> Job | None:
        """The job that runs under this name, or ran last."""
        return self._jobs.get(name)

    def start(self, name: str, job: Job, work: Callable[[Job], Any]) -> bool:
        """Begin, unless one runs already; whether it was begun. Failures are kept for whoever looks."""

        def run() -> None:
            try:
                job.result = work(job)
            except Problem as problem:
                job.problem = problem
            except BaseException as error:  # noqa: BLE001 - raised again where somebody sees it
                job.error = error

        with self._lock:
            known = self._jobs.get(name)
            if known is not None and known.is_running:
                return False
            job.thread = Thread(target=run, name=name, daemon=True)
            self._jobs[name] = job
            job.thread.start()
            return True

    def forget(self, name: str) -> None:
        """Nothing is to be shown under this name any more."""
        self._jobs.pop(name, None)


@st.cache_resource
def jobs() -> Jobs:
    """This process's jobs, for every session."""
    return Jobs()
