"""A coupon is redeemed at most once at a time, inside its window; a reversal names what it reverses, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.change import Absent, Change, Is
from functions.core.example import MORNING
from functions.core.keys import Row
from functions.coupons import discount
from functions.coupons.examples import LAST_SECOND, row
from functions.coupons.redeem import OUTCOMES, REVERSALS_MAX, Till, Verdict, check, redeem, reverse, status, void

ENDS = MORNING + timedelta(seconds=LAST_SECOND + 1 - int(MORNING.timestamp()))
SECOND = timedelta(seconds=1)


def till(event: str = "event_01", at: datetime = MORNING, store: str = "store_1", by: str = "Li") -> Till:
    return Till(event, store, by, at)


def written(before: Row, verdict: Verdict) -> Row:
    """The row after a verdict's change, which must hold on the row as it was."""
    (change, *slot) = verdict.changes
    assert holds(before, change)
    assert len(slot) == bool(before["group"])
    return {**before, **change.set}


def holds(seen: Row, change: Change) -> bool:
    return all(isinstance(one, Is) and seen.get(one.name) == one.value for one in change.conditions)


def test_redeeming_tells_what_is_off_and_what_is_left_to_pay() -> None:
    verdict = redeem(row(), "order_1", 5000, till())

    assert verdict.outcome == "redeemed"
    assert (verdict.values["discount"], verdict.values["payable"]) == (1000, 4000)
    assert status(written(row(), verdict), MORNING) == "used"


def test_the_second_clerk_is_told_who_when_and_where() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till()))

    verdict = redeem(used, "order_2", 5000, till("event_02", by="Wang", store="store_2"))

    assert (verdict.outcome, verdict.changes) == ("already_redeemed", ())
    sentence = OUTCOMES["already_redeemed"].fill("en", dict(verdict.values))
    assert sentence == "Redeemed on 2026-12-01 09:00 by Li (store_1)"


def test_the_same_event_gets_the_same_answer_and_another_body_under_it_is_refused() -> None:
    first = redeem(row(), "order_1", 5000, till())
    used = written(row(), first)

    again = redeem(used, "order_1", 5000, till(at=MORNING + timedelta(1)))
    other = redeem(used, "order_1", 5001, till())

    assert (again.outcome, again.values, again.changes) == (first.outcome, first.values, ())
    assert (other.outcome, other.changes) == ("event_id_reused", ())


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        (MORNING - SECOND, "not_yet_valid"),
        (MORNING, "redeemed"),
        (ENDS - SECOND, "redeemed"),
        (ENDS, "expired"),
    ],
)
def test_validity_begins_and_ends_on_the_second(at: datetime, outcome: str) -> None:
    assert redeem(row(), "order_1", 5000, till(at=at)).outcome == outcome


@pytest.mark.parametrize(
    ("more", "amount", "outcome"),
    [
        ({"stores": ["store_2"]}, 5000, "wrong_store"),
        ({"stores": ["store_1"]}, 5000, "redeemable"),
        ({}, 2999, "below_minimum"),
        ({}, 3000, "redeemable"),
        ({"state": "void"}, 5000, "void"),
    ],
)
def test_a_coupon_is_good_where_and_for_what_it_says(more: dict[str, Any], amount: int, outcome: str) -> None:
    assert check(row(**more), amount, "store_1", MORNING).outcome == outcome


def test_of_two_clerks_at_once_only_one_change_holds() -> None:
    first, second = redeem(row(), "order_1", 5000, till("event_01")), redeem(row(), "order_2", 5000, till("event_02"))

    after = written(row(), first)

    assert not holds(after, second.changes[0])


def test_confirm_and_void_exclude_each_other() -> None:
    confirmed, voided = redeem(row(), "order_1", 5000, till("event_01")), void(row(), "fraud", till("event_02"))

    assert not holds(written(row(), confirmed), voided.changes[0])
    assert not holds(written(row(), voided), confirmed.changes[0])
    assert void(written(row(), confirmed), "fraud", till("event_03")).outcome == "already_redeemed"
    assert void(written(row(), voided), "fraud", till("event_03")).outcome == "void"


def test_a_reversed_coupon_is_available_again_with_its_validity_unchanged() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))

    back = written(used, reverse(used, "order_1", till("event_02")))

    assert status(back, MORNING) == "available"
    assert status(back, ENDS) == "expired"
    assert redeem(back, "order_2", 5000, till("event_03")).outcome == "redeemed"


