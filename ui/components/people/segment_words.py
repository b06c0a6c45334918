"""Segments in words: whom a need asks for, the form it is edited by, and whether somebody looked up belongs. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from functions.core.campaign import Audience, Campaign
from functions.core.keys import participation
from functions.core.need import (
    RANKS,
    AtStage,
    Collected,
    Customer,
    Holds,
    Need,
    Newcomer,
    Reached,
    SignedIn,
    Tagged,
    TookPart,
)
from functions.core.segment import Segment
from functions.core.text import Language, Text
from ui.components.forms.schema import Spec, spec_of
from ui.i18n import both, language, said
from ui.words import named


@dataclass(frozen=True)
class Offered:
    """What may be asked for by name: campaigns, and what batches are called by their id."""

    campaigns: Sequence[Campaign] = ()
    batches: Mapping[str, str] = field(default_factory=dict)


def told(needs: Sequence[Need], names: Mapping[str, str]) -> str:
    """Who they are, in one phrase that fits into a sentence; `names` as in `described`."""
    return described(needs, names, language())


def described(needs: Sequence[Need], names: Mapping[str, str], tongue: Language) -> str:
    """The same in any language; `names` are the campaigns' and the batches' by id."""
    told = said(" and at the same time ", tongue).join(_told(need, names, tongue) for need in needs)
    return told or said("everyone", tongue)


def _told(need: Need, names: Mapping[str, str], tongue: Language) -> str:
    match need:
        case Newcomer():
            return said("newcomers", tongue)
        case Customer():
            return said("those who bought something", tongue)
        case SignedIn():
            return said("those who signed in with a phone", tongue)
        case TookPart(campaign=campaign):
            return said("those who took part in “{name}”", tongue).format(name=names.get(campaign, campaign))
        case Tagged(tag=tag):
            return said("those tagged “{name}”", tongue).format(name=tag)
        case Collected(batch=batch):
            return said("those who collected with a code of “{name}”", tongue).format(name=names.get(batch, batch))
        case AtStage(stage=stage, only=True):
            return said("those at the stage “{stage}” and no further", tongue).format(stage=_stage(stage, tongue))
        case AtStage(stage=stage):
            return said("those who have come to the stage “{stage}”", tongue).format(stage=_stage(stage, tongue))
        case Holds(right=right):
            return said("those who hold “{name}”", tongue).format(name=right)


def _stage(stage: Reached, tongue: Language) -> str:
    return said({"interest": "Interest", "purchase": "Purchase", "loyalty": "Loyalty"}[stage], tongue)


def form_of(offered: Offered) -> Spec:
    """The form of a list of needs: campaigns and batches are chosen by name; where there is none, it is no kind."""
    needs = spec_of(Audience).fields["needs"]
    assert needs.item is not None
    by_name = {
        ("took_part", "campaign"): {head.id: _choice(head, offered.campaigns) for head in offered.campaigns},
        ("collected", "batch"): {batch: Text(zh=name, en=name) for batch, name in offered.batches.items()},
    }
    variants = dict(needs.item.variants)
    for (kind, name), choices in by_name.items():
        asked = variants.pop(kind)
        if choices:
            chosen = replace(asked.fields[name], kind="choice", choices=choices, default=next(iter(choices)), tall=True)
            variants[kind] = replace(asked, fields={**asked.fields, name: chosen})
    kinds = {kind: words for kind, words in needs.item.choices.items() if kind in variants}
    return replace(needs, item=replace(needs.item, label=both("Condition"), variants=variants, choices=kinds))


def _choice(head: Campaign, live: Sequence[Campaign]) -> Text:
    """A campaign's name; of two that are called alike with the end of the id."""
    alike = sum(named(other) == named(head) for other in live) > 1
    words = f"{named(head)} · {head.id[-6:]}" if alike else named(head)
    return Text(zh=words, en=words)


def belongs(segment: Segment, person: Mapping[str, Any]) -> bool:
    """Whether a member as the desk shows them (PersonOut) is all of this."""
    return all(_is(need, person) for need in segment.needs)


def _is(need: Need, person: Mapping[str, Any]) -> bool:
    agreed = {one["purpose"]: one["live"] for one in person["consents"]}
    match need:
        case Newcomer():
            return not person["orders"] and not any(purpose.startswith(participation("")) for purpose in agreed)
        case Customer():
            return bool(person["orders"])
        case SignedIn():
            return bool(person["phones"])
        case TookPart(campaign=campaign):
            return bool(agreed.get(participation(campaign)))
        case Tagged(tag=tag):
            return tag in person["tags"]
        case Collected(batch=batch):
            return batch in person["batches"]
        case AtStage(stage=stage, only=only):
            rank = RANKS.get(person["stage"], 0)
            return rank == RANKS[stage] if only else rank >= RANKS[stage]
        case Holds(right=right):
            return any(
                entry["kind"] == "entitlement" and entry["id"] == right and entry["status"] == "available"
                for entry in person["wallet"]
            )
