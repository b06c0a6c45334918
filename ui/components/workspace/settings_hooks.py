"""The shops that tell of their orders: where they send them, their secrets, and a file for those that cannot send."""

from __future__ import annotations

import re
from typing import get_args

import streamlit as st

from functions.core.audit import Deed, Entry
from functions.core.hooks import HOOKS_MAX, NAME_MAX, Hook, Hooks, Preset, new_hook
from functions.core.ids import base32
from functions.core.text import Text
from functions.core.tokens import Keyring
from functions.core.webhook import shown
from functions.storage import hooks
from functions.storage.refusals import Refused
from ui.components.workspace import order_sheet
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, when

ASKING, REFUSED = "st_hook_asking", "st_hook_refused"
PRESETS: tuple[Preset, ...] = get_args(Preset)


def presets() -> dict[Preset, str]:
    """What the forms of messages are called."""
    return {
        "pond": _("Pond's own format"),
        "youzan": _("Youzan format (approximate)"),
        "shopify": _("Shopify format (approximate)"),
    }


def draw(shop: Shop) -> None:
    """The shops there are, one more, and a file of orders."""
    ring = shop.ring()
    if ring is None:
        st.info(_("No secret is named (POND_SECRET), so no shop can be given one."), icon=":material/key_off:")
        return
    known, revision = hooks.load(shop.store)
    st.caption(_("Orders let campaigns reward what people buy. Each shop signs what it sends (Standard Webhooks)."))
    if not known.hooks:
        st.info(_("No shop sends its orders yet."), icon=":material/storefront:")
    for hook in known.hooks:
        _card(shop, ring, hook)
    if len(known.hooks) < HOOKS_MAX:
        _add(shop, ring, known, revision)
    if said := st.session_state.pop(REFUSED, ""):
        st.warning(said, icon=":material/group:")
    if known.hooks:
        order_sheet.draw(shop, ring, known.hooks)
    _dialog(shop, ring, known, revision)


def _card(shop: Shop, ring: Keyring, hook: Hook) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain_words(hook.name)}** · {presets()[hook.preset]}")
        with st.container(gap="xsmall"):
            st.caption(_("Address"))
            st.code(address(shop, hook), language=None, wrap_lines=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.popover(_("Secret"), icon=":material/visibility:", key=f"pop_secret_{hook.id}"):
                st.code(shown(hook.secrets(ring, shop.now)[0]), language=None, wrap_lines=True)
                st.caption(_("Give it to the shop system only. Whoever has it can send orders in its name."))
            _deeds(hook)
        for key in hook.keys[1:]:
            if key.until is not None and shop.now < key.until:
                until = when(key.until, st.context.timezone or "Asia/Shanghai", language())
                st.caption(_("The secret before this one works until {time}.").format(time=until))


def _deeds(hook: Hook) -> None:
    for what, label, icon in (("renew_hook", _("New secret"), "key"), ("remove_hook", _("Remove"), "link_off")):
        key = f"btn_{what}_{hook.id}"
        st.button(label, icon=f":material/{icon}:", type="tertiary", key=key, on_click=_ask, args=(what, hook.id))


def address(shop: Shop, hook: Hook) -> str:
    """Where the shop posts its orders."""
    return f"{shop.settings.base_url.rstrip('/')}/hooks/orders?hook={hook.id}"


def _add(shop: Shop, ring: Keyring, known: Hooks, revision: int) -> None:
    words = presets()
    with st.form(f"add_hook_{len(known.hooks)}", border=True):
        left, right = st.columns([3, 2])
        name = left.text_input(_("Shop"), max_chars=NAME_MAX, placeholder=_("Tmall flagship store"), key="hook_name")
        preset = right.selectbox(
            _("Message format"), PRESETS, format_func=words.__getitem__, key=f"hook_preset_{language()}"
        )
        if st.form_submit_button(_("Add shop"), icon=":material/add:", type="primary"):
            title = (name or "").strip()
            if not title:
                st.error(_("Give the shop a name."), icon=":material/error:")
                return
            made = new_hook(_fresh(shop, known, title), title, preset, ring)
            _keep(shop, Hooks(hooks=[*known.hooks, made]), revision, "add_hook", title)
            st.rerun()


def _fresh(shop: Shop, known: Hooks, title: str) -> str:
    """An id that says what it is, where the name has Latin letters; and is no other's."""
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:16]
    start = words if words[:1].isalpha() else "shop"
    mark = base32(int.from_bytes(shop.entropy()[:3], "big"), 4)
    return start if known.hook(start) is None else f"{start}_{mark}"


def _ask(what: Deed, hook: str) -> None:
    st.session_state[ASKING] = (what, hook)


def _done() -> None:
    st.session_state.pop(ASKING, None)


def _dialog(shop: Shop, ring: Keyring, known: Hooks, revision: int) -> None:
    """Says what ends before anything does."""
    what, name = st.session_state.get(ASKING, ("", ""))
    hook = known.hook(name)
    if hook is None:
        return
    renew = what == "renew_hook"

    @st.dialog(_("Make a new secret?") if renew else _("Remove this shop?"), on_dismiss=_done)
    def sure() -> None:
        st.markdown(f"**{plain_words(hook.name)}**")
        if renew:
            st.markdown(_("The shop gets a new secret. The present one works for one more day, to change it in peace."))
        else:
            st.markdown(_("What it sends is refused from now on. Orders it sent stay, and so does what they brought."))
        with st.container(horizontal=True):
            if st.button(_("New secret") if renew else _("Remove"), type="primary", key="btn_hook_now"):
                others = [hook.renewed(ring, shop.now) if one.id == hook.id else one for one in known.hooks]
                left = others if renew else [one for one in known.hooks if one.id != hook.id]
                _keep(shop, Hooks(hooks=left), revision, what, hook.name)
                _done()
                st.rerun()
            if st.button(_("Keep it"), type="tertiary", key="btn_hook_not"):
                _done()
                st.rerun()

    sure()


def _keep(shop: Shop, wanted: Hooks, revision: int, what: Deed, name: str) -> None:
    try:
        entry = Entry(what=what, by=shop.editor, at=shop.now, about=Text(zh=name, en=name))
        hooks.save(shop.store, wanted, revision, entry)
    except Refused as refused:
        st.session_state[REFUSED] = refused.message.in_(language())
