"""C3: in a WeChat campaign what members share, such as a group, is not passed on in Moments.

The page hides that menu itself (pages/render.py). Read here is what it cannot hide: words that send people there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading
from functions.core.lint.words import Phrases, refused
from functions.core.text import Text

ID = "C3"
BASIS = Text(
    zh="《微信外部链接内容管理规范》1.2：拼团页不得分享到朋友圈，须隐藏该菜单",
    en="WeChat's rules for external links, 1.2: a group-buy page is not shared to Moments and hides that menu item",
)
MOMENTS = Phrases.of(
    ["朋友圈|好友圈|pyq|(?<!不)(?:发圈|晒圈|转圈)"], [r"(?:wechat )?moments(?! (?:ago|later|before|of))\b"]
)
_TO_MOMENTS = re.compile(r"(?:post|share|shared|sharing|send|forward|in|on|to|your|wechat) ?(?:\w+ ){0,5}$")


def check(reading: Reading) -> Iterator[Finding]:
    """Words that send a group to Moments, where members share one in a WeChat campaign."""
    kind, definition = reading.definition.mechanic, reading.definition
    if definition.channel != "wechat" or kind not in reading.catalogue.mechanics:
        return
    if not hasattr(reading.catalogue.mechanic(kind), "shared"):
        return
    for wording in reading.words:
        match = next((one for one in MOMENTS.found(wording.form) if _sends(wording.form, one)), None)
        if match:
            yield _finding(wording.path, wording.quote(match))


def _sends(form: str, match: re.Match[str]) -> bool:
    """Whether people are sent there: in English "moments" is also a word for short times."""
    if refused(form, match.start()):
        return False
    before = form[max(0, match.start() - 40) : match.start()]
    return not match[0].isascii() or match[0] == "pyq" or _TO_MOMENTS.search(before) is not None


def _finding(path: str, quote: str) -> Finding:
    return Finding(
        rule=ID,
        severity="block",
        path=path,
        message=Text(
            zh=f"“{quote}”：微信里的拼团不能分享到朋友圈，页面已经隐藏这个菜单",
            en=f"“{quote}”: inside WeChat a group is not shared to Moments; its page hides that menu",
        ),
        fix=Text(
            zh="删掉这几个字，请会员把链接直接发给要一起参加的朋友",
            en="Delete these words; let members send the link to the friends they want to join them",
        ),
        basis=BASIS,
        quote=quote,
    )
