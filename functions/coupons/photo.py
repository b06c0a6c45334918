"""A clerk's photo of a coupon's code, for browsers that read no codes themselves. It is looked at and dropped."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from functions.coupons.models import ReadIn, ReadOut
from functions.edge import limits
from functions.edge.problems import Problem, at_place
from functions.edge.request import Request

BODY_MAX = 5_600_000  # bytes: a picture of 4 MB as Base64 in JSON, which a function's 6 MB still hold
CODE_MAX = 1000  # characters, as a code may have that is sent by itself


def read(request: Request, body: ReadIn) -> ReadOut:
    """The code in the photo; a form's sender goes to the page that a scan opens. Nothing is written but the limit."""
    clerk = request.clerk()
    request.spend_durable(f"photo.{clerk.invitation}", limits.PHOTO)
    code = next((code for text in _texts(body.picture) if (code := code_in(text))), "")
    if not code:
        raise Problem("no_code_in_picture")
    request.back = f"/staff?{urlencode({'code': code})}"
    return ReadOut(code=code)


def code_in(text: str) -> str:
    """The code that a QR code carries: a customer's is an address of the clerk's page."""
    try:
        said = parse_qs(urlsplit(text).query).get("code", [text])[0]
    except ValueError:
        said = text
    return said if len(said) <= CODE_MAX else ""


def _texts(picture: bytes) -> list[str]:
    # Pillow and the reader take 90 ms to import: only those who send a photo wait for them.
    from functions.drawing.pictures import PictureRefused
    from functions.drawing.reading import texts_in

    try:
        return texts_in(picture)
    except PictureRefused as refused:
        raise at_place("picture", refused.code, refused.message, refused.code) from refused
