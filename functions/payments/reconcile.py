"""Reconciliation: every difference between orders, payments, refunds and commission, each with what to look at. Pure.

It reads whole books and changes nothing: an empty list says that all of them agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from functions.core.keys import Row
from functions.core.money import Currency
from functions.core.order import net
from functions.core.payment import left
from functions.core.payout import Payout

SETTLES = timedelta(minutes=10)  # two periods of the sweeper: what waits longer is a difference
NOTHING: Mapping[str, int] = MappingProxyType({})
Books = Iterable[tuple[str, Row]]


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree: a stable code, what it is about, and by how much (minor units).

    `where` is where to look for it, outside these books.
    """

    code: str
    about: str
    amount: int = 0
    currency: str = ""
    since: str = ""
    where: str = ""


def differences(
    orders: Books,
    paid: Books,
    refunds: Books,
    untold: Books,
    earned: Books,
    at: datetime,
    lists: Iterable[Payout] = (),
    kept: Mapping[str, int] = NOTHING,
    unmatched: Books = (),
    overdue: Iterable[str] = (),
) -> list[Difference]:
    """All of them, by code. `refunds` and `untold` are intents that wait, `lists` payouts.

    `earned` are commission rows by `{campaign}#{promoter}#{order}`; `kept` says of a payment what its campaign keeps;
    `unmatched` is money that fits no payment; `overdue` are payments that a campaign holds past its time.
    """
    payments, told, waiting = dict(paid), dict(orders), dict(refunds)
    on_its_way, rows, sent = dict(untold), dict(earned), list(lists)
    found = [
        *_payments(payments, at),
        *_kept({name: payments[name] for name in kept if name not in on_its_way}, waiting, kept, at),
        *_held(payments, overdue, at),
        *_unmatched(payments, unmatched),
        *_refunds(payments, waiting.items(), at),
        *_untold(on_its_way.items(), at),
        *_orders(told.items()),
        *_commission(rows, told),
        *_lists(sent, at),
        *_booked(rows, sent),
    ]
    return sorted(found, key=lambda one: (one.code, one.about))


def _payments(payments: Mapping[str, Row], at: datetime) -> Iterator[Difference]:
    for name, row in payments.items():
        if row["state"] == "asked" and _old(row["at"], at, timedelta(days=1)):
            yield Difference("never_settled", name, row["amount"], row["currency"], row["at"])
        if row["state"] == "paid" and left(row) < 0:
            yield Difference("refunded_more_than_paid", name, -left(row), row["currency"])
        if row["state"] != "paid" and row["refunds"]:
            yield Difference("refunded_and_never_paid", name, sum(row["refunds"].values()), row["currency"])


def _kept(
    payments: Mapping[str, Row], waiting: Mapping[str, Row], kept: Mapping[str, int], at: datetime
) -> Iterator[Difference]:
    """What went back, or is on its way, is what the campaign does not keep."""
    decided: dict[str, dict[str, int]] = defaultdict(dict)
    for refund, said in waiting.items():
        decided[said["payment"]][refund] = said["amount"]
    for name, row in payments.items():
        if row["state"] != "paid" or not _old(row["settled_at"], at, SETTLES):
            continue
        back = decided[name] | row["refunds"]
        missing = row["amount"] - kept[name] - sum(back.values())
        if missing:
            code = "refund_missing" if missing > 0 else "refunded_too_much"
            yield Difference(code, name, abs(missing), row["currency"], row["settled_at"])


def _held(payments: Mapping[str, Row], overdue: Iterable[str], at: datetime) -> Iterator[Difference]:
    """Deposits that the campaign should have settled by now."""
    for name in overdue:
        row = payments[name]
        if _old(row["settled_at"], at, SETTLES):
            yield Difference("deposit_not_settled", name, row["amount"], row["currency"], row["settled_at"])


def _unmatched(payments: Mapping[str, Row], unmatched: Books) -> Iterator[Difference]:
    """Money that came and is nobody's, until somebody has settled it; or its provider said in the end what fits."""
    for name, row in unmatched:
        paid = payments.get(row["payment"], {})
        fits = paid.get("state") == "paid" and paid.get("trade") == row["trade"]
        if row["state"] == "unmatched" and not fits:
            where = f"{row['by']} {row['trade']} > {row['payment']}: {row['why']}"
            yield Difference("money_unmatched", name, row["amount"], row["currency"], row["at"], where)


def _refunds(payments: Mapping[str, Row], refunds: Books, at: datetime) -> Iterator[Difference]:
    for name, row in refunds:
        payment = payments.get(row["payment"])
        currency = payment["currency"] if payment else ""
        if payment is None:
            yield Difference("refund_of_no_payment", name, row["amount"], currency, row["at"])
        elif row.get("state") == "refused":
            yield Difference("refund_refused", name, row["amount"], currency, row["at"])
        elif payment["provider"] == "offline":
            yield Difference("refund_by_hand", name, row["amount"], currency, row["at"])
        elif _old(row["at"], at, SETTLES):
            yield Difference("refund_waits", name, row["amount"], currency, row["at"])


def _untold(untold: Books, at: datetime) -> Iterator[Difference]:
    for name, row in untold:
        if _old(row["at"], at, SETTLES):
            yield Difference("campaign_not_told", name, since=row["at"])


def _orders(orders: Books) -> Iterator[Difference]:
    for _, row in orders:
        lines = sum(line[3] for line in row["lines"])
        if row["lines"] and lines > row["total"]:
            yield Difference("lines_above_total", row["order"], lines - row["total"], row["currency"])
        if net(row) < 0:
            yield Difference("order_below_zero", row["order"], -net(row), row["currency"])


def _commission(earned: Mapping[str, Row], orders: Mapping[str, Row]) -> Iterator[Difference]:
    for name, row in earned.items():
        order = orders.get(name.rpartition("#")[2])
        if order is None:
            yield Difference("commission_of_no_order", name, row["amount"], row["currency"])
        elif row["net"] != net(order):
            yield Difference("commission_behind_order", name, abs(row["net"] - net(order)), row["currency"])
        if row["paid"] > row["amount"]:
            yield Difference("commission_to_take_back", name, row["paid"] - row["amount"], row["currency"])


def _lists(lists: Iterable[Payout], at: datetime) -> Iterator[Difference]:
    """Money that was sent, and is not written into the orders yet."""
    for one in lists:
        if one.state == "paid" and one.paid_at is not None and at - one.paid_at > SETTLES:
            about = f"{one.campaign}#{one.number}"
            yield Difference("payout_not_booked", about, one.total, one.currency, one.paid_at.isoformat())


def _booked(earned: Mapping[str, Row], lists: Iterable[Payout]) -> Iterator[Difference]:
    """What the orders of a campaign say was paid out is what its lists paid; not asked while one is being booked."""
    booking = {one.campaign for one in lists if one.state == "paid"}
    sent, noted = Counter[tuple[str, Currency]](), Counter[tuple[str, Currency]]()
    for one in lists:
        sent[one.campaign, one.currency] += one.total * (one.state == "booked")
    for name, row in earned.items():
        noted[name.partition("#")[0], row["currency"]] += row["paid"]
    for campaign, currency in sorted({*sent, *noted}):
        off = noted[campaign, currency] - sent[campaign, currency]
        if off and campaign not in booking:
            yield Difference("payouts_differ", campaign, abs(off), currency)


def _old(since: str, at: datetime, span: timedelta) -> bool:
    return at - datetime.fromisoformat(since) > span
