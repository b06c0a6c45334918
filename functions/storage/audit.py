"""The audit list in the table: entries are added in the same write as the step they tell of, and never changed."""

from __future__ import annotations

from datetime import UTC

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Change
from functions.storage.store import Store

EVERYTHING = "all"


def lines(entry: Entry, occurrence: str) -> list[Change]:
    """What writes an entry down: in the list of everything, and in its campaign's own.

    `occurrence` tells it from every other of the same instant, such as the revision that the step made: of the same
    campaign, where it is a step of one.
    """
    row = {"entry": entry.model_dump_json()}
    whose = [entry.campaign] if entry.campaign else []
    name = ".".join([f"{entry.at.astimezone(UTC):%Y%m%dT%H%M%S%f}", *whose, occurrence])
    subjects = [EVERYTHING, entry.campaign] if entry.campaign else [EVERYTHING]
    return [Change(keys.audit(subject, name), put=row) for subject in subjects]


def note(store: Store, entry: Entry, occurrence: str) -> None:
    """Write down a step that leaves no other row here, such as showing a phone number. Raises Unknown, Busy."""
    store.write(lines(entry, occurrence))


def entries(store: Store, subject: str = EVERYTHING, limit: int = 100) -> list[Entry]:
    """What was done to a campaign, or at all, newest first."""
    found = store.query("audit", subject, limit=limit, newest_first=True)
    return [Entry.model_validate_json(row["entry"]) for _, row in found]
