"""Costs of channels taken from a file, all in one step; bad lines are named and the others taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ui.components.codes import cost_file
from ui.components.codes.cost_file import Priced
from ui.components.sheet import as_csv, csv_button
from ui.i18n import _, language
from ui.words import money, plain_words

FAULTS_SHOWN = 20


def draw(known: Sequence[Priced], currency: str, decimals: int, take: Callable[[dict[str, int]], bool]) -> None:
    """Choose a file, see what is in it, take it. `take` keeps costs by code, and says whether it could."""
    with st.expander(_("Costs from a file"), icon=":material/upload_file:"):
        st.caption(_("CSV: a channel's name or code, and what it cost. Of a channel named twice the sum counts."))
        name, cost = _("Channel"), f"{_('Cost')} ({currency})"
        sample = [{name: one.name, cost: one.cost / 10**decimals} for one in known]
        csv_button(
            _("A file to begin with"),
            lambda: as_csv(sample, (name, cost)),
            "costs.csv",
            key="btn_cost_sample",
            icon=":material/download:",
            kind="tertiary",
        )
        chosen = st.file_uploader(_("Costs (CSV)"), type=["csv"], key="cost_file")
        if chosen is None:
            return
        found = cost_file.read(chosen.getvalue(), known, currency)
        _show(found, currency)
        words = _("Take the costs of {n} channels").format(n=len(found.costs))
        if found.costs and st.button(words, type="primary", key="btn_take_costs") and take(found.costs):
            st.success(_("The costs were taken. Results tell what each person cost."))


def _show(found: cost_file.Costs, currency: str) -> None:
    """How much for how many; and line by line what cannot be read."""
    if found.costs:
        total = money(sum(found.costs.values()), currency)
        st.markdown(_("**{n}** channels, {sum} in all").format(n=len(found.costs), sum=plain_words(total)))
    if found.faults:
        st.warning(_("{n} lines cannot be read and are left out.").format(n=len(found.faults)))
        for line, fault in found.faults[:FAULTS_SHOWN]:
            st.caption(plain_words(_("Line {n}").format(n=line) + f": {fault.in_(language())}"))
    if not found.costs and not found.faults:
        st.info(_("The file names no channel."))
