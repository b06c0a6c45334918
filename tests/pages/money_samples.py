"""The pages where money is: a promoter's centre, a payment at the counter, the clerk's counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.text import Language, Text
from functions.drawing.codes import staff_svg
from functions.pages import render
from functions.pages.counter import Bill, Due
from functions.pages.promoters import Centre, Earned, Sums
from functions.pages.render import CampaignScene, Frame

FILE = Path(__file__).parents[2] / "functions" / "referral" / "templates" / "promoters.yaml"
CAMPAIGN = "camp_01kb8x3v5k7m9p1r3t5v7x9z1b"
AT = datetime.fromisoformat("2026-12-20T10:00:00+08:00")
NOW, DAY = int(AT.timestamp()), 86_400
CLERKS = {"zh": {"name": "小李", "store": "东门店"}, "en": {"name": "Li", "store": "East Gate"}}
CAMPAIGN_NAME = Text(zh="三人拼团", en="Three together")
Drawn = Callable[[Language], str]
LINES = (
    Earned(NOW - DAY, "¥10.32", "frozen", NOW + 14 * DAY),
    Earned(NOW - 16 * DAY, "¥8.00", "due", NOW - DAY),
    Earned(NOW - 17 * DAY, "¥5.60", "paid", NOW - 2 * DAY),
    Earned(NOW - 18 * DAY, "−¥2.40", "back", NOW - 3 * DAY),
    Earned(NOW - 19 * DAY, "¥0.00", "none", NOW - 4 * DAY),
)
EARNING = Centre(True, "K3F7 9QXA", (Sums("¥10.32", "¥5.60", "¥16.00"),), LINES, 3)
COUNTER: dict[str, Any] = {
    "clerk": CLERKS["en"],
    "bill": Bill("confirm", "pay_x", "K3F7-9QXA", "", "¥19.00", 1900),
    "refunds": (Due("ref_x", "pay_y", "P0W2-77MD", "¥19.00", "14:20"),),
    "here": "/staff/pay?code=K3F79QXA",
    "invitation": "",
    "expired": False,
    "said": "",
    "notice": None,
}
PAID = {"bill": Bill("paid", "pay_x", "K3F7-9QXA", "", "¥19.00", 1900, "Li", "14:20", fresh=True)}
PAY: dict[str, Any] = {
    "token": "x", "total": "¥19.00", "state": "asked", "back": "/c/x", "provider": "offline", "number": "K3F7-9QXA",
    "code": Markup(staff_svg("https://shop.example/staff/pay?code=K3F79QXA")),  # noqa: S704 - drawn here
}  # fmt: skip


def pages() -> dict[str, Drawn]:
    """All of them by name."""
    return {
        "referral-centre": centre(EARNING),
        "pay-counter": plain("pay.html", **PAY),
        "pay-sandbox": plain("pay.html", **PAY | {"provider": "sandbox", "code": None}),
        "staff-pay": plain("staff_pay.html", **COUNTER),
        "staff-pay-paid": plain("staff_pay.html", **COUNTER | PAID | {"refunds": ()}),
    }


def plain(template: str, **values: Any) -> Drawn:
    """A page outside of campaigns."""
    staff = template.startswith("staff")
    path = "/staff/pay" if staff else "/pay/x"
    frame = ("nonce0123456789a", "seed0123456789ab", path)

    def drawn(language: Language) -> str:
        bill = values.get("bill")
        clerk = {"clerk": CLERKS[language]} if staff else {}
        by = CLERKS[language]["name"] if bill and bill.by else ""
        told = {"bill": replace(bill, campaign=CAMPAIGN_NAME.in_(language), by=by)} if bill else {}
        return render.page(template, Frame(language, *frame, staff=staff), **values | told | clerk)

    return drawn


def centre(own: Centre) -> Drawn:
    """The promoters' campaign of somebody who takes part."""
    made = Definition.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))

    def drawn(language: Language) -> str:
        mechanic: Any = discover().mechanic("referral")
        config = mechanic.Config.model_validate(made.config)
        view = mechanic.view(config, made.schedule.moment(AT), {"at": NOW - 20 * DAY, "invited": 4, "qualified": 3})
        frame = Frame(language, "nonce0123456789a", "seed0123456789ab", f"/c/{CAMPAIGN}")
        scene = CampaignScene(
            CAMPAIGN, made, mechanic, "open", view | {"centre": own}, joined=True, at=AT,
            invite="https://shop.example/s/share.1.x", share_poster="/s/share.1.x/poster",
        )  # fmt: skip
        return render.campaign(frame, scene)

    return drawn
