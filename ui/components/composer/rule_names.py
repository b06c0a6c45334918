"""What the check's rules are called."""

from __future__ import annotations

from ui.i18n import _


def rule_names() -> dict[str, str]:
    """What each check looks at."""
    return {
        "C1": _("How many levels a reward reaches"),
        "C2": _("Rewards for sharing or for friends' help"),
        "C3": _("Group pages in Moments"),
        "C4": _("Names and pictures of platforms"),
        "C5": _("The highest prize of a draw"),
        "C6": _("What a draw has to say"),
        "C7": _("The odds of a draw"),
        "C8": _("Struck-through prices"),
        "C9": _("Absolute words, urgency, promises of income"),
        "C10": _("Consent for messages"),
        "C11": _("What each asked field is for"),
        "C12": _("Data that leaves to others"),
        "C13": _("Prices by profile"),
        "C14": _("Minors and sensitive data"),
        "C15": _("How long data is kept"),
        "C16": _("Export and erasure"),
        "C17": _("Paying to enter a draw"),
        "C18": _("Claims about health, money or exams"),
        "C19": _("End, stock, limits and budget"),
    }
