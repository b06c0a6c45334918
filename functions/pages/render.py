"""Pages as HTML: pure functions of what is shown, the language, a nonce and event ids. The composer previews with them.

Marketers' words are values, never templates; what our templates ask for must be there (StrictUndefined).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import functions
from functions.core.campaign import Definition
from functions.core.channels import known_code
from functions.core.mechanic import Mechanic
from functions.core.money import Currency, Money
from functions.core.text import Language, Text
from functions.pages import formats
from functions.pages.colours import Palette
from functions.pages.earning import earnings
from functions.pages.notices import Notice, counted
from functions.pages.weeks import grids

__all__ = ["CampaignScene", "Frame", "campaign", "page"]

HERE = Path(__file__).parent
POND_COLOUR = "#0B6E5F"


@dataclass(frozen=True)
class Frame:
    """What every page needs to know: who reads it, the nonce of its script and style, where it lies.

    `seed` is random and new with each page: its forms' event ids follow from it, made before anyone taps.
    """

    language: Language
    nonce: str
    seed: str
    path: str = "/"
    query: Mapping[str, str] = field(default_factory=dict)
    staff: bool = False
    share: str = ""  # the token of the friend's link that the reader came by

    def event_id(self, form: str) -> str:
        """The event id of one form of this page."""
        return f"{self.seed}.{form}"[:64]

    @property
    def channel(self) -> str:
        """The code of the printed link that the reader came by; their first form carries it, for no visit writes."""
        return known_code(self.query.get("ch", ""))

    @property
    def kept(self) -> str:
        """What of the address whoever is refused still needs: the door they came by, and what a friend invited to."""
        return urlencode({name: self.query[name] for name in ("ch", "g") if self.query.get(name)})

    @property
    def other_language_link(self) -> str:
        """This page in the other language."""
        kept = {name: value for name, value in self.query.items() if name not in ("lang", "o", "e")}
        return f"{self.path}?{urlencode({**kept, 'lang': 'en' if self.language == 'zh' else 'zh'})}"

    @property
    def other_language_name(self) -> str:
        """What the other language calls itself."""
        return "English" if self.language == "zh" else "中文"


@dataclass(frozen=True)
class CampaignScene:
    """A campaign as one person meets it.

    `phase` is open, full, not_begun, paused, ended or not_in_audience; `view` what the mechanic shows of the member's
    own state; `row` the member's row in the campaign; `joined` whether the member has agreed to take part; `make_up`
    and `again` are the days that the address asks to hand in, `upload` the picture just sent for it. `at` is the time
    it is looked at, without which no countdown shows; `gone` names the rewards of which nothing is left.
    """

    campaign_id: str
    definition: Definition
    mechanic: Mechanic
    phase: str
    view: Mapping[str, Any]
    joined: bool = False
    row: Mapping[str, Any] = field(default_factory=dict)
    points: int | None = None
    notice: Notice | None = None
    make_up: str = ""
    again: str = ""
    upload: str | None = None
    at: datetime | None = None
    gone: frozenset[str] = frozenset()
    invite: str = ""  # the member's own link to share
    share_poster: str = ""  # where their poster with that link lies


def campaign(frame: Frame, scene: CampaignScene) -> str:
    """The campaign's page: landing and taking part in one."""
    definition = scene.definition
    names = [f"{scene.mechanic.KIND}/page.html", "mechanic.html"]
    return page(
        "campaign.html",
        frame,
        colour=definition.page.colour,
        values=placeholders(frame.language, definition),
        mechanic_page=environment().select_template(names),
        moments_hidden=definition.channel == "wechat" and hasattr(scene.mechanic, "shared"),
        when=_when(frame.language, definition),
        earnings=earnings(
            definition,
            scene.mechanic.FACTS,
            dict(scene.row),
            frame.language,
            scene.view.get("ahead", ()),
            scene.gone,
            scene.view.get("first", ""),
        ),
        left=partial(left, frame.language, scene.at),
        counted=partial(counted, frame.language),
        numbers=_numbers(scene.mechanic, scene.view),
        buttons=_buttons(scene.mechanic),
        has_left=scene.row.get("closed") == "withdrawn",
        query={"make_up": scene.make_up, "again": scene.again, "upload": scene.upload},
        money=partial(_money, definition.budget.currency),
        privacy_link=f"/privacy?c={scene.campaign_id}",
        invite=scene.invite,
        share_poster=scene.share_poster,
        **{
            name: getattr(scene, name)
            for name in ("campaign_id", "definition", "phase", "view", "joined", "points", "notice")
        },
    )


