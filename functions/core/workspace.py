"""The workspace that a tenant's marketers share: its brand, its people and who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from functions.core.campaign import Purpose, Zone
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
    """Who sits at the screens: the name that is written down with each step, and the role that allows it.

    `email` is the address that the issuer vouches for; empty where nobody signs in.
    """

    name: str
    role: Role
    email: str = ""

    @property
    def mark(self) -> str:
        """What tells this person from every other, whatever they are called."""
        return self.email or self.name

    def may(self, action: Action) -> bool:
        """Whether the role allows the action."""
        return action in MAY[self.role]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


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
    """A tenant's settings. All have defaults, so that a new tenant needs none.

    `purposes` are the house's words for what campaigns store: a new campaign takes those of the fields that it has.
    `typed_above`: a campaign that may cost more than this is published by typing its name. None: never for the money.
    """

    brand: Brand = Brand()
    zone: Zone = "Asia/Shanghai"
    currency: Currency = "CNY"
    language: Language = "zh"
    approval: Approval = Approval()
    contact: str = Field(default="", max_length=200)
    retention_days: int = Field(default=180, ge=1, le=3650)
    purposes: list[Purpose] = Field([], max_length=20)
    typed_above: Minor | None = None
    people: list[Person] = Field([], max_length=500)

    @property
    def has_admin(self) -> bool:
        """Whether somebody on the list may change the list."""
        return any(person.role == "admin" for person in self.people)


ROLES: tuple[Role, ...] = get_args(Role)  # from the least to the most that it allows


def admitted(settings: Workspace, claims: Mapping[str, Any], first_admin: str = "", claim: str = "") -> Editor | None:
    """Who signed in, by what the issuer says of them (OpenID Connect Core, section 5.1); None: not let in.

    The list of people decides; who is not on it may be let in by a role that the issuer names in `claim`, as one word
    or a list of them, with or without `pond-` in front. An e-mail address counts only where the issuer says that it
    has verified it. `first_admin` is always an admin, so that a new or a wrongly set list locks nobody out.
    """
    email = _email(claims)
    person = next((one for one in settings.people if email and one.email.strip().lower() == email), None)
    if email and email == first_admin.strip().lower():
        return Editor(_name(settings, person, claims, email), "admin", email)
    if person is not None:
        return Editor(_name(settings, person, claims, email), person.role, email)
    role, subject = _claimed(claims, claim), email or str(claims.get("sub", ""))
    return Editor(_name(settings, None, claims, subject), role, subject) if role and subject else None


def _email(claims: Mapping[str, Any]) -> str:
    verified = claims.get("email_verified")
    return str(claims.get("email") or "").strip().lower() if verified is True or verified == "true" else ""


def _claimed(claims: Mapping[str, Any], claim: str) -> Role | None:
    """The most that any of the named roles allows."""
    said = claims.get(claim) if claim else None
    names = {str(one).removeprefix("pond-") for one in (said if isinstance(said, list) else [said])}
    return next((role for role in reversed(ROLES) if role in names), None)


def _name(settings: Workspace, person: Person | None, claims: Mapping[str, Any], mark: str) -> str:
    """What to write down: the listed name, with the address where two people are called alike or nobody is listed."""
    name = (person.name if person else str(claims.get("name") or "")).strip()[:80]
    alike = sum(one.name.strip() == name for one in settings.people) > 1
    if name and person is not None and not alike:
        return name
    return f"{name} ({mark})" if name else mark
