"""Any two versions side by side, in sentences; the draft is one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from functions.core.campaign import Version
from functions.storage.campaigns import Draft
from ui.components.publishing import changes
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import when


def draw(shop: Shop, draft: Draft, found: Sequence[Version]) -> None:
    """What to hold beside what, and how they differ. Nothing where there is only one thing to say."""
    contents: dict[int, dict[str, Any]] = {one.number: changes.as_json(one.definition) for one in found}
    contents[0] = changes.plain(draft.content, shop.catalogue)
    names = {
        one.number: f"v{one.number} · {when(one.published_at, found[0].definition.schedule.zone, language())}"
        for one in found
    }
    names[0] = _("The draft")
    newest = found[0].number
    older = found[1].number if len(found) > 1 else newest
    same = not changes.between(shop, contents[newest], contents[0])
    if same and len(found) == 1:
        return  # nothing to hold beside it
    first, second = (older, newest) if same else (newest, 0)
    st.subheader(_("Compare"))
    left, right = st.columns(2)
    key = f"{language()}_{draft.campaign.id}_{draft.campaign.live}"
    a = left.selectbox(
        _("From"), list(names), list(names).index(first), format_func=names.__getitem__, key=f"from_{key}"
    )
    b = right.selectbox(_("To"), list(names), list(names).index(second), format_func=names.__getitem__, key=f"to_{key}")
    lines = changes.between(shop, contents[a], contents[b])
    with st.container(border=True):
        if lines:
            changes.draw(lines)
        else:
            st.caption(_("They say the same."))
