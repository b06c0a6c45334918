"""The HTTP door: an API Gateway event in, an answer out. Every refusal and error leaves in one form."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from functions.edge import limits, logs
from functions.edge.forms import has_parts, read_form, read_parts
from functions.edge.mapper import problem_of
from functions.edge.problems import MEDIA_TYPE, Problem
from functions.edge.request import Request, current, parsed, request_of
from functions.edge.service import Service, from_environment

BODY_MAX = 16 * 1024
OWN_PLACE = re.compile(r"/(?![/\\])[A-Za-z0-9_\-./?=&%:]{0,300}")
Answer = dict[str, Any]
Adapt = Callable[[dict[str, Any]], dict[str, Any]]
Handler = Callable[[Mapping[str, Any], Any], Answer]


def api() -> APIGatewayHttpResolver:
    """A resolver that validates, and answers every error as problem details."""
    app = APIGatewayHttpResolver(
        enable_validation=True, json_body_deserializer=parsed, serializer=_compact, strip_prefixes=[]
    )

    @app.exception_handler(Exception)
    def as_problem(error: Exception) -> Response[str]:
        body = app.current_event.json_body if isinstance(error, RequestValidationError) else None
        return _problem(current(app), error, body)

    return app


def let_be(_request: Request, _code: str) -> None:
    """Nobody has to know of what was turned away."""


def as_sent(form: dict[str, Any]) -> dict[str, Any]:
    """A form that says what JSON would say."""
    return form


def entry(
    app: APIGatewayHttpResolver,
    back: Callable[[str], str],
    service_of: Callable[[], Service] = from_environment,
    adapt: Adapt = as_sent,
    body_max: int = BODY_MAX,
    pictures: Mapping[str, int] = {},
    refused: Callable[[Request, str], None] = let_be,
) -> Handler:
    """The Lambda handler of `app`. `back(path)` is the page a form's sender came from, `adapt` makes a form's fields

    what JSON would say, `body_max` is in bytes, `pictures` are the paths that take a file in a form, each with its own
    bytes, `refused` is told of what is turned away before it is read; tests bring their service.
    """

    def handler(event: Mapping[str, Any], context: Any) -> Answer:
        request = request_of(service_of(), event, context)
        request.back = own_place(back(event["rawPath"]), "/")
        app.append_context(request=request)
        try:
            most = pictures.get(event["rawPath"], body_max)
            request.is_form |= event["rawPath"] in pictures and has_parts(request.headers.get("content-type", ""))
            answer = app.resolve(_admitted(request, event, adapt, most), context)
        except Problem as problem:  # refused at the door, before a route was looked for
            refused(request, problem.code)
            answer = _built(_problem(request, problem))
            app.clear_context()
        answer["cookies"] = [*answer.get("cookies", []), *request.set_cookies]
        answer["headers"] = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **answer["headers"]}
        _write_log(request, event, answer["statusCode"])
        return _sent_back(request, answer) if request.is_form else answer

    return handler


def own_place(path: Any, otherwise: str) -> str:
    """`path` when it is a path of this site, else `otherwise`: a form may say where it came from."""
    return path if isinstance(path, str) and OWN_PLACE.fullmatch(path) else otherwise


def _admitted(request: Request, event: Mapping[str, Any], adapt: Adapt, body_max: int) -> dict[str, Any]:
    """The event with a plain JSON body, or a Problem: too large, of a wrong type, unreadable, too fast."""
    admitted = dict(event)
    if request.method != "GET":
        request.spend(f"from:{request.address}", limits.ADDRESS)
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            raise Problem("cross_site")
        raw = _body(event, body_max)
        if request.is_form:
            form = _form(raw, request.headers["content-type"])
            request.back = own_place(form.pop("next", None), request.back)
            text = json.dumps(adapt(form))
        else:
            text = _text(raw)
            if text and not request.headers.get("content-type", "").lower().startswith("application/json"):
                raise Problem("unsupported_media_type")
        admitted |= {"body": text, "isBase64Encoded": False}
    headers = {name: value for name, value in request.headers.items() if name != "content-type"}
    admitted["headers"] = headers | {"content-type": "application/json"}
    return admitted


def _body(event: Mapping[str, Any], most: int) -> bytes:
    text = event.get("body") or ""
    if len(text) > most * 4 // 3 + 4:
        raise Problem("too_large")
    try:
        raw = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except (binascii.Error, UnicodeError) as error:
        raise Problem("malformed_json") from error
    if len(raw) > most:
        raise Problem("too_large")
    return raw


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeError as error:
        raise Problem("malformed_json") from error


def _form(raw: bytes, kind: str) -> dict[str, Any]:
    return read_parts(raw, kind) if has_parts(kind) else read_form(_text(raw))


def _problem(request: Request, error: Exception, body: Any = None) -> Response[str]:
    problem = problem_of(error, body)
    request.noted["code"] = problem.code
    if problem.status >= 500:
        request.service.write_log(logs.failure(error, service=request.service.settings.function))
    content = _compact(problem.content(request.language))
    return Response(problem.status, MEDIA_TYPE, content, headers=problem.headers)


def _built(response: Response[str]) -> Answer:
    headers = dict(response.headers)
    return {"statusCode": response.status_code, "body": response.body, "isBase64Encoded": False, "headers": headers}


def _sent_back(request: Request, answer: Answer) -> Answer:
    """A form's sender goes back to a page (303), so that a reload posts nothing; `o` says what came of it."""
    if request.document and answer["statusCode"] == 200:
        headers = answer["headers"] | {"Content-Type": "text/html; charset=utf-8", **request.document_headers}
        return answer | {"body": request.document, "headers": headers}
    said = "" if "o=" in request.back or "r=" in request.back else request.noted.get("outcome", "")
    if answer["statusCode"] != 200:
        said = request.noted.get("code", "internal")
    mark = "&" if "?" in request.back else "?"
    place = request.back + (f"{mark}{'o' if answer['statusCode'] == 200 else 'e'}={quote(said)}" if said else "")
    headers = {"Location": place, "Cache-Control": "no-store"}
    if "Retry-After" in answer["headers"]:
        headers["Retry-After"] = answer["headers"]["Retry-After"]
    return {"statusCode": 303, "body": "", "isBase64Encoded": False, "headers": headers, "cookies": answer["cookies"]}


def _write_log(request: Request, event: Mapping[str, Any], status: int) -> None:
    kept = {name: value for name, value in request.noted.items() if name in logs.ALLOWED}
    context = event["requestContext"]
    fields = {"route": event.get("routeKey", ""), "status": status, "request_id": context.get("requestId", "")}
    request.service.write_log(logs.line("request", service=request.service.settings.function, **fields, **kept))


def _compact(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
