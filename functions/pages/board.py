"""The leaderboard's page: who came furthest of those who asked to be shown, and where the reader stands. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from functions.core import keys
from functions.core.board import KEPT, OUTCOMES, SHOWN, Entry, moved, placed
from functions.core.campaign import Definition, Version
from functions.core.ids import PATTERN
from functions.core.keys import Row
from functions.core.text import Text
from functions.edge.ranking import rank_of
from functions.pages import answers, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.campaigns import phase_of
from functions.pages.notices import Notice
from functions.pages.problems import problem_notice
from functions.pages.render import Frame, placeholders
from functions.storage import boards

TAIL = 2


@dataclass(frozen=True)
class Line:
    """One place: what is seen of a nickname, else the `tail` of a made-up id."""

    place: int
    name: str
    tail: str
    rank: tuple[int, int]
    mine: bool = False


@dataclass(frozen=True)
class Mine:
    """The reader: how far they are, their line where they are shown, how many more days the last one shown has.

    `nickname` is what the shop knows them by, which they may want to go by here as well.
    """

    rank: tuple[int, int]
    tail: str
    nickname: str = ""
    line: Line | None = None
    missing: int = 0


@dataclass(frozen=True)
class BoardScene:
    """A leaderboard as one person meets it; `mine` is None for who does not take part."""

    campaign_id: str
    definition: Definition
    ranked_by: tuple[Text, Text]
    phase: str
    lines: Sequence[Line] = ()
    mine: Mine | None = None
    notice: Notice | None = None


@dataclass(frozen=True)
class _Reader:
    """Whether the reader is shown, and what the shop knows them by."""

    shown: bool = False
    nickname: str = ""


def board_page(ask: Ask, campaign_id: str) -> Answer:
    """`GET /c/{campaign_id}/board`."""
    live = ask.service.live.get(campaign_id, ask.at) if PATTERN.fullmatch(campaign_id) else None
    if live is None or (version := live.version) is None:
        return answers.missing(ask, "unknown_campaign")
    if rank_of(ask.service, version, {}) is None:
        return answers.missing(ask, "no_board")
    entries, mine, seen = _seen(ask, version)
    mechanic: Any = ask.service.catalogue.mechanic(version.definition.mechanic)
    scene = scene_of(entries, mine, seen.shown, seen.nickname)
    phase = phase_of(ask, live, version, True)
    made = BoardScene(campaign_id, version.definition, mechanic.RANKED_BY, phase, *scene, _notice(ask, seen.shown))
    return answers.html(ask, board(ask.frame(), made))


def board(frame: Frame, scene: BoardScene) -> str:
    """The page. Pure."""
    definition = scene.definition
    names = ("campaign_id", "definition", "ranked_by", "phase", "lines", "mine", "notice")
    content: Mapping[str, Any] = {name: getattr(scene, name) for name in names}
    values = placeholders(frame.language, definition)
    return render.page(
        "board.html", frame, colour=definition.page.colour, values=values, shown=SHOWN, kept=KEPT,
        privacy_link=f"/privacy?c={scene.campaign_id}", **content,
    )  # fmt: skip


def scene_of(
    entries: Sequence[Entry], mine: Entry | None, is_shown: bool, nickname: str = ""
) -> tuple[list[Line], Mine | None]:
    """The first lines of a board, and the reader's own. Pure."""
    member = mine.member if mine else ""
    lines = [
        Line(place, one.name, _tail(one.member), one.rank, one.member == member)
        for place, one in zip(placed(entries), entries, strict=True)
    ]
    if mine is None:
        return lines[:SHOWN], None
    own = next((line for line in lines if line.mine), None) if is_shown else None
    last = lines[SHOWN - 1] if len(lines) >= SHOWN else None
    missing = max(0, last.rank[0] - mine.first) if last and own not in lines[:SHOWN] else 0
    if is_shown and own is None:
        own = Line(0, mine.name, _tail(mine.member), mine.rank, True)
    return lines[:SHOWN], Mine(mine.rank, _tail(mine.member), nickname, own, missing)


def _seen(ask: Ask, version: Version) -> tuple[list[Entry], Entry | None, _Reader]:
    """The board in one round, for its reader, whose own line need not wait for the stream; and the reader's own."""
    top, state = keys.board(version.campaign), keys.state(version.campaign, ask.member)
    consent, called = keys.consent(ask.member, keys.on_board(version.campaign)), keys.nickname(ask.member)
    rows = ask.service.store.read([top, state, consent, called] if ask.member else [top])
    entries, row = boards.entries(rows[top]), rows.get(state)
    if row is None or row.get("closed"):
        return entries, None, _Reader()
    said = rows[consent] or {"live": False}
    mine = _entry(ask, version, row, said.get("name", ""))
    news = {ask.member: mine if said["live"] and mine.first else None}
    return moved(entries, news), mine, _Reader(said["live"], (rows[called] or {}).get("name", ""))


def _entry(ask: Ask, version: Version, row: Row, name: str) -> Entry:
    rank = rank_of(ask.service, version, row["record"])
    assert rank is not None, "the page has asked before"
    return Entry(ask.member, name, *rank, row["at"])


def _notice(ask: Ask, shown: bool) -> Notice | None:
    """What came of the form that led here; that somebody is shown or not reads as done only where it is so."""
    if ask.problem:
        return problem_notice(ask.problem, ask.language)
    said = ask.outcome
    if said not in OUTCOMES or (said in ("granted", "withdrawn") and shown != (said == "granted")):
        return None
    return Notice("good" if said in ("granted", "withdrawn") else "warn", OUTCOMES[said].in_(ask.language))


def _tail(member: str) -> str:
    return member[-TAIL:].upper()
