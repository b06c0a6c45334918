"""A picture in the composer: judged, made small, kept under its content's name, shown, removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from PIL import Image
from streamlit.testing.v1 import AppTest

from functions.core.campaign import Campaign
from functions.edge.bucket import Bucket
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.drawing.test_media import file
from tests.edge.world import FakeS3
from tests.ui.conftest import SETTINGS, Open, healthy, words

GOOD = file("PNG", Image.new("RGB", (900, 700), "teal"))


@pytest.fixture
def s3() -> FakeS3:
    """An empty bucket."""
    return FakeS3()


def page_step(open_app: Open, campaign: Campaign, s3: Any, **more: Any) -> AppTest:
    session = {"settings": replace(SETTINGS, bucket="b"), "bucket": Bucket("b", "demo", lambda: s3), "st_step": "page"}
    return open_app(f"app_pages/compose.py?c={campaign.id}", **session, **more)


def choose(app: AppTest, field: str, data: bytes, name: str = "photo.png") -> AppTest:
    uploader = next(one for one in app.get("file_uploader") if f"page.{field}~" in str(one.key))
    return healthy(uploader.set_value((name, data, "image/png")).run())


def page_of(store: MemoryStore, campaign: Campaign) -> dict[str, Any]:
    content: dict[str, Any] = campaigns.load(store, campaign.id).content["page"]
    return content


@pytest.mark.parametrize(("field", "ending"), [("hero", "jpg"), ("logo", "png")])
def test_a_picture_is_kept_and_shown_as_phones_get_it(
    open_app: Open, store: MemoryStore, campaign: Campaign, s3: FakeS3, field: str, ending: str
) -> None:
    app = choose(page_step(open_app, campaign, s3), field, GOOD)

    name = page_of(store, campaign)[field]
    assert name.endswith(ending)
    assert list(s3.objects) == [f"public/demo/{name}"]
    assert f"https://pond.example/media/{name}" in [url for image in app.get("image") for url in image.value]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"GIF89a", "请上传 JPEG、PNG 或 WebP 图片"), (GOOD[:200], "图片打不开"), (b"", "请上传 JPEG、PNG 或 WebP 图片")],
)
def test_what_is_no_picture_is_refused_in_words_and_changes_nothing(
    open_app: Open, store: MemoryStore, campaign: Campaign, s3: FakeS3, data: bytes, said: str
) -> None:
    app = choose(page_step(open_app, campaign, s3), "hero", data, "named.jpg")

    assert said in words(app)
    assert not page_of(store, campaign).get("hero")
    assert not s3.objects


def test_a_good_picture_after_a_bad_one_takes_the_sentence_away(
    open_app: Open, store: MemoryStore, campaign: Campaign, s3: FakeS3
) -> None:
    app = choose(choose(page_step(open_app, campaign, s3), "hero", b"GIF89a"), "hero", GOOD)

    assert "请上传 JPEG" not in words(app)
    assert page_of(store, campaign)["hero"]


def test_a_picture_is_removed(open_app: Open, store: MemoryStore, campaign: Campaign, s3: FakeS3) -> None:
    app = choose(page_step(open_app, campaign, s3), "hero", GOOD)

    healthy(next(one for one in app.button if str(one.key).endswith("page.hero~none")).click().run())

    assert page_of(store, campaign)["hero"] == ""


def test_a_bucket_that_does_not_answer_is_said_in_words(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    class Away(FakeS3):
        """A bucket that nobody reaches."""

        def put_object(self, **asked: Any) -> None:
            raise EndpointConnectionError(endpoint_url="https://s3.example")

    app = choose(page_step(open_app, campaign, Away()), "hero", GOOD)

    assert "图片暂时存不上" in words(app)
    assert not page_of(store, campaign).get("hero")


def test_a_name_of_no_picture_in_an_imported_draft_is_a_fault_with_a_sentence(
    open_app: Open, store: MemoryStore, campaign: Campaign, s3: FakeS3
) -> None:
    draft = campaigns.load(store, campaign.id)
    content = {**draft.content, "page": {**draft.content["page"], "hero": "../../secret.jpg"}}
    campaigns.save(store, draft, content, "Li", draft.campaign.changed_at)

    assert "请重新上传这张图片" in words(page_step(open_app, campaign, s3))
