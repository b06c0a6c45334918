"""The campaign's page: what the member's row and the clock make of it. Reads only."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from functions.core import keys
from functions.core.campaign import Version
from functions.core.change import Change, meets
from functions.core.ids import PATTERN, UPLOAD_PATTERN
from functions.core.keys import Row
from functions.core.need import asks, guards
from functions.core.sharing import Way
from functions.core.text import Text
from functions.core.tokens import BadToken
from functions.edge import shares
from functions.pages import answers, notices, promoters, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.problems import problem_notice
from functions.payments.words import UNPAID
from functions.storage import members, play
from functions.storage.engine import remembered
from functions.storage.live import Live
from functions.storage.stock import is_full


def campaign_page(ask: Ask, campaign_id: str, share: str = "") -> Answer:
    """`GET /c/{campaign_id}`: landing, and taking part, in one page; `share` is the token of the link that led here."""
    live = ask.service.live.get(campaign_id, ask.at) if PATTERN.fullmatch(campaign_id) else None
    if live is None or live.version is None:
        return answers.missing(ask, "unknown_campaign")
    return answers.html(ask, render.campaign(ask.frame(share=share), _scene(ask, live, live.version)))


def shared_page(ask: Ask, token: str) -> Answer:
    """`GET /s/{share_token}`: the page of the campaign that a member shared."""
    try:
        share = shares.opened(ask.service.keys, token, ask.at)
    except BadToken:
        return answers.missing(ask, "broken_link")
    return campaign_page(ask, share.campaign, token if share.member and share.member != ask.member else "")


def _scene(ask: Ask, live: Live, version: Version) -> render.CampaignScene:
    definition = version.definition
    mechanic = ask.service.catalogue.mechanic(definition.mechanic)
    rows = _rows(ask, version)
    row, points = rows.get("state"), rows.get("points")
    moment = definition.schedule.moment(ask.at)
    view = mechanic.view(ask.service.config_of(version), moment, (row or {}).get("record", {}))
    view |= _shared(ask, version, mechanic, row)
    for paid in (view.get("mine"), view.get("deposit")):
        if paid and paid.get("comes_back"):
            paid["returns"] = _returns(ask, paid["payment"])
    joined = row is not None and not row.get("closed")
    begun = joined and (view.get("deposit") or {}).get("state") != "due"
    if joined:
        view |= {"centre": promoters.centre(ask, version, mechanic)}
    gone = ask.service.stock.gone(version, ask.at)
    phase = phase_of(ask, live, version, joined or _admitted(ask, version, rows), not begun and is_full(version, gone))
    outcomes = {**UNPAID, **play.OUTCOMES, **mechanic.OUTCOMES}
    return render.CampaignScene(
        campaign_id=version.campaign,
        definition=definition,
        mechanic=mechanic,
        phase=phase,
        view=view,
        joined=joined,
        row=row or {},
        points=(points or {}).get("balance", 0) if _pays_points(version) else None,
        notice=None if ask.outcome == phase else _notice(ask, row, outcomes, view, version),  # the page says its phase
        make_up=_day(ask.query.get("make_up", "")),
        again=_day(ask.query.get("again", "")),
        upload=_upload(ask.query.get("upload", "")),
        at=ask.at,
        gone=gone,
        invite=_invite(ask, version.campaign, getattr(mechanic, "SHARED_AS", "link")) if joined else "",
        share_poster=urlsplit(_invite(ask, version.campaign, "poster")).path + "/poster" if joined else "",
    )


def _invite(ask: Ask, campaign: str, way: Way) -> str:
    """The link that this member shares."""
    return shares.link(ask.base_url, ask.service.keys.ring(ask.at), campaign, ask.member, way)


def _rows(ask: Ask, version: Version) -> dict[str, Row | None]:
    """The member's rows that this page rests on, in one round; none for a stranger."""
    if not ask.member:
        return {}
    wanted = {"state": keys.state(version.campaign, ask.member)}
    if _pays_points(version):
        wanted["points"] = keys.points(ask.member)
    wanted |= {f"door {n}": guard.key for n, guard in enumerate(_guards(ask, version))}
    found = ask.service.store.read(list(wanted.values()))
    return {name: found[key] for name, key in wanted.items()}


