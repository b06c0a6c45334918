"""How a deposit is taken, and settled: whole when the days are done, by its table in the end. Pure (decision 0025)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.checkin.attendance import Attendance
from functions.checkin.config import Config
from functions.checkin.deposit import EARLY, LEFT, REACHED, TABLE, UNIT, UNTAKEN, Deposit, Terms, payment_name
from functions.checkin.entry import WHOLE, DepositEntry
from functions.checkin.record import Record
from functions.core import intent, keys
from functions.core.change import Change, create
from functions.core.event import Event
from functions.core.keys import Key
from functions.core.mechanic import Debt, Decision, Fact, Moment, Seen, accept, refuse
from functions.core.text import Text

WAITS_MOST = timedelta(days=3)  # for a clerk's verdict, or for a campaign that is paused at its end
LOOKS_AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class Verdict:
    """What share goes back, and why; or when to look `again`, epoch seconds."""

    share: int = 0
    why: str = TABLE
    again: int = 0


def owes(campaign: str, member: str, seen: Seen, before: Attendance) -> Debt | None:
    """The deposit that the member has to pay before they begin; none once they could not get all of it back."""
    entry = before.config.entry
    if seen.closed or not isinstance(entry, DepositEntry) or why_not(before):
        return None
    terms = Terms.offered(before.config, entry).text
    name = payment_name(campaign, member, entry.amount, terms, before.record.untaken)
    return Debt(name, entry.amount, {"deposit": name, "terms": terms}, begins=True)


def why_not(before: Attendance) -> str:
    """Why no deposit is taken."""
    entry = before.config.entry
    if not before.owes_deposit or not isinstance(entry, DepositEntry):
        return "no_deposit_owed"
    return "" if _in_time(before, Terms.offered(before.config, entry)) else "deposit_too_late"


def misfits(config: Config, moment: Moment) -> list[tuple[str, str, Text]]:
    """A deposit under a schedule in which it could not be settled, or not come back whole."""
    if moment.closes_at is None:
        words = Text(zh="收押金的活动要有结束时间，到时才能结清", en="With a deposit it needs an end, to be settled by")
        return [("entry", "deposit_without_end", words)]
    if why_not(Attendance.of(config, moment, {})):
        words = Text(
            zh="活动太短：从第一天打到最后一天也拿不回全部押金",
            en="It is too short: nobody could get all of the deposit back, not even by checking in every day",
        )
        return [("entry", "deposit_too_late", words)]
    return []


def posed(member: Attendance) -> dict[str, Any]:
    """A made-up record with the deposit that a member would have paid: held, or back once all days are done."""
    entry = member.config.entry
    if not isinstance(entry, DepositEntry) or member.record.first is None:
        return member.record.stored()
    terms = Terms.offered(member.config, entry)
    held = Deposit(entry.amount, terms.text)
    done = member.is_complete or terms.share(member.reached(terms.by)) == WHOLE
    return replace(member.record, deposit=held.settled(WHOLE, REACHED, terms.whole_at) if done else held).stored()


def begin(before: Attendance) -> Decision:
    """A member agrees to take part; they begin once the deposit is there."""
    closed = why_not(before)
    return refuse(closed) if closed else accept("deposit_asked", before.record.stored(), deposit=before.deposit_asked)


def books(event: Event) -> Key:
    """The row that says what became of the payment that the event tells of."""
    return keys.unit(event.campaign, UNIT, event.data.payment)


def paid(event: Event, seen: Seen, before: Attendance) -> Decision:
    """The deposit came. What the campaign cannot take goes back whole; each payment is decided on once."""
    said, held = event.data, _deposit(event, before)
    if seen.rows.get(books(event)) is not None:
        return refuse("already_paid")  # also when the member's row forgot, with all else of who was erased
    terms, number = Terms.of(said.terms), before.record.untaken
    known = said.payment == payment_name(event.campaign, event.member, said.amount, said.terms, number)
    takes = known and before.owes_deposit and not seen.closed and _in_time(before, terms)
    if not takes:
        return _sent_back(event, seen, before.record, number + (known and held is None))
    until = int((before.moment.closes_at or event.at + timedelta(days=366)).timestamp())
    deposit = Deposit(said.amount, said.terms, until, until, payment=said.payment)
    decision = accept(
        "paid",
        replace(before.record, deposit=deposit).stored(),
        Fact("checkin.deposit_paid", said.payment, {"deposit": said.amount}),
        deposit=said.amount,
    )
    return replace(decision, changes=(_first_booked(event, deposit), _listed(event, deposit)))


def settle(event: Event, seen: Seen, before: Attendance) -> Decision:
    """The campaign's time is over, or the member leaves: the deposit is settled, unless something is waited for."""
    held = _deposit(event, before)
    if held is None or not held.is_open:
        return refuse("no_deposit_held")
    verdict = _verdict(before, held, seen.closed, leaves=event.kind == "leave")
    if verdict.again:
        return _again(event, before, held, verdict.again)
    return _settled(event, seen, accept("deposit_settled", before.record.stored()), before, held, verdict)


