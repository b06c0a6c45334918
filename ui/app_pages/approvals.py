"""Approvals: what waits for agreement, with everything that one has to know to give it."""

from __future__ import annotations

import streamlit as st

from functions.core.approval import Answer, Request
from functions.core.campaign import Campaign
from functions.storage import approvals, audit, campaigns
from functions.storage.campaigns import Refused
from functions.storage.store import Busy, Unknown
from ui.components.payouts import waiting as payout_lists
from ui.components.publishing import agreeing, audit_list
from ui.frame import LISTED, reading, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop, open_shop
from ui.words import paragraph, plain_words

SAID = "st_answered"
ANSWERS: tuple[Answer, ...] = ("agree", "return", "decline")
RECENT = 12


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Approvals"))
    if said := st.session_state.pop(SAID, None):
        kind, words = said
        (st.success if kind == "good" else st.error)(words)
    with reading():
        heads = campaigns.campaigns(shop.store)
    waiting = [one for one in heads if one.waiting]
    if not payout_lists.draw(shop, heads) and not waiting:
        st.info(_("Nothing is waiting for your approval."), icon=":material/task_alt:")
    for campaign in waiting:
        request = approvals.read(shop.store, campaign.id, campaign.request)
        if request is not None:
            _card(shop, campaign, request)
    done = [one for one in audit.entries(shop.store, limit=200) if one.what in (*ANSWERS, "ask", "withdraw")]
    if done:
        st.subheader(_("Recent"))
        with st.container(border=True):
            audit_list.draw(done[:RECENT], st.context.timezone or "Asia/Shanghai")


def _card(shop: Shop, campaign: Campaign, request: Request) -> None:
    with st.container(border=True, key=f"request_{campaign.id}"):
        if not agreeing.draw(shop, campaign, request):
            return
        own = request.mark == shop.who.mark and not agreeing.own_allowed(shop)
        mine = any(one.mark == shop.who.mark for one in request.agreed)
        if own:
            st.info(_("You asked for this yourself: somebody else has to agree."), icon=":material/person:")
        elif mine:
            st.info(_("You have agreed already; somebody else has to, too."), icon=":material/verified:")
        st.text_area(
            _("Comment"), key=_note(request), max_chars=1000, height=80,
            placeholder=_("Needed when you ask for changes or decline"), persist_state="page",
        )  # fmt: skip
        last = len(request.agreed) + 1 >= request.wanted
        words = {
            "agree": _("Agree and publish") if last else _("Agree"),
            "return": _("Ask for changes"),
            "decline": _("Decline"),
        }
        with st.container(horizontal=True):
            for what in ANSWERS:
                st.button(
                    words[what],
                    type="primary" if what == "agree" else "secondary",
                    disabled=what == "agree" and (own or mine),
                    key=f"btn_{what}_{campaign.id}_{request.id}",
                    on_click=_answer,
                    args=(campaign, request, what),
                )


def _note(request: Request) -> str:
    return f"note_{request.id}_{request.campaign}"


def _answer(campaign: Campaign, request: Request, what: Answer) -> None:
    """The answer to exactly what was shown, however long ago; with the last agreement it goes live."""
    note, said = str(st.session_state.get(_note(request)) or "").strip(), ""
    try:
        if (shop := open_shop()) is None:
            return  # nobody sits here any more: the entrance says so
        head = approvals.answer(shop.store, campaign, request.content_hash, what, shop.who, shop.now, note)
        words = {"agree": _("You agreed."), "return": _("Sent back with your comment."), "decline": _("Declined.")}
        said, note = words[what], ""
        if what == "agree" and not head.waiting:
            draft = campaigns.load(shop.store, campaign.id)
            head = campaigns.publish(shop.store, draft, shop.catalogue, shop.editor, shop.now)
            said = _("You agreed, and it is live: version {n}.").format(n=head.live)
        st.session_state[SAID] = ("good", said)
    except Refused as refused:
        said = paragraph([said, f"{plain_words(refused.message.in_(language()))} [{refused.code}]"]).strip()
        if note:  # its field goes with the request
            said += "  \n" + _("Your comment was not sent: {note}").format(note=plain_words(note))
        st.session_state[SAID] = ("bad", said)
    except (Unknown, Busy):
        st.session_state[SAID] = ("bad", _("No answer came. Press again: nothing is done twice."))
    st.session_state.pop(LISTED, None)


main()
