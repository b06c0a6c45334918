"""The pages of a group-buy in every state, as `samples.py` has those of a check-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.text import Language
from functions.group_buy.group import Group, key_of
from functions.pages import render
from functions.pages.render import CampaignScene, Frame

FILE = Path(__file__).parents[2] / "functions" / "group_buy" / "templates" / "three-together.yaml"
CAMPAIGN = "camp_01kb8x3v5k7m9p1r3t5v7x9z1b"
NAMES = [f"grp_0000000000000000000000000{n}" for n in "ab"]
ME, ANN, BO, CY = (f"mem_0000000000000000000000{n}" for n in ("me7x", "ann3", "b0q2", "cy9k"))
AT = datetime.fromisoformat("2026-12-06T20:00:00+08:00")
NOW = int(AT.timestamp())
PAID = {"price": 1900, "ladder": [{"people": 5, "price": 1500}], "leader_discount": 200}
Drawn = Callable[[Language], str]


def definition(**config: Any) -> Definition:
    """The template's campaign, with some settings changed."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Definition.model_validate({**content, "config": {**content["config"], **config}})


def group(made: Definition, *members: str, name: str = NAMES[0], held: str = "", hours: int = 9) -> Group:
    """An open group with these in it, and one who has not paid yet."""
    config = discover().mechanic("group_buy").Config.model_validate(made.config)
    found = Group.opened(name, config, NOW + hours * 3600 + 1240)
    for member in members:
        found = found.seated(member, 0, NOW)
    return found.seated(held, NOW + 700, NOW) if held else found


def page(
    made: Definition,
    *groups: Group,
    mine: str = "",
    asked: str = "",
    phase: str = "open",
    returns: str = "",
    given: tuple[str, ...] = (),
) -> Drawn:
    """The campaign's page over these groups; `returns` says how far it is what the member paid for theirs, `given`
    the rewards they got."""

    def drawn(language: Language) -> str:
        mechanic: Any = discover().mechanic("group_buy")
        config = mechanic.Config.model_validate(made.config)
        rows: Any = {key_of(CAMPAIGN, one.name): {"record": one.record()} for one in groups}
        record = {"group": mine, "formed": 0} if mine else {}
        view = mechanic.view(config, made.schedule.moment(AT), record)
        view |= mechanic.shared(config, CAMPAIGN, AT, rows, ME if mine else "", asked)
        if returns:
            view["mine"]["returns"] = returns
        frame = Frame(language, "nonce0123456789a", "seed0123456789ab", f"/c/{CAMPAIGN}", {"g": asked} if asked else {})
        scene = CampaignScene(
            CAMPAIGN,
            made,
            mechanic,
            phase,
            view,
            joined=bool(mine),
            row=paid_out(made, *given),
            at=AT,
            invite="https://pond.example/s/share.1.abcdefgh",
            share_poster="/s/share.1.abcdefgh/poster",
        )
        return render.campaign(frame, scene)

    return drawn


def paid_out(made: Definition, *given: str) -> dict[str, Any]:
    """The row of a member to whom the rules gave these rewards, once each."""
    lines = [(rule.id, then) for rule in made.rules for then in rule.then if then.reward in given]
    return {"got": {then.reward: then.amount for _rule, then in lines}, "paid": {rule: 1 for rule, _then in lines}}


def pages() -> dict[str, Drawn]:
    """Every state, by name."""
    free, paid = definition(), definition(**PAID)
    strict = definition(**PAID, on_refund="dissolve")
    other = group(paid, CY, name=NAMES[1], hours=2)
    return {
        "group-new": page(free),
        "group-list": page(paid, group(paid, ANN, BO), other),
        "group-invited": page(definition(newcomers_only=True), group(free, ANN, BO), asked=NAMES[0]),
        "group-invited-full": page(free, group(free, ANN, BO, CY), asked=NAMES[0]),
        "group-invited-over": page(free, group(free, ANN, BO, CY).ended("completed"), asked=NAMES[0]),
        "group-waiting": page(free, group(free, ME, ANN), mine=NAMES[0]),
        "group-held": page(paid, group(paid, ANN, held=ME), other, mine=NAMES[0]),
        "group-enough": page(paid, group(paid, ANN, BO, ME), mine=NAMES[0]),
        "group-formed": page(free, group(free, ANN, BO, ME).ended("completed"), mine=NAMES[0], given=("tea",)),
        "group-expired": page(paid, group(paid, ANN, ME).ended("expired"), other, mine=NAMES[0]),
        "group-refunded": page(paid, group(paid, ME).ended("expired"), mine=NAMES[0], returns="done"),
        "group-dissolved": page(
            strict, replace(group(strict, ANN, ME), state="dissolved"), mine=NAMES[0], returns="counter"
        ),
        "group-paused": page(free, group(free, ANN, ME), mine=NAMES[0], phase="paused"),
    }
