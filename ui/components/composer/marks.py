"""Which steps hold something to correct, as a dot beside their names, whose words may not change."""

from __future__ import annotations

import json
from collections.abc import Collection

import streamlit as st

from ui.components.composer.places import STEPS
from ui.i18n import _

# The dot is told in words to who hears the page; browsers that cannot say them show the dot all the same.
MARK = (
    "[class*=st-key-step_] [role=radio]:nth-of-type({place}) p::after "
    "{{ content: '\\25CF'; content: '\\25CF' / {words}; color: #B3261E; font-size: 9px; margin-left: 6px; "
    "vertical-align: 3px; }}"
)


def draw(steps: Collection[str]) -> None:
    """The dots beside these steps."""
    words = json.dumps(f" ({_('has something to correct')})", ensure_ascii=False)
    rules = [MARK.format(place=place, words=words) for place, step in enumerate(STEPS, 1) if step in steps]
    st.html(f"<style>{' '.join(rules)}</style>")
