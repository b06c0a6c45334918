"""Channels of a campaign: a code for each door that is counted apart; names may change, codes never."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.channels import CHANNELS_MAX, NAME_MAX, Channel
from functions.drawing import sheets
from functions.drawing.sheets import Named
from functions.insights.numbers import daily, totals
from functions.storage import channels
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.codes import channel_costs, print_codes
from ui.components.forms.begun import begun
from ui.components.forms.values import Terms
from ui.components.sheet import as_csv, csv_button
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import named as campaign_name
from ui.words import plain_words

PAGE = 20
REFUSED, ROUND = "st_channels_refused", "st_channels_round"


def draw(shop: Shop, campaign: Campaign, millimetres: int, terms: Terms) -> None:
    """The list, and the way to add to it."""
    st.subheader(_("A code for each channel"))
    st.caption(
        _("Tell a shop, a parcel's card and a counter apart: results count people by the code they came through.")
    )
    known = channels.channels(shop.store, campaign.id)
    mine = shop.who.may("compose")
    if mine and len(known) < CHANNELS_MAX:
        _add(shop, campaign)
    if not known:
        st.info(_("No channel yet. One is enough to begin with: the shop's door."), icon=":material/storefront:")
        return
    _together(shop, campaign, known, millimetres)
    if mine:
        currency, decimals = terms.currency, terms.decimals
        channel_costs.draw(known, currency, decimals, lambda costs: _priced_all(shop, campaign, costs))
    people = totals(daily(shop.store, campaign.id)).channels
    for channel in _page(known):
        _line(shop, campaign, channel, people.get(channel.code, 0), millimetres, terms if mine else None)


def _add(shop: Shop, campaign: Campaign) -> None:
    key = f"channels_{language()}_{campaign.id}_{st.session_state.get(ROUND, 0)}"
    st.text_area(
        _("New channels, one name a line"),
        key=key,
        height=116,
        placeholder=_("Shop A\nCounter\nCard in the parcel"),
        max_chars=(NAME_MAX + 1) * CHANNELS_MAX,
        persist_state="page",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Add"),
            type="primary",
            icon=":material/add:",
            key="btn_channels_add",
            on_click=_added,
            args=(shop, campaign, key),
        )
        _said()


def _said() -> None:
    """What was refused, in a place that is always there."""
    wrong = st.session_state.get(REFUSED)
    st.markdown(f":red[:small[:material/error: {wrong}]]" if wrong else "&nbsp;")


def _added(shop: Shop, campaign: Campaign, key: str) -> None:
    names = str(st.session_state.get(key) or "").splitlines()
    if not any(map(channels.tidy, names)):
        return
    if _done(lambda: channels.add(shop.store, campaign.id, names, shop.entropy(), _hand(shop, campaign))):
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _hand(shop: Shop, campaign: Campaign) -> channels.Hand:
    return channels.Hand(shop.editor, shop.now, campaign.name)


def _done(step: Callable[[], object]) -> bool:
    """Whether a step was done; else why not stands beside the button, and what was typed stays."""
    st.session_state.pop(REFUSED, None)
    try:
        step()
    except Refused as refused:
        st.session_state[REFUSED] = plain_words(refused.message.in_(language()))
    except (Unknown, Busy):
        st.session_state[REFUSED] = _("No answer came. Press again: nothing is done twice.")
    return REFUSED not in st.session_state


def _together(shop: Shop, campaign: Campaign, known: Sequence[Channel], millimetres: int) -> None:
    """All codes in one file."""
    codes = [print_codes.of_channel(shop.settings.page_url(campaign.id), channel) for channel in known]
    columns = (_("Channel"), _("Code"), _("Link"))
    across, down = sheets.per_page(millimetres)
    name = sheets.file_name(campaign_name(campaign))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("All on A4 sheets (PDF)"),
            lambda: sheets.sheets(codes, millimetres),
            file_name=f"{name} {len(known)}.pdf",
            mime="application/pdf",
            icon=":material/print:",
            key="btn_sheet",
            on_click="ignore",
        )
        st.download_button(
            _("All pictures (ZIP)"),
            lambda: sheets.pictures(codes, millimetres),
            file_name=f"{name} {len(known)}.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            key="btn_zip",
            on_click="ignore",
        )
        csv_button(_("List (CSV)"), lambda: table(codes, known, columns), f"{name} {len(known)}.csv", key="btn_csv")
        st.caption(
            _("Codes: {codes} · A4 sheets: {pages}").format(codes=len(known), pages=-(-len(known) // (across * down)))
        )


def table(codes: Sequence[Named], known: Sequence[Channel], names: tuple[str, str, str]) -> bytes:
    """Names, codes and links as CSV; `names` are the columns'."""
    rows = [(one.name, one.code, drawn.url) for one, drawn in zip(known, codes, strict=True)]
    return as_csv([dict(zip(names, row, strict=True)) for row in rows], names)


