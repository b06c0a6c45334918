"""A page that breaks, under the handler that the server gives to Streamlit."""

from ui.mishap import shown

try:
    raise ZeroDivisionError("secret detail")
except ZeroDivisionError as error:
    shown(error)
