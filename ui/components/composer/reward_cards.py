"""Rewards and the budget: a card each, one open at a time."""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.core.campaign import Budget, RewardItem
from functions.core.text import Text
from ui.components.composer import keepsake_look, undo
from ui.components.composer.subjects import told
from ui.components.forms.fields import fields
from ui.components.forms.filling import filled
from ui.components.forms.form import Form, complain
from ui.components.forms.schema import spec_of
from ui.components.forms.values import get
from ui.desk import Desk
from ui.i18n import _
from ui.shop import Shop
from ui.words import money, plain_words

OPEN = "st_open_reward"
SET_BY_KIND = ("id", "kind", "config")


def draw(shop: Shop, desk: Desk, form: Form) -> None:
    """The step."""
    rewards = items(desk)
    if not rewards:
        st.info(_("There are no rewards yet."))
    for place, item in enumerate(rewards):
        _card(shop, desk, form, place, item)
    undo.offer(desk, ("rewards",))
    st.caption(_("Add a reward:"))
    with st.container(horizontal=True):
        for kind in shop.catalogue.rewards:
            title = plain_words(shop.catalogue.reward(kind).TITLE.in_(form.language))
            st.button(title, icon=":material/add:", key=f"btn_reward_{kind}", on_click=_add, args=(shop, desk, kind))
    st.subheader(_("Budget"))
    fields(form, spec_of(Budget).fields, ("budget",))
    _worst(desk, form, rewards)


def _worst(desk: Desk, form: Form, rewards: list[dict[str, Any]]) -> None:
    """What it costs if all is given out, against the budget; the budget that fits is one press away."""
    worst, total = worst_cost(rewards), get(desk.content, ("budget", "total"))
    words = plain_words(_("At most {cost} in the worst case").format(cost=money(worst, form.terms.currency)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if isinstance(total, int) and total < worst:
            over = plain_words(_("{cost} over the budget").format(cost=money(worst - total, form.terms.currency)))
            st.markdown(f":red[:material/error:] **{words}** · :red[{over}]", width="content")
        else:
            st.markdown(f":green[:material/check_circle:] **{words}**", width="content")
        if total != worst:
            label = _("Set the budget to {cost}").format(cost=money(worst, form.terms.currency))
            st.button(
                plain_words(label), key="btn_budget_fit", on_click=form.replace, args=(("budget", "total"), worst)
            )


def items(desk: Desk) -> list[dict[str, Any]]:
    """The rewards of the draft that can be edited."""
    rewards = desk.content.get("rewards")
    return [item for item in rewards if isinstance(item, dict)] if isinstance(rewards, list) else []


def worst_cost(rewards: list[dict[str, Any]]) -> int:
    """Stock times unit cost, of what is a number so far."""
    numbers = [(item.get("stock"), item.get("unit_cost")) for item in rewards]
    return sum(stock * cost for stock, cost in numbers if isinstance(stock, int) and isinstance(cost, int))


def reward_name(item: dict[str, Any], form: Form) -> str:
    """What a reward is called, else its id."""
    name = item.get("name")
    words = Text.model_validate(name).in_(form.language) if _is_text(name) else ""
    return words.strip() or str(item.get("id", ""))


def _is_text(name: Any) -> bool:
    return (
        isinstance(name, dict) and set(name) <= {"zh", "en"} and all(isinstance(words, str) for words in name.values())
    )


def _card(shop: Shop, desk: Desk, form: Form, place: int, item: dict[str, Any]) -> None:
    opened = st.session_state.get(OPEN) == item.get("id")
    path = ("rewards", place)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                st.markdown(f"**{plain_words(reward_name(item, form))}**")
                st.caption(_line(shop, form, item))
            label = _("Close") if opened else _("Edit")
            st.button(label, key=f"btn_reward_open_{item.get('id')}", on_click=_toggle, args=(item.get("id"), opened))
            st.button(
                "",
                icon=":material/delete:",
                help=_("Remove"),
                type="tertiary",
                key=f"btn_reward_drop_{item.get('id')}",
                on_click=_drop,
                args=(desk, place),
            )
        if opened:
            _fields(shop, form, path, item)
            keepsake_look.draw(shop, desk, item, form.language)
        elif wrong := [*form.wrong(path)]:
            complain([told(desk.content, desk.catalogue, one, form.language, within=2) for one in wrong])


def _line(shop: Shop, form: Form, item: dict[str, Any]) -> str:
    kind = str(item.get("kind"))
    known = kind in shop.catalogue.rewards
    title = shop.catalogue.reward(kind).TITLE.in_(form.language) if known else kind
    stock = item.get("stock")
    parts = [title] if title != reward_name(item, form) else []
    parts.append(_("Stock: {n}").format(n=f"{stock:,}") if isinstance(stock, int) else _("Unlimited"))
    if isinstance(cost := item.get("unit_cost"), int) and cost:
        parts.append(_("{cost} each").format(cost=money(cost, form.terms.currency)))
        if worst := worst_cost([item]):
            parts.append(_("at most {cost}").format(cost=money(worst, form.terms.currency)))
    return plain_words("\u00a0· ".join(parts))


def _fields(shop: Shop, form: Form, path: tuple[str, int], item: dict[str, Any]) -> None:
    common = spec_of(RewardItem).fields
    fields(form, {name: spec for name, spec in common.items() if name not in SET_BY_KIND}, path)
    kind = str(item.get("kind"))
    if kind not in shop.catalogue.rewards:
        st.error(_("There is no such reward: {kind}").format(kind=plain_words(kind)))
        return
    module = shop.catalogue.reward(kind)
    fields(form, spec_of(module.Config).fields, (*path, "config"))
    if wrong := form.at((*path, "config"), inside=False):
        st.error(plain_words(wrong), icon=":material/error:")
    try:
        worst = module.worst_cost(module.Config.model_validate(get(item, ("config",), {})))
    except ValidationError:
        return
    if worst:
        words = _("By its terms one of these costs at most {cost}").format(cost=money(worst, form.terms.currency))
        st.caption(plain_words(words))


def _toggle(reward: str, opened: bool) -> None:
    st.session_state[OPEN] = None if opened else reward


def _add(shop: Shop, desk: Desk, kind: str) -> None:
    rewards = list(desk.content.get("rewards") or [])
    name = fresh_name(kind, {str(item.get("id")) for item in items(desk)})
    desk.write(("rewards",), [*rewards, new_reward(shop, kind, name)])
    st.session_state[OPEN] = name


def new_reward(shop: Shop, kind: str, name: str) -> dict[str, Any]:
    """A reward of a kind, with its defaults written out."""
    module = shop.catalogue.reward(kind)
    item = {"id": name, "kind": kind, "name": module.TITLE.model_dump(), "config": filled(spec_of(module.Config), {})}
    item |= {"per_member": module.PER_MEMBER} if hasattr(module, "PER_MEMBER") else {}
    return dict(filled(spec_of(RewardItem), item))


def _drop(desk: Desk, place: int) -> None:
    rewards = list(desk.content["rewards"])
    undo.keep(desk, ("rewards",), [*rewards[:place], *rewards[place + 1 :]])


def fresh_name(kind: str, taken: set[str]) -> str:
    """An id for a new reward or rule: its kind, numbered when taken."""
    base = kind[:20]
    return next(name for n in range(1, 1000) if (name := base if n == 1 else f"{base}_{n}") not in taken)
