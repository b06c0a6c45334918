"""Which provider takes payments here, and which one a payment was made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from functions.edge.service import Service
from functions.payments.port import Provider

if TYPE_CHECKING:
    from functions.payments.sign_in import SignIn


class NoProvider(Exception):
    """There is no such provider in this deployment."""


def chooser(service: Service) -> Callable[[str], Provider]:
    """The providers of a deployment by name. The sandbox, which takes no money, is there in a local cloud only."""

    def choose(name: str) -> Provider:
        now = service.clock()
        if name == "offline":
            from functions.payments.offline import Offline  # a deployment takes one of them: it starts with that alone

            return Offline(service.keys.ring(now), service.settings.base_url.rstrip("/"), now)
        if name == "sandbox" and service.settings.is_local:
            from functions.payments.sandbox import Sandbox

            return Sandbox(service.keys.ring(now), service.settings.base_url.rstrip("/"), now)
        if name == "wechat" and service.merchant is not None:
            return _wechat(service, service.merchant)
        raise NoProvider(name)

    return choose


def _wechat(service: Service, read: Callable[[], str]) -> Provider:
    """WeChat Pay with this deployment's merchant, made once for each copy of a function: it keeps certificates."""
    if "wechat" not in service.made:
        from functions.payments.wechat import Merchant, WeChat

        url = f"{service.settings.base_url.rstrip('/')}/hooks/payments/wechat"
        service.made["wechat"] = WeChat(Merchant.of(read()), url, service.clock)
    return service.made["wechat"]  # type: ignore[no-any-return]


def sign_in(service: Service) -> SignIn | None:
    """Who tells whose WeChat somebody pays with; None where the merchant names no official account."""
    if service.merchant is None:
        return None
    if "sign_in" not in service.made:
        from functions.payments.sign_in import SignIn
        from functions.payments.wechat import Merchant

        own, base_url = Merchant.of(service.merchant()), service.settings.base_url.rstrip("/")
        made = SignIn(own.appid, own.app_secret, lambda: service.keys.ring(service.clock()), base_url, service.clock)
        service.made["sign_in"] = made if own.app_secret else None
    return service.made["sign_in"]  # type: ignore[no-any-return]


def here(service: Service) -> str:
    """The provider that new payments are asked with."""
    return service.settings.payments or ("sandbox" if service.settings.is_local else "offline")
