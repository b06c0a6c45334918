"""What one channel has come to: all that is counted by its code, by the chosen days and version."""

from __future__ import annotations

import streamlit as st

from functions.insights import outlook
from ui import navigation
from ui.components import charts
from ui.components.charts import Picture, Rows
from ui.components.codes import compare
from ui.components.results import results_body
from ui.components.results.headline import Figure, more
from ui.components.results.results_view import View
from ui.components.shown import picture
from ui.i18n import _
from ui.words import money, paragraph, percent, plain_words, round_money, signed_money


def draw(view: View) -> None:
    """Its figures, days and funnel, and what is not told by channel; a way to its code before anybody came by it."""
    if is_unvisited(view):
        _nobody_yet(view)
    else:
        results_body.metrics(figures(view))
        st.caption(plain_words(bought(view)))
        _charts(view)
        st.caption(_("Rewards, rules, budget, stages and what happened are counted for every channel together."))
    st.button(_("Show every channel"), icon=":material/arrow_back:", key="btn_every_channel", on_click=_leave)


def is_unvisited(view: View) -> bool:
    """Whether a channel is chosen that nobody ever came by."""
    return bool(view.chosen_channel) and view.by_channel(view.everything).is_nothing


def _charts(view: View) -> None:
    """The funnel is for all versions: people move from one to the next."""
    if view.chosen_version:
        results_body.days(view, by_day(view))
        st.caption(_("The funnel is told for all versions together: people move from one to the next."))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        results_body.days(view, by_day(view))
    with right:
        picture(_("From scanning to buying"), funnel(view), funnel_note())


def _nobody_yet(view: View) -> None:
    words = _("Nobody has come by “{channel}” yet. Its code waits on the page of codes and posters.")
    name, _code = view.door(view.chosen_channel)
    st.info(plain_words(words.format(channel=name)), icon=":material/qr_code_2:")
    if st.button(_("Codes & posters"), type="primary", key="btn_channel_code"):
        st.switch_page(navigation.find(navigation.QR).file, query_params={"c": view.campaign.id})


def _leave() -> None:
    st.query_params.pop("channel", None)


def figures(view: View) -> list[Figure]:
    """Scans, people, the new ones among them, who came back, and what they paid."""
    now = view.by_channel(view.span.of(view.counted))
    then = view.by_channel(view.earlier.of(view.counted)) if view.earlier else None
    told = {
        "scans": (_("Scans"), _("People who looked at the page by this code, each once in 30 days.")),
        "people": (_("Participants"), _("{share} of all who took part for the first time in these days.")),
        "own": (
            _("New members"),
            _("{share} of the participants: they took part in none of your campaigns before."),
        ),
        "back1": (
            _("Back next day"),
            _("People who took part again a day or more after they came; {week} of them a week or more after."),
        ),
    }
    shares = {
        "people": percent(outlook.share(now.people, view.within.participants)),
        "own": percent(outlook.share(now.own, now.people)),
    }
    counts = [
        Figure(
            name,
            f"{getattr(now, field):,}",
            more(getattr(now, field), getattr(then, field)) if then else "",
            meaning.format(share=shares.get(field, ""), week=f"{now.back7:,}"),
        )
        for field, (name, meaning) in told.items()
    ]
    return [*counts, _revenue(view, now.earned, then.earned if then else now.earned)]


def _revenue(view: View, now: int, before: int) -> Figure:
    currency = view.definition.budget.currency
    change = f"{'+' if now > before else '-'}{round_money(abs(now - before), currency)}" if now != before else ""
    meaning = _("What new members who came by this code paid since they came, less refunds.")
    return Figure(_("Revenue"), signed_money(now, currency).removesuffix(".00"), change, meaning)


def bought(view: View) -> str:
    """Who bought; and where the channel has a cost and everything is chosen, what each of its people cost."""
    one, currency = view.by_channel(view.span.of(view.counted)), view.definition.budget.currency
    said = [
        _("{buyers} new members made their first order, {orders} orders in all.").format(
            buyers=f"{one.buyers:,}", orders=f"{one.orders:,}"
        )
    ]
    if one.cost and one.people and view.is_whole:
        words = _("This channel cost {cost}: {each} for each participant.")
        if one.own:
            words = _("This channel cost {cost}: {each} for each participant, {new} for each new member.")
        each, new = (money(round(one.cost / people), currency) if people else "" for people in (one.people, one.own))
        said.append(words.format(cost=round_money(one.cost, currency), each=each, new=new))
    return paragraph(said)


def by_day(view: View) -> Picture:
    """Who scanned the code and who took part by it, day by day."""
    days = view.days
    lines = [view.by_channel([one]) for one in days]
    told = {_("Scans"): [one.scans for one in lines], _("New participants"): [one.people for one in lines]}
    return charts.daily(days, told)


def funnel(view: View) -> Picture:
    """From a scan to an order, since the first day. Who bought need not have come back: a share of new members."""
    one = view.by_channel(view.up_to(view.span.last))
    steps = {_("Took part"): one.people, _("Back next day"): one.back1, _("After a week"): one.back7}
    shares = ["", *(percent(outlook.share(n, one.people)) for n in (one.back1, one.back7))]
    steps[_("New members who bought")] = one.buyers
    shares.append(percent(outlook.share(one.buyers, one.own)))
    if one.scans >= one.people and one.scans:
        steps = {_("Scanned a code"): one.scans, **steps}
        shares = ["", percent(outlook.share(one.people, one.scans)), *shares[1:]]
    return charts.funnel([(name, n, True) for name, n in steps.items()], shares, _("Share"))


def funnel_note() -> str:
    """What each share is of."""
    return _(
        "Since the first day. Participants: share of scans. Who came back: share of participants. "
        "Who bought: share of new members."
    )


def for_spreadsheet(view: View) -> Rows:
    """One row for each day and version of the choice, money as a plain number."""
    currency = view.definition.budget.currency
    return [
        {
            _("Day"): one.day,
            _("Version"): one.version or "",
            **compare.plain(view.by_channel([one]), _("Channel"), currency),
        }
        for one in view.span.of(view.counted)
    ]
