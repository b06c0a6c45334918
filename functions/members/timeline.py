"""What a member did, the newest first: joined, checked in, was given points, used a coupon. Pure.

It is told from rows that are at hand when somebody is looked up: the member's own partition, and their rows in the
campaigns, which keep the facts of the last write only. Of a fact before that the points that it brought are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from functions.core import keys
from functions.core.discovery import Catalogue
from functions.core.keys import Row
from functions.core.text import Language, Text
from functions.points.ledger import newest_first
from functions.storage.live import Live
from functions.storage.members import PARTICIPATE, Holdings

SHOWN = 20
JOINED, LEFT = Text(zh="参加活动", en="Joined"), Text(zh="退出活动", en="Left")
SHOWN_THERE, HIDDEN_THERE = (
    Text(zh="上了排行榜", en="Joined the leaderboard"),
    Text(zh="退出排行榜", en="Left the leaderboard"),
)
AGREED = Text(zh="同意接收活动消息", en="Agreed to messages")
TOOK_BACK = Text(zh="不再接收活动消息", en="Wants no more messages")
SIGNED_IN = Text(zh="首次用手机号登录", en="First signed in with a phone number")
USED = Text(zh="用掉“{name}”", en="Used “{name}”")
GOT, SPENT = Text(zh="得到积分", en="Got points"), Text(zh="花掉积分", en="Spent points")
TAKEN_BACK = Text(zh="积分被收回", en="Points were taken back")


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, what, in which campaign or store, and the points that came or went with it."""

    at: datetime
    what: str
    where: str = ""
    points: int = 0


@dataclass(frozen=True)
class Told:
    """What tells it: campaigns by id, what mechanics call their facts, the language."""

    known: Callable[[str], Live | None]
    catalogue: Catalogue
    language: Language

    def steps(self, held: Holdings, states: Mapping[str, Row | None]) -> list[Step]:
        """The newest steps. `states` are the member's rows in campaigns, by campaign."""
        told: dict[tuple[datetime, str, str], Step] = {}
        # Of one moment what came of it is named first, for it came last.
        for step in (*self._points(held), *self._facts(states), *self._used(held), *self._said(held)):
            same = (step.at, step.what, step.where)
            told[same] = replace(step, points=step.points + (told[same].points if same in told else 0))
        return sorted(told.values(), key=lambda step: step.at, reverse=True)[:SHOWN]

    def _said(self, held: Holdings) -> Iterator[Step]:
        """What the member agreed to and took back; taking part is such an agreement."""
        for purpose, row in held.consents.items():
            at = _second(row["at"])
            if purpose.startswith(PARTICIPATE):
                words = JOINED if row["live"] else LEFT
                yield Step(at, words.in_(self.language), self._name(purpose.removeprefix(PARTICIPATE)))
            elif purpose.startswith(keys.BOARD):
                words = SHOWN_THERE if row["live"] else HIDDEN_THERE
                yield Step(at, words.in_(self.language), self._name(purpose.removeprefix(keys.BOARD)))
            else:
                yield Step(at, (AGREED if row["live"] else TOOK_BACK).in_(self.language))
        if held.profile and "at" in held.profile:
            yield Step(_second(held.profile["at"]), SIGNED_IN.in_(self.language))

    def _facts(self, states: Mapping[str, Row | None]) -> Iterator[Step]:
        for campaign, row in states.items():
            for kind, *_more in (row or {}).get("facts", []):
                if what := self._fact(campaign, kind):
                    yield Step(datetime.fromtimestamp((row or {})["at"], UTC), what, self._name(campaign))

    def _points(self, held: Holdings) -> Iterator[Step]:
        """Points by the fact that a rule gave them for."""
        for line in newest_first(held.points, held.ledger)[:SHOWN]:
            campaign, _, why = line["why"].partition("/")
            what = self._reason(campaign, why, line["points"])
            yield Step(datetime.fromtimestamp(line["at"], UTC), what, self._name(campaign), line["points"])

    def _reason(self, campaign: str, why: str, points: int) -> str:
        if points < 0:
            return (TAKEN_BACK if why == "undone" else SPENT).in_(self.language)
        live = self.known(campaign)
        rules = live.version.definition.rules if live and live.version else []
        kind = next((rule.when for rule in rules if rule.id == why), "")
        return self._fact(campaign, kind) or GOT.in_(self.language)

    def _used(self, held: Holdings) -> Iterator[Step]:
        for (_kind, _name), row in held.wallet.items():
            if use := row.get("use"):
                name = Text.model_validate(row["name"]).in_(self.language)
                yield Step(_second(use["at"]), USED.fill(self.language, {"name": name}), use["store"])

    def _fact(self, campaign: str, kind: str) -> str:
        """What the campaign's mechanic calls a fact; nothing where it knows none such."""
        live = self.known(campaign)
        mechanic: Any = None
        if live and live.campaign.mechanic in self.catalogue.mechanics:
            mechanic = self.catalogue.mechanic(live.campaign.mechanic)
        return mechanic.FACTS[kind].title.in_(self.language) if mechanic and kind in mechanic.FACTS else ""

    def _name(self, campaign: str) -> str:
        live = self.known(campaign)
        return live.campaign.name.in_(self.language) if live else campaign


def _second(at: Any) -> datetime:
    """Rows of a campaign know seconds: told together, all do."""
    return datetime.fromisoformat(at).astimezone(UTC).replace(microsecond=0)
