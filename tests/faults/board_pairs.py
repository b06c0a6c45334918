"""Two at once where somebody comes onto a leaderboard, or off it."""

from __future__ import annotations

from functions.insights.board import Heard, keep
from tests.edge.world import CAMPAIGN, Phone, World
from tests.faults.deeds import NOON, Act
from tests.storage import stage
from tests.storage.stage import OPENS

Pair = tuple[Act, Act]


def _takes_part(world: World, *names: str) -> list[Phone]:
    world.clock.now = NOON
    stage.publish(world.store, {**stage.content(3, leaderboard=True), "rules": []}, OPENS, CAMPAIGN)
    phones = [world.phone(name) for name in names]
    for phone in phones:
        assert phone.check_in().code == "checked_in"
    return phones


def _says(phone: Phone, purpose: str, live: bool) -> Act:
    body = {"purpose": f"{purpose}.{CAMPAIGN}", "live": live, "nickname": "a"}
    return lambda: phone.post("/api/me/consents", body)


def _shown(world: World, *names: str) -> list[Phone]:
    phones = _takes_part(world, *names)
    for phone in phones:
        assert _says(phone, "board", True)().code == "granted"
    return phones


def _stream(world: World, phone: Phone) -> Act:
    """What the stream does with a write of theirs."""
    heard = Heard("1", phone.member, None)
    return lambda: keep(world.service, CAMPAIGN, [heard], lambda attempt: attempt < 8)


def first_two_on_a_board(world: World) -> Pair:
    one, other = _shown(world, "a", "b")
    return _stream(world, one), _stream(world, other)


def two_more_on_a_board(world: World) -> Pair:
    first, one, other = _shown(world, "a", "b", "c")
    _stream(world, first)()
    return _stream(world, one), _stream(world, other)


def withdrawn_while_the_stream_looks(world: World) -> Pair:
    (one,) = _shown(world, "a")
    return _stream(world, one), _says(one, "board", False)


def withdrawn_while_the_stream_adds(world: World) -> Pair:
    first, one = _shown(world, "a", "b")
    _stream(world, first)()
    return _stream(world, one), _says(one, "board", False)


def gone_from_the_campaign_while_the_stream_adds(world: World) -> Pair:
    first, one = _shown(world, "a", "b")
    _stream(world, first)()
    return _stream(world, one), _says(one, "participate", False)


def shown_against_leaving(world: World) -> Pair:
    (one,) = _takes_part(world, "a")
    return _says(one, "board", True), _says(one, "participate", False)


def shown_again_against_leaving(world: World) -> Pair:
    (one,) = _shown(world, "a")
    _says(one, "board", False)()
    return _says(one, "board", True), _says(one, "participate", False)


def erased_while_the_stream_adds(world: World) -> Pair:
    (one,) = _shown(world, "a")
    return _stream(world, one), lambda: one.call("DELETE", "/api/me")


BOARD_PAIRS = (
    first_two_on_a_board, two_more_on_a_board, withdrawn_while_the_stream_looks, withdrawn_while_the_stream_adds,
    gone_from_the_campaign_while_the_stream_adds, shown_against_leaving, shown_again_against_leaving,
    erased_while_the_stream_adds,
)  # fmt: skip
