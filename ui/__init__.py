"""The marketer's screens: Streamlit, and nothing that decides anything."""
