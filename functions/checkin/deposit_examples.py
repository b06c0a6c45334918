"""What a check-in with a deposit does, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.checkin.deposit import UNIT, Deposit, payment_name
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
DAYS = 24 * 3600


def with_deposit(record: dict[str, Any], deposit: Deposit = HELD) -> dict[str, Any]:
    """A member's record with a deposit."""
    return {**record, "deposit": deposit.stored()}


def settled(share: int, why: str) -> Deposit:
    """The deposit when so much of it went back."""
    return HELD.settled(share, why)


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
    done = settled(share, why)
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


def with_days(record: Any, recorded: Any, completed: Any) -> list[Example]:
    """All of them; the record and the facts of days are made as those of the other examples are."""
    asks = Example("the deposit is missing", "checkin", "deposit_missing", CONFIG, closes_at=CLOSES)
    pays = Example(
        "it is paid",
        "paid",
        "paid",
        CONFIG,
        SAID,
        actor="system",
        closes_at=CLOSES,
        after=with_deposit({}),
        facts=(Fact("checkin.deposit_paid", PAYMENT, {"deposit": 9900}),),
        changes=(
            create(BOOKS, HELD.booked(), "deposit_booked"),
            listed(UNTIL),
        ),
    )
    refused = replace(
        pays,
        outcome="deposit_sent_back",
        after={"untaken": 1},
        facts=(),
        changes=untaken(MORNING),
    )
    late = MORNING + timedelta(28)  # the 29th: two days are left, it takes three
    third = MORNING + timedelta(2)
    whole = settled(100, "reached")
    return [
        asks,
        replace(asks, name="nor is a day made up for", event="make_up", data={"day": "2026-12-01"},
                config=CONFIG | {"make_up": {"count": 1}}, at=MORNING + timedelta(1)),
        replace(asks, name="they agree to pay it", event="begin", outcome="deposit_asked", after={}),
        replace(asks, name="too late to get it back", event="begin", outcome="deposit_too_late", at=late),
        replace(asks, name="nothing is owed where entry is free", event="begin", outcome="no_deposit_owed", config={}),
        replace(asks, name="who began before one was asked for goes on without", outcome="checked_in",
                at=MORNING + timedelta(1), record=record(1), after=record(1, 2), facts=(recorded(2, 2, 2),)),
        replace(asks, name="the payment did not come", event="payment_refused", actor="system", data=SAID),
        pays,
        replace(pays, name="told again", outcome="already_paid", record=with_deposit({}), after=None, facts=(),
                changes=(), rows={BOOKS: HELD.booked()}),
        replace(refused, name="paid after the campaign ended", closed="ended"),
        replace(refused, name="paid while it is paused", closed="paused"),
        replace(refused, name="paid too late to get it back", at=late, changes=untaken(late)),
        replace(refused, name="paid by somebody who left", closed="left"),
        replace(refused, name="its refund is on its way already", outcome="already_sent_back",
                closed="ended", after=None, changes=(), refused=frozenset({back(9900, MORNING).refusal})),
        replace(refused, name="a second one, on other terms", data=SAID | {"payment": "pay_other"},
                record=with_deposit(record(1)), after=with_deposit(record(1)),
                changes=untaken(MORNING, "pay_other")),
        Example(
            "the day that gives all of it back", "checkin", "checked_in", CONFIG, at=third, closes_at=CLOSES,
            record=with_deposit(record(1, 2)), after=with_deposit(record(1, 2, 3), whole),
            facts=(recorded(3, 3, 3), completed(3, 3, 3), fact(3, 100, 9900)),
            changes=(booked(whole), unlisted(), back(9900, third)),
        ),
        settles("two days of three: half of it", 50, 4950, "table", 2, record(1, 5)),
        settles("one day: nothing", 0, 0, "table", 1, record(7)),
        settles("the member leaves: by the table as it stands", 50, 4950, "left", 2, record(1, 2),
                event="leave", at=third),
        settles("the campaign is ended early: who could have done it gets it whole", 100, 9900, "early", 1, record(1),
                at=third, closed="ended"),
        settles("ended with no days to spare: by the table", 0, 0, "table", 1, record(1), closed="ended",
                at=CLOSES - timedelta(hours=1), config=CONFIG | {"days": 3, "rest": {"dates": ["2026-12-30"]}}),
        settles("a later version ended it sooner", 100, 9900, "early", 1, record(1), at=third,
                closes_at=third, ends=third.date()),
        settles("days that nobody looked at count in the end", 50, 4950, "table", 1, record(1, pending=[2]),
                config=REVIEWED, at=CLOSES + timedelta(3)),
        settles("paused at its end, and nobody resumed it", 100, 9900, "early", 1, record(1), closed="paused",
                at=CLOSES + timedelta(3)),
        *_waits(record),
        Example("nothing is held", "settle", "no_deposit_held", CONFIG, actor="system", at=CLOSES, record=record(1)),
    ]  # fmt: skip


def _waits(record: Any) -> list[Example]:
    tomorrow = replace(HELD, due=UNTIL + DAYS)
    held = with_deposit(record(1, pending=[2]))
    waits = Example(
        "a day waits for its verdict: it is looked at again",
        "settle",
        "deposit_waits",
        REVIEWED,
        actor="system",
        at=CLOSES,
        closes_at=CLOSES,
        record=held,
        after=with_deposit(record(1, pending=[2]), tomorrow),
        changes=(booked(tomorrow), unlisted(), listed(UNTIL + DAYS)),
    )
    return [
        waits,
        replace(waits, name="not its time yet", outcome="not_due", at=MORNING, after=None, changes=()),
        replace(waits, name="a later version goes on longer", closes_at=CLOSES + timedelta(1), config=CONFIG),
    ]
