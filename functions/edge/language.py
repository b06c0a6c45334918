"""Which of the two languages a person reads."""

from __future__ import annotations

from collections.abc import Mapping

from functions.core.text import LANGUAGES, Language

COOKIE = "lang"


def language_of(query: Mapping[str, str], cookies: Mapping[str, str], accept: str) -> Language:
    """`?lang` first, then the cookie, then the first of Accept-Language that Pond speaks; Chinese when none."""
    for said in (query.get("lang", ""), cookies.get(COOKIE, "")):
        for language in LANGUAGES:
            if said == language:
                return language
    return _preferred(accept)


def _preferred(accept: str) -> Language:
    wanted = sorted(map(_weighed, accept.lower()[:200].split(",")), key=lambda pair: -pair[0])
    for weight, name in wanted:
        for language in LANGUAGES:
            if weight > 0 and name.split("-")[0] == language:
                return language
    return "zh"


def _weighed(part: str) -> tuple[float, str]:
    name, _, rest = part.strip().partition(";")
    number = rest.strip().removeprefix("q=")
    plain = number.isascii() and number.replace(".", "", 1).isdigit()
    weight = float(number) if plain else 1.0
    return weight, name.strip()
