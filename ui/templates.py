"""Templates: definition files with a picture beside them. A mechanic adds one by putting both into its `templates/`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from functions.core.text import LANGUAGES, Text
from infra.definition_files import read

EXAMPLES = Path(__file__).parents[1] / "examples"
FIRST, SECOND = "seven-mornings", "deposit-21-days"
LENGTH_DAYS, KEPT_DAYS = 7, 180
GUESSED_SHARE = 60  # percent of what is in stock: the assumption behind a template's guess of cost


@dataclass(frozen=True)
class Template:
    """A campaign to begin from. The picture is an SVG; its title says what it shows, its desc whom it suits."""

    name: str
    content: dict[str, Any]
    picture: str
    shows: Text
    suits: Text

    @property
    def mechanic(self) -> str:
        """The mechanic's KIND."""
        return str(self.content["mechanic"])

    @property
    def days(self) -> int:
        """How long it runs."""
        begins, ends = (datetime.fromisoformat(self.content["schedule"][at]) for at in ("starts_at", "ends_at"))
        return (ends - begins).days

    @property
    def worst_cost(self) -> int:
        """What it can cost at most, in minor units: stock times unit cost, over the rewards."""
        return sum(item.get("stock", 0) * item.get("unit_cost", 0) for item in self.content.get("rewards", []))

    @property
    def guessed_cost(self) -> int:
        """A guess, in minor units: GUESSED_SHARE percent of the limited rewards are given out."""
        return self.worst_cost * GUESSED_SHARE // 100


@cache
def gallery() -> dict[str, Template]:
    """All templates by name: the seven mornings, the deposit, those of `examples/`, then each mechanic's own."""
    folders = [EXAMPLES, *sorted(folder for place in _functions() for folder in place.glob("*/templates"))]
    files = [file for folder in folders for file in sorted(folder.glob("*.yaml"))]
    return {
        file.stem: _template(file) for file in sorted(files, key=lambda file: (file.stem != FIRST, file.stem != SECOND))
    }


def varied(offered: Iterable[Template]) -> list[Template]:
    """The same templates with the kinds taking turns, so that the first few show what all there is."""
    kinds: dict[str, list[Template]] = {}
    for template in offered:
        kinds.setdefault(template.mechanic, []).append(template)
    return [one for one in chain.from_iterable(zip_longest(*kinds.values())) if one]


def templates() -> dict[str, dict[str, Any]]:
    """Each template's definition as written, by its name."""
    return {name: template.content for name, template in gallery().items()}


def _functions() -> list[Path]:
    return [Path(place) for place in import_module("functions").__path__]


def _template(file: Path) -> Template:
    drawn = file.with_suffix(".svg")
    picture = drawn.read_text(encoding="utf-8") if drawn.exists() else ""
    return Template(file.stem, read(file), picture, _words(picture, "title"), _words(picture, "desc"))


def _words(picture: str, element: str) -> Text:
    """What an SVG says of itself in each language (SVG 2, §5.8: title and desc may repeat with `lang`)."""
    found = {tongue: re.search(rf'<{element} lang="{tongue}">([^<]*)</{element}>', picture) for tongue in LANGUAGES}
    return Text(**{tongue: match[1] if match else "" for tongue, match in found.items()})


def empty(mechanic: str, at: datetime, zone: str) -> dict[str, Any]:
    """A campaign of seven days from today with nothing in it but its mechanic."""
    begins = at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    ends = (begins.replace(tzinfo=None) + timedelta(LENGTH_DAYS)).replace(tzinfo=ZoneInfo(zone))
    return {
        "mechanic": mechanic,
        "name": {"zh": "", "en": ""},
        "schedule": {"zone": zone, "starts_at": begins.isoformat(), "ends_at": ends.isoformat()},
        "privacy": {"retention_days": KEPT_DAYS},
    }
