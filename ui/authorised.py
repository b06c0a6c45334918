"""The store that the screens work with: every write is held against the role of who sits there.

This is the one choke point: pages hide what a role may not do, and this refuses it, whatever a page forgot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from functions.core.audit import NEEDS, Entry
from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.core.workspace import Action, Editor
from functions.storage.refusals import NOT_ALLOWED, SIGNED_OUT, Refused
from functions.storage.store import Store

REVIEW_DESK = "review desk"  # whose invitations an editor makes for himself, to send a verdict as staff
WRITES: Mapping[str, Action] = {
    "head": "compose", "listed": "compose", "draft": "compose", "request": "compose",
    "channels": "compose", "batch": "publish", "suspect": "publish", "suspected": "publish", "live_code": "compose",
    "segments": "compose",
    "hooks": "settings", "payout": "publish", "payout_lines": "publish", "commission": "approve",
    "version": "publish", "pool": "publish", "workspace": "settings", "invitation": "settings", "audit": "look",
}  # fmt: skip
READS: Mapping[str, Action] = {
    "profile": "members", "identity": "members", "points": "members", "ledger": "members", "consent": "members",
    "wallet": "members", "member": "members", "participation": "members", "proof": "review",
}  # fmt: skip
KEPT = {"head", "listed", "draft"}  # a draft's rows: what was typed into an open page is kept, whoever may go on


@dataclass
class Authorised:
    """`store` for `who`, as long as `now_there` says the same.

    A dialog may be pressed hours after its page was drawn. Raises Refused `not_allowed` before anything is read or
    written that the role is not for, and `signed_out` before anything but a draft is written by who is gone.
    """

    store: Store
    who: Editor
    now_there: Callable[[], Editor | None]
    tenant: str = ""

    def __post_init__(self) -> None:
        self.tenant = self.store.tenant

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """As the store's."""
        for key in keys:
            self._require(READS.get(key.kind, "look"))
        return self.store.read(keys)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """As the store's; what no screen writes is refused to everybody."""
        for action in needed(changes):
            self._require(action)
        if {change.key.kind for change in changes} - KEPT and self.now_there() != self.who:
            raise Refused("signed_out", SIGNED_OUT)
        return self.store.write(changes)

    def query(
        self, kind: str, *parts: str, prefix: str = "", after: str = "", limit: int = 100, newest_first: bool = False
    ) -> list[tuple[str, Row]]:
        """As the store's."""
        self._require(READS.get(kind, "look"))
        return self.store.query(kind, *parts, prefix=prefix, after=after, limit=limit, newest_first=newest_first)

    def _require(self, action: Action | None) -> None:
        if action is None or not self.who.may(action):
            raise Refused("not_allowed", NOT_ALLOWED)


def needed(changes: Sequence[Change]) -> Iterator[Action | None]:
    """What a role must allow for a write: by the kinds of its rows, and by the deed that it writes down."""
    for change in changes:
        row = change.put or {}
        if change.key.kind == "audit":
            yield NEEDS[Entry.model_validate_json(row["entry"]).what] if row else None
        elif change.key.kind == "invitation" and row.get("shop") == REVIEW_DESK:
            yield "review"
        else:
            yield WRITES.get(change.key.kind)
