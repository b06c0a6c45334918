"""What came of people by the printed code they first came through: who came back, who bought (docs/insights.md).

A member's door is kept once, in their own partition, and goes with them. Money is told by orders alone: what was paid
from the moment on in which the member came, less refunds, in minor units of the order's currency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from functions.core import keys
from functions.core.change import Absent, Change, Is, holds
from functions.core.channels import channels_in, codes_of
from functions.core.keys import Row
from functions.core.order import net
from functions.insights.reading import Counted, Written, counted_by
from functions.storage.engine import Pause
from functions.storage.members import ERASING, not_being_erased
from functions.storage.single import alter, settle
from functions.storage.store import Store

LIVE = "live"  # the row of counters that all live codes share, a day each (UTC)
BY_CODE = ("channel", "own", "back1", "back7", "buyers", "orders", "earned", "went", "scan")
DAY = 24 * 3600
GONE = "gone"
BACK = {"back1": DAY, "back7": 7 * DAY}  # came back a day, a week or more after they first came


def people(store: Store, write: Written, found: Counted, pause: Pause) -> list[Counted]:
    """`found` with what a member's event says of the door they came by, and the same for a live code's own numbers."""
    row = write.after or {}
    if write.key.kind != "state" or "since" not in row:
        return [found]
    counts = Counter({name: 1 for name, wait in BACK.items() if _passed(write.before, row, wait)})
    channel, live = codes_of(row["channel"])
    if write.before is None:
        counts["channel"] += 1
        counts["own"] += _kept(store, write, found, pause)
    of_campaign = {**found.counts, **_named(counts, channel or live)}
    return [replace(found, counts=of_campaign), *_of_live(found, live, counts)]


def ordered(store: Store, write: Written, pause: Pause) -> list[Counted]:
    """What an order, or a newer telling of it, adds to the door of who bought; nothing for who came by none."""
    after, before = write.after, write.before or {}
    if write.key.kind != "order" or after is None or not after.get("member"):
        return []
    key, name = keys.door(after["member"]), write.key.parts[1]
    if not (row := store.read([key])[key]) or "door" not in row:
        return []
    counts = Counter[str]()
    for told, sign in ((after, 1), (before, -1)):
        if told.get("member") and told["paid_at"] >= row["at"]:
            counts["orders"] += sign * (net(told) > 0)
            counts[f"earned.{told['currency']}"] += sign * net(told)
    if counts["orders"] > 0:
        counts["buyers"] += alter(store, key, lambda seen: _first_bought(seen, after["member"], name), pause)
    channel, live = codes_of(row["door"])
    at = datetime.fromtimestamp(after["paid_at"], UTC)
    found = counted_by(write, row["campaign"], at, _named(counts, channel or live), row["version"])
    return [found, *_of_live(found, live, counts)] if any(counts.values()) else []


def went(write: Written) -> list[Counted]:
    """Somebody went on to a partner through a live code."""
    if write.key.kind != "handed_over" or write.before is not None or write.after is None:
        return []
    at = datetime.fromtimestamp(write.after["at"], UTC)
    return _of_live(counted_by(write, LIVE, at, {}, 0), write.key.parts[0], Counter(went=1))


def scanned(write: Written) -> list[Counted]:
    """Somebody looked at a campaign's page by a printed code."""
    if write.key.kind != "scanned" or write.before is not None or write.after is None:
        return []
    campaign, door, _visitor = write.key.parts
    channel, live = codes_of(door)
    at = datetime.fromtimestamp(write.after["at"], UTC)
    found = counted_by(write, campaign, at, _named(Counter(scan=1), channel or live), write.after["of"])
    return [found, *_of_live(found, live, Counter(scan=1))]


def known(store: Store, campaign: str, news: Sequence[Counted]) -> list[Counted]:
    """`news` without codes that nobody made. Reads only where somebody came by one.

    Anyone can write a code into a link; a day's row must not grow by it.
    """
    said = {code for one in news for code in map(_code_in, one.counts) if code}
    if not said:
        return list(news)
    real = _channels(store, campaign) if campaign != LIVE else set()
    real |= {code for code in said - real if _made(store, code)}
    return [replace(one, counts={k: n for k, n in one.counts.items() if _code_in(k) in real | {""}}) for one in news]


def _channels(store: Store, campaign: str) -> set[str]:
    key = keys.channels(campaign)
    return {one.code for one in channels_in(store.read([key])[key])}


def _made(store: Store, live: str) -> Row | None:
    """A live code's row; None for a code that nobody made."""
    return store.read([keys.live_code(live)])[keys.live_code(live)]


def _passed(before: Row | None, after: Row, wait: int) -> bool:
    """Whether this is the first time that they were seen so long after they came."""
    return before is not None and before.get("seen", 0) - after["since"] < wait <= after["seen"] - after["since"]


def _kept(store: Store, write: Written, found: Counted, pause: Pause) -> int:
    """Note the door of who took part in nothing before, and what its live code tags; 1 where it is theirs."""
    row = write.after or {}
    campaign, member = write.key.parts
    channel, live = codes_of(row["channel"])
    made = _made(store, live) if live else None
    tags = made["live"].get("tags", []) if made else []
    if not made and channel not in _channels(store, campaign):
        return 0
    first = {"door": row["channel"], "campaign": campaign, "version": found.version, "at": row["since"]}
    is_new = bool(found.counts.get("newcomers"))
    key = keys.door(member)

    def decide(seen: Row | None, refused: frozenset[str]) -> tuple[int, list[Change]]:
        if refused & {ERASING, GONE}:
            return 0, []
        was = seen or {}
        mine = {**first, **was} if is_new else dict(was)
        after = mine | {f"{keys.TAGGED}{tag}": 1 for tag in tags}
        is_own = int(after.get("campaign") == campaign)
        return is_own, [*_put(member, seen, after), *still_there(campaign, member)] if after != was else []

    return settle(store, key, decide, pause)


def still_there(campaign: str, member: str) -> list[Change]:
    """Holds a write about a member to their being there: a record may come after they were erased."""
    purpose = keys.participation(campaign)
    return [holds(keys.consent(member, purpose), "purpose", purpose, GONE), not_being_erased(member)]


def _first_bought(row: Row | None, member: str, order: str) -> tuple[int, list[Change]]:
    """1 where this order is the first that its member bought; noted, so that told again it is the same one."""
    if row is None:
        return 0, []  # erased meanwhile
    if row.get("bought"):
        return int(row["bought"] == order), []
    return 1, _put(member, row, row | {"bought": order})


def _put(member: str, before: Row | None, after: Row) -> list[Change]:
    guard = Is("revision", before["revision"]) if before else Absent()
    return [Change(keys.door(member), (guard,), put=after | {"revision": (before or {}).get("revision", 0) + 1})]


def _named(counts: Mapping[str, int], code: str) -> dict[str, int]:
    """`earned.CNY` as `earned.abcd.CNY`."""
    parts = ((*name.partition("."), number) for name, number in counts.items() if number)
    return {f"{group}.{code}{dot}{rest}": number for group, dot, rest, number in parts}


def _of_live(found: Counted, live: str, counts: Mapping[str, int]) -> list[Counted]:
    own = _named(counts, live) if live else {}
    day = found.at.date().isoformat()
    return [replace(found, campaign=LIVE, counts=own, version=0, day=day)] if own else []


def _code_in(name: str) -> str:
    """The code that a count is of; empty for what is counted of no code."""
    group, _, rest = name.partition(".")
    return rest.partition(".")[0] if group in BY_CODE else ""
