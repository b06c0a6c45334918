"""Signing in for real: Streamlit's own code flow with an issuer, back to where one was going, under one's own name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from functions.core.templates import starting
from functions.core.workspace import Person, Workspace
from functions.edge.clock import clock
from functions.storage import campaigns, workspace
from functions.storage.dynamodb import DynamoStore
from infra.local.cloud import CREDENTIALS, plain_environment
from tests.conftest import FreshTable
from tests.issuer import standing
from tests.screen_server import screens
from tests.storage.serving import Server
from ui.templates import templates

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
PEOPLE = {
    "ming": {"email": "ming@example.com", "email_verified": True, "name": "Somebody"},
    "eve": {"email": "eve@example.com", "email_verified": True, "name": "小明"},
}


def test_one_signs_in_and_goes_on_where_one_was_going(browser: Browser, dynoxide_table: FreshTable) -> None:
    store = DynamoStore(Server(dynoxide_table.endpoint).client, dynoxide_table.name, "demo")
    now = clock({})()
    campaigns.begin(store, "camp_00000000000000000000000001", starting(templates()["seven-mornings"], now), "Li", now)
    workspace.save(store, Workspace(people=[Person(email="Ming@example.com", name="小明", role="editor")]), 0)
    environment = plain_environment() | CREDENTIALS | {
        "POND_TABLE": dynoxide_table.name, "POND_TENANT": "demo", "POND_STAGE": "prod",
        "AWS_ENDPOINT_URL_DYNAMODB": dynoxide_table.endpoint, "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip

    with standing(PEOPLE) as issuer, screens(environment, **issuer.environment()) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{address}/compose?c=camp_00000000000000000000000001&lang=zh")
        door = page.get_by_role("button", name="登录")
        expect(page.get_by_text("早安打卡")).to_have_count(0)
        door.click(delay=80)
        page.get_by_role("link", name="ming").click()
        page.get_by_role("heading", name=re.compile("早安打卡")).wait_for()
        arrived = page.url
        name = page.get_by_label("名称", exact=False).first
        name.fill("周末打卡")
        name.press("Enter")
        page.get_by_role("heading", name="周末打卡").wait_for()
        editor = campaigns.head_of(store, "camp_00000000000000000000000001").changed_by
        seen_of_him = page.get_by_text("小明 · 编辑").count()
        page.get_by_role("button", name="退出登录").click(delay=80)
        page.get_by_role("button", name="登录").click(delay=80)
        page.get_by_role("link", name="eve").click()
        page.get_by_text("eve@example.com").wait_for()
        strangers_view = page.get_by_text("周末打卡").count()
        context.close()

    assert "c=camp_00000000000000000000000001" in arrived
    assert "/compose" in arrived
    assert (editor, seen_of_him, strangers_view) == ("小明", 1, 0)
