"""One event from the outside: who may send it, what it says, and what it did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from functions.core import keys
from functions.core.campaign import Version
from functions.core.event import Event
from functions.core.ids import is_id
from functions.core.mechanic import Accepts
from functions.core.money import readable
from functions.core.text import Text
from functions.edge import logs
from functions.edge.guests import sender
from functions.edge.identity import Session
from functions.edge.problems import Problem, at_place, invalid
from functions.edge.request import Request
from functions.play.items import settle_item
from functions.play.models import CampaignOut, EventIn, EventKindOut, EventOut, GrantOut, RewardOut
from functions.play.uploads import settle_uploads
from functions.play.visits import known_of, share_in
from functions.storage import play
from functions.storage.engine import Answer, commit
from functions.storage.live import Live
from functions.storage.play import Play, sold_out
from functions.storage.shares import visit

PLAIN_ID = re.compile(r"[A-Za-z0-9_\-]{1,64}")
NO_MEMBER = Text(zh="没有这个会员", en="There is no such member")


def post_event(request: Request, campaign: str, kind: str, body: EventIn) -> EventOut:
    """Apply one event and say what came of it."""
    session = sender(request, body.event_id)
    live, version = live_version(request, campaign)
    accepts = _accepted(request, version, kind)
    if session.kind not in accepts.actors:
        raise Problem("not_yours")
    event = _event(request, session, live, accepts, kind, body)
    if session.kind == "member" and (share := share_in(request, campaign, body.share)):
        visit(request.service.store, share, session.id, version.number, request.at, request.pause)
    config = request.service.config_of(version)
    event = settle_item(request, settle_uploads(request, config, event))
    mechanic = request.service.catalogue.mechanic(version.definition.mechanic)
    event = known_of(request, mechanic, config, event, version.definition.audience)
    known = request.service.sold_out(version)
    planner = Play(request.service.catalogue, live.campaign, version, event, config, known)
    answer = commit(request.service.store, planner, event, request.pause)
    known.update(sold_out(answer, known, planner.today))
    _note(request, event, answer)
    return _event_out(request, planner, answer)


def read_campaign(request: Request, campaign: str) -> CampaignOut:
    """The campaign and the member's state in it; what the definition keeps to itself stays there."""
    member = request.member()
    live, version = live_version(request, campaign)
    definition, language = version.definition, request.language
    mechanic = request.service.catalogue.mechanic(definition.mechanic)
    key = keys.state(campaign, member)
    row = request.service.store.read([key])[key] or {}
    return CampaignOut(
        id=campaign,
        version=version.number,
        mechanic=definition.mechanic,
        status=_status(request, live, version),
        name=definition.name.in_(language),
        page={name: _words(value, language) for name, value in definition.page},
        zone=definition.schedule.zone,
        starts_at=definition.schedule.starts_at,
        ends_at=definition.schedule.ends_at,
        rewards=[RewardOut(id=item.id, kind=item.kind, name=item.name.in_(language)) for item in definition.rewards],
        events=[
            EventKindOut(kind=kind, title=accepts.title.in_(language))
            for kind, accepts in mechanic.ACCEPTS.items()
            if "member" in accepts.actors
        ],
        taking_part=bool(row) and not row.get("closed"),
        state=_state(request, version, request.service.config_of(version), row),
    )


def live_version(request: Request, campaign: str) -> tuple[Live, Version]:
    """The campaign that serves, or Problem `unknown_campaign`."""
    live = request.service.live.get(campaign, request.at) if PLAIN_ID.fullmatch(campaign) else None
    if live is None or live.version is None:
        raise Problem("unknown_campaign")
    return live, live.version


def _accepted(request: Request, version: Version, kind: str) -> Accepts:
    accepts = request.service.catalogue.mechanic(version.definition.mechanic).ACCEPTS.get(kind)
    if accepts is None:
        raise Problem("unknown_event_kind")
    return accepts


def _event(request: Request, session: Session, live: Live, accepts: Accepts, kind: str, body: EventIn) -> Event:
    try:
        data = accepts.data.model_validate(body.data)
    except ValidationError as error:
        raise invalid(error, "data") from error
    member = session.id if session.kind == "member" else str(getattr(data, "member", ""))
    if not is_id("mem", member):
        raise at_place("data.member", "unknown_member", NO_MEMBER)
    assert live.version is not None
    return Event(
        id=body.event_id,
        kind=kind,
        at=request.at,
        campaign=live.campaign.id,
        member=member,
        data=data,
        actor=session.kind,
        by=session.id if session.kind == "staff" else "",
        by_name=session.name,
        day=live.version.definition.schedule.calendar.day_of(request.at),
        consents=body.consent,
        channel=body.channel,
    )


def _event_out(request: Request, planner: Play, answer: Answer) -> EventOut:
    language = request.language
    sentences: Mapping[str, Text] = {**play.OUTCOMES, **planner.mechanic.OUTCOMES}
    sentence = sentences.get(answer.outcome, Text())
    return EventOut(
        outcome=answer.outcome,
        message=sentence.fill(language, readable(answer.values, planner.version.definition.budget.currency)),
        grants=[_grant_out(request, planner.version, line) for line in answer.grants],
        state=_state(request, planner.version, planner.config, answer.row or {}),
    )


def _grant_out(request: Request, version: Version, line: Mapping[str, Any]) -> GrantOut:
    item = next((item for item in version.definition.rewards if item.id == line["reward"]), None)
    return GrantOut(
        **line,
        name=item.name.in_(request.language) if item else "",
        message=play.OUTCOMES.get(line["outcome"], Text()).in_(request.language),
    )


def _state(request: Request, version: Version, config: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    mechanic = request.service.catalogue.mechanic(version.definition.mechanic)
    view = mechanic.view(config, version.definition.schedule.moment(request.at), row.get("record", {}))
    plain: dict[str, Any] = to_jsonable_python(view)
    return plain


def _status(request: Request, live: Live, version: Version) -> str:
    schedule, stands = version.definition.schedule, live.campaign.stands(request.at)
    if stands != "published":
        return play.CLOSED[stands]
    if request.at < schedule.starts_at:
        return "not_begun"
    return "ended" if schedule.ends_at is not None and request.at >= schedule.ends_at else "open"


def _words(value: Any, language: Any) -> Any:
    return value.in_(language) if isinstance(value, Text) else value


def _note(request: Request, event: Event, answer: Answer) -> None:
    request.noted |= {
        "outcome": answer.outcome,
        "kind": event.kind,
        "campaign": event.campaign,
        "replayed": answer.replayed,
    }
    gone = sum(line["outcome"] == "exhausted" for line in answer.grants)
    if gone and not answer.replayed:
        service = request.service.settings.function
        request.service.write_log(logs.metric("PoolExhausted", gone, request.now_ms, {"service": service}))
