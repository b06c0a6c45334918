"""Asking for agreement and answering: each step is one guarded write with a line in the audit list.

The head names the request that stands for its draft; every edit of the draft takes the name away (campaigns.save).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from functions.core import keys
from functions.core.approval import NOTE_MAX, Answer, Request, Verdict, wanted
from functions.core.campaign import Campaign, State
from functions.core.change import Change, Is
from functions.core.discovery import Catalogue
from functions.core.text import Text
from functions.core.workspace import Editor
from functions.storage import campaigns, workspace
from functions.storage.campaigns import Draft
from functions.storage.refusals import NOT_ALLOWED, Refused
from functions.storage.store import READ_MAX, Store

NOT_NEEDED = Text(zh="这次上线不需要审批，直接上线就行", en="Nobody has to agree to this one: just publish it")
NOT_WAITING = Text(
    zh="这个申请已经不在等审批了，请刷新看看", en="This request is not waiting any more. Please look again"
)
OWN = Text(zh="不能审批自己提交的申请，请另一位同事来看", en="You asked for this yourself: somebody else has to agree")
TWICE = Text(zh="你已经同意过了，还差别人", en="You have agreed already; somebody else has to, too")
SAY_WHY = Text(zh="请写明要改什么、为什么", en="Say what has to change, and why")


def ask(store: Store, draft: Draft, catalogue: Catalogue, who: Editor, at: datetime, note: str = "") -> Campaign:
    """Ask that the draft may go live as it is.

    Raises Refused `invalid`, `blocked`, `state`, `approval_not_needed`, `not_allowed`, `conflict`, `busy`.
    """
    _require(who.may("compose"), "not_allowed", NOT_ALLOWED)
    definition, _findings = campaigns.ready(draft, catalogue, at)
    settings, _ = workspace.load(store)
    count = wanted(settings, definition)
    _require(count > 0, "approval_not_needed", NOT_NEEDED)
    revision = draft.campaign.revision + 1
    request = Request(
        id=f"{revision:08d}",
        campaign=draft.campaign.id,
        content_hash=definition.content_hash,
        by=who.name,
        mark=who.mark,
        at=at,
        note=note.strip()[:NOTE_MAX],
        wanted=count,
    )
    state = draft.campaign.state if draft.campaign.live else "linted"
    head = campaigns.changed(draft.campaign, who.name, at, state=state, request=request.id, waiting=True)
    asked = Change(keys.request(head.id, request.id), put=_row(request))
    same = Change(keys.draft(head.id), (Is("revision", draft.revision),))
    campaigns.step(store, draft.campaign, head, [asked, same], "ask", request.note)
    return head


def answer(
    store: Store, campaign: Campaign, content_hash: str, what: Answer, who: Editor, at: datetime, note: str = ""
) -> Campaign:
    """An approver's answer to what he looked at. Enough of them open the way to `campaigns.publish`.

    Raises Refused `not_allowed`, `not_waiting`, `own_request`, `agreed_already`, `comment_needed`, `conflict`, `busy`.
    """
    _require(who.may("approve"), "not_allowed", NOT_ALLOWED)
    head, request = standing(store, campaign.id)
    _require(request is not None and head.waiting, "not_waiting", NOT_WAITING)
    assert request is not None
    _require(request.content_hash == content_hash, "not_waiting", NOT_WAITING)
    if what == "agree":
        settings, _ = workspace.load(store)
        _require(settings.approval.own or request.mark != who.mark, "own_request", OWN)
        _require(all(one.mark != who.mark for one in request.agreed), "agreed_already", TWICE)
    else:
        _require(bool(note.strip()), "comment_needed", SAY_WHY)
    verdict = Verdict(what=what, by=who.name, mark=who.mark, at=at, note=note.strip()[:NOTE_MAX])
    return _answered(store, head, request, verdict)


def withdraw(store: Store, campaign: Campaign, who: Editor, at: datetime) -> Campaign:
    """Take back the request that `campaign` names. Raises Refused `not_allowed`, `not_waiting`, `conflict`, `busy`."""
    _require(who.may("compose"), "not_allowed", NOT_ALLOWED)
    head, request = standing(store, campaign.id)
    same = head.request == campaign.request
    _require(request is not None and head.waiting and same, "not_waiting", NOT_WAITING)
    after = campaigns.changed(head, who.name, at, state=_back(head), request="", waiting=False)
    campaigns.step(store, head, after, [], "withdraw")
    return after


def standing(store: Store, campaign_id: str) -> tuple[Campaign, Request | None]:
    """The campaign and the request that stands for its draft. Raises Refused `unknown_campaign`."""
    head = campaigns.head_of(store, campaign_id)
    return head, read(store, campaign_id, head.request)


def read(store: Store, campaign_id: str, request_id: str) -> Request | None:
    """One request; None when there is none."""
    if not request_id:
        return None
    key = keys.request(campaign_id, request_id)
    row = store.read([key])[key]
    return Request.model_validate_json(row["request"]) if row else None


def waiting(store: Store, heads: Sequence[Campaign]) -> dict[str, Request]:
    """The requests that wait, by campaign: of the first READ_MAX of these campaigns that have one, in one round."""
    asked = {one.id: keys.request(one.id, one.request) for one in heads if one.waiting}
    wanted = dict(islice(asked.items(), READ_MAX))
    rows = store.read(list(wanted.values())) if wanted else {}
    found = ((campaign, rows[key]) for campaign, key in wanted.items())
    return {campaign: Request.model_validate_json(row["request"]) for campaign, row in found if row}


def requests(store: Store, campaign_id: str, limit: int = 50) -> list[Request]:
    """All that was ever asked for a campaign, newest first."""
    rows = store.query("campaign", campaign_id, prefix="Q#", newest_first=True, limit=limit)
    return [Request.model_validate_json(row["request"]) for _, row in rows]


def _answered(store: Store, head: Campaign, request: Request, verdict: Verdict) -> Campaign:
    after = request.model_copy(update={"verdicts": [*request.verdicts, verdict]})
    moved: dict[str, object] = {}
    if after.standing == "agreed":
        moved = {"waiting": False, "state": head.state if head.live else "approved"}
    elif after.standing != "waiting":
        moved = {"waiting": False, "request": "", "state": _back(head)}
    turned = campaigns.changed(head, verdict.by, verdict.at, **moved)
    # The head was read before the request: whoever answered or edited since then made another revision of it.
    answered = Change(keys.request(head.id, request.id), put=_row(after))
    campaigns.step(store, head, turned, [answered], verdict.what, verdict.note)
    return turned


def _row(request: Request) -> dict[str, object]:
    return {"request": request.model_dump_json()}


def _back(head: Campaign) -> State:
    """The state of a campaign whose draft waits for nobody."""
    return head.state if head.live else "draft"


def _require(holds: bool, code: str, message: Text) -> None:
    if not holds:
        raise Refused(code, message)
