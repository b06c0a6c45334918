"""C17: nobody pays to enter a draw. A deposit is never pooled, drawn for, or turned into rewards by being paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading
from functions.core.lint.words import Phrases, refused
from functions.core.text import Text

ID = "C17"
BASIS = Text(
    zh="《刑法》第三百零三条（赌博）、《反不正当竞争法》第十条：不得收钱抽奖、瓜分他人押金",
    en="Criminal Law art. 303 (gambling), Anti-Unfair Competition Law art. 10: no paid draw, no shared pot",
)
WORDS = Phrases.of(
    ["瓜分|平分|均分|分掉|奖金?池|抽奖|抽取|抽中|抽到|大转盘|盲盒|对赌|赌注|(?:没|未)(?:完成|打满|坚持)的人?的?押金"],
    [
        r"(?:split|share|divide)s? (?:\w+ ){0,3}(?:pot|pool|deposits)\b",
        r"(?:prize|bonus|deposit) pool\b|jackpot|lotter(?:y|ies)\b|raffle|lucky draw|(?:a|the|our|prize) draw\b",
        r"(?:win|get|earn) (?:\w+ ){0,3}(?:deposits of|others deposits|other peoples)",
    ],
)
PAID = ".deposit_paid"  # a mechanic's fact that money came


def check(reading: Reading) -> Iterator[Finding]:
    """Where a deposit is asked for: whether words or rules make a draw, a pot or a purchase of it."""
    entry = reading.config.get("entry")
    if not isinstance(entry, Mapping) or entry.get("kind") != "deposit":
        return
    for wording in reading.words:
        match = next((one for one in WORDS.found(wording.form) if not refused(wording.form, one.start())), None)
        if match:
            quote = wording.quote(match)
            yield _finding(
                wording.path,
                quote,
                Text(
                    zh=f"收了押金，又写“{quote}”：会被当成花钱抽奖或瓜分押金",
                    en=f"A deposit, and '{quote}': it reads as a draw that one pays for, or as a shared pot",
                ),
            )
    for place, rule in enumerate(reading.definition.rules):
        if rule.enabled and rule.when.endswith(PAID):
            yield _finding(
                f"rules.{place}.when",
                rule.when,
                Text(
                    zh="付了押金就给奖励，等于用钱买奖励",
                    en="A reward for having paid the deposit is a reward that was bought",
                ),
            )


def _finding(path: str, quote: str, message: Text) -> Finding:
    return Finding(
        rule=ID,
        severity="warn",
        path=path,
        message=message,
        fix=Text(
            zh="押金只按天数退给本人；奖励发给做到的人，不抽、不分",
            en="Let the deposit go back by the days alone, and reward what people did: no draw, no shares",
        ),
        basis=BASIS,
        quote=quote,
    )
