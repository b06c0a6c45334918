"""Two requests that meet: each scenario makes a world ready and returns the two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from functions.checkin import mechanic
from functions.codes.batches import alter_batch, correct
from functions.core import keys
from functions.core.approval import Answer
from functions.core.audit import Entry
from functions.core.change import Change
from functions.core.discovery import Catalogue, discover
from functions.core.mechanic import Fact
from functions.core.money import Currency
from functions.core.need import Newcomer
from functions.core.segment import Segment, Segments
from functions.core.text import Text
from functions.core.workspace import Approval, Editor, Workspace
from functions.edge.codes import redeem_token
from functions.insights import counting
from functions.insights.reading import Counted
from functions.members.phone import TRIES_MAX
from functions.points.ledger import PAGE_ENTRIES, turn_page
from functions.storage import approvals, campaigns, channels, invitations, live_codes, segments, workspace
from tests.codes import batches as codes
from tests.edge.world import CAMPAIGN, Phone, World
from tests.faults import deeds, group_pairs
from tests.faults.board_pairs import BOARD_PAIRS
from tests.faults.deeds import NOON, Act
from tests.faults.deposit_pairs import DEPOSIT_PAIRS
from tests.faults.door_pairs import DOOR_PAIRS
from tests.faults.nickname_pairs import NICKNAME_PAIRS
from tests.faults.order_pairs import ORDER_PAIRS
from tests.faults.payment_pairs import PAYMENT_PAIRS
from tests.faults.payout_pairs import PAYOUT_PAIRS
from tests.faults.referral_pairs import REFERRAL_PAIRS
from tests.faults.right_pairs import RIGHT_PAIRS
from tests.faults.share_pairs import SHARE_PAIRS
from tests.faults.stage_pairs import STAGE_PAIRS
from tests.faults.suspect_pairs import SUSPECT_PAIRS
from tests.storage import stage
from tests.storage.stage import OPENS

Pair = tuple[Act, Act]
PHONE = {"provider": "phone", "phone": "13800000000"}
DOOR = "insiders"


def _nobody() -> None:
    """The second request, where one alone tells."""


def _open(world: World, stock: int = 3, **changes: Any) -> None:
    world.clock.now = NOON
    stage.publish(world.store, {**stage.content(stock), **changes}, OPENS, CAMPAIGN)


def _checks_in(phone: Phone, event_id: str, **extra: Any) -> Act:
    return lambda: phone.check_in(event_id, **extra)


def first_check_in_twice(world: World) -> Pair:
    _open(world)
    phone = world.phone()
    return _checks_in(phone, "event-0001"), _checks_in(phone, "event-0002")


def first_points_twice(world: World) -> Pair:
    """Nothing but points: no coupon's row stands in the way of a second grant."""
    _open(world, rules=[{"id": "daily", "when": "checkin.recorded", "then": [{"reward": "points", "amount": 10}]}])
    phone = world.phone()
    return _checks_in(phone, "event-0001"), _checks_in(phone, "event-0002")


def second_check_in_twice(world: World) -> Pair:
    phone = deeds._joined(world)
    return _checks_in(phone, "event-0001"), _checks_in(phone, "event-0002")


def last_coupon(world: World) -> Pair:
    _open(world, stock=1)
    return _checks_in(world.phone("a"), "event-0001"), _checks_in(world.phone("b"), "event-0001")


def two_coupons_from_one(world: World) -> Pair:
    """One event earns two, and one is left: both parts of the pool's condition add up."""
    twice = [{"id": f"r{n}", "when": "checkin.recorded", "then": [{"reward": "tea"}]} for n in range(2)]
    _open(world, stock=1, rules=twice)
    return _checks_in(world.phone(), "event-0001"), _nobody


def the_last_of_a_days_budget(world: World) -> Pair:
    """Stock for three, and money for one of them today."""
    _open(world, budget={"total": 500 * 10_000_000, "per_day": 500})
    return _checks_in(world.phone("a"), "event-0001"), _checks_in(world.phone("b"), "event-0001")


def no_consent(world: World) -> Pair:
    _open(world)
    return _checks_in(world.phone(), "event-0001", consent=False), _nobody


def no_entitlement(world: World) -> Pair:
    _open(world, audience={"entitlement": DOOR})
    return _checks_in(world.phone(), "event-0001"), _nobody


