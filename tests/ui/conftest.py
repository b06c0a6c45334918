"""The screens in a test: the real pages over a store in memory, at a fixed time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from functions.core.campaign import Campaign
from functions.core.faults import Fault
from functions.core.parsing import parse
from functions.core.templates import starting
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
from infra.clients import Target
from infra.problems import Problem
from ui.settings import Settings
from ui.templates import templates

APP = str(Path(__file__).parents[2] / "ui" / "app.py")
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
SETTINGS = Settings(table="pond", base_url="https://pond.example")
GUARDED = replace(SETTINGS, stage="prod", issuer="https://issuer.example", admin="owner@example.com")
OWNER = {"is_logged_in": True, "email": "owner@example.com", "email_verified": True, "iat": NOW.timestamp()}
LIST = "app_pages/campaigns.py"
PAGES = httpx.MockTransport(lambda request: httpx.Response(200, text="a page"))
Open = Callable[..., AppTest]


def _unreachable(_service: str) -> Any:
    raise Problem("cloud_unreachable", words="no test deploys but its own")


NOWHERE = Target("us-east-1", _unreachable)


@pytest.fixture(scope="session", autouse=True)
def packages_are_looked_through_once() -> Iterator[None]:
    """A Streamlit server looks for components among the installed packages when it starts, an AppTest at each opening.

    What is installed does not change meanwhile, and looking takes longer than most of these tests.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def store() -> MemoryStore:
    """An empty shop."""
    return MemoryStore()


@pytest.fixture
def open_app(store: MemoryStore) -> Open:
    """Opens a page, in Chinese unless told otherwise; `user` is what an issuer says of who signed in."""

    def opened(page: str = "", language: str = "zh", user: dict[str, Any] | None = None, **session: Any) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        if user is not None:
            app.user = user
        app.query_params["lang"] = language
        given = {"store": store, "settings": SETTINGS, "now": NOW, "transport": PAGES, "target": NOWHERE}
        for name, value in {**given, **session}.items():
            app.session_state[name] = value
        path, _, query = page.partition("?")
        for pair in filter(None, query.split("&")):
            name, _, value = pair.partition("=")
            app.query_params[name] = value
        if path:
            app.switch_page(path)
        healthy(app.run())
        app._page_hash = ""  # from here on it follows what the screens switch to, as a browser does
        return app

    return opened


@pytest.fixture
def campaign(store: MemoryStore) -> Campaign:
    """The seven mornings as a draft."""
    return begun(store)


def begun(store: MemoryStore, number: int = 1, template: str = "seven-mornings", **changes: Any) -> Campaign:
    """A draft from a template."""
    content = {**starting(templates()[template], NOW), **changes}
    return campaigns.begin(store, f"camp_{number:026d}", content, "Li", NOW)


def published(store: MemoryStore, campaign: Campaign) -> Campaign:
    """The campaign, live."""
    from functions.core.discovery import discover

    return campaigns.publish(store, campaigns.load(store, campaign.id), discover(), "Li", NOW)


def healthy(app: AppTest) -> AppTest:
    """The app, unless a page broke."""
    assert not app.exception, app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    """A button pressed, by its key."""
    return healthy(app.button(key=key).click().run())


def keyed(app: AppTest, kind: str, ending: str) -> Any:
    """The widget of a kind whose key ends so: form keys carry the epoch in front."""
    found = [one for one in getattr(app, kind) if one.key and one.key.endswith(ending)]
    assert len(found) == 1, [one.key for one in getattr(app, kind)]
    return found[0]


def edited(widget: Any) -> AppTest:
    """A field's change, and the whole page after it: what is only told by the phone and the foot draws only those."""
    return healthy(healthy(widget.run()).run())


@contextmanager
def away(store: MemoryStore) -> Iterator[None]:
    """As if the table were away: nothing is read or written."""

    def no_answer(*_: object, **__: object) -> None:
        raise Unknown("no answer")

    with pytest.MonkeyPatch.context() as patched:
        for name in ("read", "write", "query"):
            patched.setattr(store, name, no_answer)
        yield


@contextmanager
def unanswered(store: MemoryStore) -> Iterator[None]:
    """What is written arrives, and no answer comes back."""
    write = store.write

    def lost(changes: Any) -> None:
        write(changes)
        raise Unknown("no answer")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, "write", lost)
        yield


def go_to(app: AppTest, step: str) -> AppTest:
    """Another step of the composer."""
    app.session_state["st_step"] = step
    return healthy(app.run())


def faults(app: AppTest) -> list[Fault]:
    """What makes the draft on the composer's desk unusable."""
    desk = app.session_state["st_desk"]
    return parse(desk.content, desk.catalogue)[1]


def words(app: AppTest) -> str:
    """Everything the page says outside of inputs."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "text",
        "info",
        "warning",
        "error",
        "success",
        "toast",
    )
    said = [str(one.value) for kind in kinds for one in getattr(app, kind)]
    labels = [
        str(one.label)
        for kind in (
            "button",
            "text_input",
            "text_area",
            "number_input",
            "toggle",
            "selectbox",
            "metric",
            "expander",
            "checkbox",
        )
        for one in getattr(app, kind)
    ]
    return "\n".join([*said, *labels])
