"""The table of screens: what each is called, where it is found, and what one must be allowed to do to see it.

A screen is one file of `app_pages/`. Its address never changes with the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from functions.core.workspace import Action, Editor
from ui.i18n import _

FOLDER = Path(__file__).with_name("app_pages")


@dataclass(frozen=True)
class Screen:
    """One page. `name` is its file and its address; `group` its place in the sidebar; `may` what it takes to see it."""

    name: str
    title: str
    icon: str
    group: str
    may: Action = "look"
    hidden: bool = False

    @property
    def file(self) -> str:
        """What `st.switch_page` calls it."""
        return f"app_pages/{self.name}.py"


HOME, CAMPAIGNS, COMPOSE, VERSIONS = "home", "campaigns", "compose", "versions"
RESULTS, QR, REVIEWS, PAYOUTS = "results", "qr", "reviews", "payouts"
PLAN, RUN, MANAGE = "Plan", "Run", "Manage"

SCREENS: tuple[Screen, ...] = (
    Screen(HOME, "Home", "home", PLAN),
    Screen(CAMPAIGNS, "Campaigns", "campaign", PLAN),
    Screen(COMPOSE, "Composer", "edit_note", PLAN, "compose", hidden=True),
    Screen(VERSIONS, "Versions", "history", PLAN, hidden=True),
    Screen(QR, "Codes & posters", "qr_code_2", PLAN, hidden=True),
    Screen("livecodes", "Live codes", "alt_route", PLAN),
    Screen("items", "Item codes", "qr_code_scanner", PLAN),
    Screen("approvals", "Approvals", "hourglass_top", PLAN, "approve"),
    Screen(RESULTS, "Results", "monitoring", RUN),
    Screen(PAYOUTS, "Commission", "payments", RUN, "publish", hidden=True),
    Screen(REVIEWS, "Reviews", "rate_review", RUN, "review"),
    Screen("members", "Members", "group", RUN, "members"),
    Screen("staff", "Staff & stores", "storefront", MANAGE, "settings"),
    Screen("settings", "Settings", "settings", MANAGE, "settings"),
    Screen("audit", "Audit log", "receipt_long", MANAGE, "approve"),
    Screen("deploy", "Deployment", "cloud_upload", MANAGE, "deploy"),
)


def find(name: str) -> Screen:
    """The screen with this name."""
    return next(screen for screen in SCREENS if screen.name == name)


def pages(screens: Sequence[Screen], who: Editor | None) -> dict[str, list[st.Page]]:
    """What `st.navigation` is given, by group. What `who` may not see is refused at its address."""
    grouped: dict[str, list[st.Page]] = {}
    for screen in screens:
        hidden = screen.hidden or not allowed(screen, who)
        page = st.Page(
            screen.file,
            title=_(screen.title),
            icon=f":material/{screen.icon}:",
            url_path=screen.name,
            default=screen is screens[0],
            visibility="hidden" if hidden else "visible",
        )
        grouped.setdefault(_(screen.group), []).append(page)
    return grouped


def allowed(screen: Screen, who: Editor | None) -> bool:
    """Whether `who` may see the screen; None, where nothing is set up yet, may see what each page says about that."""
    return who is None or who.may(screen.may)
