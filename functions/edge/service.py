"""Everything a handler works with, made once for each copy of a function; tests make their own."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from functions.core.discovery import Catalogue, discover
from functions.core.ids import ENTROPY_BYTES, new_id
from functions.edge.bucket import Bucket
from functions.edge.clients import client, secret_reader, sms_sender
from functions.edge.clock import clock
from functions.edge.identity import Keys
from functions.edge.limits import Buckets
from functions.edge.queue import Queue
from functions.edge.schedules import Schedules
from functions.edge.settings import Settings
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from functions.storage.store import Store

if TYPE_CHECKING:
    from functions.codes.finding import BatchesSeen
    from functions.core.campaign import Version
    from functions.storage.live import LiveCampaigns
    from functions.storage.stock import StockSeen
    from functions.storage.units import UnitsSeen

VERSIONS_KEPT = 256


@dataclass
class Service:
    """Store, keys, bucket, sender; and where time, ids, chance and sleep come from."""

    settings: Settings
    store: Store
    catalogue: Catalogue
    keys: Keys
    bucket: Bucket
    send: Callable[[str, str], None]
    queue: Queue
    schedules: Schedules
    made: dict[str, Any] = field(default_factory=dict)  # what is made once for each copy of a function
    merchant: Callable[[], str] | None = None  # reads what WeChat Pay gave us, where this deployment has a merchant
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    entropy: Callable[[int], bytes] = secrets.token_bytes
    chance: Callable[[], float] = secrets.SystemRandom().random  # in [0, 1)
    sleep: Callable[[float], None] = time.sleep
    buckets: Buckets = field(default_factory=Buckets)
    write_log: Callable[[str], None] = lambda line: print(line, flush=True)

    def __post_init__(self) -> None:
        self._configs: dict[tuple[str, int], Any] = {}
        self._sold_out: dict[tuple[str, int], dict[str, int]] = {}
        self.__dict__.pop("live", None)
        self.__dict__.pop("batches", None)
        self.__dict__.pop("units", None)

    @cached_property
    def live(self) -> LiveCampaigns:
        """The live campaigns: made when first asked for, since clerks' functions never ask."""
        from functions.storage.live import LiveCampaigns

        return LiveCampaigns(self.store)

    @cached_property
    def stock(self) -> StockSeen:
        """What this copy knows of rewards that are gone; only pages ask."""
        from functions.storage.stock import StockSeen

        return StockSeen(self.store)

    @cached_property
    def units(self) -> UnitsSeen:
        """The groups that may be joined; only pages of campaigns with groups ask."""
        from functions.storage.units import UnitsSeen

        return UnitsSeen(self.store)

    @cached_property
    def batches(self) -> BatchesSeen:
        """The batches of item codes that were scanned here; most functions never ask."""
        from functions.codes.finding import BatchesSeen

        return BatchesSeen(self.store)

    def config_of(self, version: Version) -> Any:
        """The mechanic's configuration in a version, validated once: versions never change."""
        place = (version.campaign, version.number)
        if place not in self._configs:
            if len(self._configs) >= VERSIONS_KEPT:
                self._configs.clear()
            model = self.catalogue.mechanic(version.definition.mechanic).Config
            self._configs[place] = model.model_validate(version.definition.config)
        return self._configs[place]

    def sold_out(self, version: Version) -> dict[str, int]:
        """What this copy knows to be sold out in a version (storage/play.py); whoever learns more adds it."""
        place = (version.campaign, version.number)
        if place not in self._sold_out and len(self._sold_out) >= VERSIONS_KEPT:
            self._sold_out.clear()
        return self._sold_out.setdefault(place, {})

    def new_id(self, prefix: str, at: datetime) -> str:
        """A fresh id."""
        return new_id(prefix, at, self.entropy(ENTROPY_BYTES))


@cache
def from_environment() -> Service:
    """The service of this copy of a function."""
    settings = Settings.of(os.environ)
    region = settings.region
    return Service(
        settings=settings,
        clock=clock(os.environ),
        store=DynamoStore(dynamodb_client(region), settings.table, settings.tenant),
        catalogue=discover(),
        keys=Keys(settings.tenant, secret_reader(settings.secret, region)),
        bucket=Bucket(settings.bucket, settings.tenant, lambda: client("s3", region), settings.upload_url),
        send=sms_sender(region),
        queue=Queue(settings.queue, lambda: client("sqs", region)),
        schedules=Schedules(settings.schedules, settings.sweeper, settings.waker, lambda: client("scheduler", region)),
        merchant=secret_reader(settings.wechat, region) if settings.wechat else None,
    )
