"""Commission: who is owed what, from which orders, until when it is frozen; and the lists by which it is paid out."""

from __future__ import annotations

import streamlit as st

from functions.core.campaign import Campaign, Version
from functions.core.money import Currency
from functions.core.payout import Payout
from functions.storage import campaigns as life
from functions.storage import payouts
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui import navigation
from ui.components import header
from ui.components.addressed import listed
from ui.components.payouts import books, list_steps, one_list, overview, standings
from ui.components.payouts.ledger import Ledger
from ui.frame import not_there, out_of_reach, reading, shop_or_stop
from ui.i18n import _
from ui.shop import Shop


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    try:
        campaign = life.load(shop.store, st.query_params.get("c", "")).campaign
        live = life.live_version(shop.store, campaign)
        header.draw(shop, campaign, navigation.PAYOUTS)
        if live is None or not pays_commission(shop, live):
            st.info(_("This campaign pays no commission."), icon=":material/payments:")
            return
        _page(shop, campaign, live)
    except Refused as refused:
        not_there(refused)
    except (Unknown, Busy):
        out_of_reach()


def pays_commission(shop: Shop, version: Version) -> bool:
    """Whether its mechanic has promoters earn."""
    mechanic = shop.catalogue.mechanic(version.definition.mechanic)
    if not hasattr(mechanic, "earns"):
        return False
    return mechanic.earns(mechanic.Config.model_validate(version.definition.config)) is not None


def _page(shop: Shop, campaign: Campaign, live: Version) -> None:
    if said := st.session_state.pop(list_steps.SAID, None):
        kind, words = said
        (st.success if kind == "good" else st.error)(words)
    zone, own = live.definition.schedule.zone, live.definition.budget.currency
    with reading():
        told = books.of(shop, campaign.id)
    currencies = {one: one for one in sorted({*told.standings, own}, key=lambda one: one != own)}
    currency = listed("currency", _("Currency"), currencies) if len(currencies) > 1 else own
    ledger = Ledger(told.standings.get(currency, {}), currency, zone, told.at)
    overview.sums(ledger)
    if not told.whole:
        overview.not_whole()
    if not ledger.names:
        st.info(_("Nobody has earned commission yet. It appears here with the first order of a friend."))
        return
    lists = payouts.newest(shop.store, campaign.id)
    _now(shop, campaign, ledger, told.whole, lists[0] if lists and lists[0].is_open else None)
    standings.promoters(ledger)
    standings.orders(shop, campaign, ledger)
    overview.past([one for one in lists if not one.is_open], zone)


def _now(shop: Shop, campaign: Campaign, ledger: Ledger, whole: bool, open_list: Payout | None) -> None:
    """The list that is not over, or the way to the next."""
    if open_list is not None:
        one_list.draw(shop, campaign, open_list, ledger.zone)
        return
    may = shop.who.may("publish")
    payable = ledger.has_payable or not whole
    currency: Currency = ledger.currency  # type: ignore[assignment]

    def make(now: Shop) -> object:
        return payouts.make(now.store, campaign.id, campaign.name, currency, now.who, now.now)

    st.button(
        _("Make a payout list"), type="primary", icon=":material/receipt_long:", key="btn_payout_make",
        disabled=not may or not payable,
        help=None if may else _("Your role does not allow this step. Ask an admin if you need it"),
        on_click=list_steps.tried, args=(make, _("The list is made. Somebody who may approve has to agree to it.")),
    )  # fmt: skip


main()
