"""Commission: what the uplines of a buyer earn of an order, frozen for a while. Pure.

A row for each promoter and order holds what is earned of it now; what was paid out before is beside it, so that a
refund after a payout is owed back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.keys import Key, Row
from functions.core.mechanic import Seen
from functions.core.order import net
from functions.referral.config import BASIS_POINTS, Config

DAY_SECONDS = 86_400


def looks_at(config: Config, event: Event, record: Mapping[str, Any]) -> list[Key]:
    """The promoters' rows for this order, and their rights to earn."""
    if config.commission is None:
        return []
    ups = _ups(config, record)
    found = [keys.commission(event.campaign, promoter, event.data.order) for promoter in ups]
    right = config.commission.right
    return found + [keys.entitlement(promoter, right) for promoter in ups if right]


def earned(config: Config, event: Event, seen: Seen, order: Row) -> list[Change]:
    """What each upline earns of the order as it is now; nothing where nothing changes."""
    changes: list[Change] = []
    for level, promoter in enumerate(_ups(config, seen.record)):
        key = keys.commission(event.campaign, promoter, event.data.order)
        row = seen.rows[key]
        if row is None and not _may(config, promoter, seen):
            continue
        assert config.commission is not None
        amount = shares(net(order), config.commission.levels)[level]
        if amount != (row or {}).get("amount", 0) or (row is not None and row["net"] != net(order)):
            changes.append(_written(key, row, order, level, amount, config.commission.freeze_days))
    return changes


def shares(worth: int, levels: Sequence[int]) -> list[int]:
    """What each level gets of an amount: together what all levels' basis points come to, to the last cent.

    Each gets its whole cents; those that rounding leaves over go one by one to the largest remainders (Hamilton).
    """
    exact = [divmod(worth * level, BASIS_POINTS) for level in levels]
    left = worth * sum(levels) // BASIS_POINTS - sum(whole for whole, _ in exact)
    first = sorted(range(len(levels)), key=lambda place: (-exact[place][1], place))[:left]
    return [whole + (place in first) for place, (whole, _) in enumerate(exact)]


def _written(key: Key, row: Row | None, order: Row, level: int, amount: int, freeze_days: int) -> Change:
    if row is not None:
        return Change(key, set={"amount": amount, "net": net(order)})  # what was paid out is another's field
    new: Row = {
        "order": order["order"],
        "net": net(order),
        "amount": amount,
        "paid": 0,
        "currency": order["currency"],
        "level": level + 1,
        "at": order["paid_at"],
        "frees_at": order["paid_at"] + freeze_days * DAY_SECONDS,
    }
    return Change(key, put=new)


def _ups(config: Config, record: Mapping[str, Any]) -> Sequence[str]:
    """The members above, the nearest first, as many as there are levels."""
    return list(record.get("up", ()))[: len(config.commission.levels)] if config.commission else []


def _may(config: Config, promoter: str, seen: Seen) -> bool:
    """Whether the promoter holds the right to earn, when the order is first told."""
    assert config.commission is not None
    if not config.commission.right:
        return True
    row = seen.rows[keys.entitlement(promoter, config.commission.right)]
    return row is not None and row["valid_until"] >= int(seen.moment.at.timestamp())
