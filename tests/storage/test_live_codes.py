"""Live codes in the table: one row each, made once, changed by one editor at a time, each step written down."""

from __future__ import annotations

import pytest

from functions.core.audit import Entry
from functions.core.live_code import LiveCode
from functions.core.text import Text
from functions.storage import audit, live_codes
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from tests.storage.stage import OPENS


def noted(live: LiveCode) -> Entry:
    return Entry(what="live_code", by="Mei", at=OPENS, about=Text(zh=live.name, en=live.name))


def test_the_same_bytes_make_two_codes_and_both_are_written_down() -> None:
    store = MemoryStore()

    first, second = (live_codes.add(store, name, bytes(10), noted) for name in ("Door", "Counter"))

    assert first.code != second.code
    assert {live.name: revision for live, revision in live_codes.all_of(store)} == {"Door": 1, "Counter": 1}
    assert [entry.about.en for entry in audit.entries(store)].count("Door") == 1


def test_an_older_copy_overwrites_nothing() -> None:
    store = MemoryStore()
    live = live_codes.add(store, "Door", bytes(10), noted)
    renamed = live.model_copy(update={"name": "Front door"})
    live_codes.save(store, renamed, 1, noted(renamed))

    with pytest.raises(Refused) as refused:
        live_codes.save(store, live, 1, noted(live))

    assert refused.value.code == "conflict"
    assert live_codes.find(store, live.code) == (renamed, 2)


def test_there_is_an_end_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_codes, "CODES_MAX", 2)
    store = MemoryStore()
    for name in ("a", "b"):
        live_codes.add(store, name, name.encode() * 10, noted)

    with pytest.raises(Refused) as refused:
        live_codes.add(store, "c", b"c" * 10, noted)

    assert refused.value.code == "too_many_live_codes"
    assert live_codes.find(store, "0a1b2c") is None
