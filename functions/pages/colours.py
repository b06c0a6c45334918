"""Colours of pages: see `core/colours.py`, which posters use as well."""

from __future__ import annotations

from functions.core.colours import INK, READABLE, Palette, contrast, luminance

__all__ = ["INK", "READABLE", "Palette", "contrast", "luminance"]
