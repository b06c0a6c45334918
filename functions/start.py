"""Where Lambda enters: `functions.start.play` is the handler of `play`, with all that it works with made.

Modules and clients are made of things that stay. Looking for garbage among them finds none and takes a seventh of a
cold start, so it is switched off meanwhile, and what stands then is not searched again. Only here: who imports a
handler's module, a test for instance, keeps its collector as it was.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

MODULES = {
    "pages": "functions.pages.handler",
    "play": "functions.play.handler",
    "members": "functions.members.handler",
    "coupons": "functions.coupons.handler",
    "items": "functions.codes.handler",
    "insights": "functions.insights.handler",
    "hooks": "functions.orders.handler",
    "orders": "functions.orders.consumer",
    "prints": "functions.prints.consumer",
    "payments": "functions.payments.handler",
    "sweeper": "functions.insights.sweeper",
    "openapi": "functions.openapi.handler",
}


def __getattr__(name: str) -> Callable[[Any, Any], Any]:
    """The handler that Lambda asks for by its name."""
    if name not in MODULES:
        raise AttributeError(name)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is packed; looking reads every package's papers
    with without_collecting():
        handler: Callable[[Any, Any], Any] = import_module(MODULES[name]).handler
        import_module("functions.edge.service").from_environment()
    return handler


@contextmanager
def without_collecting() -> Iterator[None]:
    """No garbage collection inside; what was made there is exempt from it afterwards."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
