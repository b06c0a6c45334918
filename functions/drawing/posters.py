"""Posters: three layouts for a phone's screen or a shop's door, in Chinese or English, with the campaign's code.

Drawn from values alone. 750 by 1334 points (a phone's screen at two pixels a point); print takes three pixels a point.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.core.colours import INK, Palette, mixed
from functions.core.poster import Layout
from functions.drawing.canvas import HEIGHT, MARGIN, WIDTH, Canvas

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 85
INNER = WIDTH - 2 * MARGIN
MUTED = "#55615E"
WHITE = "#FFFFFF"
CODE_SIDE = {"colour": 296, "picture": 296, "plain": 460}
CODE_MARGIN = 22  # of a code's side that is its light margin, about: what stands beside it seems so much farther off


@dataclass(frozen=True)
class Poster:
    """What a poster shows. `call` and `hint` stand beside the code of `url`; pictures are files, or empty.

    There is no place for a reward: a poster is kept, and may be passed on.
    """

    layout: Layout
    title: str
    text: str
    when: str
    organiser: str
    call: str
    hint: str
    url: str
    colour: str
    picture: bytes = b""
    logo: bytes = b""


def draw(poster: Poster, scale: int = 1) -> Image:
    """The poster, with `scale` pixels a point."""
    canvas = Canvas.blank(scale, Palette.of(poster.colour).brand if poster.layout == "colour" else WHITE)
    LAYOUTS[poster.layout](canvas, poster, Palette.of(poster.colour))
    return canvas.image


def jpeg(poster: Poster, scale: int = 1) -> bytes:
    """The poster as a JPEG file; its resolution makes it 150 mm wide in print at three pixels a point."""
    out = io.BytesIO()
    draw(poster, scale).save(out, "JPEG", quality=QUALITY, optimize=True, dpi=(scale * 127, scale * 127))
    return out.getvalue()


def _colour(canvas: Canvas, poster: Poster, palette: Palette) -> None:
    """The brand's colour all over, and the code on a white card."""
    canvas.ripples(_away(palette), (610, 190), 330)
    top = _sender(canvas, poster, palette.on, 64)
    if poster.picture:
        canvas.picture(poster.picture, (MARGIN, top + 12, WIDTH - MARGIN, top + 12 + 400), 28)
        top += 430
    card = HEIGHT - MARGIN - 320
    _words(canvas, poster, (top + 24, card - 44), palette.on, palette.on, 92)
    canvas.card((MARGIN, card, WIDTH - MARGIN, HEIGHT - MARGIN), 32, WHITE)
    _code_row(canvas, poster, palette, (MARGIN + 12, card + 12, WIDTH - MARGIN - 32))


