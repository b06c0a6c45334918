"""C1: rewards reach few uplines, becoming a promoter costs nothing, and nobody is paid by head-count or team sales."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading, leaves
from functions.core.lint.words import Phrases
from functions.core.rules import Condition, Rule
from functions.core.text import Text

ID = "C1"
BASIS = Text(
    zh="《禁止传销条例》第七条；微信分销规则（层级含本人）",
    en="Regulation on the Prohibition of Pyramid Selling art. 7; WeChat's rule (levels count the person himself)",
)
UPLINES_MAX = {"wechat": 1}
UPLINES_MAX_ANYWHERE = 2

# Facts that are about a person's referee already: paying that person is one upline, paying their referrer two.
REFERRAL_FACTS = ("referral.", "invite.", "distribution.", "commission.", "promoter.")
DEPTH_FIELD = re.compile(r"(^|_)(level|depth|generation|upline)s?$")
LEVELS = re.compile(
    r"(^|_)(levels?|uplines?|generations?|depth)(_max|_count)?$|^(max|commission|reward|referral)_(levels?|depth)$"
)
FEE = re.compile(r"(^|_)(entry|join|joining|admission|entrance|promoter|agent)_(fee|price|deposit)$")
PROMOTER = re.compile(r"promoter|distributor|agent|dealer|koc|partner|affiliate|推广|分销|代理|合伙人")
HEADS = re.compile(
    r"(^|_)(recruits?|recruited|head_?count|downlines?|team_(size|sales|members|turnover|performance)|indirect\w*|"
    r"descendants)(_|$)"
)
_NONE = "(?<!没有)(?<!无)(?<!免)(?<!不收)(?<!不设)(?<!不)(?<!禁止)(?<!拒绝)"
_TITLE = "(?:promoter|distributor|agent|partner)"
WORDS = Phrases.of(
    [
        f"{_NONE}拉人头|{_NONE}按人头(?:计|付|算|奖|返|结)|人头费|{_NONE}团队计酬",
        f"{_NONE}发展(?:下线|下级|[0-9]+[个名]下)",
        "团队(?:业绩|总业绩|销售额)[^\n]{0,6}(?:提成|奖|返|分|计)|下线的?(?:下线|佣金|返利)",
        "[三四五六七八九十3-9]级(?:分销|返利|返佣|佣金|代理)|多级(?:分销|返利|返佣)|无限(?:代|级)(?:返|裂|分)",
        f"{_NONE}入门费",
        "(?:缴纳|交纳?|支付|付费?)[^\n]{0,8}(?:成为|获得|取得|开通)[^\n]{0,4}(?:推广|分销|代理|合伙人)",
    ],
    [
        r"pa(?:y|id|ys) (?:per|by) (?:head|recruit|headcount)\b|recruit\w* (?:\w+ ){0,3}downlines?\b",
        r"multi ?level (?:commission|marketing|reward)|downlines? (?:sales|commission|earnings|recruits)\b",
        rf"(?<!no )(?<!without )(?<!without an )(?:entry|joining|membership) fee to (?:become|be) an? {_TITLE}\b",
        rf"pay (?!nothing|no)(?:\w+ ){{0,4}}to (?:become|be) an? {_TITLE}\b",
        r"commission on (?:your )?teams? sales\b",
    ],
)


def check(reading: Reading) -> Iterator[Finding]:
    """Uplines in rules and configs, entry fees beside promoter rights, pay by heads, and words that say so."""
    cap = UPLINES_MAX.get(reading.definition.channel, UPLINES_MAX_ANYWHERE)
    for place, rule in enumerate(reading.definition.rules):
        if rule.enabled:
            yield from _reach(rule, f"rules.{place}", cap, _is_friends_own(reading, rule.when))
            yield from _heads(rule, f"rules.{place}")
    yield from _levels(reading, cap)
    yield from _entry_fee(reading)
    for wording in reading.words:
        match = WORDS.first(wording.form)
        if match:
            yield _recruiting(wording.path, wording.quote(match))


def _is_friends_own(reading: Reading, fact: str) -> bool:
    """Whether a fact is the friend's and names the referrer apart: who is paid for it as a member is the friend."""
    kinds, kind = reading.catalogue.mechanics, reading.definition.mechanic
    facts = reading.catalogue.mechanic(kind).FACTS if kind in kinds else {}
    return fact in facts and "referrer" in facts[fact].concerns


