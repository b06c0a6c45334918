"""How far the campaign's people came (AIPL): where they stood before and after, and who moved from where to where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import streamlit as st

from functions.core.stage import STAGES, Stage
from functions.insights import outlook
from functions.insights.numbers import Numbers
from ui.components import nested
from ui.components.charts import Picture, Rows
from ui.components.people.person import stage_words
from ui.components.results.results_view import View
from ui.components.shown import picture, table
from ui.i18n import _
from ui.words import paragraph, percent

ONWARDS = ("awareness.interest", "interest.purchase", "purchase.loyalty")  # told also where nobody made them
MOVES = (*ONWARDS, "interest.loyalty", "loyalty.purchase", "purchase.interest", "loyalty.interest")


class Flow(NamedTuple):
    """People by stage as the chosen days began, or as they joined, and after them; the moves between, `from.to`."""

    before: Counter[str]
    after: Counter[str]
    moves: Counter[str]


def draw(view: View) -> None:
    """The bars and the moves; nothing before anybody joined."""
    found = flow(view)
    if not +found.before:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        picture(_("Customer stages (AIPL)"), drawn(found), _stages_note())
    with right:
        table(_("Moves between stages"), moves(found), _moves_note(view))


def flow(view: View) -> Flow:
    """Of everybody who joined, by the version they joined under; on all days also what came after the campaign."""
    days, first = view.chosen, view.span.first.isoformat()
    earlier = [one for one in view.counted if one.day < first and one not in days]
    made = Counter[str]()
    for one in days:
        made.update(one.moved)
    return Flow(_stood([*earlier, *days], earlier), _stood([*earlier, *days], [*earlier, *days]), made)


def _stood(joined: Iterable[Numbers], moved: Iterable[Numbers]) -> Counter[str]:
    """Where people stand who joined on some days, after the moves of some; what was found counts as they joined."""
    at = Counter[str]()
    for one in joined:
        at.update(one.entered)
        _step(at, one.found)
    for one in moved:
        _step(at, one.moved)
    return at


def _step(at: Counter[str], steps: Mapping[str, int]) -> None:
    for name, people in steps.items():
        before, _dot, after = name.partition(".")
        at[before] -= people
        at[after] += people


def moves(found: Flow) -> Rows:
    """Each move: how many people made it, and their share of all who stood where it begins."""
    words = stage_words()
    return [
        {
            _("From"): words[before],
            _("To"): words[after] if onwards else _("{stage} (back)").format(stage=words[after]),
            _("People"): f"{found.moves[name]:,}",
            _("Share"): percent(outlook.share(found.moves[name], _stood_at(found, before))),
        }
        for name in MOVES
        if name in ONWARDS or found.moves[name]
        for before, after, onwards in [_ends(name)]
    ]


def _ends(name: str) -> tuple[str, str, bool]:
    """Where a move begins and ends, and whether that is further on."""
    before, _dot, after = name.partition(".")
    order: list[str] = list(STAGES)
    return before, after, order.index(after) > order.index(before)


def _stood_at(found: Flow, stage: str) -> int:
    """Who stood at a stage at some time: from the beginning, or by having moved there."""
    return found.before[stage] + sum(people for name, people in found.moves.items() if _ends(name)[1] == stage)


def drawn(found: Flow) -> Picture:
    """A bar for each stage: how many stood there before, and within it how many do after."""
    words, before, after = stage_words(), _("Before"), _("After")
    bars = [(words[stage], found.before[stage], found.after[stage]) for stage in STAGES]
    rows = [
        {_("Stage"): words[stage], _("Who is there"): meaning, before: f"{was:,}", after: f"{now:,}"}
        for (stage, meaning), (_name, was, now) in zip(meanings().items(), bars, strict=True)
    ]
    return Picture(nested.nested(bars, (before, after)), nested.told(bars), rows)


def meanings() -> dict[Stage, str]:
    """Who is at each stage."""
    return {
        "awareness": _("Came by, took part in nothing yet"),
        "interest": _("Took part in a campaign"),
        "purchase": _("Bought, and kept it"),
        "loyalty": _("Bought twice, or brought a friend who bought"),
    }


def _stages_note() -> str:
    said = _(
        "{awareness}: came by. {interest}: took part. {purchase}: bought. {loyalty}: bought again, or a friend they "
        "brought did. Before: as they joined, or as the chosen days began."
    )
    return said.format(**stage_words())


def _moves_note(view: View) -> str:
    said = [
        _(
            "Everybody who joined, wherever they buy; a full refund moves people back. Share of everyone in the "
            "starting stage."
        )
    ]
    if view.chosen_version:
        said.append(_("By the version under which they joined."))
    return paragraph(said)


def for_day(one: Numbers) -> dict[str, int]:
    """The columns of a day in a file: where people stood as they joined, and who moved."""
    words = stage_words()
    joined, moved = _stood([one], []), Counter(one.moved)
    columns = {_("Joined at: {stage}").format(stage=words[stage]): joined[stage] for stage in STAGES}
    steps = {name: "{} → {}".format(*(words[stage] for stage in _ends(name)[:2])) for name in MOVES}
    return columns | {column: moved[name] for name, column in steps.items()}
