"""Around a campaign's lists of commission: what it comes to in all, and the lists that are over."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.payout import Payout
from ui.components.payouts import books, one_list
from ui.components.payouts.ledger import Ledger
from ui.i18n import _
from ui.words import plain_words, signed_money


def sums(ledger: Ledger) -> None:
    """What is owed, what waits, what was paid."""
    whole = ledger.whole
    told = (
        (_("Due now"), whole.due, _("Can be paid out. Refunds after a payout are taken off.")),
        (_("Frozen"), whole.frozen, _("Waits until the order can no longer be returned.")),
        (_("Paid out"), whole.paid, _("By the lists below.")),
    )
    with st.grid("auto", min_column_width=170, gap="small"):
        for name, minor, meaning in told:
            st.metric(name, signed_money(minor, ledger.currency), help=meaning, border=True, height="stretch")
        st.metric(_("Promoters"), f"{len(ledger.names):,}", border=True, height="stretch")


def not_whole() -> None:
    """There are more orders than one look reads."""
    words = _("More than {n} orders earned commission here: the figures are of the first {n}. Payout lists miss none.")
    st.info(words.format(n=f"{books.ORDERS_READ:,}"), icon=":material/data_usage:")


def past(lists: Sequence[Payout], zone: str) -> None:
    """The lists that are over, the newest first."""
    if not lists:
        return
    st.subheader(_("Lists before"))
    for one in lists:
        with st.container(horizontal=True, vertical_alignment="center"):
            said = _("List {n}: {total} to {people} people")
            total = signed_money(one.total, one.currency)
            words = said.format(n=one.number, total=total, people=one.people)
            st.markdown(plain_words(words), width="content")
            one_list.badge(one)
            st.caption(one_list.told(one, zone))
