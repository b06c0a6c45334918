"""More than campaigns for the pictures: proofs that wait, invitations, and a shop where everything is odd."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from PIL import Image, ImageDraw

from functions.core.approval import wanted
from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.core.event import Actor, Event
from functions.core.ids import derived_id, new_id
from functions.core.templates import starting
from functions.core.text import Text
from functions.core.workspace import Approval, Brand, Editor, Person, Workspace
from functions.edge.bucket import Bucket
from functions.insights.numbers import daily, totals
from functions.storage import approvals, campaigns, engine, invitations, nicknames, workspace
from functions.storage.live import LiveCampaigns
from functions.storage.play import Play
from functions.storage.store import Store
from infra.clients import local
from tests.cloud import PATIENCE_SECONDS, LocalCloud, ring_of
from tests.screens import deposits, extras
from tests.screens.demo import LEI, MEIMEI
from tests.screens.deposits import PROMISED
from ui.templates import templates

EDITOR = Editor(LEI, "editor", "lei@pond.example")
UPLOAD = "upl_" + "0" * 26
LONG_ZH, LONG_EN = "把每一个清晨都过成自己喜欢的样子", "Every morning the way you would like it to be"
HANDED_IN = 4
USES = 9  # of an invitation: each browser signs in once


def people(cloud: LocalCloud, store: Store, made: Mapping[str, Campaign], now: datetime) -> dict[str, str]:
    """Proofs that wait, invitations, a list of who may do what. Returns a member who handed one in, and a way in."""
    bucket = Bucket(cloud.bucket, "demo", lambda: local("s3", cloud.endpoint))
    before = _joined(store, made)
    _appeal(bucket, store, made["fitness-picture"], now)  # in the order of time: whoever copies comes later
    handed_in = [_hand_in(bucket, store, made["fitness-picture"], number, now) for number in reversed(range(HANDED_IN))]
    members = handed_in[::-1]
    for member, name in zip(members, ("小鱼", "小满", "小北", "Anna"), strict=True):
        nicknames.call(store, member, name, now, lambda _attempt: False)
    _regular(store, members[0], made, now)
    _await_counts(store, made, before + HANDED_IN + 3)
    ring = ring_of(cloud, "demo")
    for number, (shop, name) in enumerate((("东门店 East Gate", "小林"), ("西门店 West Gate", "Amy"))):
        at = now - timedelta(hours=number)
        way_in = invitations.invite(store, ring, shop, name, LEI, at, bytes([number + 1]) * 10, USES)
    listed = [
        Person(email="lei@pond.example", name=LEI, role="editor"),
        Person(email="mei@pond.example", name=MEIMEI, role="approver"),
    ]
    brand = Brand(name=Text(zh="池塘咖啡", en="Pond Coffee"))
    settings = Workspace(brand=brand, people=listed, contact="hello@pond.example")
    workspace.save(store, settings, 0)
    return {"member": members[0], "invitation": way_in}


def _joined(store: Store, made: Mapping[str, Campaign]) -> int:
    return sum(totals(daily(store, campaign.id)).participants for campaign in made.values())


def _await_counts(store: Store, made: Mapping[str, Campaign], joined: int) -> None:
    """The stream counts a moment later: until then stocks would tell of one claim more than there are people."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _joined(store, made) < joined:
        assert time.monotonic() < deadline, "the stream has not counted what members did"
        time.sleep(0.2)


