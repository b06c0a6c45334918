"""A DynamoDB to test against: Dynoxide in memory, one table; each test has a tenant of its own."""

from __future__ import annotations

import itertools
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.session import get_session

from functions.storage.dynamodb import DynamoStore, Meter
from infra.local.dynoxide import obtain
from infra.local.processes import free_port

TABLE = "pond"
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


@contextmanager
def serving() -> Iterator[Server]:
    """Start Dynoxide on a free port, with the table, and end it."""
    port = free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([str(obtain()), "--port", str(port)], stdout=log, stderr=log)
        try:
            server = Server(f"http://127.0.0.1:{port}")
            _create_table(server.client, process)
            yield server
        finally:
            process.kill()
            process.wait()


def _create_table(client: Any, process: subprocess.Popen[bytes]) -> None:
    names = {"pk": "HASH", "sk": "RANGE"}
    while True:
        assert process.poll() is None, "Dynoxide ended as it began"
        try:
            client.create_table(
                TableName=TABLE,
                KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in names.items()],
                AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
                BillingMode="PAY_PER_REQUEST",
            )
        except BotoCoreError:
            continue  # it does not listen yet
        return


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
