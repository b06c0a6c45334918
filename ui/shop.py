"""The one place where the screens get their store, their clock, their randomness, and who sits before them.

Tests put `store`, `now`, `bucket`, `prints`, `keyring`, `transport` and `settings` into the session before the first
run; nothing is patched.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Timer
from time import monotonic
from typing import Any, cast

import streamlit as st

from functions.core.discovery import Catalogue, discover
from functions.core.ids import ENTROPY_BYTES, new_id
from functions.core.tokens import Keyring, keyring
from functions.core.workspace import Action, Editor
from functions.edge.bucket import Bucket
from functions.edge.clients import client, secret_reader
from functions.edge.clock import clock
from functions.edge.queue import Queue
from functions.prints.press import Press
from functions.storage.refusals import NOT_ALLOWED, Refused
from functions.storage.store import Store
from infra.clients import Target
from ui import settings as environment
from ui import sign_in
from ui.api import Api
from ui.authorised import Authorised
from ui.i18n import language
from ui.impatient import Impatient
from ui.settings import Settings


@dataclass(frozen=True)
class Shop:
    """What a page works with in one run."""

    store: Store
    settings: Settings
    catalogue: Catalogue
    now: datetime
    who: Editor
    api: Api
    bucket: Bucket | None = None
    keys: Keyring | None = None

    @property
    def editor(self) -> str:
        """The name that is written down with each step."""
        return self.who.name

    @property
    def dev_mode(self) -> bool:
        """Whether nobody needs to sign in, as on a developer's machine: the screens say so in red."""
        return self.settings.is_open

    def require(self, action: Action) -> None:
        """Refuse what the role of who sits here is not for, where no row is written. Raises Refused `not_allowed`."""
        if not self.who.may(action):
            raise Refused("not_allowed", NOT_ALLOWED)

    def fresh_id(self, prefix: str) -> str:
        """A new id that sorts by now."""
        return new_id(prefix, self.now, self.entropy())

    def entropy(self) -> bytes:
        """Random bytes for one id or one code."""
        return os.urandom(ENTROPY_BYTES)

    def later(self, seconds: float, action: Callable[[], None]) -> Callable[[], None]:
        """Do `action` in a while, whatever page is open by then; what it gives back calls it off."""
        timer = (st.session_state.get("timer") or Timer)(seconds, action)
        timer.daemon = True
        timer.start()
        return cast(Callable[[], None], timer.cancel)

    def cloud(self) -> Target:
        """Where this shop is deployed, by the credentials of this process. Raises Problem `no_credentials`, …"""
        return cast(Target | None, st.session_state.get("target")) or Target.aws(self.settings.region, None)

    def press(self) -> Press | None:
        """Where large files of item codes are made; None without a bucket."""
        if self.bucket is None:
            return None
        return Press(self.bucket.name, self.bucket.tenant, self.bucket.connect, self.settings.files_url)

    def prints(self) -> Queue | None:
        """Where their parts are ordered; None where nobody makes them."""
        url, region = self.settings.prints, self.settings.region
        kept = cast(Queue | None, st.session_state.get("prints"))
        return kept or (Queue(url, lambda: client("sqs", region)) if url else None)

    def ring(self) -> Keyring | None:
        """The keys that invitations are kept under; None when no secret is named."""
        told = self.settings
        if self.keys is not None:
            return self.keys
        return _ring(told.tenant, told.secret, told.region) if told.secret else None


def new_mark() -> str:
    """A short mark to find one event in the logs by, such as 7F3A-09C2."""
    digits = os.urandom(4).hex().upper()
    return f"{digits[:4]}-{digits[4:]}"


def told() -> Settings | None:
    """What this session was told by its environment; None when nothing names a table."""
    return cast(Settings | None, st.session_state.get("settings")) or environment.read(os.environ)


def open_shop() -> Shop | None:
    """The shop of this session; None when the environment names no table, or nobody is let in (`ui/entrance.py`)."""
    settings = told()
    if settings is None:
        return None
    store = _store(settings)
    now = clock_now()
    who = sign_in.who(store, settings, now)
    if who is None:
        return None
    bucket = st.session_state.get("bucket") or Bucket(
        settings.bucket, settings.tenant, lambda: client("s3", settings.region)
    )
    return Shop(
        Authorised(store, who, lambda: sign_in.who(store, settings, clock_now())),
        settings,
        discover(),
        now,
        who,
        Api(settings.base_url, language(), st.session_state.get("transport")),
        bucket if settings.bucket else None,
        st.session_state.get("keyring"),
    )


def ask_again() -> None:
    """A drawing is over: the next press asks the store anew, however soon it comes."""
    store = st.session_state.get("store")
    if isinstance(store, Impatient):
        store.forget()


def _store(settings: Settings) -> Store:
    """This session's store: each waits by itself, through the client they share."""
    if "store" not in st.session_state:
        shared = _dynamo(settings.table, settings.tenant, settings.region, settings.table_endpoint)
        st.session_state["store"] = Impatient(shared, monotonic)
    return cast(Store, st.session_state["store"])


def clock_now() -> datetime:
    """The time; Pond's own, where its clock was set ahead."""
    fixed = st.session_state.get("now")
    return fixed if isinstance(fixed, datetime) else clock(os.environ)()


@st.cache_resource(ttl=60)
def _ring(tenant: str, secret: str, region: str) -> Keyring:
    """The tenant's keys, read again after a minute, so that a rotation is seen."""
    return keyring(tenant, secret_reader(secret, region)())


@st.cache_resource
def _dynamo(table: str, tenant: str, region: str, endpoint: str | None) -> Any:
    """One client for every session of this process: botocore's clients may be shared by threads."""
    from functions.storage.client import dynamodb_client
    from functions.storage.dynamodb import DynamoStore

    return DynamoStore(dynamodb_client(region, endpoint, connections=20), table, tenant)
