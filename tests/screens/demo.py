"""A demo shop worth looking at: campaigns in every state, people, money spent, proofs that wait."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from functions.codes import batches
from functions.codes.batch import Batch, Plan
from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Absent, Change
from functions.core.discovery import discover
from functions.core.ids import derived_id
from functions.core.keys import Row
from functions.core.templates import starting
from functions.insights import suspects
from functions.insights.numbers import row_name
from functions.insights.reading import Written
from functions.storage import campaigns
from functions.storage.store import Store
from tests.screens.counted import DAYS, fill_counters
from ui.templates import templates

ZONE = ZoneInfo("Asia/Shanghai")
DOORS = ("东门店", "收银台", "包裹卡片")
NAMES = {
    "seven-mornings": ("早起打卡", "Early mornings"),
    "fitness-picture": ("年末运动营", "Year-end sport"),
    "shop-visit": ("东门店集章", "East Gate stamp card"),
    "new-member-welcome": ("企微新客礼", "Welcome, new friends"),
    "reading-21-days": ("冬日读书会", "Winter reading club"),
    "win-back": ("好久不见", "Good to see you again"),
    "study-camp": ("拿铁拉花学习营", "Latte art camp"),
    "members-day": ("周三会员日", "Members' Wednesday"),
}
STATES = {"reading-21-days": "paused", "win-back": "ended"}
HANDED_IN = "fitness-picture"
JOINED_LATE = "seven-mornings"  # on its tenth day somebody still has seven to go
TWICE = "shop-visit"  # went live twice
BATCH = derived_id("batch", "screens")
DRAFTS = ("study-camp", "members-day")
LEI, MEIMEI = "李雷", "韩梅梅"
TYPED = (*DOORS, LEI, MEIMEI)  # by people, in one language


def fill(store: Store, now: datetime) -> dict[str, Campaign]:
    """Begin, publish and count. Returns the campaigns by the template they came from."""
    made = {}
    for number, (template, (zh, en)) in enumerate(NAMES.items()):
        begins = now - timedelta(DAYS if template not in DRAFTS else 5)
        content: dict[str, Any] = {**starting(templates()[template], begins), "name": {"zh": zh, "en": en}}
        if template == JOINED_LATE:
            lasts = datetime.fromisoformat(content["schedule"]["ends_at"]) + timedelta(7)
            content["schedule"] = {**content["schedule"], "ends_at": lasts.isoformat()}
        if template == HANDED_IN:
            content["config"] = {**content["config"], "rest": {}}  # so that proofs can be handed in on any day
        made[template] = _life(store, template, content, begins, now)
        if made[template].live:
            fill_counters(store, made[template], DOORS, now, 40 - 4 * number)
    _codes(store, now)
    return made


def _codes(store: Store, now: datetime) -> None:
    """A batch of tea, half of it on sale, scanned in four towns."""
    told = {"gtin": "09520123456788", "lot": "L7", "size": 10_000, "stem": "https://shop.example"}
    named = {"zh": "明前龙井 50 克", "en": "Spring tea, 50 g"}
    batch = batches.issue(store, Plan.model_validate(told | {"name": named}), BATCH, "k1", LEI, now - timedelta(DAYS))
    steps = (("activate", Batch.activated, [(0, 4_999)]), ("block", Batch.barred, [(119, 129)]))
    for what, change, some in steps:
        numbers = " · ".join(f"{first + 1:,}–{last + 1:,}" for first, last in some)
        change_to = partial(lambda one, way, wanted: way(one, wanted), way=change, wanted=some)
        batch = batches.alter_batch(store, batch, change_to, what, MEIMEI, now - timedelta(DAYS - 1), numbers)
    for back in range(6, -1, -1):
        counts = {"item.first": 64 - back * 7, "item.again": 9 - back, "item.refused.not_activated": 2 - back % 2}
        counts |= {"region.31,121": 24 - back, "region.30,120": 13, "region.40,116": 8 - back, "region.23,113": 5}
        counts |= {"item.abnormal.far_apart": 2, "item.abnormal.repeats_10": 2} if back == 1 else {}
        row = {"version": 1, "counts": counts, "marks": [], "at": int(now.timestamp())}
        name = row_name((now - timedelta(back)).astimezone(ZONE).date(), 0)
        store.write([Change(keys.counter(BATCH, name), (Absent(),), put=row)])
    _rang(store, now)


def _rang(store: Store, now: datetime) -> None:
    """Two items that may be copied: one scanned in two towns on a day, one by a crowd."""
    shanghai, beijing = [312, 1215], [399, 1164]
    told = ((1_233, ["far_apart"], 5, 3), (87, ["repeats_10"], 14, 11), (402, ["far_apart", "repeats_10"], 23, 19))
    for back, (number, alarms, count, others) in enumerate(told):
        at = int((now - timedelta(days=back, hours=2)).timestamp())
        first = {"at": at - 80_000, "by": "a", "place": shanghai}
        before: Row = {"at": at - 80_000, "alarms": [], "first": first, "last": first, "version": 1}
        before |= {"events": [], "facts": []}
        row = before | {"at": at, "alarms": alarms, "count": count, "others": others}
        row |= {"last": {"at": at, "by": "b", "place": beijing}, "version": 2}
        key = keys.item(BATCH, number)
        for put in (before, row):
            store.write([Change(key, put=put)])
        suspects.note(store, Written("1", key, before, row, now), lambda _: True)


def _life(store: Store, template: str, content: dict[str, Any], at: datetime, now: datetime) -> Campaign:
    head = campaigns.begin(store, derived_id("camp", "screens", template), content, LEI, at)
    if template in DRAFTS:
        return head
    head = campaigns.publish(store, campaigns.load(store, head.id), discover(), LEI, at)
    if template == TWICE:
        draft = campaigns.load(store, head.id)
        changed = {
            **content,
            "page": {**content["page"], "subtitle": {"zh": "来满五次，送一杯", "en": "Five visits, one on us"}},
        }
        draft = campaigns.save(store, draft, changed, MEIMEI, at + timedelta(days=2))
        head = campaigns.publish(store, draft, discover(), MEIMEI, at + timedelta(days=2))
    state = STATES.get(template)
    return campaigns.turn(store, head, state, MEIMEI, now) if state else head  # type: ignore[arg-type]


def store_of(environment: Mapping[str, str], tenant: str) -> Store:
    """The local cloud's table, for one tenant."""
    from functions.storage.client import dynamodb_client
    from functions.storage.dynamodb import DynamoStore

    os.environ.update({name: value for name, value in environment.items() if name.startswith("AWS_")})
    client = dynamodb_client(environment["AWS_DEFAULT_REGION"], environment["AWS_ENDPOINT_URL_DYNAMODB"])
    return DynamoStore(client, environment["POND_TABLE"], tenant)
