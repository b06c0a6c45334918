"""A campaign's colour, made safe to read: WCAG 2.2 contrast (SC 1.4.3). Pure."""

from __future__ import annotations

from dataclasses import dataclass

READABLE = 4.5
INK = "#0D1614"
# Below this luminance white is the better text on a colour, above it black: one of them always reaches 4.58.
EVEN = 0.179


@dataclass(frozen=True)
class Palette:
    """The brand colour, text upon it, and a colour for text and lines on white."""

    brand: str
    on: str
    ink: str

    @classmethod
    def of(cls, colour: str) -> Palette:
        """`colour` is `#rrggbb`."""
        on = "#FFFFFF" if luminance(colour) <= EVEN else "#000000"
        return cls(colour, on, colour if contrast(colour, "#FFFFFF") >= READABLE else INK)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of another in it."""
    parts = [(int(colour[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in parts)
