"""Nothing typed is lost: every change is kept at once, two editors meet, the store goes away and comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.campaign import Campaign
from functions.core.change import Change
from functions.core.discovery import discover
from functions.core.keys import Key, Row
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Unknown
from tests.ui.conftest import NOW
from ui.desk import Desk, join


class Shaky(MemoryStore):
    """A store that fails as told: before writing, or after, so that only the answer is lost."""

    fails: str = ""

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """Writes, or fails before or after."""
        if self.fails == "before":
            raise Busy("throttled")
        done = super().write(changes)
        if self.fails == "after":
            raise Unknown("no answer")
        return done

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """Reads, unless the store is away."""
        if self.fails:
            raise Unknown("no answer")
        return super().read(keys)


@pytest.fixture
def store() -> Shaky:
    """A shop whose store can be told to fail."""
    return Shaky()


def desk(store: MemoryStore, campaign: Campaign, editor: str = "Li") -> Desk:
    return Desk.opened(store, discover(), campaign.id, lambda: NOW, editor)


def kept(store: MemoryStore, campaign: Campaign) -> dict[str, Any]:
    return campaigns.load(store, campaign.id).content


def test_a_change_is_in_the_store_at_once(store: Shaky, campaign: Campaign) -> None:
    li = desk(store, campaign)

    li.write(("config", "days"), 9)

    assert kept(store, campaign)["config"]["days"] == 9
    assert li.saved_at == NOW


def test_an_invalid_change_is_kept_too(store: Shaky, campaign: Campaign) -> None:
    li = desk(store, campaign)

    li.write(("config", "days"), None)

    assert kept(store, campaign)["config"]["days"] is None
    assert [fault.path for fault in li.checked()[1]] == ["config.days"]


def test_writing_what_is_there_already_saves_nothing(store: Shaky, campaign: Campaign) -> None:
    li = desk(store, campaign)

    li.write(("name", "zh"), li.content["name"]["zh"])

    assert campaigns.load(store, campaign.id).revision == 1


def test_changes_of_two_editors_to_different_fields_are_joined(store: Shaky, campaign: Campaign) -> None:
    li, wang = desk(store, campaign), desk(store, campaign, "Wang")

    wang.write(("name", "zh"), "新名字")
    li.write(("config", "days"), 9)

    assert kept(store, campaign)["name"]["zh"] == "新名字"
    assert kept(store, campaign)["config"]["days"] == 9
    assert li.joined
    assert li.theirs is None
    assert li.content["name"]["zh"] == "新名字"


@pytest.mark.parametrize(("choice", "days"), [("keep_mine", 9), ("take_theirs", 21)])
def test_for_the_same_field_the_editor_decides(store: Shaky, campaign: Campaign, choice: str, days: int) -> None:
    li, wang = desk(store, campaign), desk(store, campaign, "Wang")

    wang.write(("config", "days"), 21)
    li.write(("config", "days"), 9)
    asked, on_screen = li.theirs, li.content["config"]["days"]
    getattr(li, choice)()

    assert asked is not None
    assert asked.campaign.changed_by == "Wang"
    assert on_screen == 9
    assert li.theirs is None
    assert li.content["config"]["days"] == kept(store, campaign)["config"]["days"] == days


def test_while_the_question_is_open_further_words_stay_on_the_desk(store: Shaky, campaign: Campaign) -> None:
    li, wang = desk(store, campaign), desk(store, campaign, "Wang")
    wang.write(("config", "days"), 21)
    li.write(("config", "days"), 9)

    li.write(("name", "zh"), "晚安打卡")
    before = kept(store, campaign)["name"]["zh"]
    li.keep_mine()

    assert before != "晚安打卡"
    assert kept(store, campaign)["name"]["zh"] == "晚安打卡"


def test_a_store_out_of_reach_loses_nothing(store: Shaky, campaign: Campaign) -> None:
    li = desk(store, campaign)

    store.fails = "before"
    li.write(("config", "days"), 9)
    li.write(("name", "zh"), "晚安打卡")
    away = li.out_of_reach
    store.fails = ""
    li.retry()

    assert away
    assert not li.out_of_reach
    assert kept(store, campaign)["config"]["days"] == 9
    assert kept(store, campaign)["name"]["zh"] == "晚安打卡"


def test_a_save_whose_answer_was_lost_is_found_to_have_arrived(store: Shaky, campaign: Campaign) -> None:
    li = desk(store, campaign)

    store.fails = "after"
    li.write(("config", "days"), 9)
    store.fails = ""
    li.retry()

    assert not li.out_of_reach
    assert li.theirs is None
    assert campaigns.load(store, campaign.id).revision == 2


def test_after_a_lost_answer_the_next_change_is_joined_with_it(store: Shaky, campaign: Campaign) -> None:
    li = desk(store, campaign)

    store.fails = "after"
    li.write(("config", "days"), 9)
    store.fails = ""
    li.write(("name", "zh"), "晚安打卡")

    assert li.theirs is None
    assert kept(store, campaign)["config"]["days"] == 9
    assert kept(store, campaign)["name"]["zh"] == "晚安打卡"


@pytest.mark.parametrize("goes_on", ["writes", "tries again"])
def test_whoever_types_on_in_a_field_whose_save_got_no_answer_meets_nobody(
    store: Shaky, campaign: Campaign, goes_on: str
) -> None:
    li = desk(store, campaign)

    store.fails = "after"
    li.write(("name", "zh"), "晚安")
    store.fails = "before"
    li.write(("name", "zh"), "晚安打")
    li.write(("name", "zh"), "晚安打卡")
    store.fails = ""
    if goes_on == "writes":
        li.write(("name", "zh"), "晚安打卡七天")
    else:
        li.retry()

    assert li.theirs is None
    assert not li.joined
    assert not li.out_of_reach
    assert kept(store, campaign)["name"]["zh"] == li.content["name"]["zh"]


PLAIN = st.recursive(
    st.integers(0, 2) | st.lists(st.integers(0, 2), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(PLAIN, PLAIN)
def test_joining_with_an_unchanged_copy_gives_the_changed_one(before: Any, mine: Any) -> None:
    assert join(before, mine, before) == mine
    assert join(before, before, mine) == mine
    assert join(before, mine, mine) == mine


@given(PLAIN, PLAIN, PLAIN)
def test_joining_does_not_depend_on_who_saved_first(before: Any, mine: Any, theirs: Any) -> None:
    assert join(before, mine, theirs) == join(before, theirs, mine)
