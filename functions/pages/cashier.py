"""The page that opens WeChat to pay: by its own script, by a link, or by a code to scan. Answers a form; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from functions.core.text import Language
from functions.pages import render
from functions.pages.answers import policy
from functions.pages.render import Frame


def cashier_page(
    language: Language, nonce: str, door: Any, total: str, back: str, base_url: str
) -> tuple[str, Mapping[str, str]]:
    """HTML and headers. `door` is where one pays (`payments/port.py`), `back` the page one came from."""
    code = ""
    if door.link.startswith("weixin:"):
        from functions.drawing.codes import coupon_svg  # qrcode takes 80 ms to import

        code = Markup(coupon_svg(door.link))  # noqa: S704 - drawn here
    call = json.dumps(dict(door.call)) if door.call else ""
    shown = {
        "signs_in": door.signs_in,
        "total": total,
        "back": back,
        "code": code,
        "link": "" if code else door.link,
        "call": call,
    }
    # WeChat opens its page for a browser only where that says which site it came from.
    headers = {"Content-Security-Policy": policy(nonce, [base_url]), "Referrer-Policy": "origin"}
    return render.page("cashier.html", Frame(language, nonce, nonce, back), **shown), headers
