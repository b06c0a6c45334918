"""The pages of an assist and of a bargain, as `samples.py` has those of a check-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from functions.assist.drive import Drive, key_of
from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.text import Language
from functions.pages import render
from functions.pages.render import CampaignScene, Frame
from tests.pages.group_samples import ANN, BO, CAMPAIGN, CY, ME, Drawn, paid_out

TEMPLATES = Path(__file__).parents[2] / "functions" / "assist" / "templates"
COURSE, FLASK = "friends-open-a-course", "bargain-together"
DI, EVE, FAY = (f"mem_0000000000000000000000{n}" for n in ("d1p5", "ev4k", "fa6y"))
NAME = "ast_0000000000000000000000000a"
AT = datetime.fromisoformat("2026-12-06T20:00:00+08:00")
UNTIL = int(AT.timestamp()) + 9 * 3600 + 1240


def definition(template: str = COURSE, **config: Any) -> Definition:
    """The template's campaign, with some settings changed."""
    content = yaml.safe_load((TEMPLATES / f"{template}.yaml").read_text(encoding="utf-8"))
    return Definition.model_validate({**content, "config": {**content["config"], **config}})


def page(
    *helpers: str,
    of: str = COURSE,
    leader: str = ME,
    joined: bool = False,
    asked: bool = False,
    over: bool = False,
    given: str = "",
) -> Drawn:
    """The campaign's page with an assist of `leader`."""

    def drawn(language: Language) -> str:
        made = definition(of)
        mechanic: Any = discover().mechanic("assist")
        settings = mechanic.Config.model_validate(made.config)
        drive = Drive.begun(NAME, settings, leader, UNTIL)
        for helper in helpers:
            drive = drive.helped(helper)
        drive = replace(drive, state="expired", until=int(AT.timestamp()) - 60) if over else drive
        rows: Any = {key_of(CAMPAIGN, NAME): {"record": drive.record()}} if joined or asked else {}
        record = {"assist": NAME, "begun": 1} if joined and leader == ME else {}
        view = mechanic.view(settings, made.schedule.moment(AT), record)
        view |= mechanic.shared(settings, CAMPAIGN, AT, rows, ME if joined else "", NAME if asked else "")
        frame = Frame(language, "nonce0123456789a", "seed0123456789ab", f"/c/{CAMPAIGN}")
        scene = CampaignScene(
            CAMPAIGN,
            made,
            mechanic,
            "open",
            view,
            joined=joined,
            row=paid_out(made, given),
            at=AT,
            invite="https://pond.example/s/x",
            share_poster="/s/x/poster",
        )
        return render.campaign(frame, scene)

    return drawn


def pages() -> dict[str, Drawn]:
    """Every state, by name."""
    return {
        "assist-new": page(),
        "assist-asked": page(BO, leader=ANN, asked=True),
        "assist-helped": page(BO, ME, leader=ANN, joined=True, asked=True, given="thanks"),
        "assist-waiting": page(ANN, BO, joined=True),
        "assist-completed": page(ANN, BO, CY, joined=True, given="course"),
        "assist-expired": page(ANN, joined=True, over=True),
        "bargain-asked": page(BO, leader=ANN, asked=True, of=FLASK),
        "bargain-waiting": page(ANN, BO, joined=True, of=FLASK),
        "bargain-completed": page(ANN, BO, CY, DI, EVE, FAY, joined=True, of=FLASK, given="flask"),
    }
