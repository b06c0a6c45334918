"""The print queue: a message is one part of a file. What fails comes again, and is parked at last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from functions.edge import logs
from functions.edge.service import Service, from_environment
from functions.prints.press import Press

Handler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def entry(service_of: Callable[[], Service] = from_environment) -> Handler:
    """The Lambda handler; tests bring their service."""

    def handler(event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
        service = service_of()
        press = Press(service.bucket.name, service.bucket.tenant, service.bucket.connect)
        failed = []
        for record in event["Records"]:
            try:
                press.work(record["body"], service.keys.ring(service.clock()))
            except Exception as error:  # noqa: BLE001 - one part may not hold up the others; it is parked at last
                service.write_log(logs.failure(error, service=service.settings.function))
                failed.append(record["messageId"])
        counts = {"records": len(event["Records"]), "failed": len(failed)}
        service.write_log(logs.line("batch", service=service.settings.function, **counts))
        return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}

    return handler


handler = entry()
