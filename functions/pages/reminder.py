"""A daily reminder as a file for the reader's own calendar: Pond sends nobody messages (decision 0022). Reads only.

The file is iCalendar (RFC 5545): one event that repeats, so that opening it again replaces it, by its UID.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from functions.core.calendar import days
from functions.core.campaign import Schedule
from functions.core.ids import PATTERN
from functions.core.reminder import Reminder
from functions.core.text import Language
from functions.edge.language import language_of
from functions.pages import answers, formats, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.campaigns import phase_of

if TYPE_CHECKING:
    from icalendar import Event

LASTS = timedelta(minutes=10)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
IN_WECHAT = "micromessenger"


@dataclass(frozen=True)
class Asked:
    """What a reminder's file says: `at` is when it is made, `version` tells a later one from an earlier."""

    campaign: str
    version: int
    title: str
    link: str
    at: datetime


def reminder_file(ask: Ask, campaign_id: str) -> Answer:
    """`GET /c/{campaign_id}/reminder.ics`, `?lang=`: the same for everyone, so it may be kept for a minute."""
    live = ask.service.live.get(campaign_id, ask.at) if PATTERN.fullmatch(campaign_id) else None
    if live is None or (version := live.version) is None:
        return answers.missing(ask, "unknown_campaign")
    definition, language = version.definition, language_of(ask.query, {}, "")
    schedule = definition.schedule
    mechanic: Any = ask.service.catalogue.mechanic(definition.mechanic)
    wanted = getattr(mechanic, "reminder", lambda *_: None)(ask.service.config_of(version), schedule.moment(ask.at))
    if wanted is None or phase_of(ask, live, version, True) not in ("open", "not_begun"):
        return answers.missing(ask, "no_reminder")
    walls = [one for one in _walls(schedule, wanted) if _is_within(schedule, one)]
    if not walls:
        return answers.missing(ask, "no_reminder")
    if IN_WECHAT in ask.headers.get("user-agent", "").lower():  # its browser opens no file
        return answers.missing(ask, "browser_needed")
    title = formats.words(language, definition.page.title, render.placeholders(language, definition))
    link = f"{ask.base_url}/c/{campaign_id}?lang={language}"
    asked = Asked(campaign_id, version.number, title or definition.name.in_(language), link, ask.at)
    return answers.calendar(file(language, asked, walls))


def file(language: Language, asked: Asked, walls: list[datetime]) -> bytes:
    """The file of a reminder at the wall times `walls`, one a day in one zone. Pure."""
    from icalendar import Calendar  # of this answer alone

    made = Calendar()
    made.add("prodid", "-//Pond//Reminder//EN")
    made.add("version", "2.0")
    made.add_component(_event(language, asked, walls))
    made.add_missing_timezones(walls[0].date() - timedelta(days=1), walls[-1].date() + timedelta(days=1))
    return made.to_ical()


def _event(language: Language, asked: Asked, walls: list[datetime]) -> Event:
    from icalendar import Alarm, Event

    said, alarm = Event(), Alarm()
    said.add("uid", f"{asked.campaign}.reminder")
    said.add("sequence", asked.version)
    said.add("dtstamp", asked.at)
    said.add("dtstart", walls[0])
    said.add("duration", LASTS)
    said.add("rrule", _rule(walls))
    if off := _left_out(walls):
        said.add("exdate", off)
    said.add("summary", asked.title)
    said.add("description", formats.say(
        language, "{link}\n不想再收到提醒，从日历里删掉它就行。", "{link}\nTo stop, delete this from your calendar.",
        link=asked.link,
    ))  # fmt: skip
    said.add("url", asked.link)
    said.add("transp", "TRANSPARENT")  # nobody is busy for it
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta())
    alarm.add("description", asked.title)
    said.add_component(alarm)
    return said


def _walls(schedule: Schedule, reminder: Reminder) -> list[datetime]:
    """The wall times of a reminder: what is before the day start comes after midnight."""
    zone, later = ZoneInfo(schedule.zone), timedelta(days=reminder.at < schedule.day_start)
    return [datetime.combine(day + later, reminder.at, zone) for day in reminder.days]


def _is_within(schedule: Schedule, wall: datetime) -> bool:
    return schedule.starts_at <= wall and (schedule.ends_at is None or wall < schedule.ends_at)


def _rule(walls: list[datetime]) -> dict[str, Any]:
    """Every day, or every week on the weekdays there are, which all calendars know."""
    used = sorted({wall.weekday() for wall in walls})
    until = walls[-1].astimezone(ZoneInfo("UTC"))
    if len(used) == len(WEEKDAYS):
        return {"freq": "daily", "until": until}
    return {"freq": "weekly", "until": until, "byday": [WEEKDAYS[one] for one in used]}


def _left_out(walls: list[datetime]) -> list[datetime]:
    """What the rule would add: single days on which nothing is asked."""
    used = {wall.weekday() for wall in walls}
    asked: set[date] = {wall.date() for wall in walls}
    every = days(walls[0].date(), walls[-1].date())
    return [
        datetime.combine(one, walls[0].time(), walls[0].tzinfo)
        for one in every
        if one.weekday() in used and one not in asked
    ]
