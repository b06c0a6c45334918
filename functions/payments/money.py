"""Money moves: a member is asked, a notice settles it, the campaign is told, refunds go back. Each may repeat."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from functions.core import intent, keys
from functions.core.audit import Entry
from functions.core.event import Event
from functions.core.keys import Row
from functions.core.mechanic import Seen
from functions.core.payment import WRONG, Notice, Owed
from functions.core.text import Text
from functions.edge import logs
from functions.edge.limits import Rate
from functions.edge.outside import hear
from functions.edge.service import Service
from functions.payments.port import Provider, Refused
from functions.storage import audit, payments
from functions.storage.engine import Pause
from functions.storage.payments import LEFT

Choose = Callable[[str], Provider]
UNSIGNED = Rate(burst=20, each=10_000)  # notices that nobody signed, in each copy
SWEPT_MAX = 500  # refunds of one round; those that wait for somebody are not counted


def owed_by(service: Service, campaign: str, member: str) -> Owed | None:
    """What a member owes in a campaign just now. The terms of what they took alone name the amount."""
    live = service.live.get(campaign, service.clock())
    if live is None or live.version is None:
        return None
    from functions.storage.stock import is_full  # payers ask, notices do not

    definition = live.version.definition
    mechanic: Any = service.catalogue.mechanic(definition.mechanic)
    if not hasattr(mechanic, "owes"):
        return None
    key = keys.state(campaign, member)
    row = service.store.read([key])[key] or {"closed": "none"}
    record, config, at = row.get("record", {}), service.config_of(live.version), service.clock()
    watched = mechanic.watches(config, campaign, record, "")
    rows = service.store.read(watched) if watched else {}
    closed = "left" if row.get("closed") else "" if live.campaign.state == "published" else live.campaign.state
    seen = Seen(definition.schedule.moment(at), record, rows, closed=closed)
    debt = mechanic.owes(config, campaign, member, seen)
    if debt is None or (debt.begins and is_full(live.version, service.stock.gone(live.version, at))):
        return None
    return Owed(debt.payment, campaign, member, debt.amount, definition.budget.currency, debt.subject)


def notice(service: Service, said: Notice, by: str, pause: Pause) -> str:
    """Settle a payment as its provider says, and tell the campaign. What does not fit is kept and written down."""
    verdict = payments.settle(service.store, said, service.clock(), pause)
    if verdict in WRONG:
        if said.paid:
            from functions.storage import unmatched  # rare, and no function starts slower for it

            unmatched.keep(service.store, said, verdict, by, service.clock(), pause)
        note_refusal(service, by, said.payment, verdict)
    elif verdict in ("paid", "refused", "known"):
        tell(service, said.payment, pause)
    return verdict


def tell(service: Service, name: str, pause: Pause) -> None:
    """Tell the campaign how its payment stands; the intent goes once it heard."""
    row = payments.load(service.store, name)
    if row is None:
        return
    live = service.live.get(row["campaign"], service.clock())
    if live is not None and live.version is not None and not row["member"]:
        _nobodys(service, name, row, service.catalogue.mechanic(live.version.definition.mechanic))
    elif live is not None and live.version is not None:
        mechanic = service.catalogue.mechanic(live.version.definition.mechanic)
        kind = "paid" if row["state"] == "paid" else "payment_refused"
        said = {"member": row["member"], **row["subject"], "payment": name, "amount": row["amount"]}
        at = service.clock()
        event = Event(
            id=f"{kind}.{name}.{row['version']}"[:64],
            kind=kind,
            at=at,
            campaign=row["campaign"],
            member=row["member"],
            data=mechanic.ACCEPTS[kind].data.model_validate(said),
            actor="system",
            by=row["provider"],
            day=live.version.definition.schedule.calendar.day_of(at),
        )
        hear(service, live, event, pause)
    payments.done(service.store, payments.TOLD, name)


def _nobodys(service: Service, name: str, row: Row, mechanic: Any) -> None:
    """Money of somebody who was erased: what its campaign did not hear of before goes back, all of it."""
    campaign, subject = row["campaign"], row["subject"].get(mechanic.PAYS_FOR, "")
    key = keys.unit(campaign, mechanic.UNIT, subject)
    if row["state"] != "paid" or mechanic.keeps(campaign, subject, service.store.read([key])[key], name):
        return
    service.store.write([intent.refund(campaign, "", name, row["amount"], "nobody", service.clock())])


def give_back(service: Service, choose: Choose, name: str, row: Row, pause: Pause) -> str:
    """Do one refund that was decided: written down in the payment, then by the provider, then the intent goes."""
    payment, amount = payments.refund_in(row)
    paid = payments.load(service.store, payment) if row.get("state") not in payments.LEFT else None
    if paid is None or paid["state"] != "paid":
        return "waits"  # the reconciliation lists it; money that has not come yet may still come
    handed_out = row.get("state") == payments.BY_HAND  # somebody gave it back already: it is only written down
    noted = payments.note_refund(service.store, payment, name, amount, pause)
    if not noted:
        note_refusal(service, "refund", payment, "refund_exceeds_payment")
        payments.leave(service.store, name, payment)
        return "refused"
    if handed_out:
        payments.done(service.store, payments.REFUND, name)
        return "done"
    try:
        choose(paid["provider"]).give_back(payment, paid, name, noted)
    except Refused as refused:
        by_hand = refused.code == "by_hand"
        if not by_hand:
            note_refusal(service, paid["provider"], payment, f"refund: {refused.code}"[:80])
        payments.leave(service.store, name, payment, payments.AT_COUNTER if by_hand else payments.REFUSED)
        return "waits"
    payments.done(service.store, payments.REFUND, name)
    return "done"


def sweep(service: Service, choose: Choose, pause: Pause) -> int:
    """What was paid and not told, and what was decided to go back and did not; how many. A failure stops no other."""
    count = 0
    for name, _ in payments.waiting(service.store, payments.TOLD):
        count += _tried(service, lambda name=name: tell(service, name, pause))  # type: ignore[misc]
    every = payments.every_intent(service.store, payments.REFUND)
    for name, row in islice((one for one in every if one[1].get("state") not in LEFT), SWEPT_MAX):
        count += _tried(service, lambda name=name, row=row: give_back(service, choose, name, row, pause))  # type: ignore[misc]
    return count


def note_refusal(service: Service, by: str, payment: str, why: str) -> None:
    """A line in the audit list for money that was refused."""
    at = service.clock()
    entry = Entry(what="refuse_payment", by=by, at=at, about=Text(zh=payment, en=payment), note=why)
    audit.note(service.store, entry, service.new_id("rej", at))


def _tried(service: Service, act: Callable[[], Any]) -> bool:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - such as a provider that this deployment has no more
        service.write_log(logs.failure(error, service=service.settings.function))
        return False
    return True
