"""The table's stream: Lambda hands over batches in order for each row, at least once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from functions.edge import logs
from functions.edge.request import pause_within
from functions.edge.service import Service, from_environment
from functions.insights.stream import deliver

Handler = Callable[[Mapping[str, Any], Any], dict[str, Any]]


def entry(service_of: Callable[[], Service] = from_environment) -> Handler:
    """The Lambda handler; tests bring their service."""

    def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        service = service_of()
        records = event["Records"]
        failed = deliver(service, records, pause_within(service, context.get_remaining_time_in_millis))
        name = service.settings.function
        service.write_log(logs.line("batch", service=name, records=len(records), failed=len(failed)))
        return {"batchItemFailures": [{"itemIdentifier": sequence} for sequence in failed]}

    return handler


handler = entry()
