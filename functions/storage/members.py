"""What is stored about a member: one partition of their own, and one row with its proofs in each campaign."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from functions.core import keys
from functions.core.change import Absent, Change, holds
from functions.core.keys import Row
from functions.storage.store import Store

ROWS_MAX = 5_000
PARTICIPATE = keys.participation("")
ERASING = "erasing"


@dataclass(frozen=True)
class Holdings:
    """A member's own partition, by kind of row."""

    profile: Row | None = None
    nickname: Row | None = None
    points: Row | None = None
    door: Row | None = None
    stage: Row | None = None
    ledger: dict[str, Row] = field(default_factory=dict)
    consents: dict[str, Row] = field(default_factory=dict)
    wallet: dict[tuple[str, str], Row] = field(default_factory=dict)  # (kind of reward, name)
    payments: list[str] = field(default_factory=list)  # the same
    orders: list[str] = field(default_factory=list)  # names; what they say lies elsewhere (storage/orders.py)

    @property
    def campaigns(self) -> list[str]:
        """The campaigns the member agreed to take part in, whether or not they still do."""
        return [purpose.removeprefix(PARTICIPATE) for purpose in self.consents if purpose.startswith(PARTICIPATE)]


@dataclass(frozen=True)
class Participation:
    """A member in one campaign."""

    state: Row | None = None
    touch: Row | None = None
    given: list[str] = field(default_factory=list)  # facts of which it is kept what was given
    proofs: dict[str, Row] = field(default_factory=dict)


def holdings(store: Store, member: str) -> Holdings:
    """Everything in the member's partition: one query."""
    found = Holdings()
    single: dict[str, Row] = {}
    for where, row in store.query("member", member, limit=ROWS_MAX):
        kind, _, name = where.partition("#")
        match kind:
            case "CONSENT":
                found.consents[name] = row
            case "LEDGER":
                found.ledger[name] = row
            case "PAYMENT":
                found.payments.append(name)
            case "ORDER":
                found.orders.append(name)
            case "W":
                reward, _, held = name.partition("#")
                found.wallet[reward, held] = row
            case _:
                single[kind] = row
    return replace(
        found,
        profile=single.get("PROFILE"),
        nickname=single.get("NICKNAME"),
        points=single.get("POINTS"),
        door=single.get("DOOR"),
        stage=single.get("STAGE"),
    )


def there(held: Holdings, member: str) -> Change | None:
    """What holds a write to somebody who is not erased meanwhile; None for nobody."""
    if held.profile is not None:
        return holds(keys.profile(member), "at", held.profile["at"], "")
    purpose = next(iter(held.consents), "")
    return holds(keys.consent(member, purpose), "at", held.consents[purpose]["at"], "") if purpose else None


def not_being_erased(member: str) -> Change:
    """Holds a write to somebody whose erasing has not begun; refused as ERASING."""
    return Change(keys.erasure(member), (Absent(),), refusal=ERASING)


def is_newcomer(store: Store, member: str, campaign: str) -> bool:
    """Whether a member took part in no campaign but this one, and bought nothing yet."""
    own = f"CONSENT#{PARTICIPATE}{campaign}"
    agreed = store.query("member", member, prefix=f"CONSENT#{PARTICIPATE}", limit=2)
    return all(where == own for where, _ in agreed) and not is_customer(store, member)


def is_customer(store: Store, member: str) -> bool:
    """Whether an order of the member's is known."""
    return bool(store.query("member", member, prefix="ORDER#", limit=1))


def participation(store: Store, campaign: str, member: str) -> Participation:
    """The member's row in a campaign, and what they handed in."""
    rows = dict(store.query("participation", campaign, member, limit=ROWS_MAX))
    proofs = {where.partition("#")[2]: row for where, row in rows.items() if where.startswith("PROOF#")}
    given = [where.partition("#")[2] for where in rows if where.startswith("GIVEN#")]
    return Participation(rows.get("STATE"), rows.get("TOUCH"), given, proofs)
