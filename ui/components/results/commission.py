"""What a campaign owes its promoters, beside its other results."""

from __future__ import annotations

import streamlit as st

from ui import navigation
from ui.components.payouts import books, overview
from ui.components.payouts.ledger import Ledger
from ui.components.results.results_view import View
from ui.i18n import _
from ui.shop import Shop


def draw(shop: Shop, view: View) -> None:
    """Figures as the rows stand now, whatever is chosen; nothing where nobody earns commission."""
    if not hasattr(view.mechanic, "earns"):
        return
    definition = view.definition
    currency = definition.budget.currency
    told = books.of(shop, view.campaign.id)
    found = told.standings.get(currency)
    if not found:
        return
    st.subheader(_("Commission owed"))
    overview.sums(Ledger(found, currency, definition.schedule.zone, told.at))
    if not told.whole:
        overview.not_whole()
    if shop.who.may("publish") and st.button(_("Statements and payout lists"), key="btn_payouts"):
        screen = navigation.find(navigation.PAYOUTS)
        st.switch_page(screen.file, query_params={"c": view.campaign.id})
