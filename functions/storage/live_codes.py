"""Live codes in the table: a row each, guarded by its revision, with the line of the audit list beside each step."""

from __future__ import annotations

from collections.abc import Callable

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Change, Is, create
from functions.core.live_code import CODES_MAX, LiveCode, code_from, plain
from functions.core.text import Text
from functions.storage import audit
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Store

TOO_MANY = Text(zh=f"最多 {CODES_MAX} 个活码", en=f"At most {CODES_MAX} live codes")
ATTEMPTS_MAX = 8


def all_of(store: Store) -> list[tuple[LiveCode, int]]:
    """Every live code with its revision, by code."""
    rows = store.query("live_codes", limit=CODES_MAX)
    return [(LiveCode.model_validate(row["live"]), row["revision"]) for _, row in rows]


def find(store: Store, code: str) -> tuple[LiveCode, int] | None:
    """One live code and its revision; None for a code that nobody made."""
    row = store.read([keys.live_code(code)])[keys.live_code(code)]
    return None if row is None else (LiveCode.model_validate(row["live"]), row["revision"])


def add(store: Store, name: str, entropy: bytes, noted: Callable[[LiveCode], Entry]) -> LiveCode:
    """A new code, open to nowhere yet. `entropy` is random bytes. Raises Refused `too_many_live_codes`."""
    if len(store.query("live_codes", limit=CODES_MAX)) == CODES_MAX:
        raise Refused("too_many_live_codes", TOO_MANY)
    for attempt in range(ATTEMPTS_MAX):
        live = LiveCode(code=code_from(entropy, attempt), name=name)
        row = {"live": plain(live), "revision": 1}
        lines = audit.lines(noted(live), f"live.{live.code}.1")
        if not store.write([create(keys.live_code(live.code), row), *lines]):
            return live
    raise Refused("too_many_live_codes", TOO_MANY)


def save(store: Store, live: LiveCode, revision: int, noted: Entry) -> int:
    """Keep what was made from `revision`; the new one. Raises Refused `conflict`."""
    guard = (Is("revision", revision),)
    row = {"live": plain(live), "revision": revision + 1}
    lines = audit.lines(noted, f"live.{live.code}.{revision + 1}")
    if store.write([Change(keys.live_code(live.code), guard, put=row), *lines]):
        raise Refused("conflict", CONFLICT)
    return revision + 1
