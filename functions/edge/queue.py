"""A queue that another function empties: what is in it is told at least once, in any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

from functions.storage.store import Busy


@dataclass(frozen=True)
class Queue:
    """One SQS queue. `connect` makes the client at first use."""

    url: str
    connect: Callable[[], Any]

    def send(self, bodies: Sequence[str]) -> None:
        """Put all in, each a message of its own. Raises Busy when one was not taken: the sender tells all again."""
        try:
            for body in bodies:
                self.connect().send_message(QueueUrl=self.url, MessageBody=body)
        except (ClientError, ConnectionError, HTTPClientError) as error:
            raise Busy("queue") from error
