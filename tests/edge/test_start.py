"""Where Lambda enters: every function of the template, light, and with the collector as it was."""

from __future__ import annotations

import subprocess
import sys

import pytest

from functions.start import MODULES
from infra import template

SETTINGS = {"POND_TABLE": "table", "POND_TENANT": "demo", "AWS_REGION": "us-east-1"}
HEAVY = {"boto3", "PIL", "qrcode", "streamlit", "jsonschema", "babel"}
ROUTER = {"aws_lambda_powertools", "asyncio"}
TEMPLATES = {"jinja2"}
WITHOUT_ROUTER = {"pages", "insights", "sweeper"}
ENTERED = """
import gc, sys
import functions.start
assert callable(getattr(functions.start, {name!r}))
print(gc.isenabled(), gc.get_freeze_count() > 0, *sorted(sys.modules))
"""


def entered(name: str) -> list[str]:
    """Whether the collector is on, whether what stands is exempt, and every module that was imported."""
    code = ENTERED.format(name=name)
    done = subprocess.run([sys.executable, "-c", code], env=SETTINGS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_template_enters_here_and_nowhere_else() -> None:
    assert sorted(template.handlers(template.load()).values()) == sorted(f"functions.start.{name}" for name in MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_function_starts_without_what_its_events_seldom_need(name: str) -> None:
    is_on, is_frozen, *modules = entered(name)

    idle = HEAVY | (ROUTER if name in WITHOUT_ROUTER else set()) | (TEMPLATES if name != "pages" else set())
    mechanics = {
        one for one in modules if one.endswith((".mechanic", ".reward")) and not one.startswith("functions.core.")
    }
    assert idle & set(modules) == set()
    assert mechanics == set()
    assert (is_on, is_frozen) == ("True", "True")


def test_a_handler_that_is_not_there_is_said_to_be_missing() -> None:
    import functions.start

    with pytest.raises(AttributeError):
        functions.start.lottery  # noqa: B018
