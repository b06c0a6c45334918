"""The workspace that a tenant's marketers share: its brand, its people and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.core.campaign import Zone
from functions.core.faults import COLOUR
from functions.core.money import Currency, Minor
from functions.core.poster import PictureName
from functions.core.text import Language, Text

Role = Literal["viewer", "editor", "approver", "admin"]
Action = Literal["look", "compose", "publish", "approve", "review", "members", "settings", "deploy"]

LOOK: frozenset[Action] = frozenset({"look"})
COMPOSE: frozenset[Action] = LOOK | frozenset[Action](("compose", "publish", "review"))
APPROVE: frozenset[Action] = COMPOSE | frozenset[Action](("approve", "members"))
ALL: frozenset[Action] = APPROVE | frozenset[Action](("settings", "deploy"))
MAY: dict[Role, frozenset[Action]] = {"viewer": LOOK, "editor": COMPOSE, "approver": APPROVE, "admin": ALL}


@dataclass(frozen=True)
class Editor:
    """Who sits at the screens: the name that is written down with each step, and the role that allows it."""

    name: str
    role: Role

    def may(self, action: Action) -> bool:
        """Whether the role allows the action."""
        return action in MAY[self.role]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Brand(_Part):
    """How the shop shows itself on pages and posters. `logo` names a picture in the bucket."""

    name: Text = Text()
    colour: str = Field(default="#0B6E5F", pattern=COLOUR, json_schema_extra={"widget": "colour"})
    logo: PictureName = ""


class Approval(_Part):
    """Whether someone else has to agree before a version goes live, and when."""

    needed: bool = False
    own: bool = False  # whether who asked may be among those who agree
    count: int = Field(default=1, ge=1, le=5)
    above: Minor | None = None  # only campaigns whose worst cost passes this; None: all


class Person(_Part):
    """Somebody who may sign in, by the e-mail address that the issuer vouches for."""

    email: str = Field(min_length=3, max_length=254)
    name: str = Field(default="", max_length=80)
    role: Role = "viewer"


class Workspace(_Part):
    """A tenant's settings. All have defaults, so that a new tenant needs none."""

    brand: Brand = Brand()
    zone: Zone = "Asia/Shanghai"
    currency: Currency = "CNY"
    language: Language = "zh"
    approval: Approval = Approval()
    contact: str = Field(default="", max_length=200)
    retention_days: int = Field(default=180, ge=1, le=3650)
    people: list[Person] = Field([], max_length=500)