def test_a_coupon_of_a_group_takes_the_only_slot_of_its_order_and_gives_it_back() -> None:
    mine, other = row(group="cups"), row(id="other", group="cups")
    taken = redeem(mine, "order_1", 5000, till("event_01"))

    same = redeem(other, "order_1", 5000, till("event_02"))
    freed = reverse(written(mine, taken), "order_1", till("event_03"))

    slots = [verdict.changes[1].key for verdict in (taken, same, freed)]
    assert len(set(slots)) == 1
    assert taken.changes[1].conditions == same.changes[1].conditions == (Absent(),)
    assert freed.changes[1].delete


@pytest.mark.parametrize(
    ("coupon", "order", "at", "store"),
    [
        (row(group="mugs"), "order_1", MORNING, "store_1"),
        (row(group="cups"), "order_2", MORNING, "store_1"),
        (row(group="cups"), "order_1", MORNING + timedelta(1), "store_1"),
        (row(group="cups"), "order_1", MORNING, "store_2"),
    ],
    ids=["another group", "another order", "the receipt number of another day", "of another store"],
)
def test_elsewhere_the_slot_is_another(coupon: Row, order: str, at: datetime, store: str) -> None:
    first = redeem(row(group="cups"), "order_1", 5000, till())

    second = redeem(coupon, order, 5000, till("event_02", at, store))

    assert first.changes[1].key != second.changes[1].key


def test_who_finds_the_slot_taken_is_told_so_and_who_took_it_is_told_the_same_again() -> None:
    mine = row(group="cups")
    used = written(mine, redeem(mine, "order_1", 5000, till()))

    refused = redeem(mine, "order_1", 5000, till("event_02"), frozenset({"group_used"}))
    again = redeem(used, "order_1", 5000, till(), frozenset({"group_used"}))

    assert (refused.outcome, refused.changes) == ("group_used", ())
    assert (again.outcome, again.changes) == ("redeemed", ())


def test_a_reversal_names_its_order() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))

    assert reverse(used, "order_2", till("event_02")).outcome == "order_mismatch"
    assert reverse(row(), "order_1", till("event_02")).outcome == "nothing_to_reverse"


@pytest.mark.parametrize(
    ("late", "outcome"),
    [
        ({"minutes": 5}, "reversed"),
        ({"minutes": 5, "seconds": 10}, "reversed"),  # pressed in time, on a slow network
        ({"minutes": 5, "seconds": 11}, "too_late_to_reverse"),
        ({"hours": 1}, "too_late_to_reverse"),
    ],
)
def test_a_redemption_can_be_undone_for_as_long_as_its_page_says(late: dict[str, int], outcome: str) -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))

    undone = reverse(used, "order_1", till("event_02", MORNING + timedelta(**late)))

    assert (undone.outcome, bool(undone.changes)) == (outcome, outcome == "reversed")


def test_only_who_redeemed_it_undoes_it_also_after_signing_in_anew() -> None:
    li = Till("event_01", "store_1", "staff_1", MORNING, "Li")
    used = written(row(), redeem(row(), "order_1", 5000, li))
    others = [replace(li, store="store_2"), replace(li, by="staff_2", name="Wang"), replace(li, by="staff_2", name="")]

    told = [reverse(used, "order_1", replace(one, event_id="event_02")).outcome for one in others]
    anew = reverse(used, "order_1", replace(li, event_id="event_02", by="staff_3"))

    assert told == ["not_yours_to_reverse"] * 3
    assert anew.outcome == "reversed"


def test_repeating_a_reversal_after_the_deadline_gives_the_same_answer() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))
    back = written(used, reverse(used, "order_1", till("event_02")))

    assert reverse(back, "order_1", till("event_02", MORNING + timedelta(hours=1))).outcome == "reversed"


def test_a_late_repeat_of_a_reversed_redemption_redeems_nothing() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))
    back = written(used, reverse(used, "order_1", till("event_02")))

    late = redeem(back, "order_1", 5000, till("event_01"))

    assert (late.outcome, late.changes) == ("redeemed", ())


def test_a_late_reversal_never_undoes_the_next_redemption() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))
    late = reverse(used, "order_1", till("event_02"))
    back = written(used, reverse(used, "order_1", till("event_03")))
    again = written(back, redeem(back, "order_1", 5000, till("event_04")))

    assert not holds(again, late.changes[0])
    assert reverse(again, "order_1", till("event_03")).changes == ()


def test_repeating_a_reversal_gives_the_same_answer() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))
    back = written(used, reverse(used, "order_1", till("event_02")))

    again = reverse(back, "order_1", till("event_02"))

    assert (again.outcome, again.changes) == ("reversed", ())
    assert reverse(back, "order_9", till("event_02")).outcome == "event_id_reused"


