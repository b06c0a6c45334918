"""How a chart or a table stands on a page: its title, what it says for those who cannot see it, and its numbers."""

from __future__ import annotations

import streamlit as st

from ui.components.charts import Picture, Rows
from ui.i18n import _
from ui.words import plain_words


def picture(title: str, drawn: Picture | None, note: str = "") -> None:
    """A chart with its words and its table; the note alone where there is nothing to draw."""
    if drawn is None and not note:
        return
    st.subheader(title)
    if drawn is not None:
        st.altair_chart(drawn.chart, alt=f"{title}: {drawn.says}", width="stretch", key=f"chart_{title}")
    if note:
        st.caption(plain_words(note))
    if drawn is not None:
        with st.expander(_("See the numbers"), key=f"numbers_{title}"):
            st.table(drawn.rows, border="horizontal", hide_index=True, alt=title)


def table(title: str, rows: Rows, note: str = "") -> None:
    """A table; nothing where there are no rows."""
    if not rows:
        return
    st.subheader(title)
    st.table(rows, border="horizontal", hide_index=True, alt=title)
    if note:
        st.caption(plain_words(note))
