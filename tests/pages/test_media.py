"""Pictures of the marketers' as phones get them."""

from __future__ import annotations

import base64

import pytest

from functions.drawing.media import ready
from functions.edge import media
from tests.drawing.test_media import file, noise
from tests.edge.world import World
from tests.pages.test_visits import visit, world

__all__ = ["world"]


def test_a_kept_picture_is_served_for_ever_under_a_name_that_follows_from_it(world: World) -> None:
    data, ending = ready(file("PNG", noise(900, 600)), "hero")
    name = media.keep(world.service.bucket, data, ending)

    answer = visit(world, f"/media/{name}")

    assert media.keep(world.service.bucket, data, ending) == name
    assert answer["statusCode"] == 200
    assert base64.b64decode(answer["body"]) == data
    assert answer["headers"]["Content-Type"] == "image/jpeg"
    assert "immutable" in answer["headers"]["Cache-Control"]
    assert "cookies" not in answer


@pytest.mark.parametrize("name", ["pic_" + "0" * 26 + ".jpg", "x.jpg", "..%2fproofs%2fdemo", "pic_1.svg"])
def test_no_other_object_of_the_bucket_can_be_had(world: World, name: str) -> None:
    world.s3.objects["proofs/demo"] = b"a face"

    answer = visit(world, f"/media/{name}")

    assert answer["statusCode"] == 404
    assert "a face" not in answer["body"]
