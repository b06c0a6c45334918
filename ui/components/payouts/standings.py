"""Where each promoter stands, a page of them; and from which orders one of them earned."""

from __future__ import annotations

from itertools import islice

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.commission import number
from functions.storage import commissions
from ui.components.addressed import listed
from ui.components.payouts.ledger import Ledger
from ui.components.shown import table
from ui.i18n import _
from ui.shop import Shop

PROMOTERS_SHOWN, PROMOTERS_LISTED = 20, 500
ORDERS_SHOWN, ORDERS_READ = 100, 2_000


def promoters(ledger: Ledger) -> None:
    """A page of them, who is owed most first."""
    pages = -(-len(ledger.names) // PROMOTERS_SHOWN)
    place = st.container()
    at = st.pagination(pages, key=f"promoters_{pages}") if pages > 1 else 1
    with place:
        table(
            _("Promoters"),
            ledger.promoters(ledger.names[(at - 1) * PROMOTERS_SHOWN : at * PROMOTERS_SHOWN]),
            _(
                "Promoters see this number in their promoter centre. The full member ID is below and in the files; "
                "use it to look people up under Members."
            ),
        )


def orders(shop: Shop, campaign: Campaign, ledger: Ledger) -> None:
    """From which orders one promoter earned: only theirs are read."""
    st.subheader(_("From which orders"))
    said = st.query_params.get("m", "")
    names = [*ledger.names[:PROMOTERS_LISTED], *([said] if said in ledger.names[PROMOTERS_LISTED:] else [])]
    chosen = listed("m", _("Promoter"), {name: number(name) for name in names})
    st.code(chosen, language=None)
    found = [row for _name, row in islice(commissions.rows(shop.store, campaign.id, chosen), ORDERS_READ)]
    rows = ledger.orders([row for row in found if row["currency"] == ledger.currency])
    st.table(rows[:ORDERS_SHOWN], border="horizontal", hide_index=True, alt=_("From which orders"))
    if len(rows) > ORDERS_SHOWN:
        most = "+" if len(found) == ORDERS_READ else ""
        st.caption(_("The newest {n} of {all}").format(n=ORDERS_SHOWN, all=f"{len(rows):,}{most}"))
