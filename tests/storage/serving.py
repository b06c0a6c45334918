"""The table that tests write to: Dynoxide, shaped by template.yaml; each test has a tenant of its own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from botocore.config import Config
from botocore.session import get_session

from functions.storage.dynamodb import DynamoStore, Meter
from infra import template
from infra.local import dynoxide

TABLE = "pond-tests"
THREADS_MAX = 64
_tenants = itertools.count(1)


@dataclass(frozen=True)
class Server:
    """A running table."""

    endpoint: str

    @cached_property
    def client(self) -> Any:
        """A client that fails rather than retries, as the functions' own does. Threads may share it."""
        config = Config(
            region_name="us-east-1",
            max_pool_connections=THREADS_MAX + 8,
            retries={"total_max_attempts": 1},
            read_timeout=30,
        )
        session = get_session()
        session.set_credentials("local", "local")
        return session.create_client("dynamodb", endpoint_url=self.endpoint, config=config)

    def store(self, tenant: str = "", meter: Meter | None = None) -> DynamoStore:
        """A store of a tenant that nobody has used before, unless it is named."""
        return DynamoStore(self.client, TABLE, tenant or f"t{next(_tenants)}", meter)


def serve(endpoint: str) -> Server:
    """The table at a Dynoxide that has none yet."""
    dynoxide.create_table(endpoint, TABLE, template.load())
    return Server(endpoint)


@dataclass
class Consumed:
    """A meter: the requests made, and the units they consumed."""

    requests: list[str] = field(default_factory=list)
    read: float = 0
    written: float = 0

    def __call__(self, operation: str, capacity: Any) -> None:
        """Note what one call consumed."""
        self.requests.append(operation)
        for line in capacity if isinstance(capacity, list) else [capacity]:
            if operation in ("get_item", "batch_get_item", "query"):
                self.read += line["CapacityUnits"]
            else:
                self.written += line["CapacityUnits"]
