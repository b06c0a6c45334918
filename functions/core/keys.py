"""Logical addresses of rows. Only `storage/table.py` knows how they are spelled in the table."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

Row = dict[str, Any]


class Key(NamedTuple):
    """The address of one row within a tenant: what it is, and which one."""

    kind: str
    parts: tuple[str, ...]


def state(campaign: str, member: str) -> Key:
    """A member's row in a campaign: replay marker, outbox, per-member limits, the mechanic's own record."""
    return Key("state", (campaign, member))


def pool(campaign: str, reward: str, shard: int) -> Key:
    """One shard of a limited stock."""
    return Key("pool", (campaign, reward, str(shard)))


def spending(campaign: str, day: date, shard: int) -> Key:
    """One shard of what a campaign spent on one of its days."""
    return Key("spending", (campaign, day.isoformat(), str(shard)))


def points(member: str) -> Key:
    """A member's points: balance and the open page of the ledger."""
    return Key("points", (member,))


def ledger(member: str, page: int) -> Key:
    """A closed page of a member's points ledger."""
    return Key("ledger", (member, f"{page:08d}"))


def wallet(member: str, kind: str, name: str) -> Key:
    """What a reward of `kind` left in a member's wallet."""
    return Key("wallet", (member, kind, name))


def coupon(member: str, coupon_id: str) -> Key:
    """A coupon in a member's wallet."""
    return wallet(member, "coupon", coupon_id)


def entitlement(member: str, name: str) -> Key:
    """A right of a member, such as the door of another campaign."""
    return wallet(member, "entitlement", name)


def consent(member: str, purpose: str) -> Key:
    """A member's consent for one purpose; `participate.{campaign}` is the door of that campaign."""
    return Key("consent", (member, purpose))


def participation(campaign: str) -> str:
    """The purpose a member consents to by taking part in a campaign."""
    return f"participate.{campaign}"


BOARD = "board."  # before the campaign on whose leaderboard a member agreed to be shown


def on_board(campaign: str) -> str:
    """The purpose a member consents to by appearing on a campaign's leaderboard; the row keeps what is shown."""
    return BOARD + campaign


def board(campaign: str) -> Key:
    """The first of a campaign's leaderboard, all in one row."""
    return Key("board", (campaign,))


def profile(member: str) -> Key:
    """What a member told about themselves."""
    return Key("profile", (member,))


def nickname(member: str) -> Key:
    """What a member wants to be called."""
    return Key("nickname", (member,))


def nicknamed(normal: str, member: str) -> Key:
    """That a member is called so, under the name's normal form: to be found by how it begins."""
    return Key("nicknamed", (normal[0], normal, member))


def door(member: str) -> Key:
    """By which printed code a member first came, their tags, batches they took from, what they bought first."""
    return Key("door", (member,))


def stage(member: str) -> Key:
    """How far a member has come, and in which campaigns they take part who see them move (insights/stages.py)."""
    return Key("stage", (member,))


TAGGED = "tag:"  # before a tag, each a field of its own: so that a write can be held by one
COLLECTED = "item:"  # before a batch of which they took an item's reward, in the same way


def tags_in(door: Row | None) -> list[str]:
    """The tags that a member's door holds."""
    return sorted(name.removeprefix(TAGGED) for name in door or {} if name.startswith(TAGGED))


def batches_in(door: Row | None) -> list[str]:
    """The batches of which a member took an item's reward, by their door."""
    return sorted(name.removeprefix(COLLECTED) for name in door or {} if name.startswith(COLLECTED))


def handed_over(code: str, visitor: str) -> Key:
    """That somebody went on to a partner through a live code."""
    return Key("handed_over", (code, visitor))


def scanned(campaign: str, door: str, visitor: str) -> Key:
    """That somebody looked at a campaign's page by a printed code."""
    return Key("scanned", (campaign, door, visitor))


def identity(fingerprint: str) -> Key:
    """Which member a phone number or openid belongs to, under its keyed hash."""
    return Key("identity", (fingerprint,))


def challenge(fingerprint: str) -> Key:
    """A one-time code on its way to a phone, under the phone's keyed hash."""
    return Key("challenge", (fingerprint,))


def erasure(member: str) -> Key:
    """The intent to erase a member, there until all of it is done."""
    return Key("erasure", (member,))


def stacked(slot: str) -> Key:
    """That an order has taken its one coupon of a stacking group; `slot` stands for both."""
    return Key("stacked", (slot,))


def receipt(campaign: str, member: str, firing: str) -> Key:
    """What was given for a fact of a member, while it can be taken back; `firing` names the fact."""
    return Key("receipt", (campaign, member, firing))


def commission(campaign: str, promoter: str, order: str) -> Key:
    """What a promoter earns of one order."""
    return Key("commission", (campaign, promoter, order))


def payout(campaign: str, number: int) -> Key:
    """A list of commission to pay out, and who agreed to it."""
    return Key("payout", (campaign, f"{number:06d}"))


