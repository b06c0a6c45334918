"""An invitation as it is handed to a clerk: on the screen once, and as a page to print with the address as a code."""

from __future__ import annotations

from html import escape
from string import Template

import streamlit as st

from functions.drawing import codes
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

CARD = Template("""<!DOCTYPE html><html lang="$lang"><meta charset="utf-8"><title>$title</title><style>
@page{size:A6 landscape;margin:8mm}body{font:16px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;
color:#0D1614;margin:0}main{display:flex;gap:20px;align-items:center;border:1px solid #C9D3D0;border-radius:12px;
padding:20px;max-width:560px}svg{width:170px;flex:none}h1{font-size:20px;margin:0 0 8px}
.code{font:700 22px/1.4 ui-monospace,Menlo,monospace;letter-spacing:1px}p{margin:4px 0}.m{color:#55615E;font-size:14px}
</style><main>$code_svg<div><h1>$title</h1><p class="m">$how</p><p class="code">$code</p><p class="m">$address</p>
<p class="m">$until</p></div></main></html>""")


def address(shop: Shop) -> str:
    """The clerks' page."""
    return f"{shop.settings.base_url.rstrip('/')}/staff"


def draw(shop: Shop, made: dict[str, str]) -> None:
    """The code, shown once: only its keyed hash is kept. `made` has store, name, code and until."""
    with st.container(border=True):
        left, right = st.columns([1, 3], vertical_alignment="center")
        left.image(codes.staff_svg(address(shop)), width=160, alt=_("The QR code of the link"))
        with right:
            st.markdown(f"**{plain_words(_title(made))}**")
            st.code(made["code"], language=None)
            st.caption(
                _("The code is shown only now. On a phone, the clerk opens the page below and types the code above.")
            )
            st.code(address(shop), language=None)
            st.download_button(
                _("Card to print"),
                page(shop, made),
                file_name="invitation.html",
                mime="text/html",
                icon=":material/print:",
                key="btn_card",
                on_click="ignore",
            )


def page(shop: Shop, made: dict[str, str]) -> str:
    """The card as a page of its own. The code is typed, never in the address: addresses are kept by browsers."""
    words = {
        "lang": "zh-CN" if language() == "zh" else "en",
        "title": _title(made),
        "how": _("Scan with a phone, then type this code once:"),
        "code": made["code"],
        "address": address(shop),
        "until": _("Good until {time}").format(time=made["until"]),
    }
    safe = {name: escape(text) for name, text in words.items()}
    return CARD.substitute(safe, code_svg=codes.staff_svg(address(shop)))


def _title(made: dict[str, str]) -> str:
    return _("{name} · redeeming at {store}").format(name=made["name"], store=made["shop"])
