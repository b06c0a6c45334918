"""The poster of a campaign and the card of its shared link: what they say and how they look. Drawn in `drawing`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.core.faults import PICTURE
from functions.core.text import Text

Layout = Literal["colour", "picture", "plain"]

# A picture of the marketers' in the bucket, named after its content (`edge/media.py`); empty for none.
PictureName = Annotated[str, Field(pattern=PICTURE, json_schema_extra={"widget": "picture"})]


class Poster(BaseModel):
    """What hangs in the shop or is kept on a phone, and what a shared link says of itself.

    Title, colour, pictures and organiser are the page's. Neither poster nor card offers a reward: people may keep
    or pass them on, and are not paid for it (external links of WeChat, 1.2).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    layout: Layout = "colour"
    picture: bool = True  # whether the page's picture is on it
    text: Text = Text()
    call: Text = Text()  # beside the code; empty: the usual words
    share_title: Text = Text()  # empty: the page's
    share_text: Text = Text()
