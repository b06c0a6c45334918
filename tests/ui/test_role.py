"""Everything the screens do, done under the composer's own role (infra/ui.yaml), on a real table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from functions.edge.bucket import Bucket
from functions.storage import campaigns, invitations
from functions.storage.dynamodb import DynamoStore
from tests.conftest import FreshTable
from tests.edge.world import Clock, World
from tests.infra.role import BUCKET, TENANT, ConfinedBucket, ConfinedTable
from tests.storage.serving import Server
from tests.ui.conftest import LIST, NOW, SETTINGS, Open, go_to, keyed, press, words
from tests.ui.test_reviews import LATER, PNG, UPLOAD, AtOnce, button, hand_in, record
from tests.ui.wire import Wire
from ui.settings import Settings


@pytest.fixture
def table(dynoxide_table: FreshTable) -> ConfinedTable:
    """The table as the composer's role lets it be reached."""
    return ConfinedTable(Server(dynoxide_table.endpoint).client)


@pytest.fixture
def store(dynoxide_table: FreshTable, table: ConfinedTable) -> DynamoStore:
    """The screens' store."""
    return DynamoStore(table, dynoxide_table.name, TENANT)


@pytest.fixture
def world(dynoxide_table: FreshTable, table: ConfinedTable) -> World:
    """The deployed functions, whose roles are their own."""
    return World(store=DynamoStore(table.client, dynoxide_table.name, TENANT), clock=Clock(LATER))


def test_a_campaign_is_composed_published_reviewed_counted_paused_and_copied(
    open_app: Open, world: World, store: DynamoStore, table: ConfinedTable
) -> None:
    bucket = Bucket(BUCKET, TENANT, lambda: ConfinedBucket(world.s3))
    session = {
        "settings": Settings(**{**SETTINGS.__dict__, "bucket": BUCKET}),
        "bucket": bucket,
        "transport": Wire(world),
        "keyring": world.service.keys.ring(NOW),
        "timer": AtOnce,
    }

    app = press(press(open_app(**session), "btn_all_templates"), "btn_template_fitness-picture")
    keyed(app, "text_input", "_name.zh").set_value("跑步").run()
    press(go_to(app, "check"), "btn_publish")
    app.checkbox(key="publish_sure").check().run()
    press(app, "btn_publish_now")
    (campaign,) = campaigns.campaigns(world.store)
    member = hand_in(world.store, campaign, 1)
    world.s3.objects[bucket.proof_key(campaign.id, member, UPLOAD)] = PNG
    app = open_app(f"app_pages/reviews.py?c={campaign.id}", **session, now=LATER)
    shown = words(app)
    press(app, button(app, "ok"))
    app = open_app(f"app_pages/results.py?c={campaign.id}", **session)
    app = open_app("app_pages/staff.py", **session)
    app.text_input(key="invite_shop").set_value("dongmen").run()
    app.text_input(key="invite_name").set_value("小李").run()
    press(app, "btn_invite")
    press(app, next(one.key for one in app.button if one.key.startswith("btn_revoke_")))
    press(app, "btn_revoke_now")
    app = open_app(LIST, **session)
    app.get_by_key(f"btn_more_{campaign.id}").set_value("pause").run()
    press(app, "btn_turn")
    app = open_app(LIST, **session, now=NOW + timedelta(minutes=1))
    app.get_by_key(f"btn_more_{campaign.id}").set_value("copy").run()
    for name in ("livecodes", "items", "members"):
        open_app(f"app_pages/{name}.py", **session)

    assert "图片已经不在了" not in shown
    assert "checkin.recorded" in str(record(world.store, campaign, member)["facts"])
    assert sorted(one.state for one in campaigns.campaigns(world.store)) == ["linted", "paused"]
    assert sorted(one.shop for one in invitations.invitations(world.store)) == ["dongmen", "review desk"]
    assert {key for action, key in table.used if action not in READS} <= written(campaign.id, world)


READS = {"GetItem", "BatchGetItem", "Query"}


def written(campaign: str, world: World) -> set[str]:
    """The partitions that these screens have any business writing to."""
    known = [one.id for one in campaigns.campaigns(world.store)]
    pools = {f"T#{TENANT}#C#{campaign}#P#{item}#0" for item in campaigns.versions(world.store, campaign)[0].pools}
    told = {f"T#{TENANT}#A#{subject}" for subject in ("all", campaign)}
    return {f"T#{TENANT}#CAMPAIGNS", f"T#{TENANT}#STAFF"} | told | {f"T#{TENANT}#C#{one}" for one in known} | pools
