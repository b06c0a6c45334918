"""From what is due to money sent: agreed to line by line, paid once, and what goes back afterwards is taken off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.core import keys, payout
from functions.core.approval import NOTE_MAX
from functions.core.change import Change
from functions.core.payout import Payout, waits_for
from functions.core.text import Text
from functions.core.workspace import Approval, Editor, Workspace
from functions.storage import audit, commissions, payouts, workspace
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from functions.storage.store import WRITE_MAX, Busy, Unknown

NOW = datetime(2026, 12, 20, tzinfo=UTC)
CAMPAIGN, ABOUT = "camp_1", Text(zh="推广", en="Promoters")
MING, ADA, BO = Editor("Ming", "editor", "m@x"), Editor("Ada", "approver", "a@x"), Editor("Bo", "admin", "b@x")
MEI, LI = "mem_mei", "mem_li"


def earns(store: Any, promoter: str, order: str, amount: int, frees_in: int = 0) -> None:
    store.write([owed(promoter, order, amount, frees_in)])


def owed(promoter: str, order: str, amount: int, frees_in: int = 0) -> Change:
    frees = int((NOW + timedelta(days=frees_in)).timestamp())
    row = {"amount": amount, "net": amount * 20, "paid": 0, "currency": "CNY", "order": order, "level": 1}
    return Change(keys.commission(CAMPAIGN, promoter, order), put={**row, "at": frees, "frees_at": frees})


def refunds(store: Any, promoter: str, order: str, amount: int = 0) -> None:
    store.write([Change(keys.commission(CAMPAIGN, promoter, order), set={"amount": amount})])


def paid(store: Any) -> dict[str, int]:
    return {name: row["paid"] for name, row in commissions.rows(store, CAMPAIGN)}


def make(store: Any, who: Editor = MING, at: datetime = NOW) -> Payout:
    return payouts.make(store, CAMPAIGN, ABOUT, "CNY", who, at)


def agree(
    store: Any, which: Payout, who: Editor = ADA, agreed: bool = True, note: str = "", at: datetime = NOW
) -> Payout:
    return payouts.answer(store, which, ABOUT, agreed, who, at, note)


def pay(store: Any, which: Payout, who: Editor = ADA, reference: str = "bank 7") -> Payout:
    return payouts.pay(store, which, ABOUT, reference, who, NOW)


def policy(store: Any, **said: Any) -> None:
    workspace.save(store, Workspace(approval=Approval(needed=True, **said)), workspace.load(store)[1])


def refused(act: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(Refused) as told:
        act(*given, **named)
    assert told.value.message.complete
    return told.value.code


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    earns(store, MEI, "ord_1", 500)
    earns(store, MEI, "ord_2", 300, frees_in=3)
    earns(store, LI, "ord_3", 200)
    return store


def test_more_promoters_than_a_list_holds_are_all_paid_by_the_lists_that_follow(store: MemoryStore) -> None:
    many = {f"mem_{number:04d}": number + 1 for number in range(payout.LINES_MAX + 100)}
    for start in range(0, len(many), WRITE_MAX):
        some = list(many.items())[start : start + WRITE_MAX]
        store.write([owed(promoter, f"ord_{promoter}", amount) for promoter, amount in some])

    first = make(store)
    pay(store, agree(store, first))
    second = make(store)
    pay(store, agree(store, second))

    assert (first.lines, second.lines) == (payout.LINES_MAX, 102)
    assert refused(make, store) == "nothing_due"
    assert paid(store) == {f"{who}#ord_{who}": amount for who, amount in many.items()} | {
        f"{MEI}#ord_1": 500, f"{MEI}#ord_2": 0, f"{LI}#ord_3": 200,
    }  # fmt: skip


def test_what_is_due_is_listed_agreed_to_sent_and_written_into_each_order(store: MemoryStore) -> None:
    made = make(store)
    assert (made.number, made.total, made.people, made.lines, made.state) == (1, 700, 2, 2, "waiting")

    done = pay(store, agree(store, made))

    assert (done.state, done.paid_by, done.reference) == ("booked", "Ada", "bank 7")
    assert paid(store) == {f"{MEI}#ord_1": 500, f"{MEI}#ord_2": 0, f"{LI}#ord_3": 200}
    assert payouts.newest(store, CAMPAIGN) == [done]
    assert [entry.what for entry in audit.entries(store, CAMPAIGN)] == ["payout_paid", "payout_agree", "payout_ask"]
    assert refused(make, store) == "nothing_due"


def test_a_refund_after_the_payout_is_taken_off_once_there_is_something_to_take_it_off(store: MemoryStore) -> None:
    pay(store, agree(store, make(store)))
    refunds(store, MEI, "ord_1")
    assert refused(make, store, at=NOW + timedelta(days=3)) == "nothing_due"

    earns(store, MEI, "ord_4", 900)
    second = make(store, at=NOW + timedelta(days=3))

    assert second.total == 700
    assert [(line.order, line.amount) for line in payouts.lines(store, second)] == [
        ("ord_1", -500), ("ord_2", 300), ("ord_4", 900),
    ]  # fmt: skip


def test_an_order_is_never_in_two_lists(store: MemoryStore) -> None:
    made = make(store)
    assert refused(make, store) == "one_is_open"

    payouts.drop(store, made, ABOUT, MING, NOW)

    assert make(store).number == 2
    assert refused(agree, store, made) == "not_waiting"


def test_paid_is_said_once(store: MemoryStore) -> None:
    agreed = agree(store, make(store))
    pay(store, agreed)

    assert refused(pay, store, agreed) == "not_waiting"
    assert paid(store)[f"{MEI}#ord_1"] == 500
    assert [entry.what for entry in audit.entries(store)].count("payout_paid") == 1


def test_nothing_is_paid_that_nobody_agreed_to_or_without_a_reference(store: MemoryStore) -> None:
    made = make(store)

    assert refused(pay, store, made) == "not_waiting"
    assert refused(pay, store, agree(store, made), reference=" ") == "reference_needed"
    assert set(paid(store).values()) == {0}


def test_a_list_whose_orders_changed_meanwhile_cannot_be_agreed_to(store: MemoryStore) -> None:
    made = make(store)
    refunds(store, LI, "ord_3")

    assert [line.order for line in payouts.moved(store, made, NOW)] == ["ord_3"]
    assert refused(agree, store, made) == "payout_outdated"


def test_roles_decide_who_makes_agrees_and_pays(store: MemoryStore) -> None:
    looks = Editor("Vi", "viewer", "v@x")
    assert refused(make, store, looks) == "not_allowed"
    made = make(store)
    for who in (looks, MING):
        assert refused(agree, store, made, who) == "not_allowed"
    agreed = agree(store, made)

    assert refused(pay, store, agreed, MING) == "not_allowed"
    assert refused(payouts.drop, store, agreed, ABOUT, looks, NOW) == "not_allowed"
    said = [(one.by, one.note) for one in audit.entries(store, CAMPAIGN) if one.what == "refuse_payout"]
    assert sorted(said) == [("Ming", "not_allowed"), ("Vi", "not_allowed")]  # at one instant: each once


def test_four_eyes_as_the_house_asks(store: MemoryStore) -> None:
    policy(store, count=2)
    made = make(store, BO)
    assert refused(agree, store, made, BO) == "own_payout"
    assert [one.note for one in audit.entries(store) if one.what == "refuse_payout"] == ["own_payout"]

    once = agree(store, made)
    assert once.state == "waiting"
    assert refused(agree, store, once) == "agreed_already"
    cleo = Editor("Cleo", "admin", "c@x")

    agreed = agree(store, once, cleo)
    everybody = (MING, ADA, BO, cleo)
    assert agreed.state == "agreed"
    assert waiting_for(store, made, everybody) == [ADA, cleo]
    assert waiting_for(store, once, everybody) == [cleo]
    assert waiting_for(store, agreed, everybody) == [ADA, BO, cleo]
    assert waiting_for(store, pay(store, agreed), everybody) == []


def waiting_for(store: MemoryStore, which: Payout, people: Sequence[Editor]) -> list[Editor]:
    """Whose to-do a list is."""
    return [who for who in people if waits_for(workspace.load(store)[0], which, who)]


def test_a_house_of_one_agrees_with_itself_unless_it_asked_for_others(store: MemoryStore) -> None:
    assert agree(store, make(store, BO), BO).state == "agreed"


def test_below_the_houses_limit_one_is_enough_and_above_it_others_are_asked(store: MemoryStore) -> None:
    policy(store, above=700)
    made = make(store, BO)
    assert agree(store, made, BO).state == "agreed"

    policy(store, above=699)

    assert refused(pay, store, made, BO) == "not_agreed"  # by today's policy


def test_a_refusal_needs_its_reason_and_drops_the_list(store: MemoryStore) -> None:
    made = make(store)
    assert refused(agree, store, made, agreed=False) == "comment_needed"

    dropped = agree(store, made, agreed=False, note="who is Mei?" * 200)

    assert (dropped.state, len(dropped.verdicts[0].note)) == ("dropped", NOTE_MAX)
    assert make(store).number == 2


class Faulty(MemoryStore):
    """Fails the nth write: before it happens, or after, when the answer is lost."""

    nth, after = 0, False

    def write(self, changes: Any) -> Any:
        self.nth -= 1
        if self.nth == 0 and not self.after:
            raise Busy("test")
        told = super().write(changes)
        if self.nth == 0:
            raise Unknown("test")
        return told


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", range(1, 7))
def test_whatever_call_fails_all_is_paid_once(nth: int, after: bool) -> None:
    store = Faulty()
    earns(store, MEI, "ord_1", 500)
    store.nth, store.after = nth, after

    done = pay(store, agree(store, make(store)))

    assert (done.state, paid(store)) == ("booked", {f"{MEI}#ord_1": 500})
    assert [entry.what for entry in audit.entries(store, CAMPAIGN)] == ["payout_paid", "payout_agree", "payout_ask"]


def test_what_stopped_half_booked_is_finished_by_whoever_comes_next(store: MemoryStore) -> None:
    agreed = agree(store, make(store))
    whole = pay(store, agreed)
    half = whole.model_copy(update={"state": "paid", "version": whole.version - 1})
    row = {"payout": half.model_dump_json(), "version": half.version}
    store.write([Change(keys.payout(CAMPAIGN, 1), put=row)])
    store.write([Change(keys.commission(CAMPAIGN, LI, "ord_3"), set={"paid": 0, "payout": 0})])
    assert refused(make, store) == "one_is_open"

    done = payouts.book(store, half)

    assert (done.state, paid(store)[f"{LI}#ord_3"]) == ("booked", 200)
    assert payouts.book(store, half) == done
