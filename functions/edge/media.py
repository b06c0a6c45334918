"""Pictures of the marketers' in the bucket: named after their content, so that a name never changes its picture."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError

from functions.core.ids import derived_id
from functions.edge.bucket import Bucket

BYTES_MAX = 64 * 1024  # of what `drawing/media.py` makes ready
TYPES = {"jpg": "image/jpeg", "png": "image/png"}


class NotKept(Exception):
    """The bucket did not take the picture, or nobody knows."""


def keep(bucket: Bucket, data: bytes, ending: str) -> str:
    """Store a picture that was made ready; its name. The same picture again has the same name. Raises NotKept."""
    name = f"{derived_id('pic', data.hex())}.{ending}"
    try:
        bucket.keep(bucket.picture_key(name), data, TYPES[ending])
    except (BotoCoreError, ClientError) as error:
        raise NotKept from error
    return name


def fetch(bucket: Bucket, name: str) -> bytes | None:
    """The picture with that name (`core/faults.py: PICTURE`); None when there is none, or the bucket is away."""
    try:
        return bucket.fetch(bucket.picture_key(name), BYTES_MAX)
    except (BotoCoreError, ClientError):
        return None
