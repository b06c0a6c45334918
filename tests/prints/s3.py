"""As much of S3 as a press needs: objects, uploads in parts, conditional puts; refusals as S3 words them."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "Fake")


def _listed(parts: dict[int, bytes]) -> list[dict[str, Any]]:
    return [
        {
            "PartNumber": number,
            "ETag": hashlib.sha256(body).hexdigest(),
            "ChecksumCRC32": f"{zlib.crc32(body):08x}",
            "Size": len(body),
        }
        for number, body in sorted(parts.items())
    ]


class FakeS3:
    """One bucket in memory. `fails` refuses so many of the next calls of a name."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, tuple[str, dict[int, bytes]]] = {}
        self.fails: dict[str, int] = {}
        self._begun = 0

    def put_object(self, Key: str, Body: bytes, IfNoneMatch: str = "", **_: Any) -> None:
        self._may("put_object")
        if IfNoneMatch == "*" and Key in self.objects:
            raise refused("PreconditionFailed")
        self.objects[Key] = Body

    def get_object(self, Key: str, **_: Any) -> dict[str, Any]:
        self._may("get_object")
        if Key not in self.objects:
            raise refused("NoSuchKey")
        return {"Body": io.BytesIO(self.objects[Key])}

    def head_object(self, Key: str, **_: Any) -> dict[str, Any]:
        if Key not in self.objects:
            raise refused("404")
        return {"ContentLength": len(self.objects[Key])}

    def delete_object(self, Key: str, **_: Any) -> None:
        self.objects.pop(Key, None)

    def delete_objects(self, Delete: dict[str, Any], **_: Any) -> None:
        for each in Delete["Objects"]:
            self.objects.pop(each["Key"], None)

    def create_multipart_upload(self, Key: str, **_: Any) -> dict[str, str]:
        self._begun += 1
        self.uploads[f"upload-{self._begun}"] = (Key, {})
        return {"UploadId": f"upload-{self._begun}"}

    def upload_part(self, UploadId: str, PartNumber: int, Body: bytes, **_: Any) -> None:
        self._may("upload_part")
        self._parts(UploadId)[PartNumber] = Body

    def abort_multipart_upload(self, UploadId: str, **_: Any) -> None:
        self._parts(UploadId)
        del self.uploads[UploadId]

    def complete_multipart_upload(self, UploadId: str, MultipartUpload: dict[str, Any], **_: Any) -> None:
        self._may("complete_multipart_upload")
        parts = self._parts(UploadId)
        told = MultipartUpload["Parts"]
        assert [each["PartNumber"] for each in told] == sorted(parts)
        assert told == [{key: said for key, said in each.items() if key != "Size"} for each in _listed(parts)]
        self.objects[self.uploads.pop(UploadId)[0]] = b"".join(parts[number] for number in sorted(parts))

    def generate_presigned_url(self, _method: str, Params: dict[str, str], **_: Any) -> str:
        name = Params["ResponseContentDisposition"].rpartition(".")[2]
        return f"https://s3.example/codes.{name}"

    def get_paginator(self, name: str) -> FakeS3:
        assert name == "list_parts"
        return self

    def paginate(self, UploadId: str, **_: Any) -> Iterator[dict[str, Any]]:
        """A page for each part."""
        for part in _listed(self._parts(UploadId)):
            yield {"Parts": [part]}

    def _parts(self, upload: str) -> dict[int, bytes]:
        if upload not in self.uploads:
            raise refused("NoSuchUpload")
        return self.uploads[upload][1]

    def _may(self, name: str) -> None:
        if self.fails.get(name, 0) > 0:
            self.fails[name] -= 1
            raise refused("InternalError")