def _hand_in(bucket: Bucket, store: Store, campaign: Campaign, number: int, now: datetime) -> str:
    at = now - timedelta(hours=1 + 5 * number)
    member = new_id("mem", at, bytes([number + 1]) * 10)
    same = number + number % 2  # two and two handed in one picture
    bucket.keep(bucket.proof_key(campaign.id, member, UPLOAD), photo(same // 2), "image/jpeg")
    marks = {UPLOAD: f"{same:016x}"}
    assert _play(store, campaign, member, "checkin", at, {"proof": {"picture": UPLOAD}}, marks) == "submitted"
    return member


def _appeal(bucket: Bucket, store: Store, campaign: Campaign, now: datetime) -> None:
    """One whose proof was returned asks for another look."""
    member, at = _hand_in(bucket, store, campaign, HANDED_IN, now), now - timedelta(minutes=50)
    live = LiveCampaigns(store).get(campaign.id, at)
    assert live is not None
    assert live.version is not None
    day = live.version.definition.schedule.moment(now - timedelta(hours=1 + 5 * HANDED_IN)).today.isoformat()
    verdict = {"member": member, "day": day, "verdict": "return", "reason": "unclear"}
    assert _play(store, campaign, member, "review", at, verdict, by=MEIMEI) == "returned"
    words = {"day": day, "words": "我开了灯的，能再看一下吗？ The light was on: could you look again?"}
    said = _play(store, campaign, member, "appeal", at + timedelta(minutes=9), words)
    assert said == "appealed", said


def _regular(store: Store, member: str, made: Mapping[str, Campaign], now: datetime) -> None:
    """Four mornings in a row, and the coupon for new members: somebody whose drawer has something in it."""
    for back in range(4, 0, -1):
        said = _play(store, made["seven-mornings"], member, "checkin", now - timedelta(back))
        assert said == "checked_in", said
    said = _play(store, made["new-member-welcome"], member, "claim", now - timedelta(days=3))
    assert said == "claimed", said


def _play(
    store: Store, head: Campaign, member: str, kind: str, at: datetime,
    body: Mapping[str, Any] = MappingProxyType({}), marks: Mapping[str, str] = MappingProxyType({}),
    by: str = "",
) -> str:  # fmt: skip
    """What a member does, or a clerk `by` name, as the API would take it; its outcome."""
    live = LiveCampaigns(store).get(head.id, at)
    assert live is not None
    assert live.version is not None
    data = discover().mechanic(head.mechanic).ACCEPTS[kind].data.model_validate(body)
    name = f"evt-{kind}-{member[-6:]}-{at:%m%d%H%M}"
    actor: Actor = "staff" if by else "member"
    event = Event(
        name, kind, at, head.id, member, data, consents=True, marks=marks, actor=actor, by=by and "inv_mei", by_name=by
    )
    play = Play(discover(), live.campaign, live.version, event)
    return engine.commit(store, play, event, lambda _attempt: False).outcome


def photo(number: int) -> bytes:
    """A path through hills at some hour of the day."""
    sky = ((250, 214, 165), (188, 220, 240), (244, 180, 150), (120, 140, 190))[number % 4]
    picture = Image.new("RGB", (900, 1200), sky)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((560, 180, 740, 360), fill=(255, 240, 200))
    for place, shade in enumerate(((150, 180, 160), (100, 150, 120), (60, 110, 90))):
        top = 560 + 150 * place
        draw.polygon([(0, top + 90), (260, top - 40), (520, top + 70), (900, top - 60), (900, 1200), (0, 1200)], shade)
    draw.polygon([(380, 1200), (470, 900), (500, 900), (620, 1200)], (222, 205, 170))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def odd(store: Store, now: datetime) -> dict[str, str]:
    """A shop whose approvers are asked, with names too long, a draft in trouble and one that two edit at once."""
    begins, long_ago = now - timedelta(days=2), now - timedelta(days=40)
    content = {name: starting(templates()[name], begins) for name in ("seven-mornings", "win-back", "shop-visit")}
    long = {**content["seven-mornings"], "name": {"zh": LONG_ZH * 2, "en": LONG_EN + " and the next one too"}}
    long = {**long, "page": {**long["page"], "title": {"zh": LONG_ZH * 625, "en": "so long " * 1250}}}
    made = {
        "long": _begin(store, "long", long, begins),
        "crossed": _begin(store, "crossed", content["seven-mornings"], begins),
        "blocked": _begin(store, "blocked", _blocked(content["win-back"]), begins),
        "lengthy": _live(store, "lengthy", _lengthy(content["shop-visit"]), begins),
        "promoters": _live(store, "promoters", starting(templates()["promoters"], long_ago), long_ago),
        "deposit": _begin(store, "deposit", starting(templates()["deposit-21-days"], begins), begins),
        "asked": _live(store, "asked", content["win-back"], begins),
        "promise": _live(store, "promise", _promise(now), now - PROMISED),
    }
    deposits.held_and_gone_back(store, made["promise"].id, now)
    extras.commission(store, made["promoters"].id, now)
    workspace.save(store, Workspace(approval=Approval(needed=True)), 0)
    _ask(store, made["asked"], now - timedelta(hours=3))
    return {name: head.id for name, head in made.items()}


def _promise(now: datetime) -> dict[str, Any]:
    """Three weeks with a deposit, the last days of it."""
    named = {"name": {"zh": "早睡早起，21 天之约", "en": "21 days of early nights"}}
    return starting(templates()["deposit-21-days"], now - PROMISED) | named


def _begin(store: Store, name: str, content: dict[str, Any], at: datetime) -> Campaign:
    return campaigns.begin(store, derived_id("camp", "odd", name), content, LEI, at)


def _live(store: Store, name: str, content: dict[str, Any], at: datetime) -> Campaign:
    head = _begin(store, name, content, at)
    return campaigns.publish(store, campaigns.load(store, head.id), discover(), LEI, at)


def _lengthy(content: dict[str, Any]) -> dict[str, Any]:
    """Names as long as they may be."""
    rewards = [{**one, "name": {"zh": LONG_ZH, "en": LONG_EN}} for one in content["rewards"]]
    return {**content, "name": {"zh": (LONG_ZH * 2)[:30], "en": LONG_EN[:40]}, "rewards": rewards}


def _blocked(content: dict[str, Any]) -> dict[str, Any]:
    """Words that a platform forbids, and a reward that costs more than the budget."""
    page = {**content["page"], "body": {"zh": "转发朋友圈领券，人人有份", "en": "Share to Moments to get a coupon"}}
    return {**content, "channel": "wechat", "page": page, "budget": {**content["budget"], "total": 1000}}


def _ask(store: Store, head: Campaign, at: datetime) -> None:
    draft = campaigns.load(store, head.id)
    total = draft.content["budget"]["total"]
    content = {**draft.content, "name": {"zh": "好久不见，请你喝一杯", "en": "Long time no see: have one on us"}}
    content["budget"] = {**content["budget"], "total": total + 50_000}
    draft = campaigns.save(store, draft, content, LEI, at)
    definition = campaigns.checked(draft, discover())[0]
    assert definition is not None
    assert wanted(workspace.load(store)[0], definition)
    approvals.ask(store, draft, discover(), EDITOR, at, "周末客流少，想把预算提 500 元，名字也亲切一点")
