"""Orders from a spreadsheet, for shops without webhooks: CSV with a heading line; amounts as people write them.

    order_id, status, total, paid_at [, refunded, currency, phone, member, revision]

Without `revision` it follows from what was refunded and cancelled, which only grows: so a file may be taken again, and
the next export of the same orders moves them on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from functions.core.faults import Fault, faults_of
from functions.core.form import unfit
from functions.core.money import MINOR_MAX
from functions.core.order import Order
from functions.core.text import Text
from functions.orders.presets import instant, minor, refused

COLUMNS = ("order_id", "status", "total", "refunded", "currency", "paid_at", "phone", "member", "revision")
NEEDED = ("order_id", "status", "total", "paid_at")
ROWS_MAX = 10_000
# headings and states as Chinese shop systems export them
SPOKEN = {
    "订单号": "order_id", "订单编号": "order_id", "状态": "status", "订单状态": "status", "实付金额": "total",
    "金额": "total", "退款金额": "refunded", "已退款": "refunded", "币种": "currency", "付款时间": "paid_at",
    "支付时间": "paid_at", "手机号": "phone", "买家手机": "phone", "会员号": "member", "版本": "revision",
    "已付款": "paid", "已支付": "paid", "交易成功": "paid", "已完成": "paid", "已退款订单": "refunded",
    "退款": "refunded", "已取消": "cancelled", "已关闭": "cancelled", "交易关闭": "cancelled",
}  # fmt: skip
STATES = {"已退款": "refunded"}


@dataclass(frozen=True)
class Sheet:
    """What a file holds: orders, and by line what could not be read; what its own headings call each column."""

    orders: list[Order] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    headings: Mapping[str, str] = field(default_factory=dict)


def read(data: bytes, currency: str) -> Sheet:
    """The orders of a CSV file in UTF-8 or GB 18030, as spreadsheets write them; `currency` where no column says it."""
    lines = list(csv.reader(io.StringIO(_text(data), newline="")))
    if not lines:
        return _none("no_rows", "文件是空的", "The file is empty")
    names = [SPOKEN.get(name.strip(), name.strip().lower()) for name in lines[0]]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        said = ", ".join(missing)
        return _none("columns_missing", f"缺少这些列：{said}", f"These columns are missing: {said}")
    if len(lines) > ROWS_MAX + 1:
        return _none("too_many_rows", f"一次最多 {ROWS_MAX} 行", f"At most {ROWS_MAX} rows at once")
    sheet = Sheet(headings=dict(zip(names, map(str.strip, lines[0]), strict=True)))
    for number, cells in enumerate(lines[1:], start=2):
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name in COLUMNS and cell.strip()}
        if not row:
            continue
        try:
            sheet.orders.append(_order(row, currency))
        except ValidationError as error:
            sheet.faults.extend((number, fault) for fault in faults_of(error))
    return sheet


def _order(row: Mapping[str, str], currency: str) -> Order:
    money = row.get("currency", currency).upper()
    status = STATES.get(row.get("status", ""), SPOKEN.get(row.get("status", ""), row.get("status", "").lower()))
    total = minor(row.get("total"), money, "total")
    refunded = minor(row["refunded"], money, "refunded") if "refunded" in row else total if status == "refunded" else 0
    content: dict[str, Any] = {
        "order_id": row.get("order_id", ""),
        "revision": _revision(row, status, refunded),
        "status": status,
        "total": total,
        "refunded": refunded,
        "currency": money,
        "paid_at": instant(row.get("paid_at"), "paid_at"),
        "buyer": {"member": row.get("member", ""), "phone": row.get("phone", "")},
    }
    return Order.model_validate(content)


def _revision(row: Mapping[str, str], status: str, refunded: int) -> int:
    if "revision" not in row:
        return MINOR_MAX + 2 if status == "cancelled" else 1 + refunded
    if not (row["revision"].isascii() and row["revision"].isdigit()):
        raise refused("revision", unfit("int_parsing", "版本要填整数", "A revision is a whole number"), row["revision"])
    return int(row["revision"][:20])


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _none(code: str, zh: str, en: str) -> Sheet:
    return Sheet(faults=[(1, Fault("", code, Text(zh=zh, en=en)))])
