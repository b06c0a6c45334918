"""A coupon on its owner's phone: what it is worth, and the code that the clerk scans or types. Reads only."""

from __future__ import annotations

from functions.core import keys
from functions.core.ids import is_id
from functions.core.keys import Row
from functions.edge import codes
from functions.pages import answers, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.members import notice


def coupon_page(ask: Ask, coupon: str) -> Answer:
    """`GET /me/coupons/{id}`."""
    row = _mine(ask, coupon)
    if row is None:
        return answers.missing(ask, "signed_out" if ask.is_expired else "unknown_coupon")
    entry = ask.service.catalogue.reward("coupon").view(row, ask.at)
    content = {"entry": entry, "code": _typed_code(ask, coupon), "zone": row["zone"], "notice": notice(ask)}
    return answers.html(ask, render.page("coupon.html", ask.frame(), **content))


def coupon_code(ask: Ask, coupon: str) -> Answer:
    """`GET /me/coupons/{id}/qr.svg`: a link to the clerk's page, with a token good for 30 to 60 seconds."""
    if _mine(ask, coupon) is None:
        return answers.missing(ask, "unknown_coupon")
    from functions.drawing.codes import coupon_svg  # qrcode takes 80 ms to import: only this answer needs it

    token = codes.redeem_token(ask.service.keys.ring(ask.at), ask.member, coupon, ask.at)
    return answers.picture(coupon_svg(f"{ask.base_url}/staff?code={token}"))


def _mine(ask: Ask, coupon: str) -> Row | None:
    """The coupon's row, when it lies in the wallet of the member who asks."""
    if not ask.member or not is_id("coup", coupon):
        return None
    key = keys.coupon(ask.member, coupon)
    return ask.service.store.read([key])[key]


def _typed_code(ask: Ask, coupon: str) -> str:
    """The code to type, once the member has asked for one; it exists from then on."""
    code = codes.printable_code(ask.service.keys.ring(ask.at), ask.member, coupon)
    key = keys.code(code)
    return codes.grouped(code) if ask.service.store.read([key])[key] else ""
