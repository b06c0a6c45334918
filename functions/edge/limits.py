"""Token buckets, as the generic cell rate algorithm keeps them: one number, the time at which a bucket is full again.

In memory they damp one sender within one copy of a function. Where guessing or money is at stake they are rows, taken
by guarded writes, and hold across every copy.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.storage.store import Store

ENTRIES_MAX = 10_000  # in memory, some 2 MB
TRIES = 4
GRACE_SECONDS = 60


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then one in every `each` milliseconds."""

    burst: int
    each: int

    def take(self, full_at: int, now: int) -> tuple[int, int]:
        """The bucket's new number and 0, or the old one and the milliseconds to wait.

        No bucket is full later than `burst` times `each` from now. What says so was taken from while the clock stood
        ahead, and begins anew; one `each` more is let pass, as the clocks of two copies may differ by a little.
        """
        full_at = 0 if full_at > now + (self.burst + 1) * self.each else full_at
        wait = full_at - now - (self.burst - 1) * self.each
        return (full_at, wait) if wait > 0 else (max(full_at, now) + self.each, 0)


ADDRESS = Rate(burst=240, each=20)  # phones behind one carrier share an address
MEMBER = Rate(burst=20, each=250)
OTP_PHONE = Rate(burst=3, each=20 * 60_000)
OTP_ADDRESS = Rate(burst=10, each=60_000)
TYPED_CODE = Rate(burst=30, each=5_000)  # a clerk's fingers, not a machine's
PHOTO = Rate(burst=20, each=3_000)  # a clerk's photos of codes: reading one takes a processor's fifth of a second
SIGN_IN = Rate(burst=10, each=30_000)
HOOK = Rate(burst=400, each=10)  # messages of one shop
UNSIGNED = Rate(burst=5, each=60_000)  # lines in the audit list about messages that nobody signed


@dataclass
class Buckets:
    """Buckets of one copy of a function; bounded, and emptied of those that are full again."""

    full_at: dict[str, int] = field(default_factory=dict)

    def take(self, name: str, rate: Rate, now: int) -> int:
        """Milliseconds to wait; 0 when taken."""
        if len(self.full_at) >= ENTRIES_MAX:
            self.full_at = {kept: at for kept, at in self.full_at.items() if at > now}
        if len(self.full_at) >= ENTRIES_MAX:
            self.full_at.clear()  # better to forget than to grow; the durable ones hold what matters
        self.full_at[name], wait = rate.take(self.full_at.get(name, 0), now)
        return wait


def take(store: Store, name: str, rate: Rate, now: int) -> int:
    """Take from a durable bucket: milliseconds to wait; 0 when taken. Lost races count as a short wait."""
    key = keys.limit(name)
    for _ in range(TRIES):
        row = store.read([key])[key]
        full_at, wait = rate.take(row["full_at"] if row else 0, now)
        if wait:
            return wait
        guard = Absent() if row is None else Is("full_at", row["full_at"])
        kept = {"full_at": full_at, "expires_at": full_at // 1000 + GRACE_SECONDS}
        if not store.write([Change(key, (guard,), put=kept)]):
            return 0
    return 1000
