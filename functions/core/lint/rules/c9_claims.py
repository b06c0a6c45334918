"""C9: absolute words, urgency without a date, promises of income. A named person may answer for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading, Wording
from functions.core.lint.words import Phrases
from functions.core.text import Text

ID = "C9"
LAW = Text(
    zh="《广告法》第九条第三项：不得使用“国家级”“最高级”“最佳”等用语",
    en="Advertising Law art. 9 (3): no 'national level', 'highest level', 'best' and the like",
)
URGENCY_LAW = Text(
    zh="《广告法》第四条、《规范促销行为暂行规定》第六条：不得作引人误解的宣传",
    en="Advertising Law art. 4 and the rules on promotions art. 6: nothing misleading",
)
INCOME_LAW = Text(
    zh="《广告法》第二十四条、第二十五条、第二十八条：不得对收益作保证性承诺",
    en="Advertising Law art. 24, 25 and 28: no promise of gains",
)

_TURN = (  # "第一天", "第一步", "第一名" count; they don't boast
    "(?![天次周月年步个名位课章节期回遍件时张本页批轮段关级季篇条部阶项句堂人小分日晚早眼反印笔单杯口站场届组题行排代手"
    "弹话集讲册缕份餐顿目])"
)
_SCOPE = (
    "(?:全国|全球|全网|全省|全市|世界|亚洲|中国|国内|行业|业内|同类|销量|口碑|排名|市场|品质|质量|效果|人气|好评"
    "|天下|宇宙)"
)
_YOURSELF = "自己|你|我|状态|时光|朋友|开始|礼物|一天|时候|时间|安排|一次|方式|方法|自律|陪伴|早晨|清晨|年华"
_THINGS = "brands?|products?|quality|prices?|courses?|schools?|apps?|coffee|tea|food|service|deals?|offers?|choice"
ABSOLUTE = Phrases.of(
    [
        "国家级|世界级|宇宙级|全球级|最高级|最高端|顶级|顶尖|极品|王牌|绝无仅有|空前绝后|史无前例|前无古人|遥遥领先",
        "独一无二(?!的(?:自己|你|我))|首选(?!项)|全网最低|史上最|全网首[发家]|万能的?(?:药|神器|配方)",
        "最佳(?!时间|时机|时段|时刻|状态|角度|自己|的自己|实践|浏览|显示|观看|阅读|拍摄)",
        f"最好的(?!{_YOURSELF})",
        "最(?:先进|高端|权威|专业|有效|安全|便宜|划算|畅销|热销|实惠|正宗|顶级|优惠)",
        "最(?:优(?![惠化])|强(?!大脑|的自己)|低价(?!格)|好[喝吃用看玩听]|高(?:品质|质量|标准)|大(?:优惠|力度|规模|折扣))",
        f"{_SCOPE}[^\n]{{0,4}}第一{_TURN}|第一(?:品牌|名牌|大品牌|大平台|家|选择|平台|神器)",
        f"(?:当之无愧的?|稳居|位居|荣登|排行)第一{_TURN}|是第一(?![^\n])",
        "(?:全国|全球|全网|全城|全市|全省|世界|行业|业内|国内|市面|同类)[^\n]{0,4}(?:唯一|首家|首个|领先|最(?![近后多少早晚长短终初]))",
        "唯一(?:的?品牌|的?选择|正品|一家|授权|指定|官方|的?机构|的?平台|的?课程|有效的(?:方法|办法|产品))",
        "绝对(?:有效|安全|正品|领先|第一|最|值得)",
        "百分(?:之)?百(?:有效|通过|提分|成功|治愈|正品|满意)|(?<![前0-9])100(?:有效|通过|提分|成功|治愈|满意)",
    ],
    [
        r"(?:top ?1|no ?1)(?![\w.]|(?: \w+)? (?:road|street|building|avenue|floor|lane))",
        r"number (?:one|1)\b(?! rule| priority| tip| question)",
        r"(?:worlds?|nations?|chinas?|industrys?|countrys?|citys?) (?:very )?"
        r"(?:best|first|no 1|leading|only|largest|biggest|finest)\b",
        r"best in (?:the )?(?:world|class|china|industry|market|country|city)\b|best ever\b|world class\b",
        rf"the (?:very )?best (?:{_THINGS})\b|best (?:{_THINGS}) (?:in|of)\b",
        r"the only (?:brand|product|course|school|app|choice|official|authori[sz]ed)\b",
        r"(?:unbeatable|unrivall?ed|unparallell?ed|unmatched|second to none|greatest of all time)\b",
        r"(?:lowest prices?|cheapest|guaranteed (?:results?|success|to work))\b",
        r"100 (?:effective|guaranteed|safe|satisfaction|success)\b",
    ],
)
INSTEAD = {
    "国家级": "高品质", "世界级": "高品质", "宇宙级": "高品质", "全球级": "高品质", "最高级": "高品质",
    "最高端": "高品质",
    "顶级": "优质", "顶尖": "优秀", "极品": "精选", "王牌": "招牌", "首选": "推荐", "最佳": "优质", "最优": "优质",
    "最好的": "很好的", "最强": "很强", "独一无二": "独特", "绝无仅有": "难得", "空前绝后": "难得", "史无前例": "难得",
    "前无古人": "难得", "遥遥领先": "出色", "world class": "high-quality", "world-class": "high-quality",
    "best ever": "much loved", "unbeatable": "great", "unmatched": "great", "second to none": "excellent",
}  # fmt: skip
URGENCY = Phrases.of(
    [
        "(?:仅剩|只剩|仅余)(?:最后)?[0-9一二两三四五六七八九十百几]*(?:个|件|份|张|席|名|位|小时|天|名额|席位)",
        "最后(?:的?机会|名额|时刻|疯狂|[0-9一二两三四五六七八九十]+(?:个?名额|小时|分钟|席|件|份))",
        "(?:马上|即将|很快)(?:就要|就)?(?:结束|涨价|恢复原价|售罄|截止|下架|抢光|没了)",
        "限时(?:抢|特价|优惠|免费|领|秒杀|福利|折扣|特惠|[0-9一二三四五六七八九 ]+折)",
        "手慢无|错过[^\n]{0,3}(?:不再|再等|就没|等一年|后悔)|秒光|抢疯|速[抢领]|赶[快紧](?:抢|领|下单|来抢|报名|入手)",
        "抓紧(?:时间)?(?:抢|领|报名|参与)|快来[抢领]|仅此一[天日]|仅限今[日天]|只限今[日天]|今[日天](?:截止|最后)",
    ],
    [
        r"(?:hurry(?: up)?|last chance|final hours|limited time|(?:ends|ending) soon|act (?:now|fast))\b",
        r"(?:almost gone|selling (?:out )?fast|dont miss out|before its too late|today only|while it lasts)\b",
        r"(?:ends (?:tonight|today)|before its gone|now or never)\b",
        r"(?:only \d+ (?:\w+ )?left|last \d+ (?:spots?|seats?|places?))\b",
    ],
)
INCOME = Phrases.of(
    [
        "躺赚|躺着赚|稳赚|包赚|保本|高收益|零风险|财务自由|财富自由|被动收入|睡后收入|暴富|快速致富|一本万利",
        "无本万利|在家赚钱|轻松赚钱|边[^\n]赚钱|收益率|年化[0-9]+|副业[^\n]{0,6}(?:赚|收入|变现)",
        "(?:月|日|年|周)(?:入|赚|收入|薪)(?:过|破|超)?[0-9一二两三四五六七八九十百千万几上]+|日结[0-9]+",
        "(?:保证|承诺|确保)(?:有)?(?:收益|收入|赚|盈利|回报)",
    ],
    [
        r"(?:passive income|guaranteed (?:income|returns?|profits?|earnings)|get rich|financial freedom)\b",
        r"(?:easy money|double your money|quit your job|six figure|risk free (?:profit|income|returns?))\b",
        r"make money (?:fast|online|easily|from home|while)\b",
        r"(?:earn|make) (?:up to |over |at least )?\d[\d ]*(?:yuan |dollars |rmb |usd |cny |euros |k )?"
        r"(?:(?:a|per|every|each) (?:day|week|month|year)|daily|weekly|monthly)\b",
    ],
)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
DATE = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}|\d{1,2}\s*月\s*\d{1,2}|(?<!\d)\d{1,2}/\d{1,2}(?!\d)|\{\w*(?:date|end|until)\w*\}"
    rf"|\b{_MONTH}[a-z]*\.? \d{{1,2}}|\b\d{{1,2}} {_MONTH}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """A kind of claim: what it looks like, and what is said of it."""

    phrases: Phrases
    message: Text
    fix: Text
    basis: Text


CLAIMS = {
    "absolute": Claim(
        ABSOLUTE,
        Text(zh="“{quote}”是绝对化用语", en="“{quote}” is an absolute claim"),
        Text(
            zh="换成能证明的说法，或由负责人签字确认", en="Say what can be proven, or have a named person sign it off"
        ),
        LAW,
    ),
    "urgency": Claim(
        URGENCY,
        Text(zh="“{quote}”催人赶快，却没有写明日期", en="“{quote}” urges people without naming a date"),
        Text(zh="写明截止的日期，或删掉", en="Name the date, or delete it"),
        URGENCY_LAW,
    ),
    "income": Claim(
        INCOME,
        Text(zh="“{quote}”像是在承诺收入", en="“{quote}” reads like a promise of income"),
        Text(zh="删掉，只写参与者确实能得到的奖励", en="Delete it; name only the rewards people do get"),
        INCOME_LAW,
    ),
}
NAMES_OF_OTHERS = ("page.organiser", "page.contact", "privacy.contact")  # a firm may be called No. 1 Department Store


def check(reading: Reading) -> Iterator[Finding]:
    """Each text, once for each kind of claim found in it."""
    for wording in reading.words:
        if wording.path.startswith(NAMES_OF_OTHERS):
            continue
        for kind, claim in CLAIMS.items():
            match = claim.phrases.first(wording.form)
            if match and not (kind == "urgency" and DATE.search(wording.text)):
                yield _finding(claim, wording, match)


def _finding(claim: Claim, wording: Wording, match: re.Match[str]) -> Finding:
    quote = wording.quote(match)
    message = Text(zh=claim.message.fill("zh", {"quote": quote}), en=claim.message.fill("en", {"quote": quote}))
    return Finding(
        rule=ID,
        severity="warn",
        path=wording.path,
        message=message,
        fix=claim.fix,
        basis=claim.basis,
        quote=quote,
        instead=_instead(quote),
    )


def _instead(quote: str) -> str:
    """Words without the claim, where a word can simply be another: what boasts by one character loses it."""
    known = INSTEAD.get(quote.lower(), "")
    return known or (quote[1:] if len(quote) > 2 and quote[0] == "最" else "")
