"""A fresh shop for each test."""

import pytest

from tests.edge.world import World


@pytest.fixture
def world() -> World:
    """A shop with nothing in it."""
    return World()
