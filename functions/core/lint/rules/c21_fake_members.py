"""C21: nobody in a group is made up. Other systems call it virtual fill: what did not fill is shown as formed."""

from __future__ import annotations

from collections.abc import Iterator

from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading
from functions.core.lint.words import Phrases
from functions.core.text import Text

ID = "C21"
BASIS = Text(
    zh="《电子商务法》第十七条、《反不正当竞争法》第八条：不得虚构交易、编造人数误导消费者",
    en="E-Commerce Law art. 17, Anti-Unfair Competition Law art. 8: no invented deals or numbers of buyers",
)
SETTINGS = ("virtual_fill", "virtual_members", "auto_fill", "robots")
WORDS = Phrases.of(
    [
        "虚拟(?:成团|拼团|补位|凑团|用户|会员)",
        "机器人(?:成团|补位|凑团|拼团|参团)",
        "(?:系统|平台|后台)(?:自动)?(?:补位|凑人|补齐人数|凑满)",
    ],
    [
        r"virtual(?:ly)? (?:fill|filled|members?|group)",
        r"(?:robots?|bots?) (?:join|fill|complete)",
        r"auto(?:matically)? fill(?:s|ed)? the group",
    ],
)


def check(reading: Reading) -> Iterator[Finding]:
    """Whether a setting or a text fills groups with people who do not exist."""
    for name in SETTINGS:
        if reading.definition.config.get(name):
            yield _finding(f"config.{name}", name)
    for wording in reading.words:
        match = WORDS.first(wording.form)
        if match:
            yield _finding(wording.path, wording.quote(match))


def _finding(path: str, quote: str) -> Finding:
    return Finding(
        rule=ID,
        severity="block",
        path=path,
        message=Text(zh="用虚拟的人凑成团，是虚构交易", en="A group filled with made-up members is an invented deal"),
        fix=Text(
            zh="去掉它；想更容易成团，可以减少人数或延长时间",
            en="Take it out. To fill groups more easily, ask for fewer people or give more time",
        ),
        basis=BASIS,
        quote=quote,
    )
