"""Erasing a member: nothing personal stays, and the sums still hold. Each step may be done twice (docs/api.md).

An intent is written first and removed last: who crashed on the way is found by the sweeper, which goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.core import keys
from functions.core.change import Change, Is
from functions.core.keys import Key, Row
from functions.core.tokens import Keyring
from functions.edge import codes
from functions.edge.bucket import Bucket
from functions.storage import boards, nicknames, orders, payments
from functions.storage.engine import Pause, TooBusy
from functions.storage.members import Holdings, holdings, participation
from functions.storage.single import alter
from functions.storage.store import Store

AT_ONCE = 50
ROUNDS_MAX = 10  # someone who goes on taking part on another phone meanwhile
COUPON_KEPT = ("id", "campaign", "granted_under", "reward", "value", "minimum", "currency", "group", "stores")
COUPON_KEPT += ("valid_from", "valid_until", "zone", "name", "member")
STATE_KEPT = ("paid", "got", "definition")
USE_KEPT = ("discount", "payable", "shipping", "store", "at")


@dataclass(frozen=True)
class Eraser:
    """What erasing works with."""

    store: Store
    bucket: Bucket
    ring: Keyring
    at: datetime
    pause: Pause
    quits: Callable[[str, str], int | None]  # (campaign, member): edge/leaving.py

    def erase(self, member: str) -> tuple[int, int]:
        """All of it; how many campaigns were left and coupons voided, by this call."""
        self.store.write([Change(keys.erasure(member), put={"at": self.at.isoformat()})])
        campaigns = coupons = 0
        for _ in range(ROUNDS_MAX):
            held = holdings(self.store, member)
            coupons += self._void_coupons(member, held)
            self._hide(member, held)
            for campaign in held.campaigns:
                self._leave(campaign, member)
            campaigns += len(held.campaigns)
            self._disown(member, held)
            self._forget(member, held)
            if not held.campaigns:
                break
        self.store.write([Change(keys.erasure(member), delete=True)])
        return campaigns, coupons

    def _leave(self, campaign: str, member: str) -> None:
        """The row in the campaign becomes a tombstone, so that nothing is added; then what was handed in goes."""
        state = keys.state(campaign, member)
        for _ in range(ROUNDS_MAX):
            left_at = self.quits(campaign, member)
            if alter(self.store, state, lambda row, at=left_at: _tombstone(state, row, at), self.pause):  # type: ignore[misc]
                break
        else:
            raise TooBusy
        part = participation(self.store, campaign, member)
        if part.touch is not None:
            self._delete([keys.touch(campaign, member)])
        self._delete(keys.receipt(campaign, member, firing) for firing in part.given)
        for day, proof in part.proofs.items():
            if proof.get("picture"):
                self.bucket.remove(self.bucket.proof_key(campaign, member, proof["picture"]))
            waiting = [keys.review(campaign, proof["item"])] if proof.get("item") else []
            self._delete([*waiting, keys.proof(campaign, member, day)])

    def _hide(self, member: str, held: Holdings) -> None:
        """Off the leaderboards: only here, where the board's row is written too, does such a consent go."""
        for purpose in held.consents:
            if purpose.startswith(keys.BOARD):
                boards.take_off(self.store, purpose.removeprefix(keys.BOARD), member, None, self.pause)

    def _void_coupons(self, member: str, held: Holdings) -> int:
        voided = 0
        for (kind, name), row in held.wallet.items():
            if kind == "coupon" and not row.get("erased"):
                # The code goes first: once the coupon is emptied, nobody comes back here.
                self._delete([keys.code(codes.printable_code(self.ring, member, name))])
                key = keys.coupon(member, name)
                voided += alter(self.store, key, lambda row, key=key: _emptied(key, row), self.pause)  # type: ignore[misc]
        return voided

    def _disown(self, member: str, held: Holdings) -> None:
        """Orders and payments stay for the shop's books, and are nobody's."""
        for name in held.payments:
            payments.forget(self.store, name)
        self._delete(keys.pays(member, name) for name in held.payments)
        for name in held.orders:
            orders.forget(self.store, name, self.pause)
        self._delete(keys.purchase(member, name) for name in held.orders)

    def _forget(self, member: str, held: Holdings) -> None:
        """Identities first: whoever signs in with that phone again is someone new."""
        marks = (held.profile or {}).get("identities", [])
        self._delete([key for mark in marks for key in (keys.identity(mark), keys.challenge(mark))])
        self._delete(keys.wallet(member, kind, name) for kind, name in held.wallet if kind != "coupon")
        self._delete(keys.ledger(member, int(page)) for page in held.ledger)
        if held.nickname is not None:
            self._delete(change.key for change in nicknames.gone(member, held.nickname))
        if held.door is not None:
            self._delete([keys.door(member)])
        if held.points is not None:
            self._delete([keys.points(member)])
        self._delete(keys.consent(member, purpose) for purpose in held.consents if not purpose.startswith(keys.BOARD))
        # After the consents and purchases: each write of this row is held by one of them (insights/stages.py).
        gone = [keys.profile(member)] if held.profile is not None else []
        self._delete([keys.stage(member), *gone])

    def _delete(self, wanted: Iterable[Key]) -> None:
        changes = [Change(key, delete=True) for key in wanted]
        for start in range(0, len(changes), AT_ONCE):
            self.store.write(changes[start : start + AT_ONCE])


def _tombstone(key: Key, row: Row | None, left_at: int | None) -> tuple[bool, Sequence[Change]]:
    """Counts stay, for sums; days, events and facts go. Nothing yet of a row that moved on since the member left it."""
    if row is None or row.get("closed") == "erased":
        return True, []
    if left_at not in (None, row["version"]):
        return False, []  # such as a deposit that came in between
    kept = {name: row[name] for name in STATE_KEPT if name in row}
    gone: Row = {"version": row["version"] + 1, "closed": "erased", "record": {}, "events": [], "facts": []}
    return True, [Change(key, (Is("version", row["version"]),), put=kept | gone)]


def _emptied(key: Key, row: Row | None) -> tuple[int, Sequence[Change]]:
    """What could be used is void; what was used stays used, without saying who served or which order it was."""
    if row is None or row.get("erased"):
        return 0, []
    was = row["state"]
    version: int = row["version"]
    after = {name: row[name] for name in COUPON_KEPT if name in row} | {"erased": True, "version": version + 1}
    after["state"] = "void" if was == "available" else was
    if row.get("use"):
        after["use"] = {name: row["use"].get(name) for name in USE_KEPT} | {"event": "", "order": "", "by": ""}
    return int(was == "available"), [Change(key, (Is("version", version),), put=after)]