def _reach(rule: Rule, path: str, cap: int, friends_own: bool) -> Iterator[Finding]:
    """A fact of a referee's act reaches one upline, of a deeper level as many as the rule names."""
    below = max([int(rule.when.startswith(REFERRAL_FACTS) and not friends_own), *map(_deepest, rule.conditions)])
    for n, then in enumerate(rule.then):
        reach = below + (1 if then.to == "referrer" else 0)
        if reach > cap:
            yield _too_far(f"{path}.then.{n}", reach, cap, then.to)


def _deepest(condition: Condition) -> int:
    """The deepest level that a condition lets through; 0 when it is not about levels."""
    values = condition.value if isinstance(condition.value, list) else [condition.value]
    if not DEPTH_FIELD.search(condition.field) or condition.op not in ("=", "<=", "<", ">=", ">", "between", "in"):
        return 0
    levels = [value for value in values if type(value) is int]
    return max(levels, default=0) + {"<": -1, ">": 1}.get(condition.op, 0)


def _levels(reading: Reading, cap: int) -> Iterator[Finding]:
    for path, levels in _named(reading.config, "config"):
        if levels > cap:
            yield _too_far(path, levels, cap, str(levels))
    for place, item in enumerate(reading.definition.rewards):
        for path, levels in _named(item.config, f"rewards.{place}.config"):
            if levels > cap:
                yield _too_far(path, levels, cap, str(levels))


def _named(content: Any, path: str) -> Iterator[tuple[str, int]]:
    """How many levels every field says that is named for levels: a number, or a list with one entry a level."""
    if isinstance(content, list):
        for place, value in enumerate(content):
            yield from _named(value, f"{path}.{place}")
    if not isinstance(content, dict):
        return
    for name, value in content.items():
        if LEVELS.search(name) and isinstance(value, list):
            yield f"{path}.{name}", len(value)
        elif LEVELS.search(name) and type(value) is int:
            yield f"{path}.{name}", value
        else:
            yield from _named(value, f"{path}.{name}")


def _entry_fee(reading: Reading) -> Iterator[Finding]:
    """A fee to come in, where what is given makes one a promoter."""
    rights = [
        item.name.in_("zh") or item.id
        for item in reading.definition.rewards
        if item.kind == "entitlement"
        and PROMOTER.search(f"{item.id} {item.config} {item.name.zh} {item.name.en}".lower())
    ]
    for path, value in leaves(reading.config, "config"):
        if rights and FEE.search(path.rpartition(".")[2]) and type(value) is int and value > 0:
            yield _finding(
                path,
                Text(zh=f"交费才能得到“{rights[0]}”", en=f"One has to pay to get “{rights[0]}”"),
                Text(
                    zh="成为推广员不能收费：去掉费用，或去掉这项权益",
                    en="Becoming a promoter must be free: drop the fee or the right",
                ),
                str(value),
            )


def _heads(rule: Rule, path: str) -> Iterator[Finding]:
    for n, condition in enumerate(rule.conditions):
        if HEADS.search(condition.field):
            yield _recruiting(f"{path}.if.{n}", condition.field)


def _too_far(path: str, reach: int, cap: int, quote: str) -> Finding:
    return _finding(
        path,
        Text(
            zh=f"奖励到了上面第 {reach} 层，这里最多 {cap} 层",
            en=f"The reward reaches {reach} uplines; {cap} at most here",
        ),
        Text(zh=f"只奖励到上面第 {cap} 层", en=f"Reward no more than {cap} {'upline' if cap == 1 else 'uplines'}"),
        quote,
    )


def _recruiting(path: str, quote: str) -> Finding:
    return _finding(
        path,
        Text(
            zh=f"“{quote}”：按拉来的人数、团队规模或业绩付酬，或收取入门费",
            en=f"“{quote}”: pay by people recruited, by a team's size or sales, or a fee to join",
        ),
        Text(
            zh="只为真实的购买或参与给奖励，不看人数和团队，也不收入门费",
            en="Reward a real purchase or act, not head-counts or teams, and charge nothing to join",
        ),
        quote,
    )


def _finding(path: str, message: Text, fix: Text, quote: str) -> Finding:
    return Finding(rule=ID, severity="block", path=path, message=message, fix=fix, basis=BASIS, quote=quote)
