"""The server of the screens: `streamlit run ui/serve.py`. Streamlit's own app, with our doorstep and error page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui.doorstep import Doorstep, Packed
from ui.mishap import shown

app = st.App(
    Path(__file__).with_name("app.py"),
    middleware=[Middleware(Packed), Middleware(Doorstep)],
    on_script_error=shown,
)
