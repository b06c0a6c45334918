"""Routes of a campaign: its public face, events, uploads."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.edge.api import api, entry
from functions.edge.guests import sender
from functions.edge.problems import Problem
from functions.edge.request import current
from functions.play.events import live_version, post_event, read_campaign
from functions.play.models import CampaignOut, EventIn, EventOut, UploadOut, VisitIn, VisitOut
from functions.play.uploads import offer_upload
from functions.play.visits import post_visit

app = api()


@app.get("/api/campaigns/<campaign_id>", summary="A campaign and my state in it")
def get_campaign(campaign_id: str) -> CampaignOut:
    return read_campaign(current(app), campaign_id)


@app.post("/api/campaigns/<campaign_id>/events/<kind>", summary="Something happened")
def post_campaign_event(campaign_id: str, kind: str, body: Annotated[EventIn, Body()]) -> EventOut:
    return post_event(current(app), campaign_id, kind, body)


@app.post("/api/campaigns/<campaign_id>/visits", summary="I came by a friend's link")
def post_campaign_visit(campaign_id: str, body: Annotated[VisitIn, Body()]) -> VisitOut:
    request = current(app)
    _, version = live_version(request, campaign_id)
    return post_visit(request, campaign_id, version.number, body)


@app.post("/api/campaigns/<campaign_id>/uploads", summary="A place for a picture")
def post_upload(campaign_id: str) -> UploadOut:
    request = current(app)
    session = sender(request)
    if session.kind != "member":
        raise Problem("not_yours")
    _, version = live_version(request, campaign_id)
    return offer_upload(request, session.id, campaign_id, request.service.config_of(version))


def page_of(path: str) -> str:
    """The campaign's page, where a form's sender goes back to."""
    parts = path.split("/")
    return f"/c/{parts[3]}" if len(parts) > 3 else "/"


handler = entry(app, page_of)
