"""What a live code opens: a redirect that nobody keeps, or a picture to scan further. Reads only."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from functions.core.live_code import LiveCode, ToCampaign, ToPage, ToPicture, Way, chosen, is_handover
from functions.core.text import Text
from functions.pages import answers, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.storage import live_codes

SCAN = Text(zh="长按识别二维码", en="Hold the picture to scan it")


def live_code_page(ask: Ask, code: str) -> Answer:
    """`GET /q/{code}`: where the code leads this visitor now."""
    found = live_codes.find(ask.service.store, code)
    if found is None:
        return answers.missing(ask, "not_found")
    live = found[0]
    way = chosen(live, ask.at, _visitor(ask), _region(ask))
    if way is not None and is_handover(live) and "r" not in ask.query:
        return _doorstep(ask, live, way)
    match way and way.target:
        case ToCampaign(campaign=campaign, channel=channel):
            kept = {name: ask.query[name] for name in ("lang",) if name in ask.query}
            return answers.elsewhere(f"/c/{campaign}?{urlencode({'ch': channel + code} | kept)}")
        case ToPage(url=url):
            return answers.elsewhere(url)
        case ToPicture() as target:
            words = target.words if target.words.zh or target.words.en else SCAN
            content = {"title": words, "picture": f"/media/{target.picture}", "visits": f"/api/q/{code}"}
            return answers.html(ask, render.page("live_code.html", ask.frame(), **content))
    return answers.missing(ask, "nowhere_now")


def _doorstep(ask: Ask, live: LiveCode, way: Way) -> Answer:
    """Before somebody goes on to a partner: a tap says so, and counts them. Opening a code writes nothing."""
    assert live.partner is not None
    target = way.target
    origins = [f"https://{urlsplit(target.url).netloc}"] if isinstance(target, ToPage) else []
    content = {"code": live.code, "partner": live.partner.name, "event_id": ask.frame().event_id("go")}
    return answers.html(ask, render.page("live_code_go.html", ask.frame(), **content), form_origins=origins)


def _visitor(ask: Ask) -> str:
    """What tells one visitor from the next without storing anything; who has a session keeps their way everywhere."""
    if ask.session is not None:
        return ask.session.id
    return "\x1f".join(ask.headers.get(name, "") for name in ("x-forwarded-for", "user-agent"))


def _region(ask: Ask) -> str:
    """Where CloudFront says that the visitor is, as ISO 3166-2; empty where it stands not before us."""
    country, part = (ask.headers.get(f"cloudfront-viewer-country{end}", "") for end in ("", "-region"))
    return f"{country}-{part}" if country and part else country
