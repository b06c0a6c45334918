"""A campaign's channels: one row, guarded by its revision. Codes are handed out once and never change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.channels import CHANNELS_MAX, NAME_MAX, Channel, channels_in, fresh_code
from functions.core.keys import Row
from functions.core.text import Text
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
Said = TypeVar("Said")
Decided = tuple[Said, list[Channel] | None]  # what is said, and the channels as they shall be; None for no change


def channels(store: Store, campaign: str) -> list[Channel]:
    """All of a campaign, in the order they were made."""
    return channels_in(store.read([keys.channels(campaign)])[keys.channels(campaign)])


def add(store: Store, campaign: str, names: Sequence[str], entropy: bytes) -> list[Channel]:
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

    return _altered(store, campaign, decide)


def rename(store: Store, campaign: str, code: str, name: str) -> None:
    """Another name for a channel; what is printed stays, and no name at all changes nothing.

    Raises Refused `channel_name_taken`, `channel_name_too_long`, `busy`.
    """
    name = _fitting(name)

    def decide(known: list[Channel]) -> Decided[None]:
        if not name:
            return None, None
        if any(channel.name == name and channel.code != code for channel in known):
            raise Refused("channel_name_taken", NAME_TAKEN)
        return None, [Channel(code=one.code, name=name) if one.code == code else one for one in known]

    _altered(store, campaign, decide)


def remove(store: Store, campaign: str, code: str) -> None:
    """Count a channel no longer apart; its printed codes go on opening the campaign. Raises Refused `busy`."""

    def decide(known: list[Channel]) -> Decided[None]:
        return None, [one for one in known if one.code != code]

    _altered(store, campaign, decide)


def tidy(name: str) -> str:
    """A name without white space around it, or twice within."""
    return " ".join(name.split())


def _fitting(name: str) -> str:
    if len(name := tidy(name)) > NAME_MAX:
        raise Refused("channel_name_too_long", TOO_LONG)
    return name


def _altered(store: Store, campaign: str, decide: Callable[[list[Channel]], Decided[Said]]) -> Said:
    key = keys.channels(campaign)

    def change(row: Row | None) -> tuple[Said, list[Change]]:
        known = channels_in(row)
        said, after = decide(known)
        if after is None or after == known:
            return said, []
        revision = (row or {}).get("revision", 0)
        guard = Is("revision", revision) if row else Absent()
        lines = [[channel.code, channel.name] for channel in after]
        return said, [Change(key, (guard,), put={"revision": revision + 1, "channels": lines})]

    try:
        return alter(store, key, change, _again)
    except TooBusy as error:
        raise Refused("busy", BUSY) from error


def _again(_attempt: int) -> bool:
    return True
