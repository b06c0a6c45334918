"""The sidebar's foot: whose shop this is, whether it is the real one, who sits here, and where help is."""

from __future__ import annotations

import streamlit as st

from ui.entrance import person
from ui.i18n import _
from ui.shop import Shop
from ui.words import plain_words


def draw(shop: Shop | None) -> None:
    """Under the navigation. Nothing where no shop is open: the page says what to do."""
    if shop is None:
        return
    with st.sidebar, st.container(gap="xsmall", key="foot"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain_words(shop.settings.tenant)}**", width="content")
            environment_badge(shop.settings.stage)
        person(shop)
        with st.popover(_("Help"), type="tertiary", icon=":material/help:"):
            help_words()


def environment_badge(stage: str) -> None:
    """Whether what is done here reaches real people: in words, colour and icon."""
    if stage == "prod":
        st.badge(_("Live shop"), color="green", icon=":material/public:")
    else:
        st.badge(_("Test shop"), color="orange", icon=":material/science:")


def help_words() -> None:
    """What people ask first, in a few lines."""
    answers = {
        _("How do I begin?"): _("Take a template on the home page, change what you like, publish, put up the code."),
        _("Is my typing saved?"): _(
            "Every field is kept when you leave it, finished or not. There is no button for it."
        ),
        _("Can I change what runs?"): _("Yes: change and publish again. People keep what they have, and their days."),
        _("What can it cost at most?"): _(
            "Stock times unit cost of every reward. Publishing stops when that passes the budget."
        ),
        _("How do shops redeem?"): _("Invite a clerk under Staff & stores: they redeem on their own phone."),
    }
    for question, answer in answers.items():
        st.markdown(f"**{question}**  \n{answer}")
