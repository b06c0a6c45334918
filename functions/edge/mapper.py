"""The one mapper of errors to problems; apart, as it needs the router, which pages and the stream do without."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestUnsupportedContentType,
    RequestValidationError,
)

from functions.core.faults import Fault, path_of, sentence
from functions.core.tokens import BadToken
from functions.edge.problems import Problem
from functions.storage.engine import EventIdReused, TooBusy
from functions.storage.store import Busy, Unknown


def problem_of(error: Exception, body: Any = None) -> Problem:
    """What the sender of `body` is told of an error; of ours, only that it is ours."""
    match error:
        case Problem():
            return error
        case EventIdReused():
            return Problem("event_id_reused")
        case TooBusy() | Busy() | Unknown():
            return Problem("busy", retry_after=1)
        case BadToken():
            return Problem("no_session")
        case NotFoundError():
            return Problem("not_found")
        case RequestUnsupportedContentType():
            return Problem("unsupported_media_type")
        case RequestValidationError():
            return Problem("invalid", errors=_faults(error, body))
    return Problem("internal")


def _faults(error: RequestValidationError, body: Any) -> list[Fault]:
    """Powertools' findings: pydantic's, with `body` before each place."""
    return [Fault(".".join(path_of(line["loc"][1:], body)), line["type"], sentence(line)) for line in error.errors()]
