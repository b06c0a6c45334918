"""What a member has and what is stored about them: wallet, export, consents, a coupon's printed code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from functions.core import keys
from functions.core.campaign import Version
from functions.core.change import Change, Is
from functions.core.ids import is_id
from functions.core.keys import Row
from functions.core.text import LANGUAGES, Language, Text
from functions.edge import codes
from functions.edge.leaving import quit_units
from functions.edge.problems import Problem
from functions.edge.request import Request
from functions.members.called import called
from functions.members.models import ConsentIn, ConsentOut, CouponCodeOut, ExportOut, NicknameIn, NicknameOut, WalletOut
from functions.members.showing import hiding, say_shown
from functions.storage import orders, payments
from functions.storage.live import Live
from functions.storage.members import PARTICIPATE, Holdings, holdings, participation
from functions.storage.single import alter

PURPOSES = frozenset({"messages"})  # besides taking part in a campaign
SENTENCES = {
    "granted": Text(zh="已同意", en="Agreed"),
    "withdrawn": Text(zh="已撤回", en="Withdrawn"),
    "named": Text(zh="记下了，你叫“{name}”", en="Saved: you are called “{name}”"),
    "unnamed": Text(zh="昵称删掉了", en="Your nickname is removed"),
    "code_made": Text(zh="把这个码给店员看，或读给店员听", en="Show this code to the clerk, or read it out"),
}
KEPT_ELSEWHERE = [
    "A phone number you signed in with is not stored: only a keyed hash, from which it cannot be read.",
    "Pictures you sent are kept as files; each is named in its proof.",
]


def wallet(request: Request) -> WalletOut:
    """Points and entries; one query."""
    held = holdings(request.service.store, request.member())
    return WalletOut(points=(held.points or {}).get("balance", 0), entries=entries(request, held))


def entries(request: Request, held: Holdings) -> list[dict[str, Any]]:
    """The wallet's entries, the newest first, as their rewards show them."""
    shown = [
        _in_language(request.service.catalogue.reward(kind).view(row, request.at), request.language)
        for (kind, _), row in held.wallet.items()
        if kind in request.service.catalogue.rewards
    ]
    return shown[::-1]


def export(request: Request) -> ExportOut:
    """Everything that is stored about the member who asks."""
    return export_of(request, request.member())


def export_of(request: Request, member: str) -> ExportOut:
    """Everything that is stored about a member."""
    store = request.service.store
    held = holdings(store, member)
    campaigns = {}
    for campaign in held.campaigns:
        part = participation(store, campaign, member)
        campaigns[campaign] = {"state": part.state, "came_by": part.touch, "proofs": part.proofs}
    return ExportOut(
        member=member,
        exported_at=request.at,
        profile=held.profile,
        nickname=held.nickname,
        consents=held.consents,
        points=held.points,
        came_through=held.door,
        stage=held.stage,
        ledger=held.ledger,
        wallet=[{"kind": kind, "name": name, "row": row} for (kind, name), row in held.wallet.items()],
        campaigns=campaigns,
        payments=[row for name in held.payments if (row := payments.load(store, name))],
        orders=[row for name in held.orders if (row := orders.load(store, name))],
        kept_elsewhere=KEPT_ELSEWHERE,
    )


def say_consent(request: Request, body: ConsentIn) -> ConsentOut:
    """Grant or withdraw one purpose; withdrawing participation leaves the campaign, granting it again comes back."""
    member = request.member()
    live = _live_of(request, body.purpose)
    if live and body.purpose.startswith(keys.BOARD):
        return say_shown(request, body, live)
    version = live.version.number if live and live.version else 0
    said: Row = {"live": body.live, "purpose": body.purpose, "at": request.at.isoformat(), "version": version}
    consent = Change(keys.consent(member, body.purpose), put=said)
    if live and live.version:
        if not body.live:
            quit_units(request.service, live.campaign.id, member, request.pause)
        _take_part(request, live.version, consent, body.live)
    else:
        request.service.store.write([consent])
    outcome = "granted" if body.live else "withdrawn"
    request.noted["outcome"] = outcome
    sentence = SENTENCES[outcome].in_(request.language)
    return ConsentOut(outcome=outcome, message=sentence, purpose=body.purpose, live=body.live)  # type: ignore[arg-type]


def say_nickname(request: Request, body: NicknameIn) -> NicknameOut:
    """What the member is called from now on. Problems `nickname_refused`, `nickname_too_early`."""
    from functions.storage import nicknames  # few sign in to say what they are called

    member = request.member()
    name = called(body.nickname)
    outcome = nicknames.call(request.service.store, member, name, request.at, request.pause)
    if outcome == "nobody":
        raise Problem("nickname_too_early")
    request.noted["outcome"] = outcome
    sentence = SENTENCES[outcome].fill(request.language, {"name": name})
    return NicknameOut(outcome=outcome, message=sentence, nickname=name)  # type: ignore[arg-type]


def coupon_code(request: Request, coupon: str) -> CouponCodeOut:
    """The coupon's code to print or read out, which exists from now on; Problem `unknown_coupon`."""
    member, store = request.member(), request.service.store
    key = keys.coupon(member, coupon)
    if not is_id("coup", coupon) or store.read([key])[key] is None:
        raise Problem("unknown_coupon")
    text = codes.printable_code(request.service.keys.ring(request.at), member, coupon)
    # Written again it is the same: the code follows from the coupon.
    store.write([Change(keys.code(text), put={"member": member, "coupon": coupon})])
    request.noted["outcome"] = "code_made"
    sentence = SENTENCES["code_made"].in_(request.language)
    return CouponCodeOut(outcome="code_made", message=sentence, code=codes.grouped(text))


def _live_of(request: Request, purpose: str) -> Live | None:
    """The campaign whose words were agreed to; None for purposes without one. Problem `unknown_purpose`."""
    if purpose in PURPOSES:
        return None
    kind = next((one for one in (PARTICIPATE, keys.BOARD) if purpose.startswith(one)), "")
    campaign = purpose.removeprefix(kind)
    live = request.service.live.get(campaign, request.at) if kind and is_id("camp", campaign) else None
    if live is None or live.version is None:
        raise Problem("unknown_purpose")
    return live


def _take_part(request: Request, version: Version, consent: Change, live: bool) -> None:
    """The consent and the member's row change together, and their place on a board: who has left is out at once."""
    member = consent.key.parts[0]
    state = keys.state(version.campaign, member)

    def close(row: Row | None) -> tuple[None, Sequence[Change]]:
        said = [consent] if live else [consent, *hiding(request, version, member)]
        if row is None or row.get("closed", "") == ("" if live else "withdrawn") or row.get("closed") == "erased":
            return None, said
        kept = {name: value for name, value in row.items() if name != "closed"}
        after = kept | {"version": row["version"] + 1, "facts": []} | ({} if live else {"closed": "withdrawn"})
        return None, [*said, Change(state, (Is("version", row["version"]),), put=after)]

    alter(request.service.store, state, close, request.pause)


def _in_language(entry: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """A view with each pair of sentences read in one language."""
    return {name: value[language] if _is_text(value) else value for name, value in entry.items()}


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == set(LANGUAGES)
