"""C2: nothing is conditional on having shared, on a screenshot of a share, or on friends' help.

Told from the rule graph (facts that only friends or a share make true) and from every text people read. What a
member says *inside* the campaign is not a share: "分享你的读书心得" and "share your thoughts" pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.core.lint.finding import Finding, Severity
from functions.core.lint.reading import Reading, Wording
from functions.core.lint.words import Phrases
from functions.core.text import Text

ID = "C2"
BASIS = Text(
    zh="《微信外部链接内容管理规范》1.2：不得以利益诱导分享，不得要求好友助力、集赞、砍价",
    en="WeChat's rules for external links, 1.2: no reward may induce sharing, friends' help, likes or bargaining",
)

SOCIAL_FACTS = ("share.", "assist.", "bargain.")  # kinds of facts that only a share or friends' help makes true
SOCIAL_FIELD = re.compile(r"(^|_)(shares?|shared|forwards?|forwarded|reposts?|likes|helps?|helped|helpers?)(_|$)")

_COUNT = "(?:[0-9一二两三四五六七八九十百千几多]{1,6})"
_PLACE = "(?:朋友圈|pyq|好友圈|微信群|社群|群聊|群里|群内|各群|微博|小红书|抖音|快手|qq空间)"
_NEAR = "(?:好友|朋友|亲友|群友|闺蜜)"
_FRIENDS = f"(?:{_NEAR}|家人|同学|同事|他人|别人)"
_GAIN = (
    "(?:领|送|赢|赚|返|抽|奖|券|红包|积分|优惠|礼|福利|免费|解锁|机会|资格|补卡|复活|立减|现金|学费|才能|方可"
    "|可得|获得|得到|获取|即得)"
)
_OWN = "(?:心得|感受|感想|感悟|体会|收获|笔记|故事|想法|经验|心情|见闻|读后感|书评|一句话|金句|照片|成果|日常)"
_NO_PRAISE = "(?![助美同叹赏])"
_CUT = "(?:助力|加速|砍|帮点|帮拆|帮砍|帮抢|帮助解锁)"

_SHARE = "(?:re)?(?:share|shares|sharing|shared|forward|forwarding|forwarded|repost|reposting|reposted|retweet)"
_POST = f"(?:{_SHARE}|post|posting|posted|send|sending|upload)"
_NOT_LOOKING = (
    "(?<!look )(?<!looks )(?<!looked )(?<!looking )(?<!step )(?<!move )(?<!moving )(?<!going )(?<!fast )(?<!carry )"
    "(?<!put )(?<!bring )"
)
_THING = r"(?:(?:this|it|the|our|a|an|your|my|these) )?(?:(?:campaign|page|poster|link|code|qr code|invitation|card) )?"
_THEIRS = (
    "(?:thoughts?|notes?|story|stories|feelings?|experiences?|reflections?|learnings?|ideas?|lessons?|moods?|views?"
    "|opinions?|review|insights?|sentences?|quotes?|pictures?|photos?|progress|plans?)"
)
_MEDIA = "(?:moments|wechat|timeline|social media|facebook|instagram|weibo|tiktok|douyin|twitter|whatsapp|xiaohongshu)"
_PEOPLE = "(?:friends?|contacts|family|others|people|groups?|chats?|classmates|colleagues)"
_GIVEN = (
    "(?:get|gets|earn|earns|win|wins|unlock|unlocks|receive|receives|claim|claims|coupons?|rewards?|points?|discount"
    "|free|gifts?|bonus|prizes?|draw|entry|entries|chances?|cash|refund)"
)
_WORDS = r"(?:\w+ ){0,%d}?"
_HELP = "(?:help|helps|boost|boosts|vote|votes|slash|cut|assist|assists|bargain|unlock|likes?)"

ASKING = Phrases.of(
    [
        f"(?<![运中周旋好扭流反逆])转发(?![货电放展生射育票工])(?:(?:到|至|给|进)?(?:{_PLACE}|{_FRIENDS}))?",
        f"(?:分享|转|晒|发|发布|发送)(?:到|至|在|去|进)?(?:您|你|个人|自己|我)?的?{_PLACE}",
        f"(?:推荐|同步|推送)(?:到|至|进)(?:您|你|个人|自己|我)?的?{_PLACE}|分享(?:到|至|给|在)?微信",
        f"(?:分享|转发?|发)(?:到|至)?{_COUNT}个(?:微信)?群|(?:分享|转|发)(?:到|至)群",
        "(?:朋友圈|pyq)(?:集|点|求)?(?:赞|分享|打卡|任务)|收集点赞",
        f"(?:集|集满|集齐|集够|攒|求|收集|积)(?:满|齐|够)?{_COUNT}?个?赞{_NO_PRAISE}",
        f"(?:点赞|获赞)(?:满|达|够|超过?)?{_COUNT}|(?:满|够|达到?|获得?){_COUNT}个?赞{_NO_PRAISE}",
        f"{_NEAR}们?帮(?:忙|你|我)?点赞|艾特{_COUNT}?[位个名]?{_NEAR}|发起(?:助力|砍价)",
        f"(?:{_NEAR}|{_COUNT}[人位名])们?(?:来|都|帮忙|帮你|为你|为我|给你)?{_CUT}",
        "(?:帮|帮忙|为|替|给)(?:我|ta|好友|朋友)(?:助力|加速|砍|点一下|拆|投票)|帮你(?:助力|加速|砍)",
        f"(?:邀请?|请|找|喊|叫|求|让|拉|召唤)(?:您|你)?的?{_COUNT}?[个位名]?新?(?:{_FRIENDS}|人)"
        "[^\n]{0,6}(?:助力|帮忙(?![拍照提纠])|加速|砍|点赞|解锁|抽奖机会|免费[领拿]|补卡|复活|完成任务)",
        f"助力(?:码|值|人数|次数|有礼|免费|成功|满?{_COUNT}[人位名次])",
        "助力(?:后|即可|就能?|可)?(?:领[取券奖]|得券|解锁|赢取)",
        "(?<!不)(?:砍价|砍[一1]刀|砍一砍|帮砍|砍至|砍到)",
        f"拉{_COUNT}?[个位名]?(?:新?人|{_NEAR})(?:进群|入群|就|即|得|领|送|解锁)",
        "(?:朋友圈|pyq|转发|集赞|发圈|分享(?:后|成功|页面?|记录|完成)?的?)(?:截图|截屏)",
        f"(?:截图|截屏)[^\n]{{0,8}}(?:发圈|{_PLACE})",
        "发圈(?:截图|后|即|领|得|集赞|打卡|任务)|(?:每[天日]|去|并|需|要|必须)发圈",
        "分享(?:本|此|该|这个)(?:活动|页)|分享一?下?(?:链接|页面)(?!的?[心感体收照])",
        "分享(?:一下|您|你|我|今日|今天|打卡|专属|活动|邀请|的)*(?:海报|二维码|小程序|推文|邀请码)(?!的?[心感体收照])",
        f"分享(?:给|到|至)[^\n]{{0,4}}{_FRIENDS}",
        f"分享(?!领[悟会略]|得失|有感|有声|有礼貌|[^\n]{{0,4}}{_OWN})"
        f"(?:后|成功|即可?|就能?|可|一次|{_COUNT}次|完成|才|满|有|得|领|赢|抽|送|赚)[^\n]{{0,6}}{_GAIN}",
        "分享(?:有[礼奖](?!貌)|领[奖券取]|赢|抽|赚)",
    ],
    [
        rf"{_NOT_LOOKING}{_POST} {_WORDS % 7}(?:to|on|in|with|via) {_WORDS % 3}{_MEDIA}\b",
        rf"{_NOT_LOOKING}{_SHARE} {_THING}(?:to|with|among) {_WORDS % 3}{_PEOPLE}\b",
        rf"{_NOT_LOOKING}forward (?:this|it|the|our|a|these)\b",
        rf"{_NOT_LOOKING}{_SHARE} (?!(?:of|your|my|a|one|some|what|how|in)\b){_WORDS % 8}{_GIVEN}\b",
        rf"{_NOT_LOOKING}{_SHARE} (?:your|a|my) (?:poster|link|code|page|campaign|invitation|post)\b",
        rf"{_GIVEN} {_WORDS % 8}(?:by|for|when|after|if|once) (?:you )?(?!{_WORDS % 5}{_THEIRS}\b){_SHARE}\b",
        r"(?:collect|gather|get|receive|reach|earn|need)\w* (?:at least |more than |up to )?"
        r"(?:\d+|enough|more|many|friends) likes\b",
        rf"friends?s? (?:to )?{_HELP}\b {_WORDS % 8}{_GIVEN}\b",
        rf"(?:ask|get|have|need|invite|tag|with|from|bring)\w* {_WORDS % 3}friends?s? (?:to )?{_HELP}\b",
        rf"{_GIVEN} {_WORDS % 6}{_HELP} (?:from|of|by) {_WORDS % 3}friends?\b",
        rf"(?:invite|tag|bring) {_WORDS % 3}friends? {_WORDS % 3}"
        r"(?:unlock|win|get (?:a )?free|another (?:draw|chance))\b",
        r"(?:bargain|slash|cut|chop) (?:down )?the price\b",
        rf"screenshots? (?:of|showing|from) {_WORDS % 4}(?:shares?|shared|sharing|moments|forward\w*|reposts?)\b",
        rf"(?:boosted|helped|assisted|unlocked) by {_WORDS % 3}friends?\b|must (?:share|forward|repost)\b",
        r"sharing is (?:required|needed|necessary)\b",
        r"screenshots? of your post\b|(?:moments|sharing|shared|reposted|forwarded) screenshots?\b",
    ],
)

_NO = (
    "(?:不需要?|无需|无须|毋需|毋须|不必|不用|不要求?|不会要求|不强制|请?勿|禁止|不得|严禁|拒绝|谢绝|杜绝|不以"
    "|没有|并非)"
)
_OF_WHAT = (
    "(?:您|你|再|去|把|将|任何|进行|强制|通过|靠|要求|诱导|额外|转发|分享|集赞|助力|砍价|拉人|邀请|截图|朋友圈|到"
    "|或者?|和|与|及|也)*"
)
_NEVER = (
    "(?:no need to|not (?:need|have|required|obliged|asked) to|(?:dont|neednt)(?: (?:need|have) to)?|do not|never"
    "|without|no|nor|not|isnt)"
)
_TO_DO_WHAT = (
    "(?: (?:need|have|to|any|ever|or|and|share|sharing|forward|forwarding|post|posting|repost|reposting|invite|inviting"
    "|for|by|conditional|depend|depends|on))*"
)
_REFUSED_BEFORE = re.compile(rf"{_NO}{_OF_WHAT}$|\b{_NEVER}{_TO_DO_WHAT} ?$", re.ASCII)
_REFUSED_AFTER = re.compile(
    "^(?:与否|或者?不?|和|也|集赞|分享|转发|到朋友圈)*(?:与[^\n]{1,6})?(?:无关|都一样|不影响|均可领)"
    r"|^(?: \w+){0,3}? (?:is|are)(?: not| never|nt) (?:required|needed|necessary|a condition)",
    re.ASCII,
)
_OWN_WORDS = re.compile(f"{_OWN}[^\n]{{0,6}}$")
_PLAIN_SHARE = re.compile(f"^分享(?:给|到|至|在)?[^\n]{{0,4}}(?:{_FRIENDS}|社群|群聊|群里|群内)$")


def check(reading: Reading) -> Iterator[Finding]:
    """Rules paid for shares or help, and texts that ask for them."""
    severity: Severity = "block" if reading.definition.channel == "wechat" else "warn"
    yield from _structure(reading, severity)
    for wording in reading.words:
        match = _asks(wording)
        if match:
            yield _words(severity, wording.path, wording.quote(match))


def _structure(reading: Reading, severity: Severity) -> Iterator[Finding]:
    declared = _declared(reading)
    for place, rule in enumerate(reading.definition.rules):
        if not rule.enabled:
            continue
        if rule.when.startswith(SOCIAL_FACTS) or rule.when in declared:
            yield _graph(severity, f"rules.{place}.when", rule.when)
        for n, condition in enumerate(rule.conditions):
            if SOCIAL_FIELD.search(condition.field):
                yield _graph(severity, f"rules.{place}.if.{n}", condition.field)


def _declared(reading: Reading) -> frozenset[str]:
    """Fact kinds that the mechanic itself names as made true by a share or by friends' help."""
    kind = reading.definition.mechanic
    if kind not in reading.catalogue.mechanics:
        return frozenset()
    return frozenset(getattr(reading.catalogue.mechanic(kind), "SOCIAL_FACTS", ()))


