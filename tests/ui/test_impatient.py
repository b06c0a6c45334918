"""A table that does not answer is waited for once, not by every question of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
from tests.ui.conftest import Open, begun, keyed, press, words
from ui.impatient import SPELL_SECONDS, Impatient

HERE = keys.points("mem_a")
WAITS_SECONDS = 5.0  # of botocore, for an answer (`functions/storage/client.py`)


class Hanging(MemoryStore):
    """A store that can be told to hang: each question then takes `waits` of `seconds`, and has no answer."""

    hangs = False
    seconds = 0.0
    waits = WAITS_SECONDS

    def _hang(self) -> None:
        if self.hangs:
            self.seconds += self.waits
            raise Unknown("no answer")

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """Reads, or hangs."""
        self._hang()
        return super().read(keys)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """Writes, or hangs."""
        self._hang()
        return super().write(changes)

    def query(self, *words: Any, **more: Any) -> list[tuple[str, Row]]:
        """Lists, or hangs."""
        self._hang()
        return super().query(*words, **more)


@pytest.fixture
def hanging() -> Hanging:
    return Hanging()


def test_an_edit_waits_once_for_a_table_that_hangs_and_is_kept_when_it_is_back(
    hanging: Hanging, open_app: Open
) -> None:
    campaign = begun(hanging)
    store = Impatient(hanging, lambda: hanging.seconds)
    app = open_app(f"app_pages/compose.py?c={campaign.id}", store=store)

    hanging.hangs = True
    keyed(app, "text_input", "name.zh").set_value("早安七天").run()
    app.run()

    assert hanging.seconds == WAITS_SECONDS
    assert "还没存上" in words(app)
    hanging.hangs = False
    press(app, "btn_retry")
    assert "已自动保存" in words(app)
    assert app.session_state["st_desk"].draft.content["name"]["zh"] == "早安七天"


QUESTIONS: dict[str, Callable[[Impatient], Any]] = {
    "read": lambda store: store.read([HERE]),
    "write": lambda store: store.write([Change(HERE, put={"balance": 1})]),
    "query": lambda store: store.query("member", "mem_a"),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_is_asked_again_after_the_spell(hanging: Hanging, ask: Callable[[Impatient], Any]) -> None:
    store = Impatient(hanging, lambda: hanging.seconds)
    hanging.hangs = True
    for _ in range(3):
        with pytest.raises(Unknown):
            ask(store)
    hanging.hangs = False
    assert hanging.seconds == WAITS_SECONDS

    hanging.seconds += SPELL_SECONDS
    ask(store)


def test_a_connection_that_breaks_at_once_is_tried_again_at_once(hanging: Hanging) -> None:
    store = Impatient(hanging, lambda: hanging.seconds)
    hanging.hangs, hanging.waits = True, 0.1
    with pytest.raises(Unknown):
        store.read([HERE])
    hanging.hangs = False

    assert store.read([HERE]) == {HERE: None}
