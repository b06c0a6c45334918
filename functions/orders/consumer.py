"""The order queue: each message told at least once, in any order; what fails comes again, and is parked at last."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from functions.edge import logs
from functions.edge.request import pause_within
from functions.edge.service import Service, from_environment
from functions.orders.settle import settle

Handler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def entry(service_of: Callable[[], Service] = from_environment) -> Handler:
    """The Lambda handler; tests bring their service."""

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        service = service_of()
        pause = pause_within(service, context.get_remaining_time_in_millis)
        failed = []
        for record in event["Records"]:
            try:
                settle(service, json.loads(record["body"]), pause)
            except Exception as error:  # noqa: BLE001 - one message may not hold up the others; it is parked at last
                service.write_log(logs.failure(error, service=service.settings.function))
                failed.append(record["messageId"])
        counts = {"records": len(event["Records"]), "failed": len(failed)}
        service.write_log(logs.line("batch", service=service.settings.function, **counts))
        return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}

    return handler


handler = entry()
