"""The bench runs for minutes and seldom: what it stands on must not be gone by then."""

import importlib
import pkgutil

import pytest

import bench


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(bench.__path__)])
def test_every_part_of_the_bench_finds_what_it_measures(name: str) -> None:
    assert importlib.import_module(f"bench.{name}").__doc__
