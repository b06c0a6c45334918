"""boto3 clients: of an emulator on this machine, or of AWS."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ProfileNotFound

from infra.problems import Problem

REGION = "us-east-1"  # of the emulators
QUICK = Config(retries={"mode": "standard"})  # three tries: somebody waits before the screen
_client: Any = boto3.client  # which service is known at run time only


@dataclass(frozen=True)
class Target:
    """Where a deployment goes: a region, and clients of its services by name."""

    region: str
    client: Callable[[str], Any]

    @classmethod
    def aws(cls, region: str | None, profile: str | None) -> "Target":
        """The account that these credentials open. Raises `no_such_profile`, `no_credentials`, `no_region`."""
        try:
            session: Any = boto3.Session(region_name=region, profile_name=profile)
        except ProfileNotFound as error:
            raise Problem("no_such_profile", profile=profile) from error
        if session.get_credentials() is None:
            raise Problem("no_credentials")
        if session.region_name is None:
            raise Problem("no_region")
        return cls(session.region_name, lambda service: session.client(service, config=QUICK))

    @classmethod
    def emulator(cls, endpoint: str) -> "Target":
        """An emulator on this machine."""
        return cls(REGION, lambda service: local(service, endpoint))


def local(service: str, endpoint: str, config: Config = QUICK) -> Any:
    """A client of an emulator. Its credentials mean nothing."""
    return _client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=config,
    )
