"""A whole local cloud for tests: free ports, an empty folder, template.yaml deployed, the front door open."""

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

from functions.core.tokens import Keyring, keyring
from infra.clients import local
from infra.local.cloud import Builder
from infra.local.home import Home, write
from infra.local.processes import Part, free_port

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class LocalCloud:
    """Addresses of a standing cloud. `environment` makes boto3 and `pond` in a subprocess use it, and only it."""

    api: str
    endpoint: str
    table_endpoint: str
    table: str
    bucket: str
    secret: str
    insights: str
    home: Path
    environment: dict[str, str]

    @contextmanager
    def later(self, hours: int) -> Iterator[None]:
        """Every function's clock is ahead, until this is over."""
        clock = Home(self.home).clock
        write(clock, str(hours * 3600))
        try:
            yield
        finally:
            write(clock, "0")

    def wakes(self, campaign: str) -> dict[str, int]:
        """What the sweeper says when the schedules that the stream had made for a campaign call it."""
        scheduler, functions = local("scheduler", self.endpoint), local("lambda", self.endpoint)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (made := scheduler.list_schedules(NamePrefix=campaign)["Schedules"]) and time.monotonic() < deadline:
            time.sleep(0.3)
        done = Counter[str]()
        for one in made:
            asked = scheduler.get_schedule(GroupName=one["GroupName"], Name=one["Name"])["Target"]
            answer = functions.invoke(FunctionName=asked["Arn"], Payload=asked["Input"].encode())
            done.update(json.load(answer["Payload"]))
        return dict(done)


@lru_cache
def _secret(endpoint: str, name: str) -> str:
    return str(local("secretsmanager", endpoint).get_secret_value(SecretId=name)["SecretString"])


def ring_of(cloud: LocalCloud, tenant: str) -> Keyring:
    """The keys that the cloud's functions sign with."""
    return keyring(tenant, _secret(cloud.endpoint, cloud.secret))


@contextmanager
def standing_cloud(guarded: bool = False) -> Iterator[LocalCloud]:
    """Bring a cloud up and take it down again. Guarded: every call of a function is held against its role."""
    with tempfile.TemporaryDirectory(prefix="pond-test-") as folder:
        home = Home(Path(folder))
        home.prepare()
        write(home.clock, "0")
        port = free_port()
        api = f"http://127.0.0.1:{port}"
        with patch.dict(os.environ, {"POND_CLOCK": str(home.clock)}):  # the functions inherit it
            builder = Builder(home, api, guarded)
        parts: list[Part] = [*builder.parts]
        try:
            builder.launch()
            builder.fill(lambda _: None)
            helpers = builder.helpers("127.0.0.1", port)
            parts += helpers
            for part in helpers:
                part.start()
                part.await_port()
            cloud = builder.cloud
            yield LocalCloud(
                api=api,
                endpoint=cloud.endpoint,
                table_endpoint=cloud.table_endpoint,
                table=cloud.table,
                bucket=cloud.bucket,
                secret=cloud.secret,
                insights=cloud.insights,
                home=home.folder,
                environment=cloud.environment() | {"POND_BASE_URL": api, "POND_HOME": str(home.folder)},
            )
        finally:
            for part in reversed(parts):
                part.stop()


@contextmanager
def standing_dynoxide() -> Iterator[str]:
    """A fresh Dynoxide in memory; yields its endpoint."""
    from infra.local import dynoxide

    with tempfile.TemporaryDirectory(prefix="pond-dynoxide-") as folder:
        port = free_port()
        part = dynoxide.part(None, port, Path(folder) / "log", dict(os.environ))
        part.start()
        try:
            part.await_port()
            yield f"http://127.0.0.1:{port}"
        finally:
            part.stop()
