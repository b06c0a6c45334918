"""Tables for spreadsheets: CSV that opens with its Chinese names, and in which no cell is a formula."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from itertools import dropwhile
from typing import Any, Literal

import streamlit as st
from defusedcsv import csv

from ui.i18n import language, speaking

WIDE = str.maketrans("＝＋－＠", "=+-@")  # Excel in Chinese and Japanese takes these for formulas as well


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel guesses another encoding.

    `columns` names them where there may be no row. A text that a spreadsheet would run gets an apostrophe in front.
    """
    names = list(columns or (rows[0] if rows else ()))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([[_cell(name) for name in names], *([_cell(row.get(name)) for name in names] for row in rows)])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def csv_button(
    label: str,
    made: Callable[[], bytes] | bytes,
    name: str,
    *,
    key: str,
    icon: str = ":material/table:",
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """The button for a file called `name`; `made` is called when somebody presses, and the page stays as it is.

    In the language of the page, although it is called where none is known.
    """
    made = made if isinstance(made, bytes) else speaking(language(), made)
    st.download_button(label, made, name, "text/csv", key=key, icon=icon, type=kind, on_click="ignore")


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    bare = "".join(dropwhile(_unseen, value))  # a spreadsheet reads past these, and then finds the formula
    first = bare[:1].translate(WIDE)
    return first + bare[1:] if first in tuple("=+-@|%") else value


def _unseen(letter: str) -> bool:
    return letter.isspace() or not letter.isprintable()