def payout_lines(campaign: str, number: int) -> Key:
    """What such a list pays, line by line; never changed."""
    return Key("payout_lines", (campaign, f"{number:06d}"))


def payment(name: str) -> Key:
    """A payment that was asked of a member."""
    return Key("payment", (name[-1], name))


def unmatched(name: str) -> Key:
    """Money that came and fits no payment."""
    return Key("unmatched", (name,))


def pays(member: str, name: str) -> Key:
    """That a payment is a member's."""
    return Key("pays", (member, name))


def touch(campaign: str, visitor: str) -> Key:
    """By whose link somebody came to a campaign."""
    return Key("touch", (campaign, visitor))


def order(name: str) -> Key:
    """An order of a shop; orders lie in as many partitions as its last character has values."""
    return Key("order", (name[-1], name))


def waiting_order(mark: str, name: str) -> Key:
    """An order of somebody who is no member yet, under the keyed hash of their phone."""
    return Key("waiting_order", (mark, name))


def purchase(member: str, name: str) -> Key:
    """That an order is a member's."""
    return Key("purchase", (member, name))


def hooks() -> Key:
    """The shops that tell a tenant of their orders."""
    return Key("hooks", ())


def segments() -> Key:
    """The segments that a team has given names."""
    return Key("segments", ())


def code(text: str) -> Key:
    """A printed or typed code, and the coupon it stands for."""
    return Key("code", (text,))


def proof(campaign: str, member: str, day: str) -> Key:
    """What a member handed in as proof of one day."""
    return Key("proof", (campaign, member, day))


def picture(campaign: str, mark: str) -> Key:
    """That a picture was handed in before in a campaign, under its fingerprint."""
    return Key("picture", (campaign, mark))


def review(campaign: str, item: str) -> Key:
    """An entry of a campaign's review queue; `item` sorts by submission."""
    return Key("review", (campaign, item))


def unit(campaign: str, kind: str, name: str) -> Key:
    """A row a mechanic shares between members, such as a group."""
    return Key("unit", (campaign, kind, name))


MEMBER = "M"  # of what runs out: a member's own, such as a reward that is held


def due(campaign: str, at: int, kind: str, name: str) -> Key:
    """That something members share, or a MEMBER's own, runs out `at`, in epoch seconds; a campaign's sort by it."""
    return Key("due", (campaign, f"{at:011d}", kind, name))


def intent(kind: str, name: str) -> Key:
    """Something that is to be done outside the table, once, under this name: a refund."""
    return Key("intent", (kind, name))


def batch(label: str, first: int) -> Key:
    """A batch of item codes, under its label and where its range of that label's indexes begins."""
    return Key("batch", (label, f"{first:011d}"))


def item(batch_id: str, number: int) -> Key:
    """An item of a batch that was scanned; `number` counts from 0."""
    return Key("item", (batch_id, str(number)))


def suspect(batch_id: str, number: int) -> Key:
    """What rang about an item, and whether it waits to be looked at (insights/suspects.py)."""
    return Key("suspect", (batch_id, str(number)))


def suspected(batch_id: str, at: int, number: int) -> Key:
    """An item that waits to be looked at, since `at`, in epoch seconds; a batch's sort by it."""
    return Key("suspected", (batch_id, f"{at:011d}.{number}"))


def head(campaign: str) -> Key:
    """The head of a campaign."""
    return Key("head", (campaign,))


def version(campaign: str, number: int) -> Key:
    """A published, immutable version of a campaign."""
    return Key("version", (campaign, f"{number:06d}"))


def request(campaign: str, name: str) -> Key:
    """A request that a draft may go live, with its answers; `name` sorts by time."""
    return Key("request", (campaign, name))


def draft(campaign: str) -> Key:
    """The definition that is being written, valid or not."""
    return Key("draft", (campaign,))


def channels(campaign: str) -> Key:
    """The channels of a campaign that are counted apart."""
    return Key("channels", (campaign,))


def live_code(code: str) -> Key:
    """A live code, and what it opens now."""
    return Key("live_code", (code,))


def listed(campaign: str) -> Key:
    """The campaign's line in the list of campaigns."""
    return Key("listed", (campaign,))


def counter(campaign: str, name: str) -> Key:
    """Numbers of a campaign, such as one day's."""
    return Key("counter", (campaign, name))


def audit(subject: str, entry: str) -> Key:
    """An entry of the audit list about `subject`; `entry` sorts by time."""
    return Key("audit", (subject, entry))


def redemption(clerk: str, entry: str) -> Key:
    """A line of what a clerk redeemed; `entry` sorts by time."""
    return Key("redemption", (clerk, entry))


def limit(bucket: str) -> Key:
    """A durable token bucket, for what must be limited across every copy of a function."""
    return Key("limit", (bucket,))


def invitation(fingerprint: str) -> Key:
    """An invitation of shop staff, under the keyed hash of its code."""
    return Key("invitation", (fingerprint,))


def workspace() -> Key:
    """The settings that a tenant's marketers share."""
    return Key("workspace", ())
