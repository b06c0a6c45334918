"""Certificates: a sheet with name, sentence, issuer, day and number, and the code of the link that proves it.

Drawn from values alone, 750 by 1060 points (a sheet of the A series). No seal and no emblem: it is no state's document.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.core.colours import INK, Palette, mixed
from functions.drawing.canvas import MARGIN, WIDTH, Canvas

if TYPE_CHECKING:
    from PIL.Image import Image

HEIGHT = 1060
INNER = WIDTH - 2 * MARGIN - 40
LEFT = (WIDTH - INNER) // 2
EDGE, LINE = 18, 3
CODE_SIDE, CODE_MARGIN = 264, 18
QUALITY = 85
MUTED, WHITE, DIVIDER = "#55615E", "#FFFFFF", "#C9D3D0"
PALE = 0.9  # how much white is in the ripples under the title: ink upon them has a contrast of 15


@dataclass(frozen=True)
class Certificate:
    """What a certificate says. `to` stands above the holder's name, `hint` under the code of `url`."""

    title: str
    to: str
    holder: str
    sentence: str
    issuer: str
    day: str
    number: str
    hint: str
    url: str
    colour: str


def draw(certificate: Certificate, scale: int = 1) -> Image:
    """The sheet, with `scale` pixels a point."""
    palette = Palette.of(certificate.colour)
    canvas = Canvas.blank(scale, palette.brand, HEIGHT)
    canvas.card((EDGE, EDGE, WIDTH - EDGE, HEIGHT - EDGE), 20, WHITE)
    canvas.ripples(mixed(palette.brand, WHITE, PALE), (WIDTH // 2, 222), 180)
    foot = HEIGHT - MARGIN - CODE_SIDE
    _words(canvas, certificate, palette, foot - 24)
    _foot(canvas, certificate, foot)
    return canvas.image


def jpeg(certificate: Certificate, scale: int = 1) -> bytes:
    """The sheet as a JPEG file."""
    out = io.BytesIO()
    draw(certificate, scale).save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _words(canvas: Canvas, certificate: Certificate, palette: Palette, bottom: int) -> None:
    """Title, name and sentence one under the other, in the middle; a long sentence is set smaller."""
    title = canvas.fitted(certificate.title, INNER, 72, 34, 2)
    at = canvas.lines(title, (LEFT, 218 - canvas.height(title) // 2), INK, bold=True, centred=INNER)
    canvas.fill((WIDTH // 2 - 40, at + 20, WIDTH // 2 + 40, at + 26), palette.brand)
    to = canvas.fitted(certificate.to, INNER, 28, 22, 1)
    at = canvas.lines(to, (LEFT, at + 92), MUTED, centred=INNER)
    holder = canvas.fitted(certificate.holder, INNER, 62, 34, 1)
    at = canvas.lines(holder, (LEFT, at + 8), palette.ink, bold=True, centred=INNER)
    canvas.fill((LEFT + 60, at + 10, WIDTH - LEFT - 60, at + 10 + LINE), DIVIDER)
    sentence = canvas.fitted(certificate.sentence, INNER, 34, 22, 6, bottom - at - 44)
    canvas.lines(sentence, (LEFT, at + 44), INK, centred=INNER)


def _foot(canvas: Canvas, certificate: Certificate, top: int) -> None:
    """Who gives it, when and under which number at the left; at the right the code by which it is checked."""
    code = WIDTH - MARGIN - CODE_SIDE + CODE_MARGIN
    canvas.code(certificate.url, (code, top - 24), CODE_SIDE, "M")
    hint = canvas.fitted(certificate.hint, CODE_SIDE, 22, 18, 1)
    canvas.lines(hint, (code, top + CODE_SIDE - 30), MUTED, centred=CODE_SIDE)
    wide = code - LEFT - 8
    issuer = canvas.fitted(certificate.issuer, wide, 34, 22, 3)
    day, number = (canvas.fitted(words, wide, 26, 20, 1) for words in (certificate.day, certificate.number))
    at = top + CODE_SIDE - 30 + canvas.height(hint) - sum(map(canvas.height, (issuer, day, number))) - 16
    at = canvas.lines(issuer, (LEFT, at), INK, bold=True)
    at = canvas.lines(day, (LEFT, at + 10), MUTED)
    canvas.lines(number, (LEFT, at + 6), MUTED)
