"""What a check-in with a deposit does, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.checkin.deposit import UNIT, Deposit, payment_name
from functions.checkin.example_days import completed, on, record, recorded
from functions.core import intent, keys
from functions.core.change import Change, create
from functions.core.example import CAMPAIGN, MEMBER, MORNING, Example
from functions.core.mechanic import Fact

CLOSES = datetime(2026, 12, 30, 16, tzinfo=UTC)  # the end of the 30th in Shanghai
UNTIL = int(CLOSES.timestamp())
TERMS = "total 2:50 3:100"
STEPS = [{"days": 2, "share": 50}, {"days": 3, "share": 100}]
CONFIG: dict[str, Any] = {"days": 3, "entry": {"kind": "deposit", "amount": 9900, "gives_back": STEPS}}
REVIEWED = CONFIG | {"proof": {"kind": "text"}, "review": {"by": "manual"}}
PAYMENT = payment_name(CAMPAIGN, MEMBER, 9900, TERMS, 0)
SAID = {"member": MEMBER, "deposit": PAYMENT, "terms": TERMS, "payment": PAYMENT, "amount": 9900}
BOOKS = keys.unit(CAMPAIGN, UNIT, PAYMENT)
HELD = Deposit(9900, TERMS, UNTIL, UNTIL, payment=PAYMENT)
DAY = 24 * 3600
LATE = on(29)  # two days are left, it takes three


def with_deposit(record: dict[str, Any], deposit: Deposit = HELD) -> dict[str, Any]:
    """A member's record with a deposit."""
    return {**record, "deposit": deposit.stored()}


def settled(share: int, why: str, days: int) -> Deposit:
    """The deposit when so much of it went back, after so many days."""
    return HELD.settled(share, why, days)


def fact(days: int, share: int, back: int) -> Fact:
    """The fact of a settlement."""
    return Fact("checkin.deposit_settled", PAYMENT, {"days": days, "share": share, "back": back, "kept": 9900 - back})


def booked(deposit: Deposit) -> Change:
    """The row for the books."""
    return Change(keys.unit(CAMPAIGN, UNIT, PAYMENT), put=deposit.booked())


def listed(due: int) -> Change:
    """The entry of the campaign's list."""
    return Change(keys.due(CAMPAIGN, due, keys.MEMBER, MEMBER), put={"until": due})


def unlisted(due: int = UNTIL) -> Change:
    """The same, taken off."""
    return Change(keys.due(CAMPAIGN, due, keys.MEMBER, MEMBER), delete=True)


def back(amount: int, at: datetime) -> Change:
    """The refund that is wanted."""
    return intent.refund(CAMPAIGN, MEMBER, PAYMENT, amount, "deposit", at)


def untaken(at: datetime, payment: str = PAYMENT) -> tuple[Change, ...]:
    """What is written of a payment that is not taken."""
    done = Deposit(9900, payment=payment).settled(100, "not_taken")
    books = create(keys.unit(CAMPAIGN, UNIT, payment), done.booked(), "deposit_booked")
    return books, intent.refund(CAMPAIGN, MEMBER, payment, 9900, "not_taken", at)


def settles(name: str, share: int, amount: int, why: str, days: int, record: dict[str, Any], **more: Any) -> Example:
    """An example that settles the deposit; its record stays as it is."""
    done = settled(share, why, days)
    example = Example(
        name,
        more.pop("event", "settle"),
        "deposit_settled",
        CONFIG,
        actor="system",
        at=CLOSES,
        closes_at=CLOSES,
        record=with_deposit(record),
        after=with_deposit(record, done),
        facts=(fact(days, share, amount),),
    )
    example = replace(example, **more)
    refund = (back(amount, example.at),) if amount else ()
    return replace(example, changes=(booked(done), unlisted(), *refund))


ASKS = Example("the deposit is missing", "checkin", "deposit_missing", CONFIG, closes_at=CLOSES)
PAYS = Example(
    "it is paid",
    "paid",
    "paid",
    CONFIG,
    SAID,
    actor="system",
    closes_at=CLOSES,
    after=with_deposit({}),
    facts=(Fact("checkin.deposit_paid", PAYMENT, {"deposit": 9900}),),
    changes=(create(BOOKS, HELD.booked(), "deposit_booked"), listed(UNTIL)),
)
SENT_BACK = replace(PAYS, outcome="deposit_sent_back", after={"untaken": 1}, facts=(), changes=untaken(MORNING))
WAITS = Example(
    "a day waits for its verdict: it is looked at again",
    "settle",
    "deposit_waits",
    REVIEWED,
    actor="system",
    at=CLOSES,
    closes_at=CLOSES,
    record=with_deposit(record(1, pending=[2])),
    after=with_deposit(record(1, pending=[2]), replace(HELD, due=UNTIL + DAY)),
    changes=(booked(replace(HELD, due=UNTIL + DAY)), unlisted(), listed(UNTIL + DAY)),
)
WHOLE = settled(100, "reached", 3)

