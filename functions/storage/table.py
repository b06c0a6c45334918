"""How logical keys are spelled in the one table (design: pk, sk, TTL `expires_at`, stream). Nothing else knows."""

from __future__ import annotations

from functools import lru_cache

from functions.core.keys import Key

SEPARATOR = "#"

# key kind -> (partition key, sort key); {0}, {1} are the parts of the key
LAYOUT: dict[str, tuple[str, str]] = {
    "head": ("C#{0}", "HEAD"),
    "version": ("C#{0}", "V#{1}"),
    "draft": ("C#{0}", "DRAFT"),
    "request": ("C#{0}", "Q#{1}"),
    "channels": ("C#{0}", "CHANNELS"),
    "listed": ("CAMPAIGNS", "{0}"),
    "live_code": ("LIVE", "{0}"),
    "state": ("C#{0}#M#{1}", "STATE"),
    "proof": ("C#{0}#M#{1}", "PROOF#{2}"),
    "picture": ("C#{0}#I#{1}", "FIRST"),
    "commission": ("C#{0}#COMMISSION", "{1}#{2}"),
    "payout": ("C#{0}#PAYOUTS", "{1}"),
    "payout_lines": ("C#{0}#PAYOUTS#{1}", "LINES"),
    "receipt": ("C#{0}#M#{1}", "GIVEN#{2}"),
    "touch": ("C#{0}#M#{1}", "TOUCH"),
    "board": ("C#{0}#BOARD", "TOP"),
    "unit": ("C#{0}#{1}#{2}", "STATE"),
    "due": ("C#{0}#DUE", "{1}#{2}#{3}"),
    "pool": ("C#{0}#P#{1}#{2}", "POOL"),
    "spending": ("C#{0}#D#{1}#{2}", "SPENT"),
    "review": ("C#{0}#R", "{1}"),
    "counter": ("S#{0}", "{1}"),
    "profile": ("M#{0}", "PROFILE"),
    "nickname": ("M#{0}", "NICKNAME"),
    "nicknamed": ("NICKNAMES#{0}", "{1}#{2}"),
    "door": ("M#{0}", "DOOR"),
    "stage": ("M#{0}", "STAGE"),
    "handed_over": ("LIVE#{0}#{1}", "WENT"),
    "scanned": ("SCAN#{0}#{1}#{2}", "SEEN"),
    "points": ("M#{0}", "POINTS"),
    "ledger": ("M#{0}", "LEDGER#{1}"),
    "consent": ("M#{0}", "CONSENT#{1}"),
    "wallet": ("M#{0}", "W#{1}#{2}"),
    "stacked": ("G#{0}", "STACKED"),
    "intent": ("O#{0}", "{1}"),
    "code": ("K#{0}", "CODE"),
    "batch": ("BATCHES", "{0}#{1}"),
    "item": ("B#{0}#I#{1}", "ITEM"),
    "suspect": ("SUSPECTS#{0}", "ITEM#{1}"),
    "suspected": ("SUSPECTS#{0}", "AT#{1}"),
    "identity": ("ID#{0}", "MEMBER"),
    "challenge": ("ID#{0}", "CHALLENGE"),
    "erasure": ("ERASURES", "{0}"),
    "invitation": ("STAFF", "{0}"),
    "waiting_order": ("ID#{0}", "ORDER#{1}"),
    "order": ("ORDERS#{0}", "{1}"),
    "payment": ("PAYMENTS#{0}", "{1}"),
    "unmatched": ("UNMATCHED", "{0}"),
    "pays": ("M#{0}", "PAYMENT#{1}"),
    "purchase": ("M#{0}", "ORDER#{1}"),
    "workspace": ("WORKSPACE", "SETTINGS"),
    "hooks": ("WORKSPACE", "HOOKS"),
    "segments": ("WORKSPACE", "SEGMENTS"),
    "audit": ("A#{0}", "{1}"),
    "redemption": ("TILL#{0}", "{1}"),
    "limit": ("L#{0}", "BUCKET"),
}

SHAPES = {kind: [*pk.split(SEPARATOR), *sk.split(SEPARATOR)] for kind, (pk, sk) in LAYOUT.items()}

# partitions that are read as a list
PARTITIONS: dict[str, str] = {
    "campaign": "C#{0}",
    "campaigns": "CAMPAIGNS",
    "live_codes": "LIVE",
    "participation": "C#{0}#M#{1}",
    "reviews": "C#{0}#R",
    "due": "C#{0}#DUE",
    "commissions": "C#{0}#COMMISSION",
    "payouts": "C#{0}#PAYOUTS",
    "intents": "O#{0}",
    "counters": "S#{0}",
    "member": "M#{0}",
    "nicknames": "NICKNAMES#{0}",
    "audit": "A#{0}",
    "till": "TILL#{0}",
    "staff": "STAFF",
    "erasures": "ERASURES",
    "orders": "ORDERS#{0}",
    "payments": "PAYMENTS#{0}",
    "unmatched": "UNMATCHED",
    "waiting_orders": "ID#{0}",
    "batches": "BATCHES",
    "suspects": "SUSPECTS#{0}",
}


@lru_cache(maxsize=4096)
def address(tenant: str, key: Key) -> tuple[str, str]:
    """The pk and sk of a row. Every key starts with the tenant; no part may smuggle in a separator."""
    if any(SEPARATOR in part for part in (tenant, *key.parts)):
        raise ValueError(f"a key part may not hold {SEPARATOR!r}")
    pk, sk = LAYOUT[key.kind]
    return f"T#{tenant}#" + pk.format(*key.parts), sk.format(*key.parts)


def key_of(pk: str, sk: str) -> tuple[str, Key] | None:
    """The tenant and key that an address in the table stands for; None for what is not spelled here."""
    head, tenant, *rest = pk.split(SEPARATOR)
    if head != "T":
        return None
    words = [*rest, *sk.split(SEPARATOR)]
    for kind, shape in SHAPES.items():
        if len(shape) == len(words) and all(
            place == word for place, word in zip(shape, words, strict=True) if place[0] != "{"
        ):
            return tenant, Key(kind, _parts(shape, words))
    return None


def _parts(shape: list[str], words: list[str]) -> tuple[str, ...]:
    """What stands for {0}, {1} … of a shape that fits."""
    return tuple(word for _, word in sorted(pair for pair in zip(shape, words, strict=True) if pair[0][0] == "{"))


def partition(tenant: str, kind: str, *parts: str) -> str:
    """The pk of a partition that is read as a list."""
    if any(SEPARATOR in part for part in (tenant, *parts)):
        raise ValueError(f"a key part may not hold {SEPARATOR!r}")
    return f"T#{tenant}#" + PARTITIONS[kind].format(*parts)
