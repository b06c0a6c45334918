"""Fixtures of the engine's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from functions.storage.memory import MemoryStore
from functions.storage.store import Store
from tests.storage.serving import Server, serve


@pytest.fixture(scope="session")
def server(dynoxide: str) -> Server:
    """A table for the whole run."""
    return serve(dynoxide)


@pytest.fixture(params=["memory", "dynamodb"])
def new_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Makes empty stores, of each kind."""
    if request.param == "memory":
        return MemoryStore
    server: Server = request.getfixturevalue("server")
    return server.store


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """An empty store, of each kind."""
    return new_store()
