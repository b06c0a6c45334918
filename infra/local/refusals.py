"""What the front door of the local cloud says by itself: problem details for programs, a page for people."""

import html
import json

from starlette.requests import Request
from starlette.responses import Response

from functions.core.text import Language, Text
from functions.edge.language import language_of

SENTENCES: dict[str, tuple[int, Text, Text]] = {
    "not_found": (
        404,
        Text(zh="没有这个地址", en="Not found"),
        Text(zh="这里什么也没有。", en="There is nothing at this address."),
    ),
    "too_large": (
        413,
        Text(zh="内容太大", en="Too large"),
        Text(
            zh="超过 10 MB，没有发送。请返回换小一点的再试。",
            en="This is more than 10 MB and was not sent. Go back and try something smaller.",
        ),
    ),
    "uri_too_long": (
        414,
        Text(zh="网址太长", en="Address too long"),
        Text(zh="这个网址太长，没有发送。", en="This address is too long and was not sent."),
    ),
    "too_many_requests": (
        429,
        Text(zh="人有点多", en="Too many people at once"),
        Text(zh="请过一秒再试，不会重复计算。", en="Try again in a second: nothing is counted twice."),
    ),
    "local_cloud_away": (
        503,
        Text(zh="正在重新启动", en="Starting again"),
        Text(
            zh="本地云正在重新启动，过几秒再试。已保存的都还在，也不会重复计算。",
            en="The local cloud is starting again. Try again in a few seconds: nothing is lost or counted twice.",
        ),
    ),
}
PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:16px/1.6 system-ui,sans-serif;max-width:24em;margin:20vh auto;padding:0 20px}}
</style><h1>{title}</h1><p>{detail}</p>"""


def refused(request: Request, code: str, retry: int = 0) -> Response:
    """The answer with this code, in the language and form that the asker reads; `retry` is in seconds."""
    status, title, detail = SENTENCES[code]
    language = language_of(request.query_params, request.cookies, request.headers.get("accept-language", ""))
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(retry)} if retry else {})
    if "text/html" in request.headers.get("accept", ""):
        headers |= {"Refresh": str(retry + 1)} if retry and request.method == "GET" else {}
        return Response(_page(title, detail, language), status, headers, media_type="text/html")
    content = {
        "type": f"urn:pond:problem:{code}",
        "title": title.in_(language),
        "status": status,
        "code": code,
        "detail": detail.in_(language),
    }
    return Response(json.dumps(content, ensure_ascii=False), status, headers, media_type="application/problem+json")


def _page(title: Text, detail: Text, language: Language) -> str:
    lang = "zh-CN" if language == "zh" else "en"
    return PAGE.format(lang=lang, title=html.escape(title.in_(language)), detail=html.escape(detail.in_(language)))
