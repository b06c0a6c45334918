"""The text messages that a local cloud only pretends to send: one-time codes, to be read by whoever tries it out."""

import json
from urllib.request import urlopen

SECONDS = 5


def sent(endpoint: str) -> list[tuple[str, str]]:
    """Number and text of every message since the emulator started, the oldest first for each number."""
    with urlopen(f"{endpoint}/_ministack/sns/sms-messages", timeout=SECONDS) as answer:  # noqa: S310 - our own emulator
        by_number = json.load(answer)["sms_messages"]
    return [(number, str(one["Message"])) for number, messages in by_number.items() for one in messages]
