"""The pages about people where the store is away, and for who may not see them."""

from __future__ import annotations

from typing import Any

import pytest

from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
from tests.ui.conftest import Open, words


class Away(MemoryStore):
    """A store that gives no answer."""

    def read(self, *_keys: Any) -> Any:
        raise Unknown

    def query(self, *_kind: Any, **_more: Any) -> Any:
        raise Unknown


@pytest.mark.parametrize(("language", "said"), [("zh", "重试"), ("en", "Try again")])
@pytest.mark.parametrize("page", ["reviews", "staff", "settings"])
def test_while_the_store_is_away_the_page_says_so_and_offers_to_try_again(
    open_app: Open, page: str, language: str, said: str
) -> None:
    app = open_app(f"app_pages/{page}.py", language, store=Away())

    assert [button.label for button in app.button if button.key == "btn_again"] == [said]


@pytest.mark.parametrize(
    ("page", "role", "own"),
    [
        ("reviews", "viewer", "待审核"),
        ("members", "editor", "查找方式"),
        ("staff", "approver", "邀请码"),
        ("settings", "approver", "品牌"),
    ],
)
def test_a_role_that_is_not_for_a_page_is_told_so_at_its_address(
    open_app: Open, page: str, role: str, own: str
) -> None:
    app = open_app(f"app_pages/{page}.py", st_person=role)

    assert own not in words(app)
    assert "你的角色" in words(app)
