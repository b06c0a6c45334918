"""A right given to one member by hand, or ended: in one write with the line of the audit list that says who and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from functions.core.audit import Deed, Entry
from functions.core.change import Change
from functions.core.keys import Row
from functions.core.text import Text
from functions.edge.problems import at_place
from functions.edge.request import Request
from functions.entitlements.held import FOREVER, ended, lasting
from functions.members import mine
from functions.members.desk import caller_of, known, no_member
from functions.members.models import GiveIn, RightOut, TakeIn
from functions.storage import audit
from functions.storage.members import ERASING, holdings, not_being_erased, there
from functions.storage.single import settle

OVER = Text(zh="这个日期已经过了", en="This date is over already")
SENTENCES = {
    "given": Text(zh="已发放", en="Given"),
    "already_held": Text(zh="TA 已有这项权益，期限不比这次短", en="They hold it already, for at least as long"),
    "taken": Text(zh="已收回", en="Taken back"),
    "not_held": Text(zh="TA 现在没有这项权益，不用收回", en="They do not hold it now: nothing to take back"),
}


def give(request: Request, body: GiveIn) -> RightOut:
    """The member holds the right from now on. Problem `unknown_member`, also while they are being erased."""
    who = caller_of(request, "give", known(body.member)).name
    until, name = _end(body.until, request.at), request.service.new_id("aud", request.at)
    longer = lasting(body.member, body.right, Text(zh=body.name.zh, en=body.name.en), until, name)
    noted = _noted(request, "give_right", who, body, name)

    def decide(row: Row | None, refused: frozenset[str]) -> tuple[str, Sequence[Change]]:
        if row is not None and row["valid_until"] >= until:
            return ("given" if row.get("grant") == name else "already_held"), []
        stays = there(holdings(request.service.store, body.member), body.member)
        if stays is None or ERASING in refused:
            raise no_member()
        return "given", [longer, stays, not_being_erased(body.member), *noted]

    return _settled(request, settle(request.service.store, longer.key, decide, request.pause), body.member)


def take(request: Request, body: TakeIn) -> RightOut:
    """The right ends now, however it was earned; it may be earned or given again."""
    who = caller_of(request, "take", known(body.member)).name
    at, name = int(request.at.timestamp()), request.service.new_id("aud", request.at)
    over = ended(body.member, body.right, at, name)
    noted = _noted(request, "take_right", who, body, name)

    def decide(row: Row | None, _refused: frozenset[str]) -> tuple[str, Sequence[Change]]:
        if row is None or row["valid_until"] < at:
            return ("taken" if row and row.get("ended") == name else "not_held"), []
        return "taken", [over, *noted]

    return _settled(request, settle(request.service.store, over.key, decide, request.pause), body.member)


def _end(until: datetime | None, at: datetime) -> int:
    if until is not None and until <= at:
        raise at_place("until", "date_over", OVER)
    return int(until.timestamp()) if until else FOREVER


def _noted(request: Request, what: Deed, who: str, body: GiveIn | TakeIn, name: str) -> Sequence[Change]:
    note = f"{body.right}: {body.reason}"
    about = Text(zh=body.member, en=body.member)
    return audit.lines(Entry(what=what, by=who, at=request.at, about=about, note=note), name)


def _settled(request: Request, outcome: str, member: str) -> RightOut:
    request.noted["outcome"] = outcome
    wallet = mine.entries(request, holdings(request.service.store, member))
    message = SENTENCES[outcome].in_(request.language)
    return RightOut(outcome=outcome, message=message, wallet=wallet)  # type: ignore[arg-type]
