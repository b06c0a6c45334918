"""A right as it lies with its member: what makes it last longer, and what ends it. Whoever gives it writes this."""

from __future__ import annotations

from functions.core import keys
from functions.core.change import AtLeast, Below, Change
from functions.core.text import Text

FOREVER = 253_402_300_799  # 9999-12-31T23:59:59Z, the last second that dates can name
NAME_KEPT = 40


def lasting(
    member: str, right: str, title: Text, until: int, grant: str, campaign: str = "", refusal: str = ""
) -> Change:
    """The right lasts `until`, in epoch seconds; who holds it for longer already keeps that.

    `grant` names what it was given by: a grant of `campaign`, or by hand a line of the audit list.
    """
    name = {"zh": title.zh[:NAME_KEPT], "en": title.en[:NAME_KEPT]}
    said = {"name": right, "title": name, "valid_until": until, "campaign": campaign, "grant": grant}
    return Change(keys.entitlement(member, right), (Below("valid_until", until),), set=said, refusal=refusal)


def ended(member: str, right: str, at: int, by: str) -> Change:
    """The right was over a second before `at`, however it was earned; nothing to end is refused. `by` is as `grant`."""
    lasts = AtLeast("valid_until", at)
    return Change(keys.entitlement(member, right), (lasts,), set={"valid_until": at - 1, "ended": by})
