"""What was typed and is not kept yet outlasts a table that is away, though its page cannot be drawn meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from functions.core.discovery import discover
from functions.core.workspace import Approval, Editor, Workspace
from functions.storage import approvals, campaigns, workspace
from functions.storage.memory import MemoryStore
from tests.codes import batches
from tests.ui.conftest import NOW, Open, away, begun, go_to, healthy, press, published, words
from tests.ui.test_payouts import earns
from tests.ui.test_staff import RING

TYPED = "东门店，门口"


def live_codes(_store: MemoryStore) -> str:
    return "livecodes.py"


def staff(_store: MemoryStore) -> str:
    return "staff.py"


def channels(store: MemoryStore) -> str:
    return f"qr.py?c={published(store, begun(store)).id}"


def items(store: MemoryStore) -> str:
    return f"items.py?b={batches.ordered(store, active=False).id}&part=activate"


def approval(store: MemoryStore) -> str:
    workspace.save(store, Workspace(approval=Approval(needed=True)), 0)
    draft = campaigns.load(store, begun(store).id)
    approvals.ask(store, draft, discover(), Editor("Ming", "editor"), NOW, "")
    return "approvals.py"


def payout(store: MemoryStore) -> str:
    campaign = published(store, begun(store, template="promoters"))
    earns(store, campaign.id, "ada", "A-1", 800)
    return f"payouts.py?c={campaign.id}"


def test_a_publish_press_that_finds_the_table_away_says_so_and_goes_on_afterwards(
    open_app: Open, store: MemoryStore
) -> None:
    app = go_to(open_app(f"app_pages/compose.py?c={begun(store).id}"), "check")

    with away(store):
        said = words(press(app, "btn_publish"))
    after = words(press(app, "btn_publish_again"))

    assert "暂时连不上数据库" in said
    assert "都解决后就能上线" not in said
    assert "确认上线" in after


@pytest.mark.parametrize(
    ("page", "before", "kind", "field", "sends"),
    [
        (live_codes, "", "text_input", "live_name_", "btn_live_new"),
        (staff, "", "text_input", "invite_shop", "btn_invite"),
        (channels, "", "text_area", "channels_", "btn_channels_add"),
        (items, "", "text_input", "ranges_", "btn_ranges_activate"),
        (approval, "", "text_area", "note_", "btn_return_"),
        (payout, "btn_payout_make", "text_input", "payout_note_", "btn_payout_decline_"),
    ],
)
def test_what_was_typed_outlasts_a_table_that_is_away(
    open_app: Open,
    store: MemoryStore,
    page: Callable[[MemoryStore], str],
    before: str,
    kind: str,
    field: str,
    sends: str,
) -> None:
    app = open_app(f"app_pages/{page(store)}", keyring=RING)
    if before:
        healthy(app.button(key=before).click().run())

    def typed() -> Any:
        return next(one for one in getattr(app, kind) if str(one.key).startswith(field))

    button = next(one for one in app.button if str(one.key).startswith(sends))

    typed().set_value(TYPED)
    with away(store):
        healthy(button.click().run())
        assert "暂时连不上" in words(app)
    healthy(app.run())

    assert typed().value == TYPED