def _shared(ask: Ask, version: Version, mechanic: Any, row: Row | None) -> dict[str, Any]:
    """What the member sees of what members share, where they do: their own, the one they were invited to, the open."""
    if not hasattr(mechanic, "shared"):
        return {}
    config, campaign, asked = ask.service.config_of(version), version.campaign, ask.query.get("g", "")
    wanted = mechanic.watches(config, campaign, (row or {}).get("record", {}), asked)
    rows = ask.service.store.read(wanted) if wanted else {}
    listed = ask.service.units.open(campaign, ask.at) if mechanic.lists(config) else {}
    shown: dict[str, Any] = mechanic.shared(config, campaign, ask.at, {**listed, **rows}, ask.member, asked)
    return shown


def _returns(ask: Ask, payment: str) -> str:
    """How far money is that goes back, all that is left of a payment: done, or coming; or by hand, at the counter."""
    from functions.core.intent import REFUND, refund_name  # of few pages

    name = refund_name(payment, "rest")
    paid, wanted = keys.payment(payment), keys.intent(REFUND, name)
    rows = ask.service.store.read([paid, wanted])
    row = rows[paid] or {}
    done = rows[wanted] is None and name in row.get("refunds", {})
    if row.get("provider") == "offline":
        return "handed" if done else "counter"
    return "done" if done else "coming"


def _pays_points(version: Version) -> bool:
    return any(item.kind == "points" for item in version.definition.rewards)


def _guards(ask: Ask, version: Version) -> list[Change]:
    return guards(version.definition.audience.asked, ask.member, ask.at)


def _admitted(ask: Ask, version: Version, rows: dict[str, Row | None]) -> bool:
    """Whether the member is whom the campaign asks for; the engine asks again, in the write. A stranger is new."""
    needs, store = version.definition.audience.asked, ask.service.store
    if not ask.member:
        return all(need.kind == "newcomer" for need in needs)
    doors = enumerate(_guards(ask, version))
    if not all(meets(rows.get(f"door {n}"), condition) for n, guard in doors for condition in guard.conditions):
        return False
    if asks(needs, "customer") and not members.is_customer(store, ask.member):
        return False
    return not asks(needs, "newcomer") or members.is_newcomer(store, ask.member, version.campaign)


def phase_of(ask: Ask, live: Live, version: Version, admitted: bool, full: bool = False) -> str:
    """Open, or why not: the campaign's state, its window, its door, or nothing left to give."""
    schedule, stands = version.definition.schedule, live.campaign.stands(ask.at)
    if stands != "published":
        return play.CLOSED[stands]
    if ask.at < schedule.starts_at:
        return "not_begun"
    if schedule.ends_at is not None and ask.at >= schedule.ends_at:
        return "ended"
    if not admitted:
        return "not_in_audience"
    return "full" if full else "open"


def _notice(
    ask: Ask, row: Row | None, outcomes: dict[str, Text], view: dict[str, Any], version: Version
) -> notices.Notice | None:
    if ask.problem:
        return problem_notice(ask.problem, ask.language)
    if not ask.outcome:
        return None
    outcome = _came_to(ask.outcome, row, ask.service.catalogue.mechanic(version.definition.mechanic))
    return notices.of_outcome(outcome, row, outcomes, view, version.definition, ask.language)


def _came_to(outcome: str, row: Row | None, mechanic: Any) -> str:
    """What an outcome came to in the campaign: who pays is led back by the word of the payment, `paid`."""
    known = getattr(mechanic, "PAID_AS", ()) if outcome == "paid" else ()
    return next((one.outcome for one in remembered(row or {})[-1:] if one.outcome in known), outcome)


def _day(said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        return ""


def _upload(said: str) -> str | None:
    return said if re.fullmatch(UPLOAD_PATTERN, said) else None