def page(
    template: str, frame: Frame, *, colour: str = POND_COLOUR, values: Mapping[str, Any] | None = None, **content: Any
) -> str:
    """One of our templates, filled. `values` are the names that a marketer's text may call on."""
    language = frame.language
    helpers = {
        "say": partial(formats.say, language),
        "bare": formats.bare,
        "words": partial(formats.words, language, values=values or {}),
        "day": partial(formats.day, language),
        "month": partial(formats.month, language),
        "instant": partial(formats.instant, language),
        "zone_name": partial(formats.zone_name, language),
        "clock": partial(formats.clock, language),
    }
    return environment().get_template(template).render(frame=frame, palette=Palette.of(colour), **helpers, **content)


@cache
def environment() -> Environment:
    """The templates: ours, and `page.html` of each mechanic's own folder."""
    made = Environment(
        loader=FileSystemLoader([HERE / "templates", *functions.__path__]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"css": static("page.css"), "js": script("page.js"), "scan": script("scan.js"), "grids": grids}
    return made


def static(name: str) -> Markup:
    """A file of ours that goes into pages as it is."""
    return Markup((HERE / "static" / name).read_text(encoding="utf-8").strip())  # noqa: S704 our own file


def script(name: str) -> Markup:
    """A script of ours without what only its readers need: indentation, and lines that are a comment."""
    lines = [line.strip() for line in static(name).splitlines()]
    return Markup("\n".join(line for line in lines if line and not line.startswith("//")))  # noqa: S704 our own file


def placeholders(language: Language, definition: Definition) -> dict[str, str]:
    """What `{{name}}` in a marketer's text may stand for."""
    schedule = definition.schedule
    return {
        "campaign": definition.name.in_(language),
        "organiser": definition.page.organiser.in_(language),
        "starts": formats.instant(language, schedule.starts_at, schedule.zone, True),
        "ends": formats.instant(language, schedule.ends_at, schedule.zone, True) if schedule.ends_at else "",
    }


@dataclass(frozen=True)
class Left:
    """How long until something, in seconds and in words."""

    seconds: int
    words: str


def left(language: Language, at: datetime | None, until: datetime | str) -> Left | None:
    """The time from `at` until `until`; None when it is over, or nobody knows the time."""
    then = datetime.fromisoformat(until) if isinstance(until, str) else until
    seconds = int((then - at).total_seconds()) if at else 0
    return Left(seconds, formats.span(language, seconds)) if seconds > 0 else None


def _money(currency: Currency, minor: int) -> str:
    """An amount as people read it; whole units without their zeros."""
    return str(Money(minor=minor, currency=currency)).removesuffix(".00")


def _when(language: Language, definition: Definition) -> str:
    """The campaign's time in one line: its days, and the zone they are counted in."""
    schedule = definition.schedule
    moment = schedule.moment(schedule.starts_at)
    zone = formats.zone_name(language, schedule.zone)
    if schedule.ends_at is None:
        first = formats.day(language, moment.starts)
        return formats.say(language, "{first}起 · {zone}", "From {first} · {zone}", first=first, zone=zone)
    years = moment.starts.year != moment.ends.year
    first, last = (formats.day(language, one, years) for one in (moment.starts, moment.ends))
    return f"{first} – {last} · {zone}"


def _numbers(mechanic: Mechanic, view: Mapping[str, Any]) -> Sequence[tuple[Text, Any]]:
    """The numbers of a view that the mechanic's facts have a word for; a mechanic without a page shows these."""
    labels = {name: label for fact in mechanic.FACTS.values() for name, label in fact.labels.items()}
    return [(labels[name], value) for name, value in view.items() if name in labels and type(value) is int]


def _buttons(mechanic: Mechanic) -> Sequence[tuple[str, Text]]:
    """The events a member can send with a tap alone."""
    return [(kind, mechanic.ACCEPTS[kind].title) for kind in taps(mechanic)]


def taps(mechanic: Mechanic) -> list[str]:
    """The kinds of those events: of members, with nothing to fill in."""
    return [
        kind
        for kind, accepts in mechanic.ACCEPTS.items()
        if "member" in accepts.actors and not any(one.is_required() for one in accepts.data.model_fields.values())
    ]