def _page(known: Sequence[Channel]) -> Sequence[Channel]:
    """Twenty at a time."""
    pages = -(-len(known) // PAGE)
    at = st.pagination(pages, key=f"channels_page_{pages}") if pages > 1 else 1
    return known[(at - 1) * PAGE : at * PAGE]


def _line(shop: Shop, campaign: Campaign, channel: Channel, people: int, millimetres: int, terms: Terms | None) -> None:
    """One channel; `terms` only for who may change it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="content", gap=None):
            st.markdown(f"**{plain_words(channel.name)}**")
            st.caption(f"{channel.code} · " + _("People: {people}").format(people=f"{people:,}"))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            code = print_codes.of_channel(shop.settings.page_url(campaign.id), channel)
            print_codes.downloads(code, millimetres, channel.code, "tertiary")
            if terms is not None:
                with st.popover(_("More"), key=f"more_{channel.code}", type="tertiary"):
                    _more(shop, campaign, channel, terms)


def _more(shop: Shop, campaign: Campaign, channel: Channel, terms: Terms) -> None:
    key = f"channel_name_{language()}_{channel.code}"
    st.text_input(
        _("Name of the channel"),
        begun(key, channel.name),
        key=key,
        max_chars=NAME_MAX,
        on_change=_renamed,
        args=(shop, campaign, channel, key),
    )
    cost = f"channel_cost_{language()}_{channel.code}"
    st.number_input(
        _("What it cost ({currency})").format(currency=terms.currency),
        value=begun(cost, channel.cost / 10**terms.decimals),
        step=1.0,
        format=f"%.{terms.decimals}f",
        key=cost,
        help=_("The ad, the cards, the partner's fee. Results then tell what each person cost."),
        on_change=_priced,
        args=(shop, campaign, channel, cost, terms),
    )
    st.caption(
        _("Once removed: a printed code goes on opening the campaign, and its people are no longer counted apart.")
    )
    st.button(
        _("Remove"),
        icon=":material/delete:",
        key=f"btn_channel_drop_{channel.code}",
        on_click=_removed,
        args=(shop, campaign, channel),
    )


def _renamed(shop: Shop, campaign: Campaign, channel: Channel, key: str) -> None:
    _done(
        lambda: channels.rename(
            shop.store, campaign.id, channel.code, str(st.session_state[key]), _hand(shop, campaign)
        )
    )


def _priced(shop: Shop, campaign: Campaign, channel: Channel, key: str, terms: Terms) -> None:
    cost = round(float(st.session_state[key] or 0) * 10**terms.decimals)
    _done(lambda: channels.price(shop.store, campaign.id, channel.code, cost, _hand(shop, campaign)))


def _priced_all(shop: Shop, campaign: Campaign, costs: dict[str, int]) -> bool:
    return _done(lambda: channels.price_all(shop.store, campaign.id, costs, _hand(shop, campaign)))


def _removed(shop: Shop, campaign: Campaign, channel: Channel) -> None:
    _done(lambda: channels.remove(shop.store, campaign.id, channel.code, _hand(shop, campaign)))
