"""The plain model of a life of money: who brought whom, what each order is worth, what was paid, came and went back.

It knows of the engine only what that stores (design §11: 4, 7, 8, 13).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.core.order import Order, order_name
from functions.payments.port import Refused as ByHand
from functions.payments.reconcile import Difference, differences
from functions.referral.earning import shares
from functions.storage import commissions, payments, payouts, table
from functions.storage.memory import MemoryStore
from tests.simulation.watch import hold
from tests.storage.stage import CAMPAIGN, member

MEMBERS, PAYMENTS = 5, 3
LEVELS, FRIEND, HOST = [1000, 250], 30, 50
NAMES = [f"pay_{number:026d}" for number in range(PAYMENTS)]
# what no report may list of any life, whatever came of its payments
NEVER = {
    "commission_of_no_order", "commission_behind_order", "payouts_differ", "payout_not_booked",
    "refunded_more_than_paid", "refunded_and_never_paid",
}  # fmt: skip


@dataclass
class Provider:
    """Where money really moves: under each of our numbers once, whatever is asked again."""

    given: dict[str, tuple[str, int]] = field(default_factory=dict)

    def give_back(self, payment: str, row: Any, refund: str, amount: int) -> None:
        """Money leaves the house; at a counter it waits for a hand."""
        if row["provider"] == "offline":
            raise ByHand("by_hand")
        hold(self.given.setdefault(refund, (payment, amount)) == (payment, amount), "7: one number, one sum", refund)


@dataclass
class Book:
    """The plain model, which knows of the engine only what it stores."""

    disk: MemoryStore
    provider: Provider = field(default_factory=Provider)
    by: dict[str, str] = field(default_factory=dict)  # friend -> who brought them, for ever
    came: set[str] = field(default_factory=set)  # payments of which the provider said that they came
    chains: dict[Key, tuple[int, int]] = field(default_factory=dict)  # row -> its version and revision
    sent: dict[int, dict[str, int]] = field(default_factory=dict)  # payout list -> order's row -> amount

    def wrote(self, changes: Sequence[Change], at: datetime) -> None:
        """Hold one applied write to the promises."""
        for change in changes:
            self._chain(change)
        kinds = {change.key.kind for change in changes}
        if "state" in kinds:
            self._bonds()
        if kinds & {"commission", "payout"}:
            self._commission()
        if kinds & {"payment", "intent"}:
            self._payments()

    def _row(self, key: Key) -> Row | None:
        """A row as it lies there: looked at, not copied."""
        return self.disk.rows.get(table.address(self.disk.tenant, key))

    def _chain(self, change: Change) -> None:
        """13: each version of a row is written once, and a newer telling is never overwritten by an older one."""
        if change.checks_only or change.key.kind not in ("state", "order", "payment"):
            return
        row = self._row(change.key)
        if row is None:
            return
        version, revision = self.chains.get(change.key, (0, 0))
        now = row["version"], row.get("revision", 0)
        hold(now[0] == version + 1, "13: each version of a row is written once", (change.key, version, now))
        hold(now[1] >= revision, "13: the newest revision stays", (change.key, revision, now))
        self.chains[change.key] = now

    def _bonds(self) -> None:
        states = [keys.state(CAMPAIGN, member(number)) for number in range(MEMBERS)]
        balances = [keys.points(member(number)) for number in range(MEMBERS)]
        found = {key: self._row(key) or {} for key in (*states, *balances)}
        records = {key.parts[1]: found[key].get("record", {}) for key in states}
        for who, record in records.items():
            by = record.get("by")
            hold(self.by.setdefault(who, by) == by if by else who not in self.by, "8: one referrer", (who, by))
            above, seen = by, {who}
            while above:
                hold(above not in seen, "8: no circle", (who, above))
                seen.add(above)
                above = records[above].get("by")
        brought = Counter(record["by"] for record in records.values() if record.get("by"))
        done = Counter(record["by"] for record in records.values() if record.get("state") == "qualified")
        for number in range(MEMBERS):
            who = member(number)
            record, balance = records[who], found[balances[number]].get("balance", 0)
            told = record.get("invited", 0), record.get("qualified", 0)
            hold(told == (brought[who], done[who]), "8: who brings is counted as who came", (who, told))
            due = FRIEND * (record.get("state") == "qualified") + HOST * done[who]
            hold(balance == due, "8: what qualified no more gives no more", (who, balance, due))

    def _commission(self) -> None:
        """4: what is paid of an order is what the lists that were paid say, each of them once."""
        for _, row in self.disk.query("payouts", CAMPAIGN):
            payout = payouts.Payout.model_validate_json(row["payout"])
            if payout.state in ("paid", "booked") and payout.number not in self.sent:
                lines = payouts.lines(self.disk, payout)
                hold(sum(line.amount for line in lines) == payout.total, "4: a list is the sum of its lines", payout)
                self.sent[payout.number] = {f"{line.promoter}#{line.order}": line.amount for line in lines}
        for name, row in commissions.rows(self.disk, CAMPAIGN):
            told = sum(lines.get(name, 0) for number, lines in self.sent.items() if number <= row.get("payout", 0))
            hold(row["paid"] == told, "4: paid is the sum of what was sent", (name, row["paid"], told))

    def _payments(self) -> None:
        """7: nothing is paid that did not come, and no more goes back than came."""
        back = Counter[str]()
        for payment, amount in self.provider.given.values():
            back[payment] += amount
        for name in NAMES:
            row = self._row(keys.payment(name))
            if row is None:
                continue
            noted = sum(row["refunds"].values())
            hold(row["state"] != "paid" or name in self.came, "7: paid only by a notice", row)
            hold(noted <= (row["amount"] if row["state"] == "paid" else 0), "7: never more back than came", row)
            hold(back[name] <= noted, "7: nothing goes back that is not written down", (name, back[name], noted))
            hold(set(row.get("handed", {})) <= set(row["refunds"]), "7: by hand only what was decided", row)

    def settled(self, told: dict[str, Order], terms: dict[str, Any], at: datetime) -> None:
        """13: in the end the rows are what the newest telling of each order makes of them, whatever came between."""
        least = terms.get("order_min", 1)
        for number in range(MEMBERS):
            key = keys.state(CAMPAIGN, member(number))
            record = (self._row(key) or {}).get("record", {})
            if not record.get("by"):
                continue
            mine = {name: one for name, one in told.items() if one.buyer.member == member(number)}
            counts = {name: one for name, one in mine.items() if one.paid_at.timestamp() >= record["at"]}
            if terms.get("qualify") != "join":
                enough = any(_net(one) >= least for one in counts.values())
                hold((record["state"] == "qualified") == enough, "8: held or given as the orders stand", record)
            for level, promoter in enumerate(record["up"]):
                for name, one in counts.items():
                    where = keys.commission(CAMPAIGN, promoter, order_name("shop", name))
                    row = self._row(where) or {"amount": 0}
                    hold(row["amount"] == shares(_net(one), LEVELS)[level], "8: commission follows", (where, row))
        for name in NAMES:
            row = payments.load(self.disk, name)
            for refund, amount in (row or {"refunds": {}})["refunds"].items():
                gone = self.provider.given.get(refund) == (name, amount) or refund in (row or {}).get("handed", {})
                hold(gone, "7: what was decided went back", (name, refund))
        differ = {one.code for one in self._differences(list(told), at)} & NEVER
        hold(not differ, "the books agree with one another", differ)

    def _differences(self, told: Sequence[str], at: datetime) -> list[Difference]:
        """What the reconciliation reads out of these rows."""
        ordered = {name: self._row(keys.order(name)) for name in (order_name("shop", one) for one in told)}
        paid = {name: self._row(keys.payment(name)) for name in NAMES}
        return differences(
            orders=[(name, row) for name, row in ordered.items() if row],
            paid=[(name, row) for name, row in paid.items() if row],
            refunds=payments.waiting(self.disk, payments.REFUND),
            untold=[],
            earned=[(f"{CAMPAIGN}#{name}", row) for name, row in commissions.rows(self.disk, CAMPAIGN)],
            at=at,
            lists=payouts.everything(self.disk, CAMPAIGN),
        )


def _net(one: Order) -> int:
    return 0 if one.status == "cancelled" else one.total - one.refunded