def no_part_in_another(world: World) -> Pair:
    _open(world, audience={"needs": [{"kind": "took_part", "campaign": "camp_" + "0" * 26}]})
    return _checks_in(world.phone(), "event-0001"), _nobody


def no_phone_number(world: World) -> Pair:
    _open(world, audience={"needs": [{"kind": "signed_in"}]})
    return _checks_in(world.phone(), "event-0001"), _nobody


def no_tag(world: World) -> Pair:
    _open(world, audience={"needs": [{"kind": "tagged", "tag": "VIP"}]})
    return _checks_in(world.phone(), "event-0001"), _nobody


def not_far_enough(world: World) -> Pair:
    _open(world, audience={"needs": [{"kind": "stage", "stage": "purchase"}]})
    return _checks_in(world.phone(), "event-0001"), _nobody


def too_far(world: World) -> Pair:
    _open(world, audience={"needs": [{"kind": "stage", "stage": "interest", "only": True}]})
    return _checks_in(world.phone(), "event-0001"), _nobody


def a_fact_that_comes_twice(world: World) -> Pair:
    """A mechanic that names two facts alike: the grants that follow from the name are made once."""
    badge = {"id": "early", "kind": "badge", "name": {"zh": "早起", "en": "Early"}}
    then = [{"reward": "tea"}, {"reward": "early"}]
    rewards = [*stage.content(3)["rewards"], badge]
    _open(world, rewards=rewards, rules=[{"id": "each", "when": "checkin.recorded", "then": then}])
    phone = world.phone()

    known = world.service.catalogue
    world.service.catalogue = Catalogue(known.mechanics, known.rewards, {known.mechanics["checkin"]: _Forgetful()})
    return _checks_in(phone, "event-0001"), _checks_in(phone, "event-0002")


class _Forgetful:
    """The check-in, if it did not remember days and called every fact the same."""

    def __getattr__(self, name: str) -> Any:
        return getattr(mechanic, name)

    def decide(self, config: Any, event: Any, seen: Any) -> Any:
        decision = mechanic.decide(config, event, type(seen)(seen.moment, {}, seen.rows, seen.refused))
        facts = tuple(Fact(fact.kind, "same", fact.fields) for fact in decision.facts)
        return type(decision)(decision.outcome, decision.record, facts, decision.changes)


def a_week_after_a_right_for_good(world: World) -> Pair:
    lengths = {"good": None, "week": 7}
    rewards = [
        {"id": name, "kind": "entitlement", "name": {"zh": name, "en": name}, "config": {"name": DOOR, "days": days}}
        for name, days in lengths.items()
    ]
    rules = [
        {
            "id": name, "when": "checkin.recorded", "if": [{"field": "total", "op": "=", "value": total}],
            "then": [{"reward": name}],
        }
        for total, name in enumerate(lengths, 1)
    ]  # fmt: skip
    _open(world, rewards=rewards, rules=rules)
    phone = world.phone()
    phone.check_in("event-good")
    world.clock.pass_(days=1)
    return _checks_in(phone, "event-week"), _nobody


def poor(world: World) -> Pair:
    """Ten points, and a make-up for fifteen."""
    world.clock.now = NOON
    stage.publish(world.store, stage.content(3, **deeds.PAID), OPENS, CAMPAIGN)
    phone = world.phone()
    world.clock.pass_(days=1)
    phone.check_in("event-day1")
    return deeds._event(phone, "make_up", "event-make-up", day=str(NOON.date())), _nobody


def clerk_against_clerk(world: World) -> Pair:
    return deeds.approve(world), _second_verdict(world)


def _second_verdict(world: World) -> Act:
    ((_, item),) = world.store.query("reviews", CAMPAIGN)
    said = {"member": item["member"], "day": item["day"], "verdict": "return", "reason": "unclear"}
    return deeds._event(world.clerk(), "review", "event-second", **said)


def clerk_against_a_new_hand_in(world: World) -> Pair:
    """A clerk decides on what is just being returned by another and handed in again."""
    deeds.approve(world)
    phone, returning = world.phone(), _second_verdict(world)
    ((_, item),) = world.store.query("reviews", CAMPAIGN)
    said = {"member": phone.member, "day": item["day"], "item": item["item"], "verdict": "approve"}
    approving = deeds._event(world.clerk(), "review", "event-review", **said)

    def returned_and_handed_in() -> None:
        returning()
        world.clock.pass_(seconds=1)
        deeds._event(phone, "checkin", "event-anew", proof={"text": "再"}, day=str(NOON.date()))()
        world.clock.pass_(seconds=-1)

    return approving, returned_and_handed_in


