"""A campaign's channels are one row; codes are handed out once, whatever happens to names."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from functions.core.channels import CHANNELS_MAX, CODE
from functions.core.text import Text
from functions.storage import audit, channels
from functions.storage.refusals import Refused
from functions.storage.store import Store, Unknown
from tests.edge.world import CAMPAIGN

ENTROPY = b"0123456789"
AT = datetime(2026, 12, 1, tzinfo=UTC)


def names(store: Store) -> list[str]:
    return [channel.name for channel in channels.channels(store, CAMPAIGN)]


def test_a_campaign_begins_without_channels(store: Store) -> None:
    assert channels.channels(store, CAMPAIGN) == []


def test_several_names_at_once_each_get_a_short_code_of_their_own(store: Store) -> None:
    made = channels.add(store, CAMPAIGN, ["门店 A", " 门店   A ", "包裹卡片", ""], ENTROPY)

    assert names(store) == ["门店 A", "包裹卡片"]
    assert [channel.name for channel in made] == ["门店 A", "包裹卡片"]
    assert len({channel.code for channel in made}) == 2
    assert all(re.fullmatch(CODE, channel.code) for channel in made)


def test_a_name_that_is_there_keeps_its_code(store: Store) -> None:
    (before,) = channels.add(store, CAMPAIGN, ["门店 A"], ENTROPY)

    again, _ = channels.add(store, CAMPAIGN, ["门店 A", "门店 B"], b"other bytes")

    assert again == before


def test_codes_stay_apart_when_the_same_bytes_come_up_again(store: Store) -> None:
    for some in range(4):
        channels.add(store, CAMPAIGN, [str(number) for number in range(some, CHANNELS_MAX, 4)], ENTROPY)

    assert len({channel.code for channel in channels.channels(store, CAMPAIGN)}) == CHANNELS_MAX


def test_more_than_a_campaign_may_have_are_refused_all_together(store: Store) -> None:
    channels.add(store, CAMPAIGN, ["door"], ENTROPY)

    with pytest.raises(Refused) as refused:
        channels.add(store, CAMPAIGN, [str(number) for number in range(CHANNELS_MAX)], ENTROPY)

    assert refused.value.code == "too_many_channels"
    assert names(store) == ["door"]


def test_a_channel_is_renamed_and_its_code_stays(store: Store) -> None:
    first, second = channels.add(store, CAMPAIGN, ["门店 A", "门店 B"], ENTROPY)

    channels.rename(store, CAMPAIGN, first.code, " 东门店 ")

    assert channels.channels(store, CAMPAIGN) == [first.model_copy(update={"name": "东门店"}), second]
    with pytest.raises(Refused) as refused:
        channels.rename(store, CAMPAIGN, first.code, "门店 B")
    assert refused.value.code == "channel_name_taken"


def test_a_channel_is_removed_once(store: Store) -> None:
    first, second = channels.add(store, CAMPAIGN, ["门店 A", "门店 B"], ENTROPY)

    channels.remove(store, CAMPAIGN, first.code)
    channels.remove(store, CAMPAIGN, first.code)

    assert channels.channels(store, CAMPAIGN) == [second]


def test_a_lost_answer_makes_no_second_channel(store: Store) -> None:
    class Deaf:
        """Writes, and says the first time that nobody knows."""

        tenant = store.tenant
        heard = False
        read, query = staticmethod(store.read), staticmethod(store.query)

        def write(self, changes):  # type: ignore[no-untyped-def]
            refused = store.write(changes)
            if not self.heard:
                self.heard = True
                raise Unknown
            return refused

    made = channels.add(Deaf(), CAMPAIGN, ["门店 A"], ENTROPY)  # type: ignore[arg-type]

    assert channels.channels(store, CAMPAIGN) == made


def test_what_is_done_to_channels_is_written_down_in_the_same_write_and_what_is_not_done_is_not(
    store: Store,
) -> None:
    hand = channels.Hand("Li", AT, Text(zh="早安", en="Mornings"))
    first, _second = channels.add(store, CAMPAIGN, ["门店 A", "门店 B"], ENTROPY, hand)
    channels.add(store, CAMPAIGN, ["门店 A"], ENTROPY, hand)
    channels.rename(store, CAMPAIGN, first.code, "东门店", hand)
    channels.remove(store, CAMPAIGN, first.code, hand)
    channels.remove(store, CAMPAIGN, first.code, hand)

    told = [(one.what, one.by, one.note) for one in reversed(audit.entries(store, CAMPAIGN))]

    assert told == [
        ("channels", "Li", "+ 门店 A; + 门店 B"),
        ("channels", "Li", "门店 A → 东门店"),
        ("channels", "Li", "− 东门店"),
    ]


def test_what_a_channel_cost_is_kept_through_another_name(store: Store) -> None:
    first, second = channels.add(store, CAMPAIGN, ["门店 A", "门店 B"], ENTROPY)

    channels.price(store, CAMPAIGN, first.code, 12_300)
    channels.rename(store, CAMPAIGN, first.code, "东门店")

    assert channels.channels(store, CAMPAIGN) == [first.model_copy(update={"name": "东门店", "cost": 12_300}), second]


@pytest.mark.parametrize("cost", [-1, 10**15])
def test_a_cost_that_cannot_be_is_refused(store: Store, cost: int) -> None:
    (door,) = channels.add(store, CAMPAIGN, ["门店 A"], ENTROPY)

    with pytest.raises(Refused) as refused:
        channels.price(store, CAMPAIGN, door.code, cost)

    assert refused.value.code == "channel_cost_unfit"
    assert channels.channels(store, CAMPAIGN) == [door]
