"""Cookies reach a handler in two ways."""

from typing import Any

import pytest

from functions.edge.cookies import cookies_in


@pytest.mark.parametrize(
    "event",
    [
        {"cookies": ["a=1", "b=x=y", "a=2"]},
        {"headers": {"Cookie": "a=1; b=x=y; a=2"}},
        {"cookies": [], "headers": {"cookie": "a=1;b=x=y"}},
    ],
)
def test_cookies_are_read_from_the_list_or_from_the_header(event: dict[str, Any]) -> None:
    assert cookies_in(event) == {"a": "1", "b": "x=y"}


def test_a_request_without_cookies_has_none() -> None:
    assert cookies_in({"headers": None}) == cookies_in({"headers": {"cookie": "junk"}}) == {}