ASKED = [
    ASKS,
    replace(ASKS, name="nor is a day made up for", event="make_up", data={"day": "2026-12-01"},
            config=CONFIG | {"make_up": {"count": 1}}, at=on(2)),
    replace(ASKS, name="they agree to pay it", event="begin", outcome="deposit_asked", after={}),
    replace(ASKS, name="too late to get it back", event="begin", outcome="deposit_too_late", at=LATE),
    replace(ASKS, name="nothing is owed where entry is free", event="begin", outcome="no_deposit_owed", config={}),
    replace(ASKS, name="who began before one was asked for goes on without", outcome="checked_in",
            at=on(2), record=record(1), after=record(1, 2), facts=(recorded(2, 2, 2),)),
    replace(ASKS, name="the payment did not come", event="payment_refused", actor="system", data=SAID),
]  # fmt: skip

PAID = [
    PAYS,
    replace(PAYS, name="told again", outcome="already_paid", record=with_deposit({}), after=None, facts=(),
            changes=(), rows={BOOKS: HELD.booked()}),
    replace(SENT_BACK, name="paid after the campaign ended", closed="ended"),
    replace(SENT_BACK, name="paid while it is paused", closed="paused"),
    replace(SENT_BACK, name="paid too late to get it back", at=LATE, changes=untaken(LATE)),
    replace(SENT_BACK, name="paid by somebody who left", closed="left"),
    replace(SENT_BACK, name="its refund is on its way already", outcome="already_sent_back",
            closed="ended", after=None, changes=(), refused=frozenset({back(9900, MORNING).refusal})),
    replace(SENT_BACK, name="a second one, on other terms", data=SAID | {"payment": "pay_other"},
            record=with_deposit(record(1)), after=with_deposit(record(1)), changes=untaken(MORNING, "pay_other")),
]  # fmt: skip

SETTLED = [
    Example(
        "the day that gives all of it back", "checkin", "checked_in", CONFIG, at=on(3), closes_at=CLOSES,
        record=with_deposit(record(1, 2)), after=with_deposit(record(1, 2, 3), WHOLE),
        facts=(recorded(3, 3, 3), completed(3, 3, 3), fact(3, 100, 9900)),
        changes=(booked(WHOLE), unlisted(), back(9900, on(3))),
    ),
    settles("two days of three: half of it", 50, 4950, "table", 2, record(1, 5)),
    settles("one day: nothing", 0, 0, "table", 1, record(7)),
    settles("the member leaves: by the table as it stands", 50, 4950, "left", 2, record(1, 2),
            event="leave", at=on(3)),
    settles("the campaign is ended early: who could have done it gets it whole", 100, 9900, "early", 1, record(1),
            at=on(3), closed="ended"),
    settles("ended with no days to spare: by the table", 0, 0, "table", 1, record(1), closed="ended",
            at=CLOSES - timedelta(hours=1), config=CONFIG | {"days": 3, "rest": {"dates": ["2026-12-30"]}}),
    settles("a later version ended it sooner", 100, 9900, "early", 1, record(1), at=on(3),
            closes_at=on(3), ends=on(3).date()),
    settles("days that nobody looked at count in the end", 50, 4950, "table", 1, record(1, pending=[2]),
            config=REVIEWED, at=CLOSES + timedelta(3)),
    settles("paused at its end, and nobody resumed it", 100, 9900, "early", 1, record(1), closed="paused",
            at=CLOSES + timedelta(3)),
    WAITS,
    replace(WAITS, name="not its time yet", outcome="not_due", at=MORNING, after=None, changes=()),
    replace(WAITS, name="a later version goes on longer", closes_at=CLOSES + timedelta(1), config=CONFIG),
    Example("nothing is held", "settle", "no_deposit_held", CONFIG, actor="system", at=CLOSES, record=record(1)),
]  # fmt: skip

DEPOSITS = [*ASKED, *PAID, *SETTLED]
