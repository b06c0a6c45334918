"""What a payment provider does for us. Three are behind it: a sandbox, staff by hand, WeChat Pay v3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from functions.core.keys import Row
from functions.core.payment import Notice


class NotYours(Exception):
    """A notice that its provider did not sign."""


class Refused(Exception):
    """The provider will never do it; `code` is its reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Way = Literal["native", "h5", "jsapi"]


@dataclass(frozen=True)
class Payer:
    """How somebody can pay: by another phone's scan, in a phone's browser, or inside WeChat, where `openid` names them.

    `address` is the network address that a provider asks for.
    """

    way: Way = "native"
    address: str = ""
    openid: str = ""


@dataclass(frozen=True)
class Door:
    """Where the member goes to pay: a link, or what WeChat's own script is called with (`call`).

    `signs_in`: the link asks WeChat first whose it is, and leads back to paying.
    """

    link: str = ""
    call: Mapping[str, str] = field(default_factory=dict)
    signs_in: bool = False


class Provider(Protocol):
    """One way to pay. Everything is under our own names, so that asking again does nothing twice."""

    name: str

    def begin(self, payment: str, row: Row, words: str, payer: Payer) -> Door:
        """Where the member goes to pay. Raises Refused; other errors may be tried again."""
        ...

    def give_back(self, payment: str, row: Row, refund: str, amount: int) -> None:
        """Refund so much of a payment, under the refund's name. Raises Refused; other errors are tried again."""
        ...

    def notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """What a message of the provider says of a payment; None where it is about something else. Raises NotYours."""
        ...
