"""Hooks: the shops that tell of their orders, each with a secret of its own.

A secret is stored nowhere: it follows from the tenant's root by the hook's name and the key's number. Renewing makes
the next number; the one before stays good for a day, so that a shop may change it in its own time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from functions.core.ids import SLUG
from functions.core.tokens import Keyring

Preset = Literal["pond", "youzan", "shopify"]
OVERLAP = timedelta(days=1)
HOOKS_MAX = 20
NAME_MAX = 40


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class HookKey(_Part):
    """One secret of a hook: which, from which root, and until when it is good; None while it is the newest."""

    number: int = Field(ge=1)
    root: str
    until: AwareDatetime | None = None


class Hook(_Part):
    """A shop that tells of its orders."""

    id: str = Field(pattern=SLUG)
    name: str = Field(min_length=1, max_length=NAME_MAX)
    preset: Preset = "pond"
    keys: list[HookKey] = Field(min_length=1, max_length=2)  # the newest first

    def secrets(self, ring: Keyring, at: datetime) -> list[bytes]:
        """The secrets that are good now."""
        good = [key for key in self.keys if key.until is None or at < key.until]
        return [ring.secret(f"hook/{self.id}/{key.number}", key.root) for key in good]

    def renewed(self, ring: Keyring, at: datetime) -> Hook:
        """The hook with its next secret; the one before is good for a day."""
        newest = self.keys[0]
        before = newest.model_copy(update={"until": at + OVERLAP})
        return self.model_copy(update={"keys": [HookKey(number=newest.number + 1, root=ring.current), before]})


class Hooks(_Part):
    """All of a tenant's."""

    hooks: list[Hook] = Field([], max_length=HOOKS_MAX)

    def hook(self, name: str) -> Hook | None:
        """The hook with this id."""
        return next((hook for hook in self.hooks if hook.id == name), None)


def new_hook(name: str, title: str, preset: Preset, ring: Keyring) -> Hook:
    """A hook with its first secret."""
    return Hook(id=name, name=title, preset=preset, keys=[HookKey(number=1, root=ring.current)])
