"""The templates as cards: a picture, whom each suits, how long, about how much; and what is inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from functions.core.text import Text
from ui.components.composer.gifts import gifts_of
from ui.components.composer.sentences import sentence
from ui.components.forms.labels import CHOICES
from ui.i18n import _, language
from ui.shop import Shop
from ui.templates import FIRST, GUESSED_SHARE, Template
from ui.words import plain_words, round_money

Take = Callable[[Template, str], None]  # the template, and the name it was given
CARD_PIXELS = 250
NAME_MAX = 30
INSIDE, CHOOSING = "st_inside", "st_new"  # which dialog is open


def cards(shop: Shop, offered: Sequence[Template], take: Take) -> None:
    """A card for each template."""
    with st.grid(min_column_width=CARD_PIXELS, gap="medium"):
        for template in offered:
            with st.container(border=True, height="stretch", gap="small"):
                _card(shop, template, take)


def guess_note() -> None:
    """What the guesses rest on, said once under the cards."""
    words = _("Costs are guesses: {n}% of the limited rewards given out. You set the real limit before publishing.")
    st.caption(words.format(n=GUESSED_SHARE))


def _card(shop: Shop, template: Template, take: Take) -> None:
    tongue, content = language(), template.content
    if template.picture:
        st.image(template.picture, width="stretch", alt=template.shows.in_(tongue))
    mechanic = shop.catalogue.mechanic(template.mechanic).TITLE.in_(tongue)
    length = _("{n} days").format(n=template.days)
    channel = _(CHOICES.get(content["channel"], content["channel"]))
    with st.container(gap="xxsmall"):
        st.markdown(f"**{plain_words(_text(content['name']))}**")
        st.caption(plain_words(template.suits.in_(tongue)) or "&nbsp;")
        st.caption(plain_words(f"{mechanic} · {length} · {channel}"))
        st.caption(plain_words(cost_words(template)))
    st.space("stretch")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = "primary" if template.name == FIRST else "secondary"
        if st.button(_("Use template"), key=f"btn_template_{template.name}", type=kind):  # type: ignore[arg-type]
            take(template, "")
        if st.button(_("Look inside"), key=f"btn_inside_{template.name}", type="tertiary"):
            st.session_state[INSIDE] = template.name
            st.session_state.pop(CHOOSING, None)  # one dialog at a time
            st.rerun()


def cost_words(template: Template) -> str:
    """The guess and the limit."""
    currency = template.content["budget"]["currency"]
    if not template.worst_cost:
        return _("Costs nothing but points")
    guess, most = round_money(template.guessed_cost, currency), round_money(template.worst_cost, currency)
    return _("About {guess}, at most {most}").format(guess=guess, most=most)


def inside(shop: Shop, template: Template, take: Take) -> None:
    """The dialog: what people do, what they get, what it costs; and a name of one's own."""
    tongue, content = language(), template.content

    @st.dialog(plain_words(_text(content["name"])), width="medium", on_dismiss=_closed)
    def look() -> None:
        if template.picture:
            st.image(template.picture, width="stretch", alt=template.shows.in_(tongue))
        st.markdown(plain_words(_text(content["page"]["body"])))
        facts = shop.catalogue.mechanic(template.mechanic).FACTS
        gifts = gifts_of(content["rewards"], tongue)
        told = [plain_words(sentence(rule, facts, gifts, tongue)) for rule in content["rules"]]
        st.markdown("\n".join(f"- {line}" for line in told))
        st.caption(plain_words(cost_words(template)))
        name = st.text_input(
            _("Name of your campaign"), _text(content["name"]), key=f"inside_name_{tongue}_{template.name}"
        )
        if st.button(_("Begin with this"), type="primary", key="btn_begin"):
            _closed()
            take(template, (name or "").strip()[:NAME_MAX])

    look()


def _closed() -> None:
    st.session_state.pop(INSIDE, None)


def _text(words: object) -> str:
    return Text.model_validate(words).in_(language())