def two_clerks_redeem(world: World) -> Pair:
    clerk, code = deeds._at_the_till(world)
    body = {"code": code, "amount": 900}
    return tuple(  # type: ignore[return-value]
        partial(clerk.post, "/api/coupons/redeem", {**body, "event_id": f"till-000{n}", "order_id": f"order-{n}"})
        for n in (1, 2)
    )


def two_coupons_of_a_group_in_one_order(world: World) -> Pair:
    """Two members pay together; each has a coupon of which an order takes one."""
    content = stage.content(3)
    stage.coupon_of(content)["config"]["group"] = "cups"
    world.clock.now = NOON
    stage.publish(world.store, content, OPENS, CAMPAIGN)
    clerk, codes = world.clerk(), []
    for phone in (world.phone("a"), world.phone("b")):
        phone.check_in("event-0001")
        codes.append(phone.post(f"/api/me/coupons/{world.coupon(phone)}/code").body["code"])
    body = {"order_id": "order-1", "amount": 900}
    return tuple(  # type: ignore[return-value]
        partial(clerk.post, "/api/coupons/redeem", {**body, "event_id": f"till-000{n}", "code": code})
        for n, code in enumerate(codes)
    )


def redeem_while_erased(world: World) -> Pair:
    phone = deeds._joined(world)
    now = world.clock.now
    shown = redeem_token(world.service.keys.ring(now), phone.member, world.coupon(phone), now)
    clerk = world.clerk()
    body = {"code": shown, "amount": 900, "event_id": "till-0001", "order_id": "order-1"}
    return partial(clerk.post, "/api/coupons/redeem", body), partial(phone.call, "DELETE", "/api/me")


def erase_while_checking_in(world: World) -> Pair:
    phone = deeds._joined(world)
    return partial(phone.call, "DELETE", "/api/me"), _checks_in(phone, "event-late", consent=False)


def leave_while_checking_in(world: World) -> Pair:
    phone = deeds._joined(world)
    body = {"purpose": f"participate.{CAMPAIGN}", "live": False}
    return partial(phone.post, "/api/me/consents", body), _checks_in(phone, "event-late", consent=False)


def two_phones_join_one_guest(world: World) -> Pair:
    world.clock.now = NOON
    guest = world.phone()
    bodies = []
    for number in ("13800000001", "13800000002"):
        guest.post("/api/session", {"provider": "phone", "phone": number})
        code = "".join(filter(str.isdigit, world.messages[-1][1]))[:6]
        bodies.append({"provider": "phone", "phone": number, "code": code})
    return partial(guest.post, "/api/session", bodies[0]), partial(guest.post, "/api/session", bodies[1])


def _guess(world: World, code: str) -> Act:
    return lambda: world.stranger().post("/api/session", {**PHONE, "code": code})


def the_last_guess_twice(world: World) -> Pair:
    world.clock.now = NOON
    world.stranger().post("/api/session", PHONE)
    for _ in range(TRIES_MAX - 1):
        _guess(world, "no")()
    return _guess(world, "nor this"), _guess(world, "nor that")


def the_right_guess_against_a_wrong_one(world: World) -> Pair:
    signing_in = deeds.sign_in(world)
    return signing_in, _guess(world, "no")


def an_old_code_against_a_new_one(world: World) -> Pair:
    return deeds.sign_in(world), lambda: world.stranger().post("/api/session", PHONE)


def first_of_a_bucket_twice(world: World) -> Pair:
    world.clock.now = NOON
    return _guess(world, "no"), _guess(world, "no")


def more_of_a_bucket(world: World) -> Pair:
    _guess(world, "no")()
    return first_of_a_bucket_twice(world)


def _invited(world: World, **wanted: Any) -> Act:
    world.clock.now = NOON
    code = invitations.invite(
        world.store, world.service.keys.ring(NOON), "north", "Clerk", "owner", NOON, b"0123456789", **wanted
    )
    return lambda: world.stranger().post("/api/session", {"provider": "staff", "invitation": code})


def one_invitation_twice(world: World) -> Pair:
    signing_in = _invited(world)
    return signing_in, signing_in


def an_invitation_that_is_over(world: World) -> Pair:
    return _invited(world, valid_for=timedelta(0)), _nobody


