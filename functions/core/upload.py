"""Uploads: a mechanic names them in its data, the edge checks and re-encodes them before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from functions.core.form import label
from functions.core.ids import UPLOAD_PATTERN

BYTES_MAX = 10 * 1024 * 1024  # what the HTTP API and a phone's patience allow
PIXELS_MAX = 40_000_000  # a phone's largest photo; what decodes to more is a bomb


class UploadId(str):
    """The id of something uploaded, told apart from other text by its type."""


Upload = Annotated[str, Field(pattern=UPLOAD_PATTERN), AfterValidator(UploadId)]


class UploadLimits(BaseModel):
    """What may be uploaded; a config that takes uploads holds one."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    max_bytes: int = Field(
        default=5 * 1024 * 1024,
        ge=10_000,
        le=BYTES_MAX,
        json_schema_extra=label("图片最大", "Largest file", unit="bytes"),
    )
    max_pixels: int = Field(
        default=24_000_000,
        ge=10_000,
        le=PIXELS_MAX,
        json_schema_extra=label(
            "像素最多", "Most pixels", unit="pixels", zh_help="宽 × 高", en_help="Width times height"
        ),
    )


def uploads_in(content: Any) -> Iterator[UploadId]:
    """Every upload that a validated model names, at any depth."""
    for part in parts_of(content):
        if isinstance(part, UploadId):
            yield part


def limits_in(config: BaseModel) -> UploadLimits | None:
    """The limits that a config sets for uploads; None when it takes none."""
    return next((part for part in parts_of(config) if isinstance(part, UploadLimits)), None)


def parts_of(content: Any) -> Iterator[Any]:
    """A value and everything inside it: models, mappings and lists, depth first."""
    yield content
    inside: Any = ()
    if isinstance(content, BaseModel):
        inside = (value for _, value in content)
    elif isinstance(content, dict):
        inside = content.values()
    elif isinstance(content, (list, tuple)):
        inside = content
    for value in inside:
        yield from parts_of(value)
