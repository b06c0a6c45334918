"""C4: no platform's portrait or name of a member without their consent, nobody has to follow, no 口令 texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading, leaves
from functions.core.lint.words import Phrases, refused
from functions.core.text import Text

ID = "C4"
BASIS = Text(
    zh="《微信外部链接内容管理规范》1.2：不得强制关注、未经同意使用头像昵称、用口令绕过限制",
    en="WeChat's rules for external links, 1.2: no forced follow, no portrait or name without consent, no 口令 texts",
)
_ACCOUNT = (
    "(?:我们|本店|官方|店铺|商家)?的?(?:微信|抖音|小红书|微博)?"
    "(?:(?:公众|服务|订阅|视频|账|抖音)号|店铺|直播间|官微|微博)"
)
_GAIN = "(?:领|得|赢|抽|送|参加|参与|打卡|解锁|才|方可|即可|就能|获|享)"
_FOLLOWED = "(?:follow|subscrib)(?:e|s|ing|ed)?"
_TAKES = "(?:get|win|claim|enter|unlock|join|receive|earn|take part|participate)"
FOLLOWING = Phrases.of(
    [
        "(?<![无不])(?:必须|务必|需要?先?|须先?|要先|得先|请先|先)(?:扫码)?关注(?!的)",
        f"(?:扫码)?关注(?:{_ACCOUNT})?(?:后|并|即|就|才|可)[^\\n]{{0,8}}{_GAIN}",
        f"关注{_ACCOUNT}[^\\n]{{0,6}}{_GAIN}|(?:未|没有?)关注[^\\n]{{0,6}}(?:不能|无法|不得|不可)",
    ],
    [
        rf"(?:must|have to|need to|required to|only if you|once you|after you) {_FOLLOWED}\b",
        rf"{_FOLLOWED} (?!your|the steps|these|the rules|along)(?:\w+ ){{1,6}}(?:to|and|then) {_TAKES}\b",
    ],
)
PASSPHRASES = Phrases.of(
    [
        "(?:淘|吱|支付宝|抖音|微信|拼多多|京东)口令|口令红包|复制(?:此|这|本|该)?(?:段|条)?口令",
        "复制(?:此|这|本|该|下面|以下)?(?:段|条|的)?(?:文字|内容|信息|消息|链接|代码|暗号)[^\\n]{0,10}"
        "(?:打开|粘贴到|到|去)(?:微信|淘宝|天猫|支付宝|抖音|拼多多|京东|浏览器|app|手机)",
    ],
    [
        r"copy (?:this|the|these) (?:\w+ )?(?:text|code|message|words|link) (?:\w+ ){0,4}"
        r"open (?:\w+ )?(?:wechat|taobao|alipay|douyin|app|browser)\b"
    ],
)
PORTRAITS = Phrases.of(
    [
        "(?:头像|昵称)[^\\n]{0,10}(?:海报|展示|公开|公示|显示|上墙|排行榜)|(?:海报|排行榜)[^\\n]{0,8}(?:带|显示|展示|用)[^\\n]{0,6}(?:头像|昵称)",
    ],
    [
        r"(?:your|the members|wechat) (?:\w+ ){0,2}(?:avatar|nickname|profile picture)s? (?:\w+ ){0,5}"
        r"(?:poster|shown|displayed|published|public)\b",
        r"(?:poster|shown|displayed|published) (?:\w+ ){0,4}(?:avatar|nickname|profile picture)s?\b",
    ],
)
PICTURED = re.compile("头像|avatar|picture|poster|海报")
PORTRAIT = re.compile(r"(^|_)(avatar|nick_?name|head_?img(url)?|portrait|profile_picture)s?(_|$)")


def check(reading: Reading) -> Iterator[Finding]:
    """Settings and words that use who a member is on a platform, make them follow, or pass by its rules."""
    consented = any(PORTRAIT.search(purpose.field) for purpose in reading.definition.privacy.purposes)
    if not consented:
        yield from _settings(reading)
    for wording in reading.words:
        for phrases, finding in ((FOLLOWING, _follow), (PASSPHRASES, _passphrase), (PORTRAITS, _portrait)):
            match = next((one for one in phrases.found(wording.form) if not refused(wording.form, one.start())), None)
            agreed = consented or wording.path.startswith("privacy.") or (match and _is_asked(reading, match[0]))
            if match and not (finding is _portrait and agreed):
                yield finding(wording.path, wording.quote(match))


def _is_asked(reading: Reading, said: str) -> bool:
    """Whether this speaks of nicknames on a leaderboard, on which only those are who agreed to it there."""
    return bool(reading.config.get("leaderboard")) and not PICTURED.search(said)


def _settings(reading: Reading) -> Iterator[Finding]:
    configs = [(reading.config, "config")]
    configs += [(item.config, f"rewards.{place}.config") for place, item in enumerate(reading.definition.rewards)]
    for config, path in configs:
        for place, value in leaves(config, path):
            if value and PORTRAIT.search(place.rpartition(".")[2]):
                yield _portrait(place, place.rpartition(".")[2])


def _follow(path: str, quote: str) -> Finding:
    return _finding(
        path,
        quote,
        Text(
            zh=f"“{quote}”：不能要求先关注才能参加或领奖",
            en=f"“{quote}”: nobody may have to follow an account to take part",
        ),
        Text(zh="去掉这个条件；可以写“欢迎关注”", en="Take the condition out; “you are welcome to follow us” is fine"),
    )


def _passphrase(path: str, quote: str) -> Finding:
    return _finding(
        path,
        quote,
        Text(
            zh=f"“{quote}”：不能用口令把人带到别的应用",
            en=f"“{quote}”: texts to copy into another app pass by the platform's rules",
        ),
        Text(zh="换成活动链接或二维码", en="Use the campaign's link or its QR code"),
    )


def _portrait(path: str, quote: str) -> Finding:
    return _finding(
        path,
        quote,
        Text(
            zh=f"“{quote}”：没有征得同意，不能使用会员在平台上的头像或昵称",
            en=f"“{quote}”: a member's portrait or name on a platform needs their consent",
        ),
        Text(
            zh="去掉它；确实要用，在“隐私”里写明头像或昵称的用途（avatar、nickname）",
            en="Take it out; if it is needed, say under “Privacy” what avatar or nickname is used for",
        ),
    )


def _finding(path: str, quote: str, message: Text, fix: Text) -> Finding:
    return Finding(rule=ID, severity="block", path=path, message=message, fix=fix, basis=BASIS, quote=quote)
