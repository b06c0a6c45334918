"""To be shown on a campaign's leaderboard, or not any more: a consent of its own (PIPL art. 25)."""

from __future__ import annotations

from collections.abc import Sequence

from functions.core import keys
from functions.core.board import OUTCOMES
from functions.core.campaign import Version
from functions.core.change import Absent, Change, Is, holds
from functions.core.keys import Row
from functions.core.nickname import masked
from functions.edge.problems import Problem
from functions.edge.ranking import has_board
from functions.edge.request import Request
from functions.members.called import called
from functions.members.models import ConsentIn, ConsentOut
from functions.storage import boards
from functions.storage.live import Live
from functions.storage.single import settle

STAYS_OUT = "not_taking_part"


def say_shown(request: Request, body: ConsentIn, live: Live) -> ConsentOut:
    """Be shown under the first character of a nickname, or not any more, at once. Problem `nickname_refused`."""
    assert live.version is not None
    member = request.member()
    outcome = _shown(request, body, live, member) if body.live else _hidden(request, live.version, member)
    request.noted["outcome"] = outcome
    sentence = OUTCOMES[outcome].in_(request.language)
    shown = outcome == "granted"
    return ConsentOut(outcome=outcome, message=sentence, purpose=body.purpose, live=shown)  # type: ignore[arg-type]


def hiding(request: Request, version: Version, member: str) -> list[Change]:
    """What takes a member who leaves the campaign off its board, in the same write; nothing where there is none."""
    store, key = request.service.store, keys.consent(member, keys.on_board(version.campaign))
    said = store.read([key])[key]
    if said and said["live"]:
        withdrawn = Change(key, put=_said(request, version, False))
        return [withdrawn, boards.without(store, version.campaign, member)]
    if not has_board(request.service, version):
        return []
    return [Change(key, (Is("live", False) if said else Absent(),))]


def _shown(request: Request, body: ConsentIn, live: Live, member: str) -> str:
    version = live.version
    assert version is not None
    if not has_board(request.service, version):
        raise Problem("unknown_purpose")
    ends = version.definition.schedule.ends_at
    if live.campaign.state != "published" or (ends is not None and request.at >= ends):
        return "board_closed"
    name = called(body.nickname)
    said = _said(request, version, True) | {"name": masked(name) if name else ""}
    shown = Change(keys.consent(member, body.purpose), put=said)
    partakes = holds(keys.consent(member, keys.participation(version.campaign)), "live", True, STAYS_OUT)

    def decide(_row: Row | None, refused: frozenset[str]) -> tuple[str, Sequence[Change]]:
        return (STAYS_OUT, []) if STAYS_OUT in refused else ("granted", [shown, partakes])

    return settle(request.service.store, shown.key, decide, request.pause)


def _hidden(request: Request, version: Version, member: str) -> str:
    said = _said(request, version, False)
    boards.take_off(request.service.store, version.campaign, member, said, request.pause)
    return "withdrawn"


def _said(request: Request, version: Version, live: bool) -> Row:
    purpose = keys.on_board(version.campaign)
    return {"live": live, "purpose": purpose, "at": request.at.isoformat(), "version": version.number}
