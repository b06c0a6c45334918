"""A member as marketers see them, put together from the rows of one partition and of their campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any

from functions.core import keys
from functions.core.channels import codes_of
from functions.core.keys import Row
from functions.core.order import net
from functions.core.stage import Behaviour
from functions.core.text import Text
from functions.edge.bringing import brought
from functions.edge.request import Request
from functions.members import mine
from functions.members.models import ConsentSaidOut, LedgerLineOut, PersonOut, StepOut, TakingPartOut
from functions.members.timeline import Told
from functions.points.ledger import newest_first
from functions.storage.members import PARTICIPATE, Holdings
from functions.storage.store import READ_MAX

CAMPAIGNS_SHOWN, LINES_SHOWN = 30, 200
ON_BOARD = Text(zh="在“{name}”的排行榜上", en="On the leaderboard of “{name}”")


def person_of(request: Request, member: str, held: Holdings) -> PersonOut:
    """All that is shown of them; `held` is their own partition."""
    consents = [
        ConsentSaidOut(purpose=purpose, name=_purpose(request, purpose), live=row["live"], at=row["at"])
        for purpose, row in held.consents.items()
    ]
    joined = _joined(held)
    rows = request.service.store.read([keys.state(campaign, member) for campaign in joined])
    states = {campaign: rows[keys.state(campaign, member)] for campaign in joined}
    did = _behaviour(request, held, states)
    return PersonOut(
        member=member,
        nickname=(held.nickname or {}).get("name", ""),
        signed_in_at=(held.profile or {}).get("at"),
        phones=len((held.profile or {}).get("identities", [])),
        points=(held.points or {}).get("balance", 0),
        ledger=_ledger(request, held)[:LINES_SHOWN],
        wallet=mine.entries(request, held),
        campaigns=_campaigns(request, joined, states),
        consents=sorted(consents, key=lambda one: one.at, reverse=True),
        came_through=_door(request, held.door or {}),
        tags=keys.tags_in(held.door),
        batches=keys.batches_in(held.door),
        orders=len(held.orders),
        stage=did.stage,
        stage_why=did.why.in_(request.language),
        timeline=_timeline(request, held, states),
    )


def _behaviour(request: Request, held: Holdings, states: Mapping[str, Row | None]) -> Behaviour:
    """What they did so far; of whom they brought, the mechanics of the campaigns shown tell."""
    wanted = [keys.order(name) for name in held.orders]
    read = request.service.store.read
    orders = [row for n in range(0, len(wanted), READ_MAX) for row in read(wanted[n : n + READ_MAX]).values()]
    bought = sum(row is not None and net(row) > 0 for row in orders)
    friends = sum(brought(request.service, campaign, row) for campaign, row in states.items() if row)
    agreed_only = sum(row is None for row in states.values())
    return Behaviour(len(held.campaigns) - agreed_only, bought, friends)


def _timeline(request: Request, held: Holdings, states: Mapping[str, Row | None]) -> list[StepOut]:
    service = request.service
    told = Told(partial(service.live.get, at=request.at), service.catalogue, request.language)
    return [StepOut(**asdict(step)) for step in told.steps(held, states)]


def _door(request: Request, row: Row) -> str:
    """What the code is called by which somebody first came: a guide's by the guide, one that is gone by itself."""
    from functions.storage import channels, live_codes  # few members are looked at by marketers, all sign in

    channel, live = codes_of(row.get("door", ""))
    store = request.service.store
    if live and (found := live_codes.find(store, live)):
        return found[0].guide.name if found[0].guide else found[0].name
    known = {one.code: one.name for one in channels.channels(store, row["campaign"])} if channel else {}
    return known.get(channel, channel)


def _joined(held: Holdings) -> dict[str, str]:
    """When the member joined the campaigns where they take or took part; those joined last first."""
    joined = {campaign: held.consents[f"{PARTICIPATE}{campaign}"]["at"] for campaign in held.campaigns}
    return dict(sorted(joined.items(), key=lambda one: one[1], reverse=True)[:CAMPAIGNS_SHOWN])


def _campaigns(request: Request, joined: Mapping[str, str], states: Mapping[str, Row | None]) -> list[TakingPartOut]:
    return [
        TakingPartOut(
            campaign=campaign,
            name=_name(request, campaign),
            joined_at=datetime.fromisoformat(at),
            last_at=_instant(states[campaign]),
            left=bool((states[campaign] or {}).get("closed")),
        )
        for campaign, at in joined.items()
    ]


def _ledger(request: Request, held: Holdings) -> list[LedgerLineOut]:
    """Every entry of the points ledger, the newest first."""
    return [
        LedgerLineOut(
            points=line["points"],
            at=datetime.fromtimestamp(line["at"], UTC),
            name=_name(request, line["why"].split("/")[0]),
            paid=line["points"] < 0,
        )
        for line in newest_first(held.points, held.ledger)
    ]


def _purpose(request: Request, purpose: str) -> str:
    if purpose.startswith(keys.BOARD):
        return ON_BOARD.fill(request.language, {"name": _name(request, purpose.removeprefix(keys.BOARD))})
    campaign = purpose.removeprefix(PARTICIPATE)
    return purpose if campaign == purpose else _name(request, campaign)


def _name(request: Request, campaign: str) -> str:
    live = request.service.live.get(campaign, request.at)
    return live.campaign.name.in_(request.language) if live else campaign


def _instant(row: Mapping[str, Any] | None) -> datetime | None:
    return datetime.fromtimestamp(row["at"], UTC) if row and "at" in row else None
