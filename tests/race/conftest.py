"""Fixtures of the races."""

from tests.storage.conftest import server

__all__ = ["server"]
