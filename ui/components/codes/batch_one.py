"""One batch: how it stands, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from functions.codes import ranges
from functions.codes.batch import Batch
from functions.core.campaign import Campaign
from ui.components import addressed
from ui.components.codes import batch_history, batch_print, batch_ranges, batch_scans
from ui.components.codes.batch_counts import EVERY, Counts
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import day_words, named, plain_words

PART, SCANS = "part", "scans"  # where the items that may be copied are listed


def draw(shop: Shop, batch: Batch, log: Sequence[Sequence[Any]], known: Sequence[Campaign]) -> None:
    """The page of one batch."""
    st.title(plain_words(title(batch)))
    told = [
        label_words(batch),
        *([_("until {day}").format(day=day_words(batch.expires, language()))] if batch.expires else []),
    ]
    campaign = next((one for one in known if one.id == batch.campaign), None)
    told += [named(campaign)] if campaign else []
    st.caption(plain_words(" · ".join(filter(None, told))))
    counts = Counts(shop, batch)
    _figures(batch, counts)
    parts: Mapping[str, tuple[str, Callable[[], None]]] = {
        "activate": (_("Activate & block"), lambda: batch_ranges.draw(shop, batch)),
        "print": (_("Print"), lambda: batch_print.draw(shop, batch)),
        SCANS: (_("Scans"), lambda: batch_scans.draw(shop, batch, counts)),
        "history": (_("History"), lambda: batch_history.draw(shop, batch, log)),
    }
    part = addressed.segments(PART, _("Part"), {name: words for name, (words, _drawn) in parts.items()})
    parts[part][1]()


def title(batch: Batch) -> str:
    """What people call the batch."""
    return batch.name.in_(language()).strip() or batch.gtin or batch.id


def label_words(batch: Batch) -> str:
    """GTIN and lot, as far as there are any."""
    lot = f" · {_('Lot')} {batch.lot}" if batch.lot else ""
    return f"GTIN {batch.gtin}{lot}" if batch.gtin else _("Without a GTIN")


@st.fragment(run_every=EVERY)
def _figures(batch: Batch, counts: Counts) -> None:
    """The batch in figures, which follow the scans while one looks."""
    counted, _days = counts.of("figures")
    active = ranges.count(ranges.without(batch.active, batch.blocked))
    figures = {
        _("Total codes"): batch.size,
        _("Usable"): active,
        _("First scans"): counted.first,
        _("Repeat scans"): counted.again,
        _("Invalid scans"): sum(counted.refused.values()),
        _("Alarms"): sum(counted.abnormal.values()),
    }
    with st.grid("auto", min_column_width=150, gap="small"):
        for name, number in figures.items():
            st.metric(name, f"{number:,}", border=True, height="stretch")
    if (found := counts.suspects) and st.query_params.get(PART) != SCANS:
        said = _("Codes that may have been copied: {n}. See Scans.")
        st.warning(said.format(n=f"{len(found):,}"), icon=":material/warning:")
