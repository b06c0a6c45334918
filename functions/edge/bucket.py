"""Pictures: where a phone puts them, and where they lie once they were checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

UPLOAD_SECONDS = 600
GONE = {"NoSuchKey", "404", "NotFound", "AccessDenied", "403"}  # without ListBucket, S3 says 403 of what is not there


@dataclass(frozen=True)
class Bucket:
    """One bucket. `connect` makes the S3 client at first use; `posts_to` is where browsers reach it, if elsewhere."""

    name: str
    tenant: str
    connect: Callable[[], Any]
    posts_to: str = ""

    def form(self, key: str, max_bytes: int, redirect: str = "") -> tuple[str, dict[str, str]]:
        """Address and hidden fields of a form that may put one object of at most `max_bytes` at `key`."""
        extra = {"success_action_redirect": redirect} if redirect else {"success_action_status": "201"}
        post = self.connect().generate_presigned_post(
            Bucket=self.name,
            Key=key,
            Fields=dict(extra),
            Conditions=[["content-length-range", 1, max_bytes], *({name: value} for name, value in extra.items())],
            ExpiresIn=UPLOAD_SECONDS,
        )
        return (f"{self.posts_to}/{self.name}" if self.posts_to else post["url"]), post["fields"]

    def fetch(self, key: str, max_bytes: int) -> bytes | None:
        """The object's bytes, one more than `max_bytes` at most; None when there is none."""
        try:
            answer = self.connect().get_object(Bucket=self.name, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return None
            raise
        return bytes(answer["Body"].read(max_bytes + 1))

    def keep(self, key: str, data: bytes, content_type: str) -> None:
        """Store an object; the same bytes again change nothing."""
        self.connect().put_object(Bucket=self.name, Key=key, Body=data, ContentType=content_type)

    def remove(self, key: str) -> None:
        """Delete an object, there or not."""
        self.connect().delete_object(Bucket=self.name, Key=key)

    def upload_key(self, campaign: str, member: str, upload: str) -> str:
        """Where a phone puts a picture; a lifecycle rule clears it after a day."""
        return f"uploads/{self.tenant}/{campaign}/{member}/{upload}"

    def proof_key(self, campaign: str, member: str, upload: str) -> str:
        """Where the checked, re-encoded picture lies."""
        return f"proofs/{self.tenant}/{campaign}/{member}/{upload}.jpg"

    def picture_key(self, name: str) -> str:
        """Where a picture of the marketers' lies, which anyone may see (`edge/media.py`)."""
        return f"public/{self.tenant}/{name}"
