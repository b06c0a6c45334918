"""A change list on the screen: what is new, what is other than before, what is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from functions.core.campaign import Campaign, Definition, Version
from functions.core.discovery import Catalogue
from functions.core.parsing import parse
from functions.storage import campaigns
from functions.storage.store import Busy, Unknown
from ui.components.forms.filling import whole
from ui.components.forms.values import get
from ui.components.people import asked_of
from ui.components.publishing.differences import Difference, Kind, differences
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

MARKS: dict[Kind, str] = {
    "added": ":green[:material/add_circle:]", "changed": ":blue[:material/change_circle:]",
    "removed": ":red[:material/remove_circle:]",
}  # fmt: skip
SHOWN = 8
SERVES = "st_serves"  # the fingerprint of the version that serves


def between(shop: Shop, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What `after` says otherwise than `before`, in this session's language; campaigns by their names."""
    return differences(before, after, shop.catalogue, language(), _called(shop, before, after))


def _called(shop: Shop, *contents: Mapping[str, Any]) -> dict[str, str]:
    """What audiences ask for is called; nothing while the store is away."""
    try:
        return asked_of.names(shop, [needs for one in contents if (needs := get(one, ("audience", "needs")))])
    except (Unknown, Busy):  # their ids will do
        return {}


def as_json(definition: Definition) -> dict[str, Any]:
    """A definition as it is kept."""
    return definition.model_dump(mode="json", by_alias=True)


def plain(content: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """A draft as a definition writes it, every default said; as far as the draft can be read."""
    definition, _faults = parse(dict(content), catalogue)
    if definition is None:
        return whole(dict(content), catalogue)
    return as_json(definition)


def draw(lines: Sequence[Difference]) -> None:
    """The list; what is beyond the first few behind one press."""
    _rows(lines[:SHOWN])
    if len(lines) > SHOWN:
        with st.expander(_("{n} more changes").format(n=len(lines) - SHOWN)):
            _rows(lines[SHOWN:])


def against(shop: Shop, live: Version | None, after: Definition) -> None:
    """The change list against the version that serves."""
    if live is None:
        st.caption(":material/fiber_new: " + _("The first version: nobody has seen this campaign yet."))
        return
    lines = between(shop, as_json(live.definition), as_json(after))
    if not lines:
        st.caption(_("Nothing differs from v{n}, which is live.").format(n=live.number))
        return
    st.markdown("**" + _("What changes against v{n}, which is live").format(n=live.number) + "**")
    draw(lines)


def is_live(shop: Shop, campaign: Campaign, definition: Definition) -> bool:
    """Whether exactly this serves already. The version is read once, and told with its defaults as a desk has them."""
    known, mark = st.session_state.get(SERVES), (campaign.id, campaign.live)
    if known is None or known[0] != mark:
        try:
            live = campaigns.live_version(shop.store, campaign)
        except (Unknown, Busy):
            return False
        served = whole(as_json(live.definition), shop.catalogue) if live else {}
        same, _faults = parse(served, shop.catalogue)
        known = st.session_state[SERVES] = (mark, same.content_hash if same else "")
    return bool(known[1] == definition.content_hash)


def takes_away(live: Version | None, after: Definition) -> bool:
    """Whether a reward of the version that serves is gone."""
    kept = {item.id for item in after.rewards}
    return live is not None and any(item.id not in kept for item in live.definition.rewards)


def _rows(lines: Sequence[Difference]) -> None:
    words = {"added": _("New"), "changed": _("Changed"), "removed": _("Gone")}
    for line in lines:
        st.markdown(f"{MARKS[line.kind]} **{words[line.kind]}** &nbsp; {plain_words(line.sentence)}")
