"""Links that members share: a token names campaign, member and what was shared; nothing is stored for it."""

from __future__ import annotations

import re
from datetime import datetime

from functions.core.ids import is_id
from functions.core.sharing import Share, Way
from functions.core.tokens import BadToken, Keyring
from functions.edge.identity import Keys

PURPOSE = "share"
# what fetches a page for its title, or walks the web; none of these is a person
ROBOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|fetch|headless|facebookexternalhit|whatsapp|telegram|slack|discord|embedly"
    r"|skypeuri|vkshare|lighthouse|curl/|wget/|python-|java/|go-http",
    re.IGNORECASE,
)


def sealed(ring: Keyring, share: Share) -> str:
    """The token of a member's link: always the same one."""
    return ring.seal(PURPOSE, {"c": share.campaign, "m": share.member, "w": share.way})


def opened(keys: Keys, token: str, at: datetime) -> Share:
    """The share of a token, or BadToken; `member` is empty for a link that is nobody's."""
    said = keys.open(PURPOSE, token, at)
    member, way = str(said.get("m", "")), said.get("w", "link")
    if member and not is_id("mem", member):
        raise BadToken
    return Share(str(said.get("c", "")), member, way)


def link(base_url: str, ring: Keyring, campaign: str, member: str, way: Way = "link") -> str:
    """The address that a member shares."""
    return f"{base_url}/s/{sealed(ring, Share(campaign, member, way))}"


def is_robot(agent: str) -> bool:
    """Whether a user agent calls itself one, or nothing."""
    return not agent or ROBOTS.search(agent) is not None
