"""What was given for a fact, kept while it can be taken back; and taking it back, in the write that undoes the fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.discovery import Catalogue
from functions.core.keys import Key
from functions.core.mechanic import Fact
from functions.core.reward import Given, Grant
from functions.storage.engine import Rows


def receipts(granted: Sequence[tuple[Key, Grant]]) -> list[Change]:
    """A row for each fact that something was given for. The version of whose fact it is guards it."""
    found: dict[Key, list[list[str | int]]] = {}
    for key, grant in granted:
        found.setdefault(key, []).append([grant.id, grant.member, grant.kind, grant.amount])
    return [Change(key, put={"grants": lines}) for key, lines in found.items()]


def of_facts(campaign: str, source: str, facts: Sequence[Fact]) -> dict[str, Key]:
    """By firing, where it is kept what is given for a reversible fact: under whose it is."""
    named = {f"{fact.kind}:{fact.occurrence}": fact.of or source for fact in facts if fact.reversible}
    return {firing: keys.receipt(campaign, of, firing) for firing, of in named.items()}


def of_undone(campaign: str, source: str, undone: Sequence[tuple[str, ...]]) -> list[Key]:
    """The receipts of facts that are undone."""
    return [keys.receipt(campaign, of[0] if of else source, f"{kind}:{occurrence}") for kind, occurrence, *of in undone]


def looked_at(catalogue: Catalogue, kept: Sequence[Key], rows: Rows, at: datetime) -> list[Key]:
    """The rows that taking back rests on."""
    found = [key for reward, given in _given(catalogue, kept, rows, at) for one in given for key in reward.kept_in(one)]
    return list(dict.fromkeys(found))


def taken_back(catalogue: Catalogue, kept: Sequence[Key], rows: Rows, at: datetime) -> list[Change]:
    """Everything taken back that can be, and the receipts themselves: so it happens once."""
    changes = [
        change for reward, given in _given(catalogue, kept, rows, at) for change in reward.take_back(given, rows)
    ]
    return changes + [Change(key, delete=True) for key in kept if rows.get(key) is not None]


def _given(catalogue: Catalogue, kept: Sequence[Key], rows: Rows, at: datetime) -> list[tuple[Any, list[Given]]]:
    """By reward, what was given of it; rewards that know no way back stay with whoever has them."""
    found: dict[str, list[Given]] = {}
    for key in kept:
        for grant, member, kind, amount in (rows.get(key) or {}).get("grants", ()):
            found.setdefault(kind, []).append(Given(grant, key.parts[0], member, amount, at))
    known = [(catalogue.reward(kind), given) for kind, given in found.items() if kind in catalogue.rewards]
    return [(reward, given) for reward, given in known if hasattr(reward, "take_back")]
