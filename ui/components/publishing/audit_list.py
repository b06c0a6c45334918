"""The audit list on the screen: who did what, when, one line each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.audit import BUDGET_GONE, OFF, ON, Deed, Entry
from functions.core.workspace import ROLES
from functions.pages.formats import zone_name
from ui.components.people import leaving
from ui.components.workspace import settings_desk
from ui.entrance import role_words
from ui.i18n import _, language
from ui.words import plain_words, shortened, when

ICONS: dict[Deed, str] = {
    "publish": "rocket_launch", "pause": "pause_circle", "resume": "play_circle", "end": "flag",
    "archive": "inventory_2", "ask": "hourglass_top", "withdraw": "undo", "agree": "verified", "return": "rate_review",
    "decline": "block", "sign_off": "signature", "settings": "settings", "role": "manage_accounts",
    "invite": "person_add", "uninvite": "person_remove", "reveal": "visibility", "export": "download",
    "erase": "delete_forever", "deploy": "cloud_upload", "channels": "qr_code_2",
    "live_code": "alt_route", "new_live_code": "add_link",
    "print_codes": "print", "segment": "group", "new_segment": "group_add", "drop_segment": "group_remove",
    "add_hook": "webhook", "renew_hook": "key", "remove_hook": "link_off", "refuse_order": "gpp_bad",
    "refuse_payment": "money_off", "hand_back": "currency_exchange", "settle_payment": "price_check",
    "payout_ask": "receipt_long", "payout_agree": "verified",
    "payout_decline": "block", "payout_drop": "undo", "payout_paid": "payments", "refuse_payout": "money_off",
    "give_right": "badge", "take_right": "remove_moderator", "clear_item": "task_alt",
}  # fmt: skip


def sentences() -> dict[Deed, str]:
    """What each step reads like."""
    return {
        "publish": _("{who} published v{n} of “{what}”"),
        "pause": _("{who} paused “{what}”"),
        "resume": _("{who} resumed “{what}”"),
        "end": _("{who} ended “{what}”"),
        "archive": _("{who} archived “{what}”"),
        "ask": _("{who} asked for approval of “{what}”"),
        "withdraw": _("{who} took back the request for “{what}”"),
        "agree": _("{who} agreed to “{what}”"),
        "return": _("{who} asked for changes to “{what}”"),
        "decline": _("{who} declined “{what}”"),
        "sign_off": _("{who} accepted a warning about “{what}”"),
        "settings": _("{who} changed the settings: {what}"),
        "role": _("{who} changed the role of {what}"),
        "invite": _("{who} invited {what}"),
        "uninvite": _("{who} withdrew the invitation of {what}"),
        "reveal": _("{who} looked at member {what}"),
        "export": _("{who} exported the data of {what}"),
        "erase": _("{who} erased {what}"),
        "deploy": _("{who} deployed {what}"),
        "channels": _("{who} changed the channels of “{what}”"),
        "live_code": _("{who} changed the live code “{what}”"),
        "new_live_code": _("{who} made the live code “{what}”"),
        "print_codes": _("{who} made a file of the codes of “{what}”"),
        "segment": _("{who} changed the segment “{what}”"),
        "new_segment": _("{who} made the segment “{what}”"),
        "drop_segment": _("{who} removed the segment “{what}”"),
        "add_hook": _("{who} connected the shop “{what}”"),
        "renew_hook": _("{who} renewed the secret of the shop “{what}”"),
        "remove_hook": _("{who} disconnected the shop “{what}”"),
        "refuse_order": _("A message of {who} was refused {what}"),
        "refuse_payment": _("Money of {who} was refused {what}"),
        "hand_back": _("{who} gave back the money of {what}"),
        "settle_payment": _("{who} settled money that fitted no payment: {what}"),
        "payout_ask": _("{who} made a payout list for “{what}”"),
        "payout_agree": _("{who} agreed to a payout for “{what}”"),
        "payout_decline": _("{who} declined a payout for “{what}”"),
        "payout_drop": _("{who} discarded a payout list for “{what}”"),
        "payout_paid": _("{who} paid out commission for “{what}”"),
        "refuse_payout": _("{who} was refused a payout for “{what}”"),
        "give_right": _("{who} gave member {what} a right"),
        "take_right": _("{who} took a right back from member {what}"),
        "clear_item": _("{who} looked at a suspicious item of “{what}” and found it fine"),
    }


def kinds() -> dict[Deed, str]:
    """What the steps are called by themselves."""
    return {
        "publish": _("Publishing"), "pause": _("Pausing"), "resume": _("Resuming"), "end": _("Ending"),
        "archive": _("Archiving"), "ask": _("Asking for approval"), "withdraw": _("Taking a request back"),
        "agree": _("Agreeing"), "return": _("Asking for changes"), "decline": _("Declining"),
        "sign_off": _("Answering for a warning"), "settings": _("Settings"), "role": _("Roles"),
        "invite": _("Invitations"), "uninvite": _("Withdrawn invitations"), "reveal": _("Members looked at"),
        "export": _("Exports"), "erase": _("Erasures"), "deploy": _("Deployments"), "channels": _("Channels"),
        "live_code": _("Live codes"), "new_live_code": _("New live codes"),
        "print_codes": _("Files of codes"), "segment": _("Segments"),
        "new_segment": _("New segments"), "drop_segment": _("Segments removed"),
        "add_hook": _("Shops let in"), "renew_hook": _("Shops' secrets renewed"),
        "remove_hook": _("Shops stopped"), "refuse_order": _("Orders refused"),
        "refuse_payment": _("Money refused"), "hand_back": _("Refunds by hand"), "payout_ask": _("Payout lists made"),
        "settle_payment": _("Unmatched money settled"),
        "payout_agree": _("Payouts agreed to"), "payout_decline": _("Payouts declined"),
        "payout_drop": _("Payout lists dropped"), "payout_paid": _("Commission paid out"),
        "refuse_payout": _("Payouts refused"),
        "give_right": _("Rights given by hand"), "take_right": _("Rights taken back"),
        "clear_item": _("Items found fine"),
    }  # fmt: skip


def draw(entries: Sequence[Entry], zone: str) -> None:
    """Newest first, as they come, by the clock of a zone that is named."""
    said = sentences()
    if not entries:
        st.caption(_("Nothing has been done here yet."))
        return
    st.caption(_("Time zone: {zone}").format(zone=plain_words(zone_name(language(), zone))))
    with st.container(gap="small", key="deeds"):
        for entry in entries:
            _line(entry, said[entry.what], zone)


def _line(entry: Entry, said: str, zone: str) -> None:
    words = said.format(
        who=f"**{plain_words(entry.by)}**", what=plain_words(entry.about.in_(language())), n=entry.version
    )
    note = f"  \n:gray[{plain_words(_shortened(_said(entry)))}]" if entry.note else ""
    with st.container(horizontal=True, gap="small"):
        st.caption(when(entry.at, zone, language()), width=140)
        st.markdown(f":gray[:material/{ICONS[entry.what]}:] {words}{note}")


def _said(entry: Entry) -> str:
    """A note in words, where it was chosen and not typed."""
    if entry.what == "erase":
        return leaving.reasons().get(entry.note, entry.note)
    if entry.what == "role":
        return next((role_words(role) for role in ROLES if role == entry.note), entry.note)
    if entry.what == "reveal":
        return _("Found by: {way}").format(way=leaving.ways().get(entry.note, entry.note))
    if entry.what == "settings" and entry.note in (ON, OFF):
        return _("on") if entry.note == ON else _("off")
    if entry.what == "settings":
        return settings_desk.chosen_words(entry.note)
    if entry.what == "clear_item":
        return _("No. {n}").format(n=entry.note)
    if entry.what == "pause" and entry.note == BUDGET_GONE:
        return _("all its money is given out")
    return entry.note


def _shortened(note: str) -> str:
    """One line of a note."""
    return shortened(" ".join(note.split()), 200)
