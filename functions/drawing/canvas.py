"""A sheet to draw posters on, measured in points whatever its resolution: words, cards, pictures, codes."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.drawing import codes, lettering
from functions.drawing.codes import Level
from functions.drawing.lettering import Fitted

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT, MARGIN = 750, 1334, 60  # points
LEADING = 1.32  # of a line's height; Chinese needs air
BOLDER = 52  # a stroke of one in so many of the size makes the one weight bold
FINER = 4  # edges of round shapes are drawn so many times larger, then made small
RINGS, RING_SHARE = 5, 0.36

Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True)
class Canvas:
    """A picture with `scale` pixels a point. Every length that goes in or comes out is in points."""

    image: Image
    scale: int

    @classmethod
    def blank(cls, scale: int, colour: str, height: int = HEIGHT) -> Canvas:
        """An empty sheet."""
        from PIL import Image

        return cls(Image.new("RGB", (WIDTH * scale, height * scale), colour), scale)

    def fitted(
        self, text: str, width: int, largest: int, smallest: int, lines: int, height: int | None = None
    ) -> Fitted:
        """`text` as large as it fits; sizes in points."""
        return lettering.fit(lettering.printable(text), width, largest, smallest, lines, height, LEADING)

    def width(self, words: Fitted) -> int:
        """Of the longest line."""
        return math.ceil(max(map(lettering.measure(words.size), words.lines), default=0))

    def height(self, words: Fitted, above: int = 0) -> int:
        """Of all lines, with the space above them; nothing where there are none."""
        return math.ceil(len(words.lines) * words.size * LEADING) + above if words.lines else 0

    def lines(self, words: Fitted, at: tuple[int, int], ink: str, bold: bool = False, centred: int = 0) -> int:
        """Set words with their upper left at a place, or in the middle of `centred` points; where they end."""
        from PIL import ImageDraw

        pen, left, top = ImageDraw.Draw(self.image), *at
        stroke = words.size * self.scale / BOLDER if bold else 0
        for number, line in enumerate(words.lines):
            over = (centred - lettering.measure(words.size)(line)) / 2 if centred else 0
            middle = top + (number + 0.5) * words.size * LEADING
            place = ((left + over) * self.scale, middle * self.scale)
            font = lettering.font(words.size * self.scale)
            pen.text(place, line, ink, font, "lm", stroke_width=stroke, stroke_fill=ink)
        return top + self.height(words)

    def fill(self, box: Box, colour: str) -> None:
        """A box of one colour."""
        self.image.paste(colour, self._pixels(box))

    def card(self, box: Box, radius: int, colour: str) -> None:
        """A box with round corners."""
        place = self._pixels(box)
        self.image.paste(colour, place, self._rounded(place, radius))

    def picture(self, data: bytes, box: Box, radius: int = 0) -> None:
        """A picture that fills the box; what is over is cut off around its middle."""
        from PIL import Image, ImageOps

        place = self._pixels(box)
        with Image.open(io.BytesIO(data)) as picture:
            size = (place[2] - place[0], place[3] - place[1])
            whole = ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS)
        self.image.paste(whole, place, self._rounded(place, radius) if radius else None)

    def logo(self, data: bytes, box: Box) -> None:
        """A picture as large as it fits into the box, in its middle, with what is transparent left out."""
        from PIL import Image, ImageOps

        left, top, right, bottom = self._pixels(box)
        with Image.open(io.BytesIO(data)) as picture:
            small = ImageOps.contain(picture.convert("RGBA"), (right - left, bottom - top), Image.Resampling.LANCZOS)
        place = (left + (right - left - small.width) // 2, top + (bottom - top - small.height) // 2)
        self.image.paste(small, place, small)

    def code(self, url: str, at: tuple[int, int], side: int, level: Level = "Q") -> None:
        """The QR code of an address with its quiet zone, whole pixels a module, in the middle of a white square."""
        from PIL import Image

        room = side * self.scale
        symbol = codes.symbol(url, level)
        drawn = codes.bitmap(symbol, max(1, room // symbol.width))
        square = Image.new("1", (max(room, drawn.width), max(room, drawn.width)), 1)
        square.paste(drawn, ((square.width - drawn.width) // 2,) * 2)
        self.image.paste(square.convert("RGB"), (at[0] * self.scale, at[1] * self.scale))

    def ripples(self, shade: str, middle: tuple[int, int], radius: int, bottom: int = HEIGHT) -> None:
        """Rings in still water, down to a line: wider apart the farther out."""
        from PIL import Image, ImageDraw

        side = 2 * radius * self.scale
        mask = Image.new("L", (side * 2, side * 2), 0)
        pen = ImageDraw.Draw(mask)
        for ring in range(RINGS, 0, -1):
            out = side * (ring / RINGS) ** 1.3
            pen.ellipse([side - out, side - out, side + out, side + out], 255)
            out *= 1 - RING_SHARE / ring
            pen.ellipse([side - out, side - out, side + out, side + out], 0)
        rings = mask.resize((side, side), Image.Resampling.BOX)
        left, top = (middle[0] - radius) * self.scale, (middle[1] - radius) * self.scale
        rings = rings.crop((0, 0, side, min(side, bottom * self.scale - top)))
        self.image.paste(shade, (left, top, left + rings.width, top + rings.height), rings)

    def _pixels(self, box: Box) -> Box:
        left, top, right, bottom = (edge * self.scale for edge in box)
        return left, top, right, bottom

    def _rounded(self, place: Box, radius: int) -> Image:
        from PIL import Image, ImageDraw

        left, top, right, bottom = place
        mask = Image.new("L", ((right - left), (bottom - top)), 255)
        corner = radius * self.scale
        large = Image.new("L", (2 * corner * FINER,) * 2, 0)
        ImageDraw.Draw(large).ellipse([0, 0, large.width - 1, large.height - 1], 255)
        round_ = large.resize((2 * corner, 2 * corner), Image.Resampling.BOX)
        for x in (0, 1):
            for y in (0, 1):
                quarter = round_.crop((x * corner, y * corner, (x + 1) * corner, (y + 1) * corner))
                mask.paste(quarter, (x * (mask.width - corner), y * (mask.height - corner)))
        return mask
