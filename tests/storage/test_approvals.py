"""Agreement before a version goes live: bound to the content, held by the storage, whatever a screen offers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.core.workspace import Approval, Editor, Workspace
from functions.storage import approvals, audit, campaigns, workspace
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from tests.storage.stage import CAMPAIGN, OPENS, content

MING, ADA, BO = Editor("Ming", "editor", "m@x"), Editor("Ada", "approver", "a@x"), Editor("Bo", "admin", "b@x")
LATER = OPENS + timedelta(hours=1)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    campaigns.begin(store, CAMPAIGN, content(5), "Ming", OPENS)
    return store


def rules(store: MemoryStore, **policy: Any) -> None:
    before, revision = workspace.load(store)
    workspace.save(store, before.model_copy(update={"approval": Approval(needed=True, **policy)}), revision)


def ask(store: MemoryStore, who: Editor = MING) -> Campaign:
    return approvals.ask(store, campaigns.load(store, CAMPAIGN), discover(), who, OPENS, "for the weekend")


def answer(store: MemoryStore, who: Editor, what: Any = "agree", note: str = "") -> Campaign:
    head, request = approvals.standing(store, CAMPAIGN)
    fingerprint = request.content_hash if request else "nothing"
    return approvals.answer(store, head, fingerprint, what, who, LATER, note)


def edit(store: MemoryStore, stock: int = 4) -> None:
    campaigns.save(store, campaigns.load(store, CAMPAIGN), content(stock), "Ming", LATER)


def publish(store: MemoryStore) -> Campaign:
    return campaigns.publish(store, campaigns.load(store, CAMPAIGN), discover(), "Ming", LATER)


def refused(act: Any, *given: Any) -> str:
    with pytest.raises(Refused) as told:
        act(*given)
    assert told.value.message.complete
    return told.value.code


def test_without_a_policy_nobody_is_asked(store: MemoryStore) -> None:
    assert refused(ask, store) == "approval_not_needed"
    assert publish(store).state == "published"


def test_what_nobody_agreed_to_does_not_go_live(store: MemoryStore) -> None:
    rules(store)

    before = refused(publish, store)
    waiting = ask(store)
    while_waiting = refused(publish, store)

    assert (before, while_waiting) == ("approval_needed", "approval_needed")
    assert (waiting.state, waiting.waiting) == ("linted", True)
    assert campaigns.versions(store, CAMPAIGN) == []


def test_what_somebody_agreed_to_goes_live_with_both_names(store: MemoryStore) -> None:
    rules(store)
    ask(store)

    agreed = answer(store, ADA)
    live = publish(store)

    assert (agreed.state, agreed.waiting) == ("approved", False)
    assert (live.state, live.request, live.live) == ("published", "", 1)
    version = campaigns.versions(store, CAMPAIGN)[0]
    assert (version.published_by, version.approved_by) == ("Ming", ["Ada"])
    told = [(entry.what, entry.by) for entry in audit.entries(store, CAMPAIGN)]
    assert told == [("publish", "Ming"), ("agree", "Ada"), ("ask", "Ming")]


@pytest.mark.parametrize("when", ["before the answer", "after the answer"])
def test_any_edit_voids_the_request(store: MemoryStore, when: str) -> None:
    rules(store)
    ask(store)
    if when == "after the answer":
        answer(store, ADA)

    edit(store)

    assert refused(publish, store) == "approval_needed"
    assert refused(answer, store, BO) == "not_waiting"
    head = campaigns.head_of(store, CAMPAIGN)
    assert (head.state, head.request, head.waiting) == ("draft", "", False)


def asked_anew(store: MemoryStore) -> Campaign:
    """The campaign as somebody saw it, before an edit took the place of what they saw and was asked about again."""
    rules(store)
    ask(store)
    seen = campaigns.head_of(store, CAMPAIGN)
    edit(store)
    ask(store)
    return seen


def test_an_answer_is_for_the_content_that_was_looked_at(store: MemoryStore) -> None:
    looked_at = asked_anew(store)

    def late() -> None:
        approvals.answer(store, looked_at, "the old content", "agree", ADA, LATER)

    assert refused(late) == "not_waiting"


def test_nobody_agrees_to_his_own_unless_the_policy_says_so(store: MemoryStore) -> None:
    rules(store)
    ask(store, ADA)

    own = refused(answer, store, ADA)
    rules(store, own=True)
    answer(store, ADA)

    assert own == "own_request"
    assert publish(store).live == 1


def test_a_name_is_no_disguise(store: MemoryStore) -> None:
    rules(store)
    ask(store, ADA)

    assert refused(answer, store, Editor("Somebody else", "approver", "a@x")) == "own_request"


def test_several_have_to_agree_and_each_counts_once(store: MemoryStore) -> None:
    rules(store, count=2)
    ask(store)

    first = answer(store, ADA)
    twice = refused(answer, store, ADA)
    early = refused(publish, store)
    answer(store, BO)

    assert (first.waiting, twice, early) == (True, "agreed_already", "approval_needed")
    assert publish(store).live == 1


def test_a_stricter_policy_counts_at_once(store: MemoryStore) -> None:
    rules(store)
    ask(store)
    answer(store, ADA)

    rules(store, count=2)

    assert refused(publish, store) == "approval_needed"


@pytest.mark.parametrize("what", ["return", "decline"])
def test_turning_it_down_needs_a_reason_and_closes_the_request(store: MemoryStore, what: str) -> None:
    rules(store)
    ask(store)

    silent = refused(answer, store, ADA, what, "  ")
    head = answer(store, ADA, what, "the cap is too high")

    assert silent == "comment_needed"
    assert (head.state, head.waiting, head.request) == ("draft", False, "")
    assert refused(publish, store) == "approval_needed"
    assert approvals.requests(store, CAMPAIGN)[0].verdicts[0].note == "the cap is too high"


def test_only_above_the_limit_somebody_has_to_agree(store: MemoryStore) -> None:
    definition = campaigns.ready(campaigns.load(store, CAMPAIGN), discover())[0]
    spends = max(definition.worst_cost, definition.budget.total)

    rules(store, above=spends - 1)
    over = refused(publish, store)
    rules(store, above=spends)

    assert over == "approval_needed"
    assert publish(store).live == 1


def test_an_amount_in_another_currency_counts_as_above(store: MemoryStore) -> None:
    settings = Workspace(currency="USD", approval=Approval(needed=True, above=10**9))

    workspace.save(store, settings, 0)

    assert refused(publish, store) == "approval_needed"


def test_a_running_campaign_keeps_serving_while_its_next_version_waits(store: MemoryStore) -> None:
    publish(store)
    rules(store)
    edit(store)

    waiting = ask(store)
    returned = answer(store, ADA, "return", "why?")
    ask(store)
    answer(store, ADA)

    assert (waiting.state, waiting.waiting, waiting.live) == ("published", True, 1)
    assert returned.state == "published"
    assert publish(store).live == 2


def test_a_paused_campaign_stays_paused_with_its_new_version(store: MemoryStore) -> None:
    campaigns.turn(store, publish(store), "paused", "Ming", LATER)
    edit(store)

    head = publish(store)
    again = publish(store)

    assert (head.state, head.live) == ("paused", 2)
    assert again == head


def test_a_request_can_be_taken_back(store: MemoryStore) -> None:
    rules(store)
    ask(store)

    head = approvals.withdraw(store, campaigns.head_of(store, CAMPAIGN), MING, LATER)

    assert (head.state, head.waiting) == ("draft", False)
    assert refused(answer, store, ADA) == "not_waiting"


def test_taking_back_is_for_the_request_that_was_seen(store: MemoryStore) -> None:
    seen = asked_anew(store)

    assert refused(approvals.withdraw, store, seen, MING, LATER) == "not_waiting"
    assert campaigns.head_of(store, CAMPAIGN).waiting


def test_roles_hold_in_the_storage_itself(store: MemoryStore) -> None:
    rules(store)

    viewer = refused(ask, store, Editor("V", "viewer"))
    ask(store)

    assert viewer == "not_allowed"
    assert refused(answer, store, Editor("E", "editor", "e@x")) == "not_allowed"
