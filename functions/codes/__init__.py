"""Codes on single items: serials that prove themselves, and links as GS1 Digital Link has them. Pure."""
