"""A campaign's channels: one row, guarded by its revision. Codes are handed out once and never change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Absent, Change, Is
from functions.core.channels import CHANNELS_MAX, NAME_MAX, Channel, channels_in, fresh_code
from functions.core.keys import Row
from functions.core.money import MINOR_MAX
from functions.core.text import Text
from functions.storage import audit
from functions.storage.engine import TooBusy
from functions.storage.refusals import BUSY, Refused
from functions.storage.single import alter
from functions.storage.store import Store

NAME_TAKEN = Text(zh="已经有一个渠道叫这个名字", en="Another channel has this name already")
TOO_LONG = Text(
    zh=f"渠道名最多 {NAME_MAX} 个字，请改短一点",
    en=f"A channel's name has at most {NAME_MAX} characters. Please shorten it",
)
TOO_MANY = Text(
    zh=f"一个活动最多 {CHANNELS_MAX} 个渠道",
    en=f"A campaign has at most {CHANNELS_MAX} channels, with these it has more",
)
COST_UNFIT = Text(zh="渠道费用要填 0 或更大的金额", en="A channel's cost is zero or more")
Said = TypeVar("Said")


@dataclass(frozen=True)
class Hand:
    """Whose step it is, for the audit list: who, when, and what the campaign is called."""

    by: str
    at: datetime
    about: Text


NOTE_MAX = 1000
Decided = tuple[Said, list[Channel] | None]  # what is said, and the channels as they shall be; None for no change


def channels(store: Store, campaign: str) -> list[Channel]:
    """All of a campaign, in the order they were made."""
    return channels_in(store.read([keys.channels(campaign)])[keys.channels(campaign)])


def add(store: Store, campaign: str, names: Sequence[str], entropy: bytes, hand: Hand | None = None) -> list[Channel]:
    """A channel for each of the names, those that have one already among them; codes come from random bytes.

    Names count as one where they differ in their white space alone. Raises Refused `too_many_channels`,
    `channel_name_too_long`, `busy`.
    """
    wanted = list(dict.fromkeys(_fitting(name) for name in names if tidy(name)))

    def decide(known: list[Channel]) -> Decided[list[Channel]]:
        together = list(known)
        for name in wanted:
            if name not in {channel.name for channel in together}:
                taken = {channel.code for channel in together}
                together.append(Channel(code=fresh_code(taken, entropy + name.encode()), name=name))
        if len(together) > CHANNELS_MAX:
            raise Refused("too_many_channels", TOO_MANY)
        found = [channel for channel in together if channel.name in wanted]
        return found, together if together != known else None

    return _altered(store, campaign, decide, hand)


def rename(store: Store, campaign: str, code: str, name: str, hand: Hand | None = None) -> None:
    """Another name for a channel; what is printed stays, and no name at all changes nothing.

    Raises Refused `channel_name_taken`, `channel_name_too_long`, `busy`.
    """
    name = _fitting(name)

    def decide(known: list[Channel]) -> Decided[None]:
        if not name:
            return None, None
        if any(channel.name == name and channel.code != code for channel in known):
            raise Refused("channel_name_taken", NAME_TAKEN)
        return None, [one.model_copy(update={"name": name}) if one.code == code else one for one in known]

    _altered(store, campaign, decide, hand)


def price(store: Store, campaign: str, code: str, cost: int, hand: Hand | None = None) -> None:
    """What a channel cost, in minor units of the campaign's budget. Raises Refused `channel_cost_unfit`, `busy`."""
    price_all(store, campaign, {code: cost}, hand)


def price_all(store: Store, campaign: str, costs: Mapping[str, int], hand: Hand | None = None) -> None:
    """What several channels cost, by code, in one step. Raises Refused `channel_cost_unfit`, `busy`."""
    if not all(0 <= cost <= MINOR_MAX for cost in costs.values()):
        raise Refused("channel_cost_unfit", COST_UNFIT)

    def decide(known: list[Channel]) -> Decided[None]:
        return None, [one.model_copy(update={"cost": costs.get(one.code, one.cost)}) for one in known]

    _altered(store, campaign, decide, hand)


def remove(store: Store, campaign: str, code: str, hand: Hand | None = None) -> None:
    """Count a channel no longer apart; its printed codes go on opening the campaign. Raises Refused `busy`."""

    def decide(known: list[Channel]) -> Decided[None]:
        return None, [one for one in known if one.code != code]

    _altered(store, campaign, decide, hand)


def tidy(name: str) -> str:
    """A name without white space around it, or twice within."""
    return " ".join(name.split())


def _fitting(name: str) -> str:
    if len(name := tidy(name)) > NAME_MAX:
        raise Refused("channel_name_too_long", TOO_LONG)
    return name


def _altered(store: Store, campaign: str, decide: Callable[[list[Channel]], Decided[Said]], hand: Hand | None) -> Said:
    key = keys.channels(campaign)

    def change(row: Row | None) -> tuple[Said, list[Change]]:
        known = channels_in(row)
        said, after = decide(known)
        if after is None or after == known:
            return said, []
        revision = (row or {}).get("revision", 0)
        guard = Is("revision", revision) if row else Absent()
        lines = [[channel.code, channel.name, *([channel.cost] if channel.cost else [])] for channel in after]
        told = _told(campaign, hand, known, after, revision + 1)
        return said, [Change(key, (guard,), put={"revision": revision + 1, "channels": lines}), *told]

    try:
        return alter(store, key, change, _again)
    except TooBusy as error:
        raise Refused("busy", BUSY) from error


def _told(
    campaign: str, hand: Hand | None, before: Sequence[Channel], after: Sequence[Channel], revision: int
) -> list[Change]:
    """The audit list's line: what came (+), went (−), is called otherwise or has another cost (→, minor units)."""
    if hand is None:
        return []
    was, now = ({one.code: one.name for one in side} for side in (before, after))
    came = [f"+ {name}" for code, name in now.items() if code not in was]
    gone = [f"− {name}" for code, name in was.items() if code not in now]
    renamed = [f"{was[code]} → {name}" for code, name in now.items() if was.get(code, name) != name]
    paid = {one.code: one.cost for one in before}
    priced = [f"{one.name}: {paid[one.code]} → {one.cost}" for one in after if paid.get(one.code, one.cost) != one.cost]
    note = "; ".join([*came, *renamed, *priced, *gone])[:NOTE_MAX]
    entry = Entry(what="channels", by=hand.by, at=hand.at, campaign=campaign, about=hand.about, note=note)
    return audit.lines(entry, f"channels.{revision}")


def _again(_attempt: int) -> bool:
    return True
