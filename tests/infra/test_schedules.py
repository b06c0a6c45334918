"""A schedule for a group's end, made by the deployed functions. The local cloud's IAM knows no schedule groups, so the
role is read (test_template.py), not tried.
"""

import json
import time
from datetime import UTC, datetime

import httpx
import pytest

from functions.core.discovery import discover
from infra import template
from infra.clients import local
from infra.definition_files import read
from infra.definition_shelf import open_store, publish
from tests.cloud import LocalCloud

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


def test_a_groups_end_is_scheduled_from_the_stream_and_the_sweeper_answers_it(local_cloud: LocalCloud) -> None:
    store = open_store({"POND_TABLE": local_cloud.table, "AWS_ENDPOINT_URL_DYNAMODB": local_cloud.table_endpoint})
    content = read(template.ROOT / "functions" / "group_buy" / "templates" / "three-together.yaml")
    content["schedule"] |= {"starts_at": "2020-01-01T00:00:00+08:00", "ends_at": "2099-01-01T00:00:00+08:00"}
    campaign = publish(store, content, [], discover(), "tester", datetime.now(UTC)).id
    scheduler = local("scheduler", local_cloud.endpoint)

    with httpx.Client(base_url=local_cloud.api, timeout=60) as http:
        token = http.post("/api/session", json={"provider": "guest"}).json()["token"]
        body, sent = {"event_id": "event-00000001", "consent": True}, {"authorization": f"Bearer {token}"}
        opened = http.post(f"/api/campaigns/{campaign}/events/open", json=body, headers=sent)
    deadline = time.monotonic() + 60
    while not (found := scheduler.list_schedules(NamePrefix=campaign)["Schedules"]) and time.monotonic() < deadline:
        time.sleep(0.3)
    asked = scheduler.get_schedule(GroupName=found[0]["GroupName"], Name=found[0]["Name"])["Target"]
    answer = local("lambda", local_cloud.endpoint).invoke(FunctionName=asked["Arn"], Payload=asked["Input"].encode())

    assert opened.json()["outcome"] == "group_opened"
    assert json.loads(asked["Input"]) == {"campaign": campaign}
    assert json.load(answer["Payload"]) == {"closed": 0}  # its time is not over
