"""Members by how their nickname begins: a list to choose from, in which names are masked. Opening one is a look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from functions.core import keys
from functions.core.keys import Row
from functions.core.nickname import masked, normal
from functions.core.text import Text
from functions.edge.request import Request
from functions.members.models import LookOut, NamedOut
from functions.storage import nicknames

PEOPLE_MAX = 20
SEVERAL = Text(zh="有 {n} 位会员的昵称这样开头", en="{n} members have a nickname that begins like this")
MANY = Text(
    zh="很多会员的昵称这样开头，先列出 {n} 位。多打几个字，会更准",
    en="Many nicknames begin like this: here are the first {n}. Type a little more",
)


def named_so(request: Request, text: str) -> list[Row]:
    """One more than are shown, where there are so many."""
    return nicknames.begin_with(request.service.store, text, PEOPLE_MAX + 1)


def several(request: Request, text: str, named: Sequence[Row]) -> LookOut:
    """Those to choose from, told apart by what reveals nobody: whether they signed in, how long they are called so."""
    shown = named[:PEOPLE_MAX]
    profiles = request.service.store.read([keys.profile(row["member"]) for row in shown])
    people = [
        NamedOut(
            member=row["member"],
            nickname=masked(row["name"]),
            exact=row["normal"] == normal(text),
            signed_in=profiles[keys.profile(row["member"])] is not None,
            since=datetime.fromisoformat(row["at"]),
        )
        for row in shown
    ]
    sentence = (MANY if len(named) > len(shown) else SEVERAL).fill(request.language, {"n": len(shown)})
    return LookOut(outcome="several", message=sentence, people=people)
