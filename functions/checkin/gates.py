"""Why a day is not open for a member's check-in, make-up or resubmission. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from functions.checkin.config import Config
from functions.checkin.record import Record, Standing
from functions.core.mechanic import Moment


def check_in_closed(config: Config, moment: Moment, record: Record) -> str | None:
    """The outcome that refuses a check-in for today; None when it is open."""
    today = moment.today
    if today in record.days:
        return "already_checked_in"
    if today in record.pending:
        return "already_submitted"
    if stopped(config, moment, record):
        return "completed"
    if config.rests_on(today):
        return "rest_day"
    if not moment.calendar.within(moment.at, config.window.opens, config.window.closes):
        return "outside_window"
    return None


def make_up_closed(config: Config, moment: Moment, record: Record, day: date) -> str | None:
    """The outcome that refuses to make up for `day`; None when it may be, for its price."""
    make_up = config.make_up
    if make_up.count == 0:
        return "make_up_off"
    if day > moment.today:
        return "make_up_in_future"
    if day < start(config, moment, record):
        return "make_up_before_start"
    if day in record.pending:
        return "already_submitted"
    if day == moment.today or day in record.days or not moment.calendar.exists(day):
        return "make_up_not_missed"
    if config.rests_on(day):
        return "rest_day"
    if (moment.today - day).days > make_up.days_back:
        return "make_up_too_far"
    if stopped(config, moment, record):
        return "completed"
    return "make_up_none_left" if len(record.made_up) >= make_up.count else None


def resubmission_closed(config: Config, moment: Moment, record: Record, day: date) -> str | None:
    """The outcome that refuses to hand in `day` again; None when it may be."""
    if day not in record.returned:
        return "already_submitted" if day in record.pending else "nothing_to_resubmit"
    if record.returned[day].attempts > config.review.resubmissions:
        return "no_more_resubmissions"
    if (moment.today - day).days > config.review.resubmit_days:
        return "resubmit_too_late"
    return None


def stopped(config: Config, moment: Moment, record: Record) -> bool:
    """Whether the member has completed the campaign, and it asks for no more."""
    return config.after_completion == "stop" and is_complete(config, standing(config, moment, record))


def is_complete(config: Config, reached: Standing) -> bool:
    """Whether the days are done. Never undone: total and best run only grow."""
    return (reached.total if config.completes_by == "total" else reached.best) >= config.days


def standing(config: Config, moment: Moment, record: Record) -> Standing:
    """How far the member is."""
    return Standing.of(record, lambda day: config.skips(moment.calendar, day))


def start(config: Config, moment: Moment, record: Record) -> date:
    """The day from which the member's days count."""
    return moment.starts if config.start == "fixed" else (record.first or moment.today)


def current_streak(config: Config, moment: Moment, record: Record) -> int:
    """The run that still lives today."""
    return standing(config, moment, record).current(moment.today, lambda day: config.skips(moment.calendar, day))


def values(config: Config, moment: Moment, record: Record, day: date) -> dict[str, Any]:
    """What the sentences of refusals name."""
    return {
        "day": day.isoformat(),
        "streak": current_streak(config, moment, record),
        "total": len(record.days),
        "opens": f"{config.window.opens:%H:%M}",
        "closes": f"{config.window.closes:%H:%M}",
        "days_back": config.make_up.days_back,
        "price": config.make_up.price,
    }