def an_invitation_that_was_revoked(world: World) -> Pair:
    signing_in = _invited(world)
    ((mark, _),) = world.store.query("staff")
    return signing_in, lambda: invitations.revoke(world.store, mark)


def revoke_what_never_was(world: World) -> Pair:
    return lambda: invitations.revoke(world.store, "nothing"), _nobody


def the_same_invitation_for_two_shops(world: World) -> Pair:
    ring = world.service.keys.ring(NOON)
    return tuple(  # type: ignore[return-value]
        partial(invitations.invite, world.store, ring, shop, "Clerk", "owner", NOON, b"0123456789")
        for shop in ("a", "b")
    )


def begin_twice(world: World) -> Pair:
    return tuple(  # type: ignore[return-value]
        partial(campaigns.begin, world.store, CAMPAIGN, stage.content(n), f"editor {n}", OPENS) for n in (1, 2)
    )


def two_editors_save(world: World) -> Pair:
    _open(world)
    return _saves(world, 4), _saves(world, 5)


def _saves(world: World, stock: int) -> Act:
    """From opening the draft to saving it."""

    def act() -> None:
        draft = campaigns.load(world.store, CAMPAIGN)
        was = draft.content["rewards"][1]["stock"]
        content = {**draft.content, "page": {**draft.content["page"], "contact": f"{was}>{stock}@example.com"}}
        content["rewards"] = [draft.content["rewards"][0], {**draft.content["rewards"][1], "stock": stock}]
        campaigns.save(world.store, draft, content, f"editor {stock}", NOON)

    return act


def publish_against_a_save(world: World) -> Pair:
    _open(world)
    _saves(world, 4)()

    def publishes() -> None:
        campaigns.publish(world.store, campaigns.load(world.store, CAMPAIGN), discover(), "marketer", NOON)

    return publishes, _saves(world, 5)


def pause_against_end(world: World) -> Pair:
    _open(world)

    def turns(state: Any) -> None:
        campaigns.turn(world.store, campaigns.load(world.store, CAMPAIGN).campaign, state, "marketer", NOON)

    return lambda: turns("paused"), lambda: turns("ended")


def _asked(world: World, count: int = 1) -> None:
    """A second version waits for agreement."""
    workspace.save(world.store, Workspace(approval=Approval(needed=True, count=count)), 0)
    _saves(world, 4)()
    draft = campaigns.load(world.store, CAMPAIGN)
    approvals.ask(world.store, draft, discover(), Editor("Ming", "editor"), NOON)


def _answers(world: World, name: str, what: Answer = "agree") -> Act:
    def act() -> None:
        head = campaigns.head_of(world.store, CAMPAIGN)
        request = approvals.read(world.store, CAMPAIGN, head.request)
        assert request is not None, "no request stands"
        approvals.answer(world.store, head, request.content_hash, what, Editor(name, "approver"), NOON, "see there")

    return act


def _asks(world: World, name: str) -> Act:
    return lambda: approvals.ask(
        world.store, campaigns.load(world.store, CAMPAIGN), discover(), Editor(name, "editor"), NOON
    )


def two_approvers_agree(world: World) -> Pair:
    _open(world)
    _asked(world, 2)
    return _answers(world, "Ada"), _answers(world, "Bo")


def an_approver_agrees_while_another_declines(world: World) -> Pair:
    _open(world)
    _asked(world)
    return _answers(world, "Ada"), _answers(world, "Bo", "decline")


def an_approver_agrees_while_somebody_edits(world: World) -> Pair:
    _open(world)
    _asked(world)
    return _answers(world, "Ada"), _saves(world, 5)


def asking_while_somebody_edits(world: World) -> Pair:
    _open(world)
    workspace.save(world.store, Workspace(approval=Approval(needed=True)), 0)
    _saves(world, 4)()
    return _asks(world, "Ming"), _saves(world, 5)


def publishing_what_was_agreed_while_somebody_edits(world: World) -> Pair:
    _open(world)
    _asked(world)
    _answers(world, "Ada")()

    def publishes() -> None:
        campaigns.publish(world.store, campaigns.load(world.store, CAMPAIGN), discover(), "marketer", NOON)

    return publishes, _saves(world, 5)


def _settles(world: World, revision: int, currency: Currency) -> Callable[[], int]:
    return lambda: workspace.save(world.store, Workspace(currency=currency), revision)


def first_settings_twice(world: World) -> Pair:
    return _settles(world, 0, "USD"), _settles(world, 0, "EUR")


