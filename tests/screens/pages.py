"""What is pictured: one line a picture. Another page is another line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from functions.core.campaign import Campaign

Shop = Literal["full", "empty", "away", "phone"]


@dataclass(frozen=True)
class Picture:
    """`address` may name a campaign by the template it came from: `{seven-mornings}`. `press` names a key to
    press, `step` the step of the composer to go to, counted from 0."""

    name: str
    address: str
    shop: Shop = "full"
    press: str = ""
    step: int = 0
    sizes: tuple[str, ...] = ("desktop", "phone")

    def path(self, campaigns: Mapping[str, Campaign], language: str) -> str:
        """The address with the campaign's id and the language in it."""
        address = self.address
        for template, campaign in campaigns.items():
            address = address.replace("{" + template + "}", campaign.id)
        return address + ("&" if "?" in address else "?") + f"lang={language}"


CAMPAIGN = "?c={seven-mornings}"
PICTURES = (
    Picture("home", "/"),
    Picture("home-empty", "/", "empty"),
    Picture("home-away", "/", "away"),
    Picture("home-template", "/", press="btn_inside_seven-mornings"),
    Picture("campaigns", "/campaigns"),
    Picture("campaigns-empty", "/campaigns", "empty"),
    Picture("campaigns-nothing-fits", "/campaigns?q=zzz", sizes=("desktop",)),
    Picture("campaigns-table", "/campaigns?table=on"),
    Picture("wrong-address", "/nothing"),
    Picture("compose", "/compose" + CAMPAIGN),
    Picture("compose-rules", "/compose" + CAMPAIGN, step=1),
    Picture("compose-rewards", "/compose" + CAMPAIGN, step=2),
    Picture("compose-page", "/compose" + CAMPAIGN, step=3),
    Picture("compose-time", "/compose" + CAMPAIGN, step=4),
    Picture("compose-check", "/compose?c={study-camp}", step=5),
    Picture("compose-unknown", "/compose?c=camp_none", sizes=("desktop",)),
    Picture("results", "/results" + CAMPAIGN),
    Picture("results-empty", "/results", "empty"),
    Picture("codes", "/qr" + CAMPAIGN),
    Picture("codes-empty", "/qr?c={study-camp}", sizes=("desktop",)),
    Picture("poster", "/qr" + CAMPAIGN + "&tab=poster"),
    Picture("versions", "/versions" + CAMPAIGN),
    Picture("approvals", "/approvals"),
    Picture("approvals-empty", "/approvals", "empty", sizes=("desktop",)),
    Picture("results-today", "/results?c={seven-mornings}&range=today", sizes=("desktop",)),
    Picture("results-over", "/results?c={win-back}", sizes=("desktop",)),
    Picture("results-unknown", "/results?c=camp_none", sizes=("desktop",)),
    Picture("reviews", "/reviews?c={fitness-picture}"),
    Picture("reviews-empty", "/reviews", "empty", sizes=("desktop",)),
    Picture("members", "/members"),
    Picture("staff", "/staff"),
    Picture("settings", "/settings"),
    Picture("audit", "/audit", sizes=("desktop",)),
    Picture("deploy", "/deploy"),
    Picture("landing", "/c/{seven-mornings}", "phone", sizes=("phone",)),
    Picture("claim", "/c/{new-member-welcome}", "phone", sizes=("phone",)),
    Picture("paused", "/c/{reading-21-days}", "phone", sizes=("phone",)),
    Picture("ended", "/c/{win-back}", "phone", sizes=("phone",)),
    Picture("wallet", "/me", "phone", sizes=("phone",)),
    Picture("unknown-campaign", "/c/camp_00000000000000000000000000", "phone", sizes=("phone",)),
)