def on_reaching(event: Event, seen: Seen, before: Attendance, decision: Decision) -> Decision:
    """A day was recorded: with the days that give all of it back, the deposit goes back in the same write."""
    held = _deposit(event, before)
    if held is None or not held.is_open or decision.record is None:
        return decision
    after = before.with_(Record.of(decision.record))
    if not after.is_complete and Terms.of(held.terms).share(_reached(after, held)) < WHOLE:
        return decision
    return _settled(event, seen, decision, after, held, Verdict(WHOLE, REACHED))


def _verdict(before: Attendance, held: Deposit, closed: str, leaves: bool) -> Verdict:
    """What is fair. Where the shop ends or stops it, whoever could still have reached more gets all of it."""
    now = int(before.moment.at.timestamp())
    ends = _seconds(before.moment.closes_at) or held.until
    promised, terms = max(held.until, ends), Terms.of(held.terms)
    over, leaves = now >= ends or closed == "ended", leaves or closed == "left"
    if not over and not leaves:
        return Verdict(again=ends)
    early = (closed in ("ended", "paused") and now < promised) or ends < held.until
    looked_at = before.with_(before.record.granted(before.record.pending))
    share, least = terms.share(_reached(looked_at, held)), terms.share(_reached(before, held))
    waits = (share > least and closed != "ended") or closed == "paused"
    last = ends + int(WAITS_MOST.total_seconds())
    if waits and not leaves and now < last:
        return Verdict(again=min(last, now + int(LOOKS_AGAIN.total_seconds())))
    best = terms.share(before.at_best(terms.by, before.moment.calendar.day_of(_at(promised - 1)))) if early else share
    if best > share or (closed == "paused" and over):
        return Verdict(WHOLE, EARLY)
    return Verdict(share, LEFT if leaves and not over else REACHED if share == WHOLE else TABLE)


def _in_time(before: Attendance, terms: Terms) -> bool:
    """Whether all of it can still be reached before the campaign ends."""
    moment = before.moment
    is_over = moment.closes_at is not None and moment.at >= moment.closes_at
    return not is_over and before.at_best(terms.by, moment.ends) >= terms.whole_at


def _sent_back(event: Event, seen: Seen, record: Record, number: int) -> Decision:
    """Money that is not taken goes back whole; once for each payment."""
    said = event.data
    change = intent.refund(event.campaign, event.member, said.payment, said.amount, "not_taken", event.at)
    if change.refusal in seen.refused:
        return refuse("already_sent_back")
    decision = accept("deposit_sent_back", replace(record, untaken=number).stored(), deposit=said.amount)
    back = Deposit(said.amount, payment=said.payment).settled(WHOLE, UNTAKEN)
    return replace(decision, changes=(_first_booked(event, back), change))


def _again(event: Event, before: Attendance, held: Deposit, due: int) -> Decision:
    """It is not settled yet: it is looked at again."""
    if due == held.due:
        return refuse("not_due")
    moved = replace(held, due=due)
    decision = accept("deposit_waits", replace(before.record, deposit=moved).stored())
    return replace(decision, changes=(_booked(event, moved), _unlisted(event, held), _listed(event, moved)))


def _settled(
    event: Event, seen: Seen, decision: Decision, after: Attendance, held: Deposit, verdict: Verdict
) -> Decision:
    """`decision`, and with it the deposit is settled: in the books, off the list, and on its way back."""
    done = held.settled(verdict.share, verdict.why, _reached(after, held))
    assert done.back is not None
    fields = {"days": done.days, "share": verdict.share, "back": done.back, "kept": held.amount - done.back}
    fact = Fact("checkin.deposit_settled", held.payment, fields)
    changes: list[Change] = [_booked(event, done), _unlisted(event, held)]
    if done.back:
        refund = intent.refund(event.campaign, event.member, held.payment, done.back, "deposit", event.at)
        changes += [refund] if refund.refusal not in seen.refused else []
    record: dict[str, Any] = {**(decision.record or {}), "deposit": done.stored()}
    return replace(decision, record=record, facts=(*decision.facts, fact), changes=(*decision.changes, *changes))


def _first_booked(event: Event, deposit: Deposit) -> Change:
    """Two that are told of one payment at once: the second finds it booked."""
    return create(keys.unit(event.campaign, UNIT, deposit.payment), deposit.booked(), "deposit_booked")


def _booked(event: Event, deposit: Deposit) -> Change:
    """No condition of its own: whoever writes it holds the member's row at its version."""
    return Change(keys.unit(event.campaign, UNIT, deposit.payment), put=deposit.booked())


def _listed(event: Event, deposit: Deposit) -> Change:
    """Open deposits are a campaign's list of what runs out (edge/timers.py)."""
    return Change(keys.due(event.campaign, deposit.due, keys.MEMBER, event.member), put={"until": deposit.due})


def _unlisted(event: Event, deposit: Deposit) -> Change:
    return Change(keys.due(event.campaign, deposit.due, keys.MEMBER, event.member), delete=True)


def _deposit(event: Event, before: Attendance) -> Deposit | None:
    """The member's deposit, by the name of its payment."""
    held = before.record.deposit
    return held.named(event.campaign, event.member, before.record.untaken) if held and held.is_open else held


def _reached(member: Attendance, held: Deposit) -> int:
    return member.reached(Terms.of(held.terms).by)


def _seconds(at: datetime | None) -> int:
    return int(at.timestamp()) if at else 0


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