def two_admins_settle(world: World) -> Pair:
    workspace.save(world.store, Workspace(), 0)
    return _settles(world, 1, "USD"), _settles(world, 1, "EUR")


def _keeps(world: World, revision: int, name: str) -> Act:
    kept = Segments(segments=[Segment(name=name, needs=[Newcomer()])])
    noted = Entry(what="segment", by=name, at=NOON, about=Text(zh=name, en=name))
    return lambda: segments.save(world.store, kept, revision, noted) and None


def first_segments_twice(world: World) -> Pair:
    return _keeps(world, 0, "new"), _keeps(world, 0, "old")


def two_editors_keep_segments(world: World) -> Pair:
    _keeps(world, 0, "first")()
    return _keeps(world, 1, "new"), _keeps(world, 1, "old")


def _adds(world: World, name: str) -> Act:
    return lambda: channels.add(world.store, CAMPAIGN, [name], b"bytes") and None


def first_channel_twice(world: World) -> Pair:
    return _adds(world, "north"), _adds(world, "south")


def _live(name: str) -> Entry:
    return Entry(what="live_code", by=name, at=NOON, about=Text(zh=name, en=name))


def two_live_codes_from_the_same_bytes(world: World) -> Pair:
    def made(name: str) -> Act:
        return lambda: live_codes.add(world.store, name, bytes(10), lambda live: _live(name))

    return made("Door"), made("Counter")


def two_editors_change_a_live_code(world: World) -> Pair:
    live = live_codes.add(world.store, "Door", bytes(10), lambda live: _live("Door"))

    def renamed(name: str) -> Act:
        return lambda: live_codes.save(world.store, live.model_copy(update={"name": name}), 1, _live(name))

    return renamed("Front door"), renamed("Back door")


def more_channels_twice(world: World) -> Pair:
    _adds(world, "east")()
    return first_channel_twice(world)


def less_stock_against_a_check_in(world: World) -> Pair:
    _open(world, stock=2)
    world.phone("early").check_in("event-early")
    campaigns.save(world.store, campaigns.load(world.store, CAMPAIGN), stage.content(1), "marketer", NOON)

    def publishes() -> None:
        campaigns.publish(world.store, campaigns.load(world.store, CAMPAIGN), discover(), "marketer", NOON)

    return publishes, _checks_in(world.phone(), "event-0001")


def a_page_turned_against_a_check_in(world: World) -> Pair:
    phone = deeds._joined(world, PAGE_ENTRIES)
    key = keys.points(phone.member)

    def turns() -> None:
        row = world.store.read([key])[key]
        changes: list[Change] = turn_page(phone.member, row) if row is not None else []
        for _ in range(2):
            if not changes or not world.store.write(changes):
                return
            row = world.store.read([key])[key]
            changes = turn_page(phone.member, row) if row is not None else []

    return turns, _checks_in(phone, "event-late")


def _counts(world: World, mark: bytes) -> Act:
    news = [Counted(CAMPAIGN, NOON, mark, {"events": 1})]
    return lambda: counting.count(world.store, CAMPAIGN, "2026-12-01", news, NOON, lambda attempt: True)


def first_numbers_of_a_day(world: World) -> Pair:
    return _counts(world, b"a" * 6), _counts(world, b"b" * 6)


def more_numbers_of_a_day(world: World) -> Pair:
    _counts(world, b"0" * 6)()
    return first_numbers_of_a_day(world)


def _scans(phone: Phone, code: str, event_id: str) -> Act:
    return lambda: phone.post("/api/items/scan", {"event_id": event_id, "code": code})


def _collects(phone: Phone, code: str, event_id: str, inner: str = "") -> Act:
    body = {"event_id": event_id, "consent": True, "data": {"item": code, "inner": inner}}
    return lambda: phone.post(f"/api/campaigns/{CAMPAIGN}/events/collect", body)


def _item(world: World, **changes: Any) -> str:
    """A genuine item whose reward is points alone: no coupon's row stands in the way of a second grant."""
    world.clock.now = NOON
    stage.publish(world.store, codes.gift_of(stage.content(3)), OPENS, CAMPAIGN)
    return codes.link(codes.ordered(world.store, campaign=CAMPAIGN, **changes), 41)


def first_scan_twice(world: World) -> Pair:
    code = _item(world)
    return _scans(world.phone("a"), code, "scan-0001"), _scans(world.phone("b"), code, "scan-0002")


