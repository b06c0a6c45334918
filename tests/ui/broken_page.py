"""A page that breaks, under the handler that the server gives to Streamlit."""

import streamlit as st

from ui.mishap import shown

shown(st.session_state.get("error", ZeroDivisionError("secret detail")))
