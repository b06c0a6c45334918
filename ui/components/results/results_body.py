"""The body of the results page: five figures, the charts, the tables."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.components.charts import Picture
from ui.components.codes import compare
from ui.components.results import deposits, flows, graphs, headline, share_tree, tables, together
from ui.components.results.headline import Figure
from ui.components.results.results_view import View
from ui.components.sheet import as_csv, csv_button
from ui.components.shown import picture, table
from ui.i18n import _
from ui.words import plain_words


def draw(view: View) -> None:
    """All of it, as chosen."""
    metrics(headline.figures(view))
    if words := headline.today(view):
        st.caption(plain_words(words))
    _deposits(view)
    days(view, graphs.by_day(view))
    if view.chosen_version:
        st.caption(_("Funnel, budget and reach are told for all versions together: people move from one to the next."))
        table(_("Rewards, all versions"), tables.rewards(view), tables.rewards_note(view))
    else:
        _whole(view)
    flows.draw(view)
    table(_("Rules"), tables.rules(view), _("Counted in the chosen days."))
    _doors(view)
    together.draw(view)
    share_tree.draw(view)
    table(_("What happened"), tables.happened(view))


def _deposits(view: View) -> None:
    """Members' own money, where a campaign asks for any."""
    if told := deposits.figures(view):
        st.subheader(_("Deposits"))
        with st.container(key="deposits"):
            metrics(told)
        st.caption(plain_words(deposits.note(view)))


def metrics(figures: Sequence[Figure]) -> None:
    """The figures, side by side as there is room."""
    with st.grid("auto", min_column_width=170, gap="small"):
        for figure in figures:
            st.metric(
                figure.name,
                figure.value,
                figure.change or None,
                delta_color="normal" if figure.more_is_better else "off",
                help=figure.meaning,
                border=True,
                height="stretch",
            )


def days(view: View, by_day: Picture) -> None:
    """The chosen days as lines; one day as its numbers."""
    if view.span.length > 1:
        picture(_("Day by day"), by_day)
    else:
        table(_("Day by day"), by_day.rows)  # a line needs two points


def _doors(view: View) -> None:
    """The codes that people came by, and the same as a file."""
    rows = tables.channels(view)
    told = _("Orders and revenue count only members whose first code this was, from the day they came, less refunds.")
    table(_("Where people came from"), rows, told if any(_("Orders") in row for row in rows) else "")
    if view.within.channels:
        currency = view.definition.budget.currency
        csv_button(
            _("Channels compared (CSV)"),
            lambda: as_csv(compare.table(tables.doors(view), _("Channel"), currency)),
            f"{view.campaign.id}-channels.csv",
            key="btn_doors_csv",
            kind="tertiary",
        )


def _whole(view: View) -> None:
    """What makes sense for all versions only."""
    left, right = st.columns(2, gap="medium")
    with left:
        picture(graphs.funnel_title(view), graphs.funnel(view), graphs.funnel_note(view))
    with right:
        picture(_("Cost against the budget"), graphs.burn(view))
    if (reach := graphs.kept(view)) is None:
        table(_("Rewards"), tables.rewards(view), tables.rewards_note(view))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        picture(_("How far people get"), reach, graphs.kept_note())
    with right:
        table(_("Rewards"), tables.rewards(view), tables.rewards_note(view))
