"""A row of small bars, drawn as an SVG of a few hundred bytes: a chart library would weigh a megabyte. Pure."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, SLOTS = 280, 44, 14
BAR = 12
LEAST = 2  # a day on which nothing happened is a line
COLOUR, FAINT = "#0B6E5F", "#C9D3D0"


def bars(values: Sequence[int]) -> str:
    """One bar a value, the newest at the right; SLOTS places, so that bars of all cards are alike."""
    shown = list(values)[-SLOTS:]
    most, step = max([*shown, 1]), WIDTH / SLOTS
    drawn = []
    for place, value in enumerate(shown, SLOTS - len(shown)):
        tall = max(LEAST, round(value / most * HEIGHT))
        colour = COLOUR if value else FAINT
        left = place * step + (step - BAR) / 2
        drawn.append(f'<rect x="{left:.1f}" y="{HEIGHT - tall}" width="{BAR}" height="{tall}" rx="2" fill="{colour}"/>')
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg {box} role="img">{"".join(drawn)}</svg>'
