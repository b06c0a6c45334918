"""A definition file becomes a new draft: never a change of a campaign that is there."""

from __future__ import annotations

import streamlit as st

from ui.components.campaigns.new_campaign import start
from ui.components.composer.definition_text import Reading, reading, tell
from ui.components.forms.filling import whole
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

ASKED = "st_import"
ENDINGS = ["yaml", "yml", "json"]
MEGABYTES_MAX = 1  # the reader itself says no above 256 KB, in words


def ask() -> None:
    """Somebody wants to bring a file."""
    st.session_state[ASKED] = True


def dialog(shop: Shop) -> None:
    """The dialog, while it is asked for."""
    if not st.session_state.get(ASKED):
        return

    @st.dialog(_("Import a campaign"), width="medium", on_dismiss=_dismissed, icon=":material/upload_file:")
    def bring() -> None:
        st.write(_("A definition file, exported here or kept in git. It becomes a new draft; nothing is replaced."))
        file = st.file_uploader(
            _("YAML or JSON, at most 256 KB"), type=ENDINGS, max_upload_size=MEGABYTES_MAX, key="import_file"
        )
        if file is not None:
            _offer(shop, reading(file.getvalue(), file.name, shop.catalogue))

    bring()


def _offer(shop: Shop, found: Reading) -> None:
    """What the file holds, and the one button."""
    if found.content is not None:
        st.markdown(f"**{plain_words(_name(found.content))}**")
    tell(found)
    if found.content is None:
        return
    if found.faults:
        st.caption(_("A draft may be unfinished: import it as it is, and correct it in the composer."))
    if st.button(_("Import as a new draft"), type="primary", icon=":material/note_add:", key="btn_import_now"):
        _dismissed()
        start(shop, whole(found.content, shop.catalogue))


def _name(content: dict[str, object]) -> str:
    """What the file calls the campaign, in this language where it does."""
    name = content.get("name")
    words = name if isinstance(name, dict) else {}
    return str(words.get(language()) or words.get("zh") or words.get("en") or _("Untitled"))


def _dismissed() -> None:
    st.session_state.pop(ASKED, None)
