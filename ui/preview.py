"""The phone's page of a definition as the composer previews it: the same renderer as the Lambda's. Pure.

`page` is closed in: its policy lets nothing in or out but our style, our script and pictures of the marketers' own.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from typing import Literal, get_args

from functions.core.campaign import Definition
from functions.core.discovery import Catalogue
from functions.core.text import Language
from functions.pages import render
from functions.pages.posters import poster_of
from functions.pages.render import CampaignScene, Frame
from ui.sample_member import CAMPAIGN, MEMBER, Sample, finished, newcomer, under_way

State = Literal["landing", "under_way", "done", "over", "poster"]
STATES: tuple[State, ...] = get_args(State)
SEED = "preview0"
Fetch = Callable[[str], bytes]

QUIET = """addEventListener("click",e=>{if(e.target.closest("a,button,input[type=submit]"))e.preventDefault()},true);
addEventListener("submit",e=>e.preventDefault(),true);
addEventListener("scroll",()=>parent.postMessage({pondScroll:scrollY},"*"),{passive:true});
addEventListener("message",e=>{if(e.source!==parent||!e.data)return;const told=e.data.pondPage;
if(told){const next=new DOMParser().parseFromString(told,"text/html");
document.querySelector("style").textContent=next.querySelector("style").textContent;
document.getElementById("page").replaceWith(document.importNode(next.getElementById("page"),true));
parent.postMessage({pondShown:1},"*")}
if("pondScroll"in e.data)scrollTo(0,+e.data.pondScroll)});"""


def page(
    definition: Definition,
    catalogue: Catalogue,
    state: State,
    language: Language,
    *,
    large: bool = False,
    base_url: str = "",
    nonce: str = "preview",
    fetch: Fetch = lambda _name: b"",
) -> str:
    """The page in one of the five states. Raises pydantic's ValidationError where the mechanic's part is not right."""
    if state == "poster":
        return _poster(definition, language, nonce, base_url, fetch)
    mechanic = catalogue.mechanic(definition.mechanic)
    sample = _sample(definition, catalogue, state)
    config = mechanic.Config.model_validate(definition.config)
    moment = definition.schedule.moment(sample.at)
    posed = getattr(mechanic, "posed", None) if sample.record else None
    record = posed(config, moment, sample.record) if posed else sample.record
    view = mechanic.view(config, moment, record)
    if sample.shared:
        view |= mechanic.shared(config, CAMPAIGN, sample.at, sample.shared, MEMBER, "")  # type: ignore[attr-defined]
    scene = CampaignScene(
        campaign_id=CAMPAIGN,
        definition=definition,
        mechanic=mechanic,
        phase="ended" if state == "over" else "open",
        view=view,
        joined=state != "landing",
        row=sample.row if state != "landing" else {},
        points=_points(definition, sample),
        at=sample.at,
        invite=f"{base_url}/s/preview" if hasattr(mechanic, "sample") else "",
        share_poster="/s/preview/poster" if hasattr(mechanic, "sample") else "",
    )
    drawn = render.campaign(Frame(language, nonce, SEED, f"/c/{CAMPAIGN}"), scene)
    return _closed_in(drawn, nonce, base_url, large)


def _sample(definition: Definition, catalogue: Catalogue, state: State) -> Sample:
    mechanic = catalogue.mechanic(definition.mechanic)
    if state == "landing":
        return newcomer(definition)
    return finished(definition, mechanic) if state == "done" else under_way(definition, mechanic)


def _points(definition: Definition, sample: Sample) -> int | None:
    ids = [item.id for item in definition.rewards if item.kind == "points"]
    return sum(sample.got.get(one, 0) for one in ids) if ids else None


def _closed_in(drawn: str, nonce: str, base_url: str, large: bool) -> str:
    """The page with a policy of its own, pictures from the shop's address, and links that lead nowhere."""
    origin = html.escape(base_url.rstrip("/"), quote=True)
    allowed = f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src {origin} data:"
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{allowed}">' + (
        f'<base href="{origin}/">' if origin else ""
    )
    size = f'<style nonce="{nonce}">html{{font-size:200%}}</style>' if large else ""
    quiet = f'{size}<script nonce="{nonce}">{QUIET}</script></body>'
    return quiet.join(drawn.replace("<head>", head, 1).rsplit("</body>", 1))


def _poster(definition: Definition, language: Language, nonce: str, base_url: str, fetch: Fetch) -> str:
    from functions.drawing.posters import jpeg  # Pillow takes 80 ms to import: only this state needs it

    data = base64.b64encode(jpeg(poster_of(definition, language, f"{base_url}/c/{CAMPAIGN}", fetch))).decode()
    alt = html.escape(definition.page.title.in_(language) or definition.name.in_(language), quote=True)
    style = f'<style nonce="{nonce}">body{{margin:0;background:#F3F6F5}}img{{width:100%;display:block}}</style>'
    body = f'<img alt="{alt}" src="data:image/jpeg;base64,{data}">'
    drawn = f'<!doctype html><html><head><meta charset="utf-8">{style}</head><body>{body}</body></html>'
    return _closed_in(drawn, nonce, base_url, False)
