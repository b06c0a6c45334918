"""What channels cost, from a file: a name or a code and an amount a line. Lines that cannot be read are named. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Protocol

from functions.core.money import DECIMALS, MINOR_MAX
from functions.core.text import Text
from functions.storage.channels import tidy

LINES_MAX = 1_000
SIGNS = str.maketrans("", "", ", ¥￥$€元")


@dataclass(frozen=True)
class Costs:
    """Costs in minor units by channel code, and by line what could not be read."""

    costs: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, Text]] = field(default_factory=list)


class Priced(Protocol):
    """What has a cost: a campaign's channel, or a live code."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def code(self) -> str:
        """What is printed."""
        ...

    @property
    def cost(self) -> int:
        """In minor units."""
        ...


def read(data: bytes, known: Sequence[Priced], currency: str) -> Costs:
    """The costs of a CSV file in UTF-8 or GB 18030. A heading line is passed over; of a channel named twice the sum

    counts, for bills come one by one.
    """
    try:
        lines = list(csv.reader(io.StringIO(_text(data), newline="")))
    except csv.Error:
        return Costs(faults=[(1, Text(zh="这不是 CSV 文件", en="This is no CSV file"))])
    if len(lines) > LINES_MAX:
        return Costs(faults=[(1, Text(zh=f"一次最多 {LINES_MAX} 行", en=f"At most {LINES_MAX} lines at once"))])
    by_name = {name: one.code for one in known for name in (one.name, one.code)}
    found = Costs()
    for number, cells in enumerate(lines, start=1):
        name, amount = (tidy(cell.lstrip("'")) for cell in (*cells[:2], "", "")[:2])
        if not name and not amount:
            continue
        minor = _minor(amount, currency)
        if number == 1 and minor is None and name not in by_name:
            continue  # the heading
        if fault := _fault(name in by_name, name, minor, amount):
            found.faults.append((number, fault))
        elif minor is not None:
            code = by_name[name]
            found.costs[code] = min(MINOR_MAX, found.costs.get(code, 0) + minor)
    return found


def _fault(is_known: bool, name: str, minor: int | None, amount: str) -> Text | None:
    if not name:
        return Text(zh="没有写渠道", en="It names no channel")
    if not is_known:
        return Text(zh=f"没有渠道“{name[:40]}”", en=f"There is no channel “{name[:40]}”")
    if minor is None:
        return Text(zh=f"“{amount[:40]}”不是金额", en=f"“{amount[:40]}” is no amount")
    return None


def _minor(amount: str, currency: str) -> int | None:
    """An amount as people write it, in minor units; None for what is none, is below zero or finer than a minor unit."""
    try:
        minor = Decimal(amount.translate(SIGNS)).scaleb(DECIMALS.get(currency, 2))
    except InvalidOperation:
        return None
    return int(minor) if minor.is_finite() and 0 <= minor <= MINOR_MAX and minor == minor.to_integral_value() else None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