def test_a_coupon_is_reversed_a_few_times_and_no_more() -> None:
    now = row()
    for turn in range(REVERSALS_MAX):
        now = written(now, redeem(now, f"order_{turn}", 5000, till(f"redeem_{turn}")))
        now = written(now, reverse(now, f"order_{turn}", till(f"reverse_{turn}")))
    now = written(now, redeem(now, "order_9", 5000, till("redeem_9")))

    assert reverse(now, "order_9", till("reverse_9")).outcome == "too_many_reversals"
    assert reverse(now, "order_0", till("reverse_0")).outcome == "reversed"


def test_an_event_id_means_one_thing() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))
    back = written(used, reverse(used, "order_1", till("event_02")))

    assert reverse(used, "order_1", till("event_01")).outcome == "event_id_reused"
    assert redeem(back, "order_1", 5000, till("event_02")).outcome == "event_id_reused"


def test_voiding_again_under_the_same_event_gives_the_same_answer() -> None:
    gone = written(row(), void(row(), "fraud", till("event_01")))

    again = void(gone, "fraud", till("event_01"))

    assert (again.outcome, again.changes) == ("voided", ())


def ask(kind: str, seen: Row, order: str, at_till: Till) -> Verdict:
    if kind == "redeem":
        return redeem(seen, order, 5000, at_till)
    return reverse(seen, order, at_till) if kind == "reverse" else void(seen, "fraud", at_till)


asked = st.tuples(
    st.sampled_from(["redeem", "reverse", "void"]), st.integers(0, 9), st.integers(0, 1), st.integers(0, 9)
)


@given(st.lists(asked, max_size=40))
def test_no_history_of_clerks_uses_a_coupon_twice_at_once(history: list[tuple[str, int, int, int]]) -> None:
    """Each asks with an event id and an order, and decides on a row that may be some steps old."""
    rows, done = [row()], []

    for kind, number, order, age in history:
        seen, event = rows[max(0, len(rows) - 1 - age)], f"{kind}_{number}"
        verdict = ask(kind, seen, f"order_{order}", till(event))
        if verdict.changes and holds(rows[-1], verdict.changes[0]):
            rows.append({**rows[-1], **verdict.changes[0].set})
            done.append((kind, event))

    kinds = [kind for kind, _ in done]
    assert len(done) == len(set(done)), "an event is applied once"
    assert all(kinds[place] != kinds[place + 1] for place in range(len(kinds) - 1))
    assert kinds.count("reverse") <= REVERSALS_MAX
    assert "void" not in kinds[:-1]


def test_every_sentence_of_a_verdict_is_filled() -> None:
    used = written(row(), redeem(row(), "order_1", 5000, till("event_01")))
    verdicts = [
        check(row(), 5000, "store_1", MORNING),
        redeem(row(), "order_1", 5000, till()),
        redeem(used, "order_2", 5000, till("event_02")),
        check(row(), 1, "store_1", MORNING),
        reverse(used, "order_1", till("event_02")),
        reverse(used, "order_1", till("event_02", MORNING + timedelta(hours=1))),
        reverse(used, "order_1", till("event_02", by="Wang")),
    ]

    for verdict in verdicts:
        assert "{" not in OUTCOMES[verdict.outcome].fill("en", dict(verdict.values))


amounts = st.integers(0, 10**9)
values = st.one_of(
    st.builds(lambda n: {"kind": "amount_off", "amount": n}, st.integers(1, 10**6)),
    st.builds(
        lambda percent, cap: {"kind": "percent_off", "percent": percent, "cap": cap},
        st.integers(1, 100),
        st.integers(1, 10**6),
    ),
    st.builds(lambda n: {"kind": "gift", "gift": {"zh": "杯", "en": "mug"}, "value": n}, st.integers(0, 10**6)),
    st.builds(lambda n: {"kind": "shipping", "cap": n}, st.integers(1, 10**6)),
)


@given(values, amounts)
def test_no_coupon_makes_a_price_negative(value: dict[str, Any], amount: int) -> None:
    said = discount.off(row(value=value), amount)

    assert 0 <= said["discount"] <= amount
    assert said["discount"] + said["payable"] == amount


def test_a_percentage_is_floored_to_whole_minor_units() -> None:
    third = row(value={"kind": "percent_off", "percent": 33, "cap": 10**6})

    assert discount.off(third, 101) == {"discount": 33, "payable": 68, "shipping": 0}
