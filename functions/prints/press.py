"""Where large files are made: parts of one S3 upload, by as many workers as there are, in any order, again and again.

The upload is the state. Which parts are there, S3 knows; every part's bytes follow from the job, so a part told twice
changes nothing, and a job that stopped goes on with the parts that are missing. Whoever finds all parts there closes
the file. Calling a job off ends the upload: no later part is taken.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

from functions.codes.item import serials
from functions.core.tokens import Keyring
from functions.drawing.labels.output import Output
from functions.edge.bucket import GONE
from functions.prints.files import output, sealed
from functions.prints.job import Job, Part, parts
from functions.storage.store import Busy

LAST_PART = 8 * 1024 * 1024  # bytes of what closes a file, and of each part where that is much
LINK_SECONDS = 3600
NO_UPLOAD = "NoSuchUpload"
TAKEN = {"PreconditionFailed", "ConditionalRequestConflict"}
FILE, ORDER = "codes", "order.json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"pdf": "application/pdf", "zip": "application/zip", "csv": "text/csv", "xlsx": XLSX}


@dataclass(frozen=True)
class Progress:
    """How far a job is: parts that are there, of all. `size` is the file's, in bytes, once it is ready."""

    done: int
    parts: int
    size: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether the file is there."""
        return self.size > 0


@dataclass(frozen=True)
class Press:
    """The place of one tenant's files. `connect` makes the S3 client; `fetched_from` is where browsers

    reach the bucket, if elsewhere.
    """

    bucket: str
    tenant: str
    connect: Callable[[], Any]
    fetched_from: str = ""

    def start(self, job: Job, send: Callable[[Sequence[str]], None]) -> Progress:
        """Begin a job, or go on with it: `send` gets a message for each part that is missing. Raises BadLabels,

        Busy.
        """
        planned = _planned(job)
        with _answering():
            if size := self._size(job.id):
                return Progress(len(planned), len(planned), size)
            there = {part["PartNumber"] for part in self._begun(job)}
        missing = [number for number in range(1, len(planned) + 1) if number not in there]
        # With all parts there but no file, its closing was lost: any part told again closes it.
        send([json.dumps({"job": job.id, "part": number}) for number in missing or [1]])
        return Progress(len(planned) - len(missing), len(planned))

    def progress(self, job: Job) -> Progress | None:
        """How far a job is; None when it was never begun, or called off. Raises BadLabels, Busy."""
        planned = len(_planned(job))
        with _answering():
            if size := self._size(job.id):
                return Progress(planned, planned, size)
            there = self._there(job.id, self._upload(job.id))
        return None if there is None else Progress(min(planned, len(there)), planned)

    def link(self, job: Job, name: str) -> str:
        """Where the file can be fetched for an hour, as `name`."""
        plain = name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "")
        named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"  # RFC 6266
        said = {"ResponseContentDisposition": named}
        place = self._at(job.id, FILE)
        link = str(self.connect().generate_presigned_url("get_object", Params=place | said, ExpiresIn=LINK_SECONDS))
        if not self.fetched_from:
            return link
        parts = urlsplit(link)
        return f"{self.fetched_from}{parts.path}?{parts.query}"

    def call_off(self, job: Job) -> None:
        """End a job and remove what there is of it; workers that still hold a part are refused. Raises Busy."""
        with _answering():
            upload = self._upload(job.id)
            self.connect().delete_object(**self._at(job.id, ORDER))
            if upload:
                self._abort(job.id, upload)
            self.connect().delete_object(**self._at(job.id, FILE))
            self._forget_notes(job)

    def work(self, told: str, ring: Keyring) -> None:
        """Make the part that a message names; and close the file when that was the last one missing."""
        message = json.loads(told)
        order = self._order(message["job"])
        if order is None or self._size(message["job"]):  # called off, or ready
            return
        job, upload = Job.model_validate(order["job"]), order["upload"]
        try:
            self._make(job, upload, message["part"], ring)
            self._close(job, upload)
        except ClientError as error:
            _unless(error, NO_UPLOAD)  # called off, closed by another worker, or so old that S3 ended it

    def _make(self, job: Job, upload: str, number: int, ring: Keyring) -> None:
        part = _planned(job)[number - 1]
        sealing = serials(ring.roots[job.batch.key], ring.tenant, job.batch.label)
        made = output(job.batch, job.labels, job.ending, sealing)
        body, notes = io.BytesIO(), io.BytesIO()
        if number == 1:
            body.writelines(made.opening())
        for piece in made.some(part.first, sealed(job.batch, sealing, *part)):
            body.write(piece)
            notes.write(made.note(piece))
        if len(_planned(job)) == 1:
            body.writelines(made.closing(io.BytesIO(notes.getvalue())))
        self.connect().put_object(**self._at(job.id, _note(number)), Body=notes.getvalue())
        self._put(job.id, upload, number, body.getvalue())

    def _close(self, job: Job, upload: str) -> None:
        """Close the file when all its parts are there. Two workers that do it at once write the same."""
        planned = _planned(job)
        if len(self._there(job.id, upload) or []) < len(planned):
            return
        if len(planned) > 1:
            with tempfile.TemporaryFile() as notes:
                notes.writelines(self._notes(job))
                notes.seek(0)
                for number, body in enumerate(_gathered(_output(job).closing(notes)), len(planned) + 1):
                    self._put(job.id, upload, number, body)
        listed = [_told(part) for part in self._there(job.id, upload) or []]
        place = self._at(job.id, FILE)
        self.connect().complete_multipart_upload(**place, UploadId=upload, MultipartUpload={"Parts": listed})
        self._forget_notes(job)

    def _begun(self, job: Job) -> list[dict[str, Any]]:
        """The parts that are there of a job that is begun, if need be anew: S3 ends an upload after a day."""
        there = self._there(job.id, self._upload(job.id))
        if there is not None:
            return there
        self.connect().delete_object(**self._at(job.id, ORDER))
        return self._there(job.id, self._begin(job)) or []

    def _begin(self, job: Job) -> str:
        """A new upload, or that of whoever began at the same time."""
        said = {"ContentType": TYPES[job.ending], "ContentDisposition": "attachment"}
        upload = str(self.connect().create_multipart_upload(**self._at(job.id, FILE), **said)["UploadId"])
        order = json.dumps({"job": job.model_dump(mode="json"), "upload": upload})
        try:
            self.connect().put_object(**self._at(job.id, ORDER), Body=order.encode(), IfNoneMatch="*")
        except ClientError as error:
            _unless(error, *TAKEN)
            self._abort(job.id, upload)
            return self._upload(job.id)
        return upload

    def _abort(self, job: str, upload: str) -> None:
        try:
            self.connect().abort_multipart_upload(**self._at(job, FILE), UploadId=upload)
        except ClientError as error:
            _unless(error, NO_UPLOAD)

    def _put(self, job: str, upload: str, number: int, body: bytes) -> None:
        self.connect().upload_part(**self._at(job, FILE), UploadId=upload, PartNumber=number, Body=body)

    def _there(self, job: str, upload: str) -> list[dict[str, Any]] | None:
        """The parts that are there, in their order; None when there is no such upload."""
        if not upload:
            return None
        pages = self.connect().get_paginator("list_parts").paginate(**self._at(job, FILE), UploadId=upload)
        try:
            return [part for page in pages for part in page.get("Parts", [])]
        except ClientError as error:
            _unless(error, NO_UPLOAD)
            return None

    def _size(self, job: str) -> int:
        """Bytes of the file; 0 while there is none."""
        try:
            return int(self.connect().head_object(**self._at(job, FILE))["ContentLength"])
        except ClientError as error:
            _unless(error, *GONE)
            return 0

    def _upload(self, job: str) -> str:
        order = self._order(job)
        return str(order["upload"]) if order else ""

    def _order(self, job: str) -> dict[str, Any] | None:
        body = self._fetch(job, ORDER)
        return json.loads(body) if body else None

    def _notes(self, job: Job) -> Iterator[bytes]:
        for number in range(1, len(_planned(job)) + 1):
            yield self._fetch(job.id, _note(number)) or b""

    def _forget_notes(self, job: Job) -> None:
        kept = [{"Key": self._at(job.id, _note(number))["Key"]} for number in range(1, len(_planned(job)) + 1)]
        self.connect().delete_objects(Bucket=self.bucket, Delete={"Objects": kept, "Quiet": True})

    def _fetch(self, job: str, name: str) -> bytes | None:
        try:
            return bytes(self.connect().get_object(**self._at(job, name))["Body"].read())
        except ClientError as error:
            _unless(error, *GONE)
            return None

    def _at(self, job: str, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": f"prints/{self.tenant}/{job}/{name}"}


@contextmanager
def _answering() -> Iterator[None]:
    """What S3 does not take is to be tried again: Busy."""
    try:
        yield
    except (ClientError, ConnectionError, HTTPClientError) as error:
        raise Busy("bucket") from error


def _output(job: Job) -> Output:
    return output(job.batch, job.labels, job.ending)


def _planned(job: Job) -> list[Part]:
    return parts(job, _output(job).step)


def _told(part: dict[str, Any]) -> dict[str, Any]:
    """What closing an upload says of a part: S3 asks for the check sum that the client sent along with it."""
    return {name: said for name, said in part.items() if name in ("PartNumber", "ETag") or name.startswith("Checksum")}


def _note(number: int) -> str:
    return f"notes/{number}"


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts that S3 takes."""
    body = io.BytesIO()
    for piece in pieces:
        body.write(piece)
        if body.tell() >= LAST_PART:
            yield body.getvalue()
            body = io.BytesIO()
    if body.tell():
        yield body.getvalue()


def _unless(error: ClientError, *codes: str) -> None:
    """Raise it, unless it is one of these."""
    if error.response["Error"]["Code"] not in codes:
        raise error
