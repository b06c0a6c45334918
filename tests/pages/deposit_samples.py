"""The pages of a check-in with a deposit in every state, as `samples.py` has those of one without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from functions.checkin.deposit import Deposit
from functions.checkin.record import Record
from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.text import Language
from functions.pages import render
from functions.pages.render import CampaignScene, Frame

FILE = Path(__file__).parents[2] / "functions" / "checkin" / "templates" / "deposit-21-days.yaml"
CAMPAIGN = "camp_01kb8x3v5k7m9p1r3t5v7x9z1b"
AT = datetime.fromisoformat("2026-12-16T10:00:00+08:00")
FIRST = datetime.fromisoformat("2026-12-01T10:00:00+08:00")
UNTIL = 1_798_000_000
HELD = Deposit(9900, "total 7:30 14:60 21:100", UNTIL, UNTIL, payment="pay_x")
Drawn = Callable[[Language], str]


def definition() -> Definition:
    """The template's campaign."""
    return Definition.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def record(days: int, deposit: Deposit | None) -> Record:
    """A member's record with the first days of December done."""
    found = Record(deposit=deposit)
    for number in range(days):
        found = found.recorded((FIRST + timedelta(number)).date())
    return found


def row(kept: Record, made: Definition) -> dict[str, Any]:
    """What the rules have given for these days."""
    complete = len(kept.days) >= made.config["days"]
    times = {"checkin.recorded": len(kept.days - kept.made_up), "checkin.completed": int(complete)}
    got: Counter[str] = Counter()
    for rule in made.rules:
        for then in rule.then:
            got[then.reward] += times.get(rule.when, 0) * then.amount
    return {"got": got, "paid": {rule.id: times.get(rule.when, 0) for rule in made.rules}}


def page(
    kept: Record | None, at: datetime = AT, phase: str = "open", returns: str = "coming", joined: bool = True
) -> Drawn:
    """The campaign's page of somebody with this record, who left or takes part, or of a stranger."""

    def drawn(language: Language) -> str:
        made = definition()
        mechanic: Any = discover().mechanic("checkin")
        config = mechanic.Config.model_validate(made.config)
        view = mechanic.view(config, made.schedule.moment(at), kept.stored() if kept else {})
        if kept and kept.deposit and kept.deposit.back:
            view["deposit"]["returns"] = returns
        given = row(kept, made) if kept else {}
        takes_part = joined and kept is not None
        scene = CampaignScene(CAMPAIGN, made, mechanic, phase, view, takes_part, points=None, row=given, at=at)
        return render.campaign(Frame(language, "nonce0123456789a", "seed0123456789ab", f"/c/{CAMPAIGN}"), scene)

    return drawn


def eyes() -> dict[str, Drawn]:
    """By name: states laid out as those of `pages`, which nobody but people need look at."""
    over = datetime.fromisoformat("2027-01-06T10:00:00+08:00")
    done = datetime.fromisoformat("2026-12-21T10:00:00+08:00")
    return {
        "campaign-deposit-back": page(record(21, HELD.settled(100, "reached")), done),
        "campaign-deposit-kept": page(record(4, HELD.settled(0, "table")), over, "ended"),
        "campaign-deposit-left": page(record(9, HELD.settled(30, "left")), returns="done", joined=False),
        "campaign-deposit-early": page(record(9, HELD.settled(100, "early")), phase="ended"),
        "campaign-deposit-late": page(None, done),
        "campaign-deposit-counter": page(record(12, HELD.settled(30, "table")), over, "ended", "counter"),
    }


def pages() -> dict[str, Drawn]:
    """By name; each is walked by a browser, so they are few. tests/payments/test_deposits.py has the other states."""
    over = datetime.fromisoformat("2027-01-06T10:00:00+08:00")
    return {
        "campaign-deposit-unpaid": page(record(0, None), FIRST),
        "campaign-deposit-paid": page(record(15, HELD)),
        "campaign-deposit-settled": page(record(12, HELD.settled(30, "table")), over, "ended", "done"),
    }
