"""A campaign's poster as a picture at an address: people keep it by holding a finger on it. Reads only.

Phones save what an `<img>` shows from an https address; a canvas or a blob they do not (vue-canvas-poster 22).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from functions.core.campaign import INSTANT, Definition, Schedule
from functions.core.channels import known_code
from functions.core.ids import PATTERN
from functions.core.text import Language
from functions.core.tokens import BadToken
from functions.edge import media, shares
from functions.edge.language import language_of
from functions.pages import answers, formats, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.media import FOR_EVER
from functions.pages.render import Frame, placeholders

if TYPE_CHECKING:
    from functions.drawing.posters import Poster
    from functions.storage.live import Live

TOGETHER = re.compile("(grp|ast)_[0-9a-z]{26}")
A_WHILE = f"public, max-age={int(timedelta(minutes=1).total_seconds())}"


def path(campaign_id: str, version: int, language: Language, channel: str = "") -> str:
    """Where a version's poster lies; what is there never changes."""
    query = {"lang": language, "v": str(version)} | ({"ch": channel} if channel else {})
    return f"/c/{campaign_id}/poster.jpg?{urlencode(query)}"


def poster_page(ask: Ask, campaign_id: str) -> Answer:
    """`GET /c/{campaign_id}/poster`: the picture to keep, and nothing about rewards."""
    live = ask.service.live.get(campaign_id, ask.at) if PATTERN.fullmatch(campaign_id) else None
    if live is None or live.version is None:
        return answers.missing(ask, "unknown_campaign")
    made, frame = live.version.definition, ask.frame()
    picture = path(campaign_id, live.version.number, ask.language, frame.channel)
    return answers.html(ask, poster(frame, campaign_id, made, picture))


def poster(frame: Frame, campaign_id: str, made: Definition, picture: str) -> str:
    """The poster's page, around a picture at any address. Pure."""
    language = frame.language
    title = formats.words(language, made.page.title, placeholders(language, made)) or made.name.in_(language)
    content: dict[str, Any] = {
        "campaign_id": campaign_id,
        "title": title,
        "picture": picture,
        "when": period(language, made.schedule),
    }
    return render.page("poster.html", frame, colour=made.page.colour, **content)


def poster_picture(ask: Ask, campaign_id: str) -> Answer:
    """`GET /c/{campaign_id}/poster.jpg`: `?lang=`, `?ch=` a channel's code, `?v=` the version, kept for ever."""
    live = ask.service.live.get(campaign_id, ask.at)
    if live is None or live.version is None:
        return answers.missing(ask, "unknown_campaign")
    from functions.drawing.posters import jpeg  # Pillow takes 80 ms to import: only this answer needs it

    channel = known_code(ask.query.get("ch", ""))
    url = f"{ask.base_url}/c/{campaign_id}" + (f"?ch={channel}" if channel else "")
    language = language_of(ask.query, {}, "")
    poster = poster_of(live.version.definition, language, url, partial(_file, ask))
    same = ask.query.get("v") == str(live.version.number)
    return answers.photograph(jpeg(poster), "image/jpeg", FOR_EVER if same else A_WHILE)


def share_page(ask: Ask, token: str) -> Answer:
    """`GET /s/{share}/poster`: the same, with the member's own code; `?g=` names a group or an assist to invite to."""
    live = _shared(ask, token)
    if live is None or live.version is None:
        return answers.missing(ask, "broken_link")
    together = _together(ask)
    picture = f"/s/{token}/poster.jpg?lang={ask.language}" + (f"&g={together}" if together else "")
    return answers.html(ask, poster(ask.frame(), live.campaign.id, live.version.definition, picture))


def share_picture(ask: Ask, token: str) -> Answer:
    """`GET /s/{share}/poster.jpg`: the campaign's poster, whose code leads to that member's link."""
    live = _shared(ask, token)
    if live is None or live.version is None:
        return answers.missing(ask, "broken_link")
    from functions.drawing.posters import jpeg  # as above

    together = _together(ask)
    url = f"{ask.base_url}/s/{token}" + (f"?g={together}" if together else "")
    drawn = poster_of(live.version.definition, language_of(ask.query, {}, ""), url, partial(_file, ask))
    return answers.photograph(jpeg(drawn), "image/jpeg", A_WHILE)


def _together(ask: Ask) -> str:
    """The group, or the assist, that a poster invites to."""
    named = ask.query.get("g", "")
    return named if TOGETHER.fullmatch(named) else ""


def _shared(ask: Ask, token: str) -> Live | None:
    """The campaign of a share; None for a token that is none."""
    try:
        share = shares.opened(ask.service.keys, token, ask.at)
    except BadToken:
        return None
    return ask.service.live.get(share.campaign, ask.at)


def poster_of(definition: Definition, language: Language, url: str, fetch: Callable[[str], bytes]) -> Poster:
    """The poster of a definition; `fetch` gets the file of a picture by its name."""
    from functions.drawing.lettering import printable
    from functions.drawing.posters import Poster

    page, poster = definition.page, definition.poster
    values = placeholders(language, definition)
    titles = (formats.words(language, page.title, values), definition.name.in_(language))
    hero = page.hero if poster.picture else ""
    return Poster(
        layout=poster.layout,
        title=next(filter(printable, titles), ""),
        text=formats.words(language, poster.text, values),
        when=period(language, definition.schedule),
        organiser=page.organiser.in_(language),
        call=formats.words(language, poster.call, values) or formats.say(language, "扫码参加", "Scan to take part"),
        hint=formats.say(language, "微信或相机扫一扫，也可长按识别", "Use your camera, or press and hold"),
        url=url,
        colour=page.colour,
        picture=fetch(hero) if hero else b"",
        logo=fetch(page.logo) if page.logo else b"",
    )


def _file(ask: Ask, name: str) -> bytes:
    return media.fetch(ask.service.bucket, name) or b""


def period(language: Language, schedule: Schedule) -> str:
    """The days of a campaign with their year, once where it is the same: a printed poster may hang for long."""
    first = schedule.calendar.day_of(schedule.starts_at)
    if schedule.ends_at is None:
        return formats.say(language, "{first}起", "From {first}", first=formats.day(language, first, True))
    last = schedule.calendar.day_of(schedule.ends_at - INSTANT)
    if first == last:
        return formats.day(language, first, True)
    years = first.year != last.year
    begins = formats.day(language, first, years or language == "zh")
    return f"{begins} – {formats.day(language, last, years or language == 'en')}"
