"""Through the deployed functions: a verdict, an export and an erasure that began on the screens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from functions.core.discovery import discover
from functions.storage import audit
from infra.definition_files import read
from infra.definition_shelf import open_store, publish
from infra.template import ROOT
from tests.cloud import LocalCloud, ring_of
from tests.ui.conftest import Open, press, words
from tests.ui.test_reviews import AtOnce, button
from ui.settings import Settings

pytestmark = pytest.mark.cloud


def reading() -> dict[str, Any]:
    """A note a day, looked at by a clerk."""
    content = read(ROOT / "examples" / "reading-21-days.yaml")
    content["config"] = {"days": 2, "proof": {"kind": "text"}, "review": {"by": "manual"}}
    content["schedule"] |= {"starts_at": "2020-01-01T00:00:00+08:00", "ends_at": "2099-01-01T00:00:00+08:00"}
    content["rules"] = [{"id": "daily", "when": "checkin.recorded", "then": [{"reward": "points", "amount": 10}]}]
    content["rewards"] = [{"id": "points", "kind": "points", "name": {"zh": "积分", "en": "Points"}}]
    return content


def test_a_verdict_an_export_and_an_erasure_go_through_the_deployed_api(
    local_cloud: LocalCloud, open_app: Open
) -> None:
    store = open_store({"POND_TABLE": local_cloud.table, "AWS_ENDPOINT_URL_DYNAMODB": local_cloud.table_endpoint})
    now = datetime.now(UTC)
    campaign = publish(store, reading(), [], discover(), "王敏", now).id
    session = {
        "store": store,
        "now": now,
        "settings": Settings(table=local_cloud.table, base_url=local_cloud.api),
        "keyring": ring_of(local_cloud, "demo"),
        "timer": AtOnce,
        "transport": httpx.HTTPTransport(),
        "st_editor": "王敏",
    }
    with httpx.Client(base_url=local_cloud.api, timeout=60) as http:
        opened = http.post("/api/session", json={"provider": "guest"}).json()
        me = {"authorization": f"Bearer {opened['token']}"}
        body = {"event_id": "event-0001", "consent": True, "data": {"proof": {"text": "今天读了三十页"}}}
        http.post(f"/api/campaigns/{campaign}/events/checkin", json=body, headers=me).raise_for_status()

        app = open_app(f"app_pages/reviews.py?c={campaign}", **session)
        seen = words(app)
        press(app, button(app, "ok"))
        points = http.get("/api/me/wallet", headers=me).json()["points"]
        own = http.get("/api/me/export", headers=me).json()

        app = open_app("app_pages/members.py", **session)
        app.get_by_key("find_by_zh").set_value("member").run()
        app.text_input(key="find_member").set_value(opened["id"])
        press(app, next(one.key for one in app.button if one.label == "查找"))
        press(app, "btn_export")
        exported = app.session_state["st_exported"]
        press(app, "btn_erase")
        app.get_by_key("erase_why_zh").set_value("asked").run()
        app.text_input(key="erase_typed").set_value(opened["id"][-6:]).run()
        app = press(app, "btn_erase_now")
        left = http.get("/api/me/export", headers=me).json()

    assert "今天读了三十页" in seen
    assert points == 10
    assert own["campaigns"][campaign]["proofs"][next(iter(own["campaigns"][campaign]["proofs"]))]["by_name"] == "王敏"
    assert f'"member": "{opened["id"]}"' in exported
    assert "今天读了三十页" in exported
    assert "已删除" in words(app)
    assert (left["points"], left["consents"], left["campaigns"]) == (None, {}, {})
    mine = [line.what for line in audit.entries(store) if line.about.zh == opened["id"]]
    assert sorted(mine) == ["erase", "export", "reveal"]
