"""A picture of the marketers': chosen, judged and made small at once, shown as phones get it, removed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from functions.core.text import Text
from functions.core.upload import BYTES_MAX
from functions.drawing.media import Use, ready
from functions.drawing.pictures import PictureRefused
from functions.edge import media
from functions.storage.refusals import Refused
from ui.components.forms.form import Form, slot, title
from ui.components.forms.schema import Spec
from ui.components.forms.values import Path, get
from ui.i18n import _, language
from ui.shop import Shop, open_shop
from ui.words import plain_words

ROUNDS, REFUSED = "st_picture_rounds", "st_picture_refused"
PREVIEW_PIXELS = {"hero": 240, "logo": 96, "code": 120}
USES: Mapping[object, Use] = {"logo": "logo", "picture": "code"}  # by the name of the field; a hero else
MEGABYTE = 1024 * 1024
NOT_KEPT = Text(
    zh="图片暂时存不上，请过一会儿再试", en="The picture cannot be kept right now. Please try again in a moment"
)


def draw(form: Form, spec: Spec, path: Path) -> None:
    """The field of a form that names a picture."""
    name = get(form.content, path)
    refused = picture_field(
        title(form, spec),
        name if isinstance(name, str) else "",
        lambda kept: form.write(path, kept),
        key=form.key(path),
        use=USES.get(path[-1], "hero"),
    )
    if refused is None or form.at(path):
        slot(form, spec, path)
    else:
        wrong(refused)


def picture_field(label: str, name: str, keep: Callable[[str], None], *, key: str, use: Use = "hero") -> Text | None:
    """An uploader with what is there above it; `keep` is given the name of a new picture, or nothing for none.

    Says why the last file will not do, for the one line that the caller has below the field.
    """
    shop = open_shop()
    st.markdown(f":small[{label}]")
    with st.container(horizontal=True, vertical_alignment="center"):
        if name and shop is not None:
            st.image(shop.settings.media_url(name), width=PREVIEW_PIXELS[use], alt=label)
        with st.container(width="stretch"):
            _uploader(shop, label, keep, key, use)
            if name:
                _remover(keep, key)
    refused: dict[str, Text] = st.session_state.setdefault(REFUSED, {})
    return refused.get(key)


def wrong(sentence: Text) -> None:
    """The line below a field, saying what is wrong."""
    st.markdown(f":red[:small[:material/error: {plain_words(sentence.in_(language()))}]]")


def _remover(keep: Callable[[str], None], key: str) -> None:
    st.button(
        _("Remove"),
        icon=":material/delete:",
        type="tertiary",
        key=f"btn_{key}~none",
        on_click=_dropped,
        args=(keep, key),
    )


def _uploader(shop: Shop | None, label: str, keep: Callable[[str], None], key: str, use: Use) -> None:
    """The uploader is a new one after each file, so that what it holds is never taken for what the draft has."""
    rounds: dict[str, int] = st.session_state.setdefault(ROUNDS, {})
    at = f"{key}~{rounds.get(key, 0)}"
    st.file_uploader(
        label,
        key=at,
        label_visibility="collapsed",
        max_upload_size=BYTES_MAX // MEGABYTE,
        disabled=shop is None or shop.bucket is None,
        on_change=_chosen,
        args=(shop, at, keep, key, use),
    )


def _chosen(shop: Shop, at: str, keep: Callable[[str], None], key: str, use: Use) -> None:
    """A file was chosen: made ready and kept, or refused in words."""
    file = st.session_state[at]
    if file is None or shop.bucket is None:
        return
    st.session_state[ROUNDS][key] = st.session_state[ROUNDS].get(key, 0) + 1
    refused: dict[str, Text] = st.session_state.setdefault(REFUSED, {})
    refused.pop(key, None)
    try:
        shop.require("compose")
        keep(media.keep(shop.bucket, *ready(file.getvalue(), use)))
    except (PictureRefused, Refused) as error:
        refused[key] = error.message
    except media.NotKept:
        refused[key] = NOT_KEPT


def _dropped(keep: Callable[[str], None], key: str) -> None:
    st.session_state.setdefault(REFUSED, {}).pop(key, None)
    keep("")
