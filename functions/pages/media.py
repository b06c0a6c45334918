"""Pictures that marketers put on their pages. Reads only."""

from __future__ import annotations

from functions.edge import media
from functions.pages import answers
from functions.pages.answers import Answer
from functions.pages.ask import Ask

FOR_EVER = "public, max-age=31536000, immutable"


def picture(ask: Ask, name: str) -> Answer:
    """`GET /media/{name}`: a name follows from its content, so what it names never changes."""
    data = media.fetch(ask.service.bucket, name)
    if data is None:
        return answers.missing(ask, "not_found")
    return answers.photograph(data, media.TYPES[name.rpartition(".")[2]], FOR_EVER)