def a_scan_against_taking_the_reward(world: World) -> Pair:
    """A scan writes the whole row: it may not forget that the reward was taken."""
    code = _item(world)
    _scans(world.phone("a"), code, "scan-0001")()
    return _collects(world.phone("a"), code, "take-0001"), _scans(world.phone("b"), code, "scan-0002")


def two_who_hold_one_inner_code(world: World) -> Pair:
    code = _item(world, inner=True)
    _scans(world.phone("a"), code, "scan-0001")()
    inner = codes.inner(code)
    return tuple(_collects(world.phone(name), code, f"take-{name}000", inner) for name in "ab")  # type: ignore[return-value]


def one_label_ordered_twice(world: World) -> Pair:
    """Two orders under one GTIN and lot: their ranges of its serials may not overlap."""
    world.clock.now = NOON
    return tuple(  # type: ignore[return-value]
        partial(codes.ordered, world.store, active=False, name=name) for name in (b"batch----1", b"batch----2")
    )


def activate_against_block(world: World) -> Pair:
    world.clock.now = NOON
    batch = codes.ordered(world.store, active=False)
    return (
        partial(alter_batch, world.store, batch, lambda one: one.activated([(0, 9)]), "activate", "a", NOON),
        partial(alter_batch, world.store, batch, lambda one: one.barred([(5, 5)]), "block", "b", NOON),
    )


def correct_against_activate(world: World) -> Pair:
    world.clock.now = NOON
    batch = codes.ordered(world.store, active=False)
    return (
        partial(correct, world.store, batch, "02112345678900", "L9", "a", NOON),
        partial(alter_batch, world.store, batch, lambda one: one.activated([(0, 9)]), "activate", "b", NOON),
    )


def correct_into_a_label_that_is_being_ordered(world: World) -> Pair:
    world.clock.now = NOON
    batch = codes.ordered(world.store, active=False, lot="L6")
    return (
        partial(correct, world.store, batch, codes.GTIN, "L7", "a", NOON),
        partial(codes.ordered, world.store, active=False, name=b"batch----2"),
    )


PAIRS: dict[str, Callable[[World], Pair]] = {
    pair.__name__: pair
    for pair in (
        first_check_in_twice, first_points_twice, second_check_in_twice, last_coupon, two_coupons_from_one,
        the_last_of_a_days_budget,
        no_consent, no_entitlement, no_part_in_another, no_phone_number, no_tag, not_far_enough, too_far,
        a_fact_that_comes_twice, a_week_after_a_right_for_good, poor,
        clerk_against_clerk, clerk_against_a_new_hand_in,
        two_clerks_redeem, two_coupons_of_a_group_in_one_order,
        redeem_while_erased, erase_while_checking_in, leave_while_checking_in,
        two_phones_join_one_guest,
        the_last_guess_twice, the_right_guess_against_a_wrong_one, an_old_code_against_a_new_one,
        first_of_a_bucket_twice, more_of_a_bucket,
        one_invitation_twice, an_invitation_that_is_over, an_invitation_that_was_revoked, revoke_what_never_was,
        the_same_invitation_for_two_shops, begin_twice, two_editors_save, publish_against_a_save, pause_against_end,
        two_approvers_agree, an_approver_agrees_while_another_declines, an_approver_agrees_while_somebody_edits,
        asking_while_somebody_edits, publishing_what_was_agreed_while_somebody_edits,
        two_live_codes_from_the_same_bytes, two_editors_change_a_live_code,
        first_segments_twice, two_editors_keep_segments,
        first_settings_twice, two_admins_settle, first_channel_twice, more_channels_twice,
        less_stock_against_a_check_in, a_page_turned_against_a_check_in, first_numbers_of_a_day, more_numbers_of_a_day,
        *ORDER_PAIRS, *group_pairs.PAIRS,
        first_scan_twice, a_scan_against_taking_the_reward, two_who_hold_one_inner_code, one_label_ordered_twice,
        activate_against_block, correct_against_activate, correct_into_a_label_that_is_being_ordered,
        *DOOR_PAIRS, *SHARE_PAIRS, *REFERRAL_PAIRS, *PAYMENT_PAIRS, *PAYOUT_PAIRS, *DEPOSIT_PAIRS,
        *RIGHT_PAIRS, *NICKNAME_PAIRS, *BOARD_PAIRS, *STAGE_PAIRS, *SUSPECT_PAIRS,
    )
}  # fmt: skip
