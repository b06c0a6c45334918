"""C15: personal data is kept no longer than its purpose, which is the campaign, and 180 days more."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from functions.core.calendar import ONE_DAY
from functions.core.campaign import Schedule
from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading
from functions.core.text import Text

ID = "C15"
BASIS = Text(
    zh="《个人信息保护法》第十九条、第四十七条",
    en="Personal Information Protection Law (PIPL) art. 19 and 47",
)
DAYS_AFTER = 180


def check(reading: Reading) -> Iterator[Finding]:
    """Whether the definition says how many days data is kept, counted from the campaign's start, and not too many."""
    kept = reading.definition.privacy.retention_days
    most = _days(reading.definition.schedule) + DAYS_AFTER
    if kept is None:
        yield _finding(
            Text(zh="没有写明个人信息保存多久", en="It is not said how long personal data is kept"),
            Text(
                zh=f"填写从活动开始算起保存的天数，最多 {most} 天（活动结束后 {DAYS_AFTER} 天）",
                en=f"Say how many days from the start it is kept, {most} at most ({DAYS_AFTER} after the end)",
            ),
        )
    elif kept > most:
        yield _finding(
            Text(
                zh=f"个人信息要保存 {kept} 天，超过活动结束后 {DAYS_AFTER} 天",
                en=f"Personal data is kept for {kept} days, longer than {DAYS_AFTER} days after the end",
            ),
            Text(zh=f"改为 {most} 天或更短", en=f"Make it {most} days or less"),
            str(kept),
        )


def _days(schedule: Schedule) -> int:
    """The campaign's length in days; without an end it justifies keeping nothing."""
    return 0 if schedule.ends_at is None else ceil((schedule.ends_at - schedule.starts_at) / ONE_DAY)


def _finding(message: Text, fix: Text, quote: str = "") -> Finding:
    path = "privacy.retention_days"
    return Finding(rule=ID, severity="block", path=path, message=message, fix=fix, basis=BASIS, quote=quote)
