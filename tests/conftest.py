"""Fixtures that every suite shares."""

import gc
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from infra import browser as browser_program
from infra import template
from infra.local import dynoxide as dynoxide_program
from tests.cloud import LocalCloud, standing_cloud, standing_dynoxide

# The files that take a minute or more begin first, whatever order chance gives the others: at the end each would keep
# one worker waiting for the other.
LONGEST = (
    "tests/journey/",
    "tests/browser/test_screens.py",
    "tests/race/",
    "tests/infra/test_up.py",
    "tests/storage/test_histories.py",
    "tests/simulation/",
    "tests/browser/test_composer.py",
    "tests/infra/test_package.py",
    "tests/storage/test_agreement.py",
    "tests/infra/test_roles.py",
)

RARELY = (50_000, 20, 50)  # of a garbage collection: Python's 700 are for programs that run in little memory

PATIENCE_MS = 60_000  # Streamlit draws slowly on a busy machine
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(trylast=True)  # after the order is random
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first (`--no-loadscope-reorder` keeps them there)."""
    items.sort(
        key=lambda item: next((n for n, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))
    )


def pytest_collection_finish() -> None:
    """What stands now stands to the end: thousands of tests and all modules are not searched for garbage each time."""
    gc.freeze()
    gc.set_threshold(*RARELY)


@dataclass(frozen=True)
class FreshTable:
    """An empty table of template.yaml's shape."""

    endpoint: str
    name: str


@pytest.fixture(scope="session", autouse=True)
def nobody_reaches_aws() -> None:
    """No test may find a real account: what the machine's owner configured does not count here."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "POND_"))]:
        del os.environ[name]
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "LANG": "C.UTF-8",
    }


@pytest.fixture(scope="session")
def local_cloud(nobody_reaches_aws: None) -> Iterator[LocalCloud]:
    """The deployed product: real HTTP, real functions, a real table. One for each test process."""
    with standing_cloud() as cloud:
        yield cloud


@pytest.fixture(scope="session")
def dynoxide(nobody_reaches_aws: None) -> Iterator[str]:
    """The endpoint of a Dynoxide that reports consumed capacity and really races. No table in it yet."""
    if not dynoxide_program.runs_here():
        pytest.skip("Dynoxide has no build for this machine")
    with standing_dynoxide() as endpoint:
        yield endpoint


@pytest.fixture
def dynoxide_table(dynoxide: str) -> FreshTable:
    """An empty table in that Dynoxide, for one test."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    dynoxide_program.create_table(dynoxide, name, template.load())
    return FreshTable(dynoxide, name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once in each test process; `make test` installs it. Raises `no_chromium`."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        started = playwright.chromium.launch(executable_path=browser_program.require(), args=CHROMIUM_FLAGS)
        yield started
        started.close()
