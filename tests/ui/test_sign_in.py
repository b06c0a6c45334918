"""The door: who has to sign in, whom it lets in, and what a sign-in that is over leaves in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.core.workspace import Person, Workspace
from functions.storage import campaigns, workspace
from functions.storage.memory import MemoryStore
from tests.ui.conftest import GUARDED, NOW, OWNER, SETTINGS, Open, begun, go_to, healthy, keyed, press, words
from ui.entrance import place

MING = {"is_logged_in": True, "email": "ming@example.com", "email_verified": True, "iat": NOW.timestamp()}


def test_on_a_developers_machine_nobody_signs_in_and_the_screens_say_so_in_red(open_app: Open) -> None:
    app = open_app()

    red = [one.value for one in app.sidebar.markdown if one.value.startswith(":red[")]
    assert len(red) == 1
    assert "无需登录" in red[0]


def test_on_a_developers_machine_another_person_can_be_tried(open_app: Open, store: MemoryStore) -> None:
    app = open_app()

    app.sidebar.selectbox(key="person_zh").set_value("viewer").run()

    assert healthy(app).session_state["st_person"] == "viewer"
    assert "st_people" not in app.session_state
    assert not [button for button in app.button if button.key == "btn_new"]


@pytest.mark.parametrize("stage", ["prod", "staging", ""])
def test_a_deployed_stage_without_an_issuer_is_shut_and_says_what_to_set(
    open_app: Open, store: MemoryStore, stage: str
) -> None:
    begun(store)

    app = open_app(settings=replace(SETTINGS, stage=stage))

    assert "后台未开放" in words(app)
    assert "POND_OIDC_ISSUER" in app.code[0].value
    assert "早安打卡" not in words(app)


def test_who_has_not_signed_in_sees_the_door_and_nothing_else(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store)

    app = open_app(f"app_pages/compose.py?c={campaign.id}", settings=GUARDED, user={"is_logged_in": False})

    assert app.button(key="btn_sign_in").label == "登录"
    assert "早安打卡" not in words(app)


def test_a_stranger_is_told_whom_to_ask(open_app: Open, store: MemoryStore) -> None:
    begun(store)

    app = open_app(settings=GUARDED, user=MING)

    assert "ming@example.com" in words(app).replace("\\", "")
    assert "早安打卡" not in words(app)


def test_the_list_of_people_lets_in_and_its_role_bounds_what_is_offered(open_app: Open, store: MemoryStore) -> None:
    workspace.save(store, Workspace(people=[Person(email="ming@example.com", name="小明", role="viewer")]), 0)
    begun(store)

    app = open_app("app_pages/campaigns.py", settings=GUARDED, user=MING)

    assert "早安打卡" in words(app)
    assert "小明 · 只读成员" in words(app)


@pytest.mark.parametrize("issued", [(NOW - timedelta(hours=13)).timestamp(), None, "soon"])
def test_a_sign_in_ends_after_a_working_day(open_app: Open, issued: Any) -> None:
    app = open_app(settings=GUARDED, user={**OWNER, "iat": issued})

    assert "登录已过期" in words(app)


def test_a_sign_in_that_ends_while_somebody_types_loses_nothing(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store)
    app = open_app(f"app_pages/compose.py?c={campaign.id}", settings=GUARDED, user=OWNER)
    keyed(app, "text_input", "_name.zh").set_value("写到一半").run()

    app.session_state["now"] = NOW + timedelta(hours=13)
    over = words(healthy(app.run()))
    again = open_app(f"app_pages/compose.py?c={campaign.id}", settings=GUARDED, user=OWNER)

    assert "登录已过期" in over
    assert keyed(again, "text_input", "_name.zh").value == "写到一半"
    assert campaigns.load(store, campaign.id).campaign.changed_by == "owner@example.com"


def test_a_sign_in_that_ends_before_publishing_publishes_nothing_and_after_another_it_goes_live(
    open_app: Open, store: MemoryStore
) -> None:
    campaign, page = begun(store), "app_pages/compose.py"
    app = go_to(open_app(f"{page}?c={campaign.id}", settings=GUARDED, user=OWNER), "check")
    press(app, "btn_publish")
    app.checkbox(key="publish_sure").check().run()

    app.session_state["now"] = NOW + timedelta(hours=13)
    over = words(press(app, "btn_publish_now"))
    not_yet = campaigns.head_of(store, campaign.id).live
    later = {"now": NOW + timedelta(hours=14), "user": {**OWNER, "iat": (NOW + timedelta(hours=14)).timestamp()}}
    again = go_to(open_app(f"{page}?c={campaign.id}", settings=GUARDED, **later), "check")
    press(again, "btn_publish")
    again.checkbox(key="publish_sure").check().run()
    press(again, "btn_publish_now")

    assert "登录已过期" in over
    assert (not_yet, campaigns.head_of(store, campaign.id).live) == (0, 1)


@pytest.mark.parametrize(
    ("wanted", "going"),
    [
        ("/compose?c=camp_1&lang=en", ("compose", {"c": "camp_1", "lang": "en"})),
        ("/", ("", {})),
        ("//evil.example/compose", None),
        ("https://evil.example/compose", None),
        ("/compose/../../x", None),
        ("javascript:alert(1)", None),
        ("/compose?c=1&next=//evil", ("compose", {"c": "1"})),
    ],
)
def test_one_comes_back_to_a_page_of_ours_only(wanted: str, going: Any) -> None:
    assert place(wanted) == going
