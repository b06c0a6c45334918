"""The server of the screens: `streamlit run ui/serve.py`. Streamlit's own app, with our doorstep and error page."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from ui.doorstep import Doorstep, Packed
from ui.late_press import allow_late_presses
from ui.mishap import log_in_a_line, shown
from ui.sign_in_file import written

if sign_in := written(os.environ):
    config.set_option("secrets.files", [str(sign_in)])  # before the app is made: st.set_option is for scripts
allow_late_presses()
log_in_a_line()
app = st.App(
    Path(__file__).with_name("app.py"),
    middleware=[Middleware(Packed), Middleware(Doorstep)],
    on_script_error=shown,
)
