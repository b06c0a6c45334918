"""One item of a batch as people read it: how it stands, how often and where it was scanned, and what rang."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from functions.codes.batch import Batch
from functions.codes.place import region
from functions.core import keys
from functions.core.keys import Row
from functions.insights.suspects import FAR_APART
from functions.storage.store import READ_MAX
from ui.components.codes.towns import near
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import when

REPEATS = "repeats_"


def rows(shop: Shop, batch: Batch, numbers: Sequence[int]) -> dict[int, Row]:
    """What their own rows say of items, counted from 0; a hundred in one round."""
    wanted = {keys.item(batch.id, number): number for number in numbers}
    listed, found = list(wanted), dict[int, Row]()
    for start in range(0, len(listed), READ_MAX):
        read = shop.store.read(listed[start : start + READ_MAX])
        found |= {wanted[key]: row or {} for key, row in read.items()}
    return found


def title(number: int) -> str:
    """What people call an item, counted from 0."""
    return _("No. {n}").format(n=f"{number + 1:,}")


def facts(shop: Shop, batch: Batch, number: int, row: Row) -> dict[str, str]:
    """How one item stands and was scanned, by name."""
    standings = {
        "good": _("Usable"),
        "blocked": _("Blocked"),
        "not_activated": _("Not activated"),
        "expired": _("Past its date"),
    }
    told = {_("State"): standings[batch.standing(number, batch.today(shop.now))]}
    told[_("Scans")] = f"{row.get('count', 0):,}"
    if first := row.get("first"):
        told[_("Scans by others")] = f"{row.get('others', 0):,}"
        told[_("First scanned")] = _tap(batch, first)
        told[_("Last scanned")] = _tap(batch, row["last"])
        told[_("Reward")] = _("Taken") if row.get("collected") else _("Not taken")
    return told


def alarms(rang: Sequence[str]) -> list[str]:
    """What rang, in words: of how often others scanned it, the most."""
    repeats = max((int(one.removeprefix(REPEATS)) for one in rang if one.startswith(REPEATS)), default=0)
    words = [_("Places far apart")] if FAR_APART in rang else []
    return words + ([_("{n}+ scans by others").format(n=f"{repeats:,}")] if repeats else [])


def last(batch: Batch, row: Row) -> str:
    """When it was scanned last; nothing of one that was not."""
    return _at(batch, row["last"]) if "last" in row else ""


def towns(regions: Sequence[str]) -> str:
    """Where whole degrees are, `31,121`: 上海 ↔ 北京."""
    degrees = [one.split(",") for one in regions]
    names = [near(int(latitude), int(longitude), language()) for latitude, longitude in degrees]
    return " ↔ ".join(dict.fromkeys(names))


def _tap(batch: Batch, tap: Mapping[str, Any]) -> str:
    place = [towns([region(tap["place"])])] if "place" in tap else []
    return "\N{NO-BREAK SPACE}· ".join([_at(batch, tap), *place])


def _at(batch: Batch, tap: Mapping[str, Any]) -> str:
    return when(datetime.fromtimestamp(tap["at"], UTC), batch.zone, language())
