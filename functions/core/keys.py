"""Logical addresses of rows. Only `storage/table.py` knows how they are spelled in the table."""

from __future__ import annotations

from typing import Any, NamedTuple

Row = dict[str, Any]


class Key(NamedTuple):
    """The address of one row within a tenant: what it is, and which one."""

    kind: str
    parts: tuple[str, ...]


def state(campaign: str, member: str) -> Key:
    """A member's row in a campaign: replay marker, outbox, per-member limits, the mechanic's own record."""
    return Key("state", (campaign, member))


def pool(campaign: str, reward: str, shard: int) -> Key:
    """One shard of a limited stock."""
    return Key("pool", (campaign, reward, str(shard)))


def points(member: str) -> Key:
    """A member's points: balance and the open page of the ledger."""
    return Key("points", (member,))


def ledger(member: str, page: int) -> Key:
    """A closed page of a member's points ledger."""
    return Key("ledger", (member, f"{page:08d}"))


def coupon(member: str, coupon_id: str) -> Key:
    """A coupon in a member's wallet."""
    return Key("coupon", (member, coupon_id))


def entitlement(member: str, name: str) -> Key:
    """A right of a member, such as the door of another campaign."""
    return Key("entitlement", (member, name))


def consent(member: str, purpose: str) -> Key:
    """A member's consent for one purpose; `participate.{campaign}` is the door of that campaign."""
    return Key("consent", (member, purpose))


def profile(member: str) -> Key:
    """What a member told about themselves."""
    return Key("profile", (member,))


def proof(campaign: str, member: str, day: str) -> Key:
    """What a member handed in as proof of one day."""
    return Key("proof", (campaign, member, day))


def review(campaign: str, item: str) -> Key:
    """An entry of a campaign's review queue; `item` sorts by submission."""
    return Key("review", (campaign, item))
