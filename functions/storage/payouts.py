"""Lists of commission to pay out: each step is one guarded write with its line in the audit list.

A campaign has at most one list that is not over, so no order is in two. That a list is paid is written first; then
each order's row is booked, guarded by the list's number: pressed again or finished by somebody else, nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from functions.core import keys, payout
from functions.core.approval import NOTE_MAX, Verdict
from functions.core.audit import Entry
from functions.core.change import Change
from functions.core.money import Currency
from functions.core.payout import Payout
from functions.core.text import Text
from functions.core.workspace import Editor
from functions.storage import audit, workspace
from functions.storage.payout_booking import book
from functions.storage.payout_lines import moved, payable
from functions.storage.payout_rows import everything, lines, moved_on, newest, read, step
from functions.storage.refusals import NOT_ALLOWED, Refused
from functions.storage.store import Store

__all__ = ["Payout", "answer", "book", "drop", "everything", "lines", "make", "moved", "newest", "pay"]

NOTHING_DUE = Text(zh="现在没有可结算的佣金", en="No commission is to be paid out just now")
ONE_IS_OPEN = Text(zh="上一份结算单还没办完", en="The list before this one is not finished yet")
NOT_NOW = Text(zh="这份结算单已经走到别的步骤了，请刷新看看", en="This list has moved on. Please look again")
OWN = Text(zh="不能审批自己做的结算单，请另一位同事来看", en="You made this list: somebody else has to agree")
TWICE = Text(zh="你已经同意过了，还差别人", en="You have agreed already; somebody else has to, too")
SAY_WHY = Text(zh="请写明为什么不同意", en="Say why you decline")
MOVED = Text(
    zh="有订单刚刚变了，金额对不上了，请作废重做",
    en="Orders have changed meanwhile: drop this list and make another",
)
NOT_AGREED = Text(zh="同意的人还不够", en="Not enough people have agreed yet")
NOTED = frozenset({"not_allowed", "own_payout", "payout_outdated", "not_agreed"})  # money asked for, and not let go
NO_REFERENCE = Text(zh="请填打款的凭证号", en="Say by which reference the money was sent")


def make(store: Store, campaign: str, about: Text, currency: Currency, who: Editor, at: datetime) -> Payout:
    """A list of all that is due in one currency, for others to agree to.

    Raises Refused `not_allowed`, `one_is_open`, `nothing_due`, `conflict`, `busy`.
    """
    with _noted(store, campaign, about, who, at):
        _require(who.may("publish"), "not_allowed", NOT_ALLOWED)
        # read before its rows are: once a list is over, they are booked
        last = next(iter(newest(store, campaign, 1)), None)
        _require(last is None or not last.is_open, "one_is_open", ONE_IS_OPEN)
        found = payable(store, campaign, currency, at)
        _require(bool(found), "nothing_due", NOTHING_DUE)
        new = Payout(
            number=last.number + 1 if last else 1,
            campaign=campaign,
            currency=currency,
            total=sum(line.amount for line in found),
            people=len(payout.by_promoter(found)),
            lines=len(found),
            content_hash=payout.fingerprint(found),
            by=who.name,
            mark=who.mark,
            at=at,
        )
        content = Change(keys.payout_lines(campaign, new.number), put={"lines": payout.written(found)})
        step(store, None, new, about, "payout_ask", who, at, extra=[content])
        return new


def answer(store: Store, which: Payout, about: Text, agree: bool, who: Editor, at: datetime, note: str = "") -> Payout:
    """An approver's answer to exactly the lines of `which`; a refusal drops the list.

    Raises Refused `not_allowed`, `not_waiting`, `own_payout`, `agreed_already`, `payout_outdated`, `comment_needed`,
    `conflict`, `busy`.
    """
    with _noted(store, which.campaign, about, who, at):
        _require(who.may("approve"), "not_allowed", NOT_ALLOWED)
        now = _now(store, which)
        _require(now.state == "waiting" and now.content_hash == which.content_hash, "not_waiting", NOT_NOW)
        settings, _ = workspace.load(store)
        if agree:
            _require(now.mark != who.mark or payout.own_counts(settings, now), "own_payout", OWN)
            _require(all(one.mark != who.mark for one in now.agreed), "agreed_already", TWICE)
            _require(not moved(store, now, at), "payout_outdated", MOVED)
        _require(agree or bool(note.strip()), "comment_needed", SAY_WHY)
        said = Verdict(
            what="agree" if agree else "decline", by=who.name, mark=who.mark, at=at, note=note.strip()[:NOTE_MAX]
        )
        after = moved_on(now, verdicts=[*now.verdicts, said], state="waiting" if agree else "dropped")
        if agree and payout.suffices(settings, after):
            after = after.model_copy(update={"state": "agreed"})
        step(store, now, after, about, "payout_agree" if agree else "payout_decline", who, at, note)
        return after


def drop(store: Store, which: Payout, about: Text, who: Editor, at: datetime) -> Payout:
    """Take a list back that nobody has paid. Raises Refused `not_allowed`, `not_waiting`, `conflict`, `busy`."""
    with _noted(store, which.campaign, about, who, at):
        _require(who.may("publish"), "not_allowed", NOT_ALLOWED)
        now = _now(store, which)
        _require(now.state in ("waiting", "agreed"), "not_waiting", NOT_NOW)
        after = moved_on(now, state="dropped")
        step(store, now, after, about, "payout_drop", who, at)
        return after


def pay(store: Store, which: Payout, about: Text, reference: str, who: Editor, at: datetime) -> Payout:
    """The money was sent, under this reference: said once, then every order's row is booked.

    Raises Refused `not_allowed`, `not_agreed`, `not_waiting`, `reference_needed`, `conflict`, `busy`.
    """
    with _noted(store, which.campaign, about, who, at):
        _require(who.may("approve"), "not_allowed", NOT_ALLOWED)
        now = _now(store, which)
        _require(now.state == "agreed" and now.content_hash == which.content_hash, "not_waiting", NOT_NOW)
        _require(payout.suffices(workspace.load(store)[0], now), "not_agreed", NOT_AGREED)
        _require(bool(reference.strip()), "reference_needed", NO_REFERENCE)
        after = moved_on(now, state="paid", paid_by=who.name, paid_at=at, reference=reference.strip()[:NOTE_MAX])
        step(store, now, after, about, "payout_paid", who, at, after.reference)
        return book(store, after)


@contextmanager
def _noted(store: Store, campaign: str, about: Text, who: Editor, at: datetime) -> Iterator[None]:
    """What is refused of a payout, and concerns money rather than a field, is a line in the audit list."""
    try:
        yield
    except Refused as refused:
        if refused.code in NOTED:
            line = Entry(what="refuse_payout", by=who.name, at=at, campaign=campaign, about=about, note=refused.code)
            audit.note(store, line, f"{refused.code}.{who.mark}")
        raise


def _now(store: Store, which: Payout) -> Payout:
    found = read(store, which.campaign, which.number)
    _require(found is not None, "not_waiting", NOT_NOW)
    assert found is not None
    return found


def _require(holds: bool, code: str, message: Text) -> None:
    if not holds:
        raise Refused(code, message)
