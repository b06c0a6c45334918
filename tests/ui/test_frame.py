"""What is around every page: navigation, who may see what, the badges, the way between a campaign's pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.core.workspace import Editor
from tests.ui.conftest import GUARDED, OWNER, Open
from ui.navigation import SCREENS, allowed, built, find


def test_every_screen_has_an_address_of_its_own_in_plain_letters() -> None:
    names = [screen.name for screen in SCREENS]

    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.isalpha() for name in names)
    assert built()[0] == find("home")


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("viewer", {"compose", "approvals", "audit", "reviews", "members", "staff", "settings", "deploy"}),
        ("editor", {"approvals", "audit", "members", "staff", "settings", "deploy"}),
        ("approver", {"staff", "settings", "deploy"}),
        ("admin", set()),
    ],
)
def test_a_role_sees_only_its_own_screens(role: str, refused: set[str]) -> None:
    who = Editor("Li", role)  # type: ignore[arg-type]

    assert {screen.name for screen in SCREENS if not allowed(screen, who)} == refused


@pytest.mark.parametrize(("stage", "badge"), [("prod", "正式"), ("local", "测试"), ("trial", "测试")])
def test_the_foot_says_whether_this_is_the_real_shop(open_app: Open, stage: str, badge: str) -> None:
    app = open_app(settings=replace(GUARDED, stage=stage), user=OWNER)

    assert badge in "".join(str(one.value) for one in app.sidebar.markdown)