def _asks(wording: Wording) -> re.Match[str] | None:
    """The first place that asks for a share or for help, and doesn't say that none is needed."""
    for match in ASKING.found(wording.form):
        if not (_refused(wording, match) or _about_own_words(wording, match)):
            return match
    return None


def _refused(wording: Wording, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = _REFUSED_BEFORE.search(wording.form, max(0, start - 40), start)
    if before and before.start() < start:
        return not wording.breath(before.start(), start + 1)
    return _REFUSED_AFTER.search(wording.form[end : end + 60]) is not None


def _about_own_words(wording: Wording, match: re.Match[str]) -> bool:
    """ "把读书心得分享给朋友": what is shared is the member's own words, and no platform is named."""
    return bool(_PLAIN_SHARE.match(match[0]) and _OWN_WORDS.search(wording.form[: match.start()]))


def _words(severity: Severity, path: str, quote: str) -> Finding:
    return Finding(
        rule=ID,
        severity=severity,
        path=path,
        message=Text(
            zh=f"“{quote}”：这里要求或诱导分享、集赞或好友帮忙",
            en=f"“{quote}” asks for a share, for likes or for friends' help",
        ),
        fix=Text(
            zh="删掉这几个字；奖励只看参与者自己做了什么，比如打卡天数",
            en="Delete these words; reward what people do themselves, such as the days they checked in",
        ),
        basis=BASIS,
        quote=quote,
    )


def _graph(severity: Severity, path: str, quote: str) -> Finding:
    return Finding(
        rule=ID,
        severity=severity,
        path=path,
        message=Text(
            zh=f"这条规则的奖励要靠分享或好友帮忙（{quote}）才能得到",
            en=f"This rule pays only for a share or for friends' help ({quote})",
        ),
        fix=Text(
            zh="改用参与者自己的行为作条件，或换一个渠道发布",
            en="Reward what members do themselves, or use another channel",
        ),
        basis=BASIS,
        quote=quote,
    )