def _picture(canvas: Canvas, poster: Poster, palette: Palette) -> None:
    """A picture over the upper half; without one, ripples in the brand's colour."""
    bottom = 600
    if poster.picture:
        canvas.picture(poster.picture, (0, 0, WIDTH, bottom))
    else:
        canvas.fill((0, 0, WIDTH, bottom), palette.brand)
        canvas.ripples(_away(palette), (WIDTH // 2, bottom - 30), 420, bottom)
    canvas.fill((0, bottom, WIDTH, bottom + 12), palette.brand)
    if poster.logo:
        canvas.card((MARGIN, bottom - 92, MARGIN + 124, bottom + 32), 24, WHITE)
        canvas.logo(poster.logo, (MARGIN + 16, bottom - 76, MARGIN + 108, bottom + 16))
    beside = MARGIN + 124 + 18 if poster.logo else MARGIN
    organiser = canvas.fitted(poster.organiser, WIDTH - MARGIN - beside, 28, 22, 1)
    canvas.lines(organiser, (beside, bottom + 28), MUTED)
    row = HEIGHT - MARGIN - CODE_SIDE["picture"] + CODE_MARGIN
    _words(canvas, poster, (bottom + 68, row - 12), INK, MUTED, 76)
    _code_row(canvas, poster, palette, (MARGIN - CODE_MARGIN, row, WIDTH - MARGIN))


def _plain(canvas: Canvas, poster: Poster, palette: Palette) -> None:
    """White, with a large code in the middle: spares ink, and is read from across a room."""
    canvas.fill((0, 0, WIDTH, 20), palette.brand)
    canvas.fill((0, HEIGHT - 20, WIDTH, HEIGHT), palette.brand)
    top = _sender(canvas, poster, MUTED, 76, centred=True)
    side = 300 if poster.picture else CODE_SIDE["plain"]
    if poster.picture:
        canvas.picture(poster.picture, (MARGIN, top + 8, WIDTH - MARGIN, top + 8 + 315), 24)
        top += 331
    code = HEIGHT - 96 - 40 - 64 - side
    _words(canvas, poster, (top + 20, code - 28), INK, MUTED, 88, centred=True)
    canvas.code(poster.url, ((WIDTH - side) // 2, code), side)
    call = canvas.fitted(poster.call, INNER, 46, 28, 1)
    canvas.lines(call, (MARGIN, code + side + 10), palette.ink, bold=True, centred=INNER)
    hint = canvas.fitted(poster.hint, INNER, 26, 20, 1)
    canvas.lines(hint, (MARGIN, code + side + 10 + 66), MUTED, centred=INNER)


def _sender(canvas: Canvas, poster: Poster, ink: str, top: int, centred: bool = False) -> int:
    """Logo and organiser in one line; where it ends. Nothing takes no room."""
    organiser = canvas.fitted(poster.organiser, INNER - 110, 30, 22, 1)
    if not poster.logo and not organiser.lines:
        return top - 20
    wide = canvas.width(organiser) + (90 if poster.logo else 0)
    left = (WIDTH - wide) // 2 if centred else MARGIN
    if poster.logo:
        canvas.card((left, top, left + 72, top + 72), 18, WHITE)
        canvas.logo(poster.logo, (left + 8, top + 8, left + 64, top + 64))
        left += 90
    canvas.lines(organiser, (left, top + 36 - organiser.size * 3 // 4), ink)
    return top + 84


def _words(
    canvas: Canvas, poster: Poster, between: tuple[int, int], ink: str, soft: str, largest: int, centred: bool = False
) -> None:
    """Title, line and dates one under the other, in the middle of their room; the title gives way first."""
    top, bottom = between
    when = canvas.fitted(poster.when, INNER, 32, 22, 1)
    text = canvas.fitted(poster.text, INNER, 34, 26, 2)
    below = canvas.height(text, 20) + canvas.height(when, 24)
    title = canvas.fitted(poster.title, INNER, largest, 36, 4, bottom - top - below)
    at = top + max(0, (bottom - top - below - canvas.height(title)) // 2)
    middle = INNER if centred else 0
    at = canvas.lines(title, (MARGIN, at), ink, bold=True, centred=middle)
    if text.lines:
        at = canvas.lines(text, (MARGIN, at + 20), soft, centred=middle)
    if when.lines:
        canvas.lines(when, (MARGIN, at + 24), ink, bold=True, centred=middle)


def _code_row(canvas: Canvas, poster: Poster, palette: Palette, place: tuple[int, int, int]) -> None:
    """The code at the left, its call and hint at the right, beginning at (left, top) and ending at right."""
    left, top, right = place
    side = CODE_SIDE[poster.layout]
    canvas.code(poster.url, (left, top), side)
    words = left + side + 20
    call = canvas.fitted(poster.call, right - words, 46, 28, 3)
    hint = canvas.fitted(poster.hint, right - words, 26, 20, 3)
    at = top + (side - canvas.height(call) - canvas.height(hint, 14)) // 2
    at = canvas.lines(call, (words, at), palette.ink, bold=True)
    canvas.lines(hint, (words, at + 14), MUTED)


def _away(palette: Palette) -> str:
    """A shade of the brand's colour for ornaments: away from the text's, which reads the better upon it."""
    return mixed(palette.brand, "#000000" if palette.on == WHITE else WHITE, 0.14)


LAYOUTS: Mapping[Layout, Callable[[Canvas, Poster, Palette], None]] = {
    "colour": _colour,
    "picture": _picture,
    "plain": _plain,
}
