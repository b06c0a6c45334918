"""Journey 5 without a browser: asking, sending back, asking again, agreeing; and what everybody sees of it."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.campaign import Campaign
from functions.core.workspace import Approval, Workspace
from functions.storage import audit, campaigns, workspace
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, begun, go_to, healthy, keyed, press, published, words


@pytest.fixture
def policy(store: MemoryStore) -> None:
    """Somebody else has to agree."""
    workspace.save(store, Workspace(approval=Approval(needed=True)), 0)


def as_(role: str) -> dict[str, Any]:
    return {"st_person": role}


def compose(open_app: Open, campaign: Campaign, role: str = "editor") -> Any:
    return go_to(open_app(f"app_pages/compose.py?c={campaign.id}", **as_(role)), "check")


def ask(open_app: Open, campaign: Campaign, role: str = "editor", note: str = "") -> Any:
    app = press(compose(open_app, campaign, role), "btn_publish")
    app.text_area(key="ask_note").set_value(note).run()
    return press(app, "btn_ask_now")


def approvals(open_app: Open, role: str = "approver") -> Any:
    return open_app("app_pages/approvals.py", **as_(role))


def answer(app: Any, campaign: Campaign, what: str, note: str = "") -> Any:
    next(one for one in app.text_area if one.key.startswith("note_")).set_value(note)
    return press(app, key_of(app, what))


def key_of(app: Any, what: str) -> str:
    """The button of the only request that is on the page."""
    return next(str(one.key) for one in app.button if str(one.key).startswith(f"btn_{what}_camp"))


def test_journey_5_from_asking_to_live(open_app: Open, store: MemoryStore, policy: None) -> None:
    campaign = published_before_the_policy(store)
    change(store, campaign, 500_000)
    asked = words(ask(open_app, campaign, note="周末加预算"))
    seen = approvals(open_app)
    told = words(seen)
    back = words(answer(seen, campaign, "return", "预算太高，改到 3000"))
    hint = words(compose(open_app, campaign))
    change(store, campaign, 300_000)
    ask(open_app, campaign)
    app = approvals(open_app)
    again = words(app)
    live = words(press(app, key_of(app, "agree")))
    history = words(open_app(f"app_pages/versions.py?c={campaign.id}"))

    assert "Ming 于" in asked
    assert "周末加预算" in told
    assert [line for line in told.replace("\\", "").splitlines() if "修改** &nbsp;" in line] == [
        ":blue[:material/change_circle:] **修改** &nbsp; 预算：¥1,000.00 → ¥5,000.00"
    ]
    assert "已退回" in back
    assert "Ada 要求修改：预算太高，改到 3000" in hint
    assert "¥3,000.00" in again.replace("\\", "")
    assert "活动已上线：第 2 版" in live
    assert campaigns.head_of(store, campaign.id).live == 2
    assert "Ada 于" in history
    assert "Ada 审批" in history
    assert campaigns.versions(store, campaign.id)[0].content_hash[:10] in history
    assert [one.what for one in audit.entries(store, campaign.id)][:6] == [
        "publish", "agree", "ask", "return", "ask", "publish",
    ]  # fmt: skip


def published_before_the_policy(store: MemoryStore) -> Campaign:
    settings, revision = workspace.load(store)
    workspace.save(store, Workspace(), revision)
    campaign = published(store, begun(store))
    workspace.save(store, settings, revision + 1)
    return campaign


def change(store: MemoryStore, campaign: Campaign, budget: int) -> None:
    draft = campaigns.load(store, campaign.id)
    content = {**draft.content, "budget": {**draft.content["budget"], "total": budget}}
    campaigns.save(store, draft, content, "Ming", NOW)


def test_who_asked_cannot_agree_and_is_told_why(open_app: Open, store: MemoryStore, policy: None) -> None:
    campaign = begun(store)
    ask(open_app, campaign, "approver")

    app = approvals(open_app)

    assert app.button(key=key_of(app, "agree")).disabled
    assert "这是你自己提交的" in words(app)


def test_home_names_who_asked_and_asks_nobody_twice(open_app: Open, store: MemoryStore) -> None:
    workspace.save(store, Workspace(approval=Approval(needed=True, count=2)), 0)
    ask(open_app, begun(store))
    app = approvals(open_app)

    press(app, key_of(app, "agree"))

    assert "等待审批，由 Ming 提交" in words(open_app(**as_("admin")))
    assert "等待审批" not in words(open_app(**as_("approver")))


def test_sending_back_needs_a_word(open_app: Open, store: MemoryStore, policy: None) -> None:
    campaign = begun(store)
    ask(open_app, campaign)

    app = approvals(open_app)
    said = words(press(app, key_of(app, "return")))

    assert "[comment_needed]" in said.replace("\\", "")
    assert campaigns.head_of(store, campaign.id).waiting


def test_an_answer_is_for_the_request_that_was_on_the_page(open_app: Open, store: MemoryStore, policy: None) -> None:
    campaign = begun(store)
    ask(open_app, campaign)
    agrees, returns = approvals(open_app), approvals(open_app)
    change(store, campaign, 500_000)
    ask(open_app, campaign)

    late = words(press(agrees, key_of(agrees, "agree")))
    commented = words(answer(returns, campaign, "return", "预算太高"))
    change(store, campaign, 400_000)
    void = words(answer(agrees, campaign, "return", "还是太高"))

    assert "这个申请已经不在等审批了" in late
    assert "¥5,000.00" in late.replace("\\", "")
    assert "这个申请已经不在等审批了" in commented
    assert "你的意见没有发出：预算太高" in commented
    assert "没有待审批的活动" in void
    assert "这个申请已经不在等审批了" in void
    assert [one.what for one in audit.entries(store, campaign.id)] == ["ask", "ask"]


def test_an_agreement_that_stands_is_told_with_why_it_did_not_go_live(
    open_app: Open, store: MemoryStore, policy: None
) -> None:
    campaign = begun(store)
    ask(open_app, campaign)
    app = approvals(open_app)
    workspace.save(store, Workspace(approval=Approval(needed=True, count=2)), 1)

    said = words(answer(app, campaign, "agree", "预算没问题"))

    assert audit.entries(store, campaign.id)[0].note == "预算没问题"
    assert "已同意。" in said
    assert "[approval_needed]" in said.replace("\\", "")
    assert "没有发出" not in said


def test_an_edit_takes_the_request_back(open_app: Open, store: MemoryStore, policy: None) -> None:
    campaign = begun(store)
    app = ask(open_app, campaign)
    go_to(app, "basics")
    keyed(app, "number_input", "_config.days").set_value(6).run()

    assert "没有待审批的活动" in words(approvals(open_app))
    assert go_to(app, "check").button(key="btn_publish").label == "提交审批"


def test_a_request_can_be_taken_back_by_hand(open_app: Open, store: MemoryStore, policy: None) -> None:
    campaign = begun(store)
    app = ask(open_app, campaign)

    press(app, "btn_withdraw")

    assert not campaigns.head_of(store, campaign.id).waiting
    assert app.button(key="btn_publish").label == "提交审批"


def test_an_editor_finds_no_approvals_page(open_app: Open, store: MemoryStore, policy: None) -> None:
    app = approvals(open_app, "editor")

    assert "这个页面没有对你开放" in words(app) or not app.title[0].value.startswith("审批")


def test_a_version_becomes_the_draft_again(open_app: Open, store: MemoryStore) -> None:
    campaign = published(store, begun(store))
    change(store, campaign, 500_000)
    campaigns.publish(store, campaigns.load(store, campaign.id), _catalogue(), "Li", NOW)
    app = open_app(f"app_pages/versions.py?c={campaign.id}")
    compared = words(app).replace("\\", "")

    press(app, "btn_take_1")
    healthy(app.button(key="btn_take_now").click().run())

    assert "预算：¥1,000.00 → ¥5,000.00" in compared
    assert campaigns.load(store, campaign.id).content["budget"]["total"] == 100_000
    assert campaigns.head_of(store, campaign.id).live == 2


def _catalogue() -> Any:
    from functions.core.discovery import discover

    return discover()


def test_the_audit_list_says_who_did_what(open_app: Open, store: MemoryStore) -> None:
    campaign = published(store, begun(store))
    campaigns.turn(store, campaign, "paused", "王小明", NOW)

    said = words(open_app("app_pages/audit.py"))

    assert "**王小明** 暂停了“早安打卡 7 天”" in said
    assert "**Li** 上线了“早安打卡 7 天”v1" in said
