"""What of two long texts to show, so that their difference is seen. Pure."""

from __future__ import annotations

AROUND, LONG = 12, 60  # characters kept beside a change in a text longer than LONG


def excerpts(old: str, new: str) -> tuple[str, str]:
    """The part of two long texts that differs, with a little around it."""
    most = min(len(old), len(new))
    front = next((place for place in range(most) if old[place] != new[place]), most)
    back = next((n for n in range(most - front) if old[-1 - n] != new[-1 - n]), most - front)
    start = max(0, front - AROUND)
    return _excerpt(old, start, len(old) - back), _excerpt(new, start, len(new) - back)


def _excerpt(text: str, start: int, end: int) -> str:
    end = min(len(text), end + AROUND)
    return "“" + ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "") + "”"
