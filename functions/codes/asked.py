"""What a request's headers wish for, best first (RFC 9110, section 12.4.2). Pure."""

from __future__ import annotations

WISHES_MAX = 20


def ranked(header: str) -> list[str]:
    """The values of an Accept or Accept-Language header by their weight, in small letters; a weight of 0 is a no."""
    wishes = [_weighed(part) for part in header.lower()[:1000].split(",")[:WISHES_MAX]]
    told = [value for weight, value in sorted(wishes, key=lambda wish: -wish[0]) if weight > 0 and value]
    return [one for value in told for one in _with_its_stem(value)]


def _weighed(part: str) -> tuple[float, str]:
    value, *parameters = (piece.strip() for piece in part.split(";"))
    number = next((one.removeprefix("q=") for one in parameters if one.startswith("q=")), "1")
    plain = number.isascii() and number.replace(".", "", 1).isdigit()
    return (float(number) if plain else 1.0), value


def _with_its_stem(value: str) -> list[str]:
    """A language after its region: who wishes for zh-cn takes zh."""
    return [value, value.partition("-")[0]] if "-" in value and "/" not in value else [value]
