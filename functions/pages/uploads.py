"""The page that sends a picture to the bucket: the answer to a form's POST, since it carries a signed permission."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from functions.core.text import Language
from functions.pages import render
from functions.pages.answers import policy


def upload_page(
    language: Language, nonce: str, url: str, fields: Mapping[str, str], max_bytes: int, back: str, base_url: str
) -> tuple[str, dict[str, str]]:
    """The page and its headers. `url` and `fields` are the presigned post; `back` is the campaign's page."""
    frame = render.Frame(language, nonce, nonce, back.partition("?")[0])
    body = render.page("upload.html", frame, url=url, fields=fields, max_bytes=max_bytes, back=back)
    target = urlsplit(url)
    origins = [f"{target.scheme}://{target.netloc}"] if target.netloc else []
    # A browser holds the bucket's redirect to this policy as well: it leads back here.
    headers = {"Content-Security-Policy": policy(nonce, [*origins, base_url]), "Referrer-Policy": "no-referrer"}
    return body, headers
