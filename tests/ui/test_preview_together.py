"""The preview of what members do together: a made-up member among made-up friends."""

import pytest

from functions.core.campaign import Definition
from functions.core.discovery import discover
from tests.pages import assist_samples, group_samples
from ui.preview import State, page
from ui.templates import templates

BRING = Definition.model_validate(templates()["bring-a-friend"])


@pytest.mark.parametrize(
    ("definition", "state", "words"),
    [
        (group_samples.definition(), "landing", "我要开团"),
        (group_samples.definition(), "under_way", "还差 1 人成团"),
        (group_samples.definition(price=900), "done", "拼团成功"),
        (assist_samples.definition(), "under_way", "还差 2 位朋友"),
        (assist_samples.definition(), "done", "凑齐了！"),
        (BRING, "landing", "参加，拿邀请链接"),
        (BRING, "under_way", "你是好友邀请来的"),
        (BRING, "done", "https://pond.example/s/preview"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_preview_shows_a_member_among_friends(definition: Definition, state: State, words: str) -> None:
    assert words in page(definition, discover(), state, "zh", base_url="https://pond.example")
