"""Uploads are found in whatever a mechanic's data holds, and their limits in its config."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from functions.checkin.mechanic import CheckIn, Config
from functions.core.upload import Upload, UploadId, UploadLimits, limits_in, uploads_in

ONE, OTHER = "upl_" + "0" * 26, "upl_" + "1" * 26


class Album(BaseModel):
    cover: Upload
    pages: list[dict[str, Upload]] = []


def test_uploads_are_found_at_any_depth_and_other_text_is_not() -> None:
    album = Album(cover=ONE, pages=[{"left": OTHER}])

    assert list(uploads_in(album)) == [ONE, OTHER]
    assert list(uploads_in({"note": ONE})) == []


def test_a_check_in_names_its_picture() -> None:
    data = CheckIn.model_validate({"proof": {"picture": ONE}})

    assert list(uploads_in(data)) == [UploadId(ONE)]
    assert data.model_dump(mode="json")["proof"]["picture"] == ONE
    assert list(uploads_in(CheckIn())) == []


@pytest.mark.parametrize(
    "name", ["", "upl_", ONE + "0", ONE.upper(), "img_" + "0" * 26, "upl_" + "i" * 26, f"../{ONE}"]
)
def test_what_is_no_upload_id_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        Album(cover=name)


def test_a_config_that_takes_pictures_says_how_large_they_may_be() -> None:
    config = Config.model_validate({"proof": {"kind": "picture", "max_bytes": 100_000}})

    limits = limits_in(config)

    assert limits is not None
    assert limits.max_bytes == 100_000
    assert limits_in(Config()) is None


def test_no_config_may_allow_what_the_edge_could_not_take() -> None:
    with pytest.raises(ValidationError):
        UploadLimits(max_bytes=11 * 1024 * 1024)
