"""The DynamoDB client Pond uses. Retries are the engine's: it reads before it repeats a write."""

from __future__ import annotations

from typing import Any

from botocore.config import Config
from botocore.loaders import Loader
from botocore.session import get_session

CONNECT_SECONDS, READ_SECONDS = 2, 5


class OneService(Loader):
    """botocore's loader, told that DynamoDB is there: it would walk 400 folders, a twentieth of a cold start."""

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - botocore passes it by name
        """The one service that is asked for here."""
        return ["dynamodb"]


def dynamodb_client(region: str, endpoint: str | None = None, connections: int = 10) -> Any:
    """A low-level client (botocore alone: importing boto3 on top costs a cold start a fifth more)."""
    config = Config(
        region_name=region,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        max_pool_connections=connections,
        retries={"total_max_attempts": 1},
        parameter_validation=False,  # a twentieth of a warm event; the requests are made by one module, and tested
        user_agent="pond",  # a fixed name: botocore would put its own together twice for every call
    )
    session = get_session()
    session.register_component("data_loader", OneService())
    return session.create_client("dynamodb", endpoint_url=endpoint, config=config)
