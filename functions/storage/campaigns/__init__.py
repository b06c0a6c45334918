"""A campaign's life: drafts, checks, versions, pause and end. Each step is one guarded write.

`life` has the head and its steps, `drafts` what is written, `publishing` how it goes live, `frozen` what went live.
"""

from functions.storage.campaigns.drafts import Checked, Draft, begin, checked, clean, judged, load, ready, save
from functions.storage.campaigns.frozen import issued, live_version, live_versions, versions
from functions.storage.campaigns.life import DEEDS, campaigns, changed, head_of, step, turn
from functions.storage.campaigns.publishing import SHARDS_ROOM, publish
from functions.storage.refusals import Refused

__all__ = [
    "DEEDS", "SHARDS_ROOM", "Checked", "Draft", "Refused", "begin", "campaigns", "changed", "checked",
    "clean", "head_of", "issued", "judged", "live_version", "live_versions", "load", "publish", "ready", "save", "step",
    "turn", "versions",
]  # fmt: skip
