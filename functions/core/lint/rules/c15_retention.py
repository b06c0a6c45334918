"""C15: personal data is kept no longer than its purpose, which is the campaign, and 180 days more."""

from __future__ import annotations

from collections.abc import Iterator

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
    """Whether the definition says how many days after its end data is kept, and not too many."""
    kept = reading.definition.privacy.retention_days
    if kept is None:
        yield _finding(
            Text(zh="没有写明个人信息保存多久", en="It is not said how long personal data is kept"),
            Text(
                zh=f"填写活动结束后保存的天数，最多 {DAYS_AFTER} 天",
                en=f"Say how many days after the campaign's end it is kept, {DAYS_AFTER} at most",
            ),
        )
    elif kept > DAYS_AFTER:
        yield _finding(
            Text(
                zh=f"个人信息在活动结束后还要保存 {kept} 天，超过 {DAYS_AFTER} 天",
                en=f"Personal data is kept for {kept} days after the end, longer than {DAYS_AFTER} days",
            ),
            Text(zh=f"改为 {DAYS_AFTER} 天或更短", en=f"Make it {DAYS_AFTER} days or less"),
            str(kept),
        )


def _finding(message: Text, fix: Text, quote: str = "") -> Finding:
    path = "privacy.retention_days"
    return Finding(rule=ID, severity="block", path=path, message=message, fix=fix, basis=BASIS, quote=quote)
