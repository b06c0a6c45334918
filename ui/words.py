"""How the screens write money, time, states, and words that people typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from functions.core.campaign import Campaign, State
from functions.core.money import Money
from functions.core.text import Language
from functions.pages.formats import zone_name
from ui.i18n import _, language

Zone = str | tzinfo  # an IANA name, or the offset that an instant brings along
JOINER = "\u2060"  # of no width: neither a space nor a punctuation mark
NAME_SHOWN = 60  # characters: two lines of a title
MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~<>:$&]|^\s*[-+]|(?<=^\d)[.)])", re.MULTILINE)

# state -> words, colour, icon
BADGES: dict[State, tuple[str, str, str]] = {
    "draft": ("Draft", "gray", "edit_note"),
    "linted": ("Checked", "blue", "fact_check"),
    "approved": ("Approved", "blue", "verified"),
    "published": ("Running", "green", "play_circle"),
    "paused": ("Paused", "yellow", "pause_circle"),
    "ended": ("Ended", "gray", "flag"),
    "archived": ("Archived", "gray", "inventory_2"),
}
WAITING = ("Waiting for approval", "orange", "hourglass_top")


def plain_words(text: str) -> str:
    """Words that people typed, shown as typed: Streamlit reads Markdown nearly everywhere."""
    return MARKDOWN.sub(r"\\\1", text)


def bold(text: str) -> str:
    """Words that people typed, in bold: beside Chinese, `**` does not count after a bracket or a quotation mark."""
    opens, ends = ("" if not text or edge.isalnum() else JOINER for edge in (text[:1], text[-1:]))
    return f"**{opens}{plain_words(text)}{ends}**"


def badge_of(campaign: Campaign, now: datetime) -> tuple[str, str, str]:
    """The words, colour and icon of where a campaign stands: a first version that waits has no other standing."""
    return WAITING if campaign.waiting and not campaign.live else BADGES[campaign.stands(now)]


def state_words(state: State) -> str:
    """What to call a campaign's state."""
    return _(BADGES[state][0])


def named(campaign: Campaign) -> str:
    """A campaign's name, or what stands for a missing one; one without end is cut, lest it push its page away."""
    return shortened(campaign.name.in_(language()).strip()) or _("Untitled")


def paragraph(sentences: Iterable[str]) -> str:
    """Sentences one after the other; Chinese ones need no spaces between them."""
    return ("" if language() == "zh" else " ").join(sentences)


def shortened(text: str, most: int = NAME_SHOWN) -> str:
    """`text` with `most` characters at most; an ellipsis says that there are more."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def when(at: datetime, zone: Zone, tongue: Language) -> str:
    """An instant in a zone: 2026-12-01 09:00, or 1 Dec 2026, 09:00."""
    local = at.astimezone(_zone(zone))
    if tongue == "zh":
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local.day} {local:%b %Y, %H:%M}"


def until(at: datetime, zone: Zone, tongue: Language) -> str:
    """The end of something: midnight belongs to the day before, as 2026-12-10 24:00, or 10 Dec 2026, 24:00."""
    local = at.astimezone(_zone(zone))
    if (local.hour, local.minute) != (0, 0):
        return when(at, zone, tongue)
    return when(local - timedelta(minutes=1), zone, tongue).replace("23:59", "24:00")


def day_words(day: date, tongue: Language) -> str:
    """A campaign day: 12 月 1 日, or 1 Dec."""
    return f"{day.month} 月 {day.day} 日" if tongue == "zh" else f"{day.day} {day:%b}"


def long_day(day: date, tongue: Language) -> str:
    """A day with its year, as phones say it: 2026 年 12 月 1 日, or 1 Dec 2026."""
    words = day_words(day, tongue)
    return f"{day.year} 年 {words}" if tongue == "zh" else f"{words} {day.year}"


def lasted(span: timedelta) -> str:
    """How long something has been so, in the largest unit that fits."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    return _("{n} h").format(n=minutes // 60) if minutes < 48 * 60 else _("{n} days").format(n=minutes // 1440)


def met(who: str, since: timedelta) -> str:
    """Another editor's change to what one has open, and how long ago it was."""
    if since < timedelta(minutes=1):
        return _("{who} changed this too, just now.").format(who=plain_words(who))
    return _("{who} changed this too, {ago} ago.").format(who=plain_words(who), ago=lasted(since))


def percent(share: float | None) -> str:
    """A share with one decimal; a dash where there is none."""
    return "—" if share is None else f"{share:.1%}"


def date_words(at: datetime, zone: Zone, tongue: Language, now: datetime) -> str:
    """An instant's day in a zone: 12 月 1 日, or 1 Dec; with its year where that is not the year of `now`."""
    return near_day(at.astimezone(_zone(zone)).date(), now.astimezone(_zone(zone)).date(), tongue)


def near_day(day: date, today: date, tongue: Language) -> str:
    """A day: 12 月 1 日, or 1 Dec; with its year where that is not today's."""
    return (day_words if day.year == today.year else long_day)(day, tongue)


def zone_of(campaign: Campaign) -> Zone:
    """The zone that a campaign's times are told in; where its head does not say it, the clock its start is in."""
    return campaign.zone or (campaign.starts_at and campaign.starts_at.tzinfo) or UTC


def zoned(words: str, at: datetime, zone: Zone, reader: str) -> str:
    """The words of an instant in a zone, which is named where the reader's own clock shows another time then."""
    local = at.astimezone(_zone(zone))
    if local.utcoffset() == at.astimezone(_zone(reader)).utcoffset():
        return words
    name = zone_name(language(), zone) if isinstance(zone, str) else str(local.tzname())
    return _("{time} ({zone})").format(time=words, zone=name)


def _zone(zone: Zone) -> tzinfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def unbroken(words: str) -> str:
    """The same words, which stay together in one line."""
    return words.replace("-", "-" + JOINER).replace(" ", "\N{NO-BREAK SPACE}")


def money(minor: int, currency: str = "CNY") -> str:
    """An amount for reading: ¥3,000.00, in English ¥3,000."""
    said = _exact(minor, currency)
    return said.removesuffix(".00") if language() == "en" else said


def _exact(minor: int, currency: str) -> str:
    return str(Money(minor=min(minor, 10**12), currency=currency))  # type: ignore[arg-type]


def round_money(minor: int, currency: str = "CNY") -> str:
    """An amount at a glance: no decimals where they are nothing."""
    return money(minor, currency).removesuffix(".00")


def signed_money(minor: int, currency: str = "CNY") -> str:
    """An amount that may be below zero, to the cent as ledgers write it: one format all down a column."""
    return f"−{_exact(-minor, currency)}" if minor < 0 else _exact(minor, currency)
