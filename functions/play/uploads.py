"""Pictures on their way in: a phone posts them to the bucket, and they are checked before anything rests on them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

from functions.core.event import Event
from functions.core.upload import BYTES_MAX, UploadLimits, limits_in, uploads_in
from functions.edge.bucket import UPLOAD_SECONDS
from functions.edge.problems import PROBLEMS, at_place
from functions.edge.request import Request
from functions.play.models import UploadOut

PLACE = "data.proof.picture"
MARK_CHARACTERS = 32  # 128 bits


def offer_upload(request: Request, member: str, campaign: str, config: Any) -> UploadOut:
    """A place for one picture of this member, for ten minutes. Nothing is written."""
    limits = limits_in(config) or UploadLimits()
    upload = request.service.new_id("upl", request.at)
    back = request.base_url + _page_to_go_on(request, upload) if request.is_form else ""
    key = request.service.bucket.upload_key(campaign, member, upload)
    url, fields = request.service.bucket.form(key, limits.max_bytes, back)
    offer = UploadOut(
        upload=upload,
        url=url,
        fields=fields,
        max_bytes=limits.max_bytes,
        expires_at=request.at + timedelta(seconds=UPLOAD_SECONDS),
    )
    if request.is_form:
        request.document = _page(request, offer)
    return offer


def _page_to_go_on(request: Request, upload: str) -> str:
    """The page the form was sent from, with the picture in hand."""
    mark = "&" if "?" in request.back else "?"
    return f"{request.back}{mark}upload={upload}"


def settle_uploads(request: Request, config: Any, event: Event) -> Event:
    """Check and re-encode every picture the event names, once: a repeat finds it done.

    The event with the fingerprint of each: of what is kept, so that the same picture with another place, name or
    camera in it is the same.
    """
    limits = limits_in(config) or UploadLimits()
    marks = {str(upload): _mark(_settle(request, event, upload, limits)) for upload in uploads_in(event.data)}
    return replace(event, marks=marks) if marks else event


def _mark(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()[:MARK_CHARACTERS]


def _settle(request: Request, event: Event, upload: str, limits: UploadLimits) -> bytes:
    bucket = request.service.bucket
    proof = bucket.proof_key(event.campaign, event.member, upload)
    done = bucket.fetch(proof, BYTES_MAX)
    if done is not None:
        return done
    raw = bucket.fetch(bucket.upload_key(event.campaign, event.member, upload), limits.max_bytes)
    if raw is None:
        raise at_place(PLACE, "upload_missing", PROBLEMS["upload_missing"][2], "upload_missing")
    picture = _checked(raw, limits)
    bucket.keep(proof, picture, "image/jpeg")
    return picture


def _checked(raw: bytes, limits: UploadLimits) -> bytes:
    # Pillow takes 80 ms to import: only those who send a picture wait for it.
    from functions.drawing.pictures import PictureRefused, reencode

    try:
        return reencode(raw, max_bytes=limits.max_bytes, max_pixels=limits.max_pixels)
    except PictureRefused as refused:
        raise at_place(PLACE, refused.code, refused.message, refused.code) from refused


def _page(request: Request, offer: UploadOut) -> str:
    """The form for those without scripts; it posts straight to the bucket, so it cannot stand on a page of GET."""
    # Templates take 60 ms to import: only those who send a picture by a form wait for them.
    from functions.pages.uploads import upload_page

    nonce = request.service.entropy(16).hex()
    body, headers = upload_page(
        request.language, nonce, offer.url, offer.fields, offer.max_bytes, request.back, request.base_url
    )
    request.document_headers |= headers
    return body
