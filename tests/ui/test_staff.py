"""Invitations: made for a store, shown once, withdrawn for good."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from functions.core.tokens import Keyring
from functions.drawing import codes
from functions.storage import audit, invitations, staff
from functions.storage.memory import MemoryStore
from functions.storage.refusals import SIGNED_OUT, Refused
from functions.storage.store import Unknown
from tests.ui.conftest import NOW, Open, press, words
from ui.components.people import invitation_card

RING = Keyring("demo", "k1", {"k1": b"a root of thirty-two bytes, only"})


def staff_page(open_app: Open, **more: Any) -> Any:
    return open_app("app_pages/staff.py", **{"keyring": RING, **more})


def invited(open_app: Open, shop: str = "dongmen", name: str = "小李", **numbers: Any) -> Any:
    app = staff_page(open_app)
    app.text_input(key="invite_shop").set_value(shop).run()
    app.text_input(key="invite_name").set_value(name).run()
    for number, value in numbers.items():
        app.number_input(key=f"invite_{number}").set_value(value).run()
    return press(app, "btn_invite")


def test_a_code_is_shown_once_and_lets_a_clerk_in(open_app: Open, store: MemoryStore) -> None:
    app = invited(open_app)

    code, page = (one.value for one in app.code)
    row = staff.accept(store, staff.mark(RING, code), NOW)
    assert row is not None
    assert (row["shop"], row["name"]) == ("dongmen", "小李")
    assert page == "https://pond.example/staff"
    assert code not in str(store.rows)
    assert not staff_page(open_app).code


def test_an_invitation_for_several_people_says_how_many_came(open_app: Open, store: MemoryStore) -> None:
    app = invited(open_app, uses=3, days=1)
    staff.accept(store, staff.mark(RING, app.code[0].value), NOW)

    assert "已用 1/3" in words(staff_page(open_app)).replace("\\", "")


def test_what_was_typed_stays_when_no_answer_comes(
    open_app: Open, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unknown("no answer")

    with monkeypatch.context() as patch:
        patch.setattr(MemoryStore, "write", away)
        app = invited(open_app)
    said = words(app)
    press(app, "btn_invite")

    assert "没有收到回应" in said
    assert [one.name for one in invitations.invitations(store)] == ["小李"]


def test_withdrawing_ends_it(open_app: Open, store: MemoryStore) -> None:
    app = invited(open_app)
    code = app.code[0].value

    app = press(app, next(b.key for b in app.button if b.key.startswith("btn_revoke_")))
    told, standing = words(app), invitations.invitations(store)[0].revoked
    app = press(app, "btn_revoke_now")

    assert "下一步操作时会退出" in told
    assert not standing
    assert "已撤回" in " ".join(words(app).split())
    assert "现在没有人能登录" in words(app)
    assert staff.accept(store, staff.mark(RING, code), NOW) is None


@pytest.mark.parametrize(
    ("error", "said"),
    [(Unknown("no answer"), "没有收到回应"), (Refused("signed_out", SIGNED_OUT), "登录已过期")],
)
def test_what_stands_in_the_way_of_a_press_is_said_where_it_was_made(
    open_app: Open, store: MemoryStore, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def away(*_: object) -> None:
        raise error

    app = invited(open_app)
    press(app, next(b.key for b in app.button if b.key.startswith("btn_revoke_")))
    with monkeypatch.context() as patch:
        patch.setattr(MemoryStore, "write", away)
        told = words(press(app, "btn_revoke_now"))
        app.text_input(key="invite_name").set_value("小张").run()
        invite = words(press(app, "btn_invite"))
    press(app, "btn_revoke_now")

    assert said in told
    assert said in invite
    assert [(one.name, one.revoked) for one in invitations.invitations(store)] == [("小李", True)]


def test_inviting_and_withdrawing_are_written_down(open_app: Open, store: MemoryStore) -> None:
    app = invited(open_app)
    press(app, next(b.key for b in app.button if b.key.startswith("btn_revoke_")))
    press(app, "btn_revoke_now")

    lines = [(line.what, line.about.zh, line.note) for line in audit.entries(store)]
    assert sorted(lines) == [("invite", "小李", "dongmen"), ("uninvite", "小李", "dongmen")]


def test_it_can_be_kept_after_all(open_app: Open, store: MemoryStore) -> None:
    app = invited(open_app)

    press(app, next(b.key for b in app.button if b.key.startswith("btn_revoke_")))
    press(app, "btn_revoke_not")

    assert not invitations.invitations(store)[0].revoked


def test_when_it_was_last_used_is_told(open_app: Open, store: MemoryStore) -> None:
    app = invited(open_app, uses=3)
    staff.accept(store, staff.mark(RING, app.code[0].value), NOW)

    assert "最近使用 2026-12-01 10:00" in words(staff_page(open_app)).replace("\\", "")


def test_the_card_to_print_has_the_address_as_a_code_and_the_invitation_only_in_letters(open_app: Open) -> None:
    app = invited(open_app, name="<b>小李")
    made = app.session_state["st_invitation"]

    card = invitation_card.page(open_shop_of(app), made)

    assert made["code"] in card
    assert "&lt;b&gt;小李" in card
    assert codes.staff_svg("https://pond.example/staff") in card


def open_shop_of(app: Any) -> Any:
    """What the card needs of a shop: where the pages are."""
    return SimpleNamespace(settings=app.session_state["settings"])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"shop": " "}, "门店和姓名都要填"),
        ({"name": "x" * 41}, "每项最多 40 个字"),
        ({"uses": 51}, "1 到 50 人"),
        ({"days": 0}, "1 到 90 天"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    open_app: Open, store: MemoryStore, typed: dict[str, Any], sentence: str
) -> None:
    app = invited(open_app, **typed)

    assert sentence in words(app)
    assert not store.rows


def test_without_a_secret_no_code_is_made(open_app: Open, store: MemoryStore) -> None:
    app = staff_page(open_app, keyring=None)
    app.text_input(key="invite_shop").set_value("dongmen").run()
    app.text_input(key="invite_name").set_value("小李").run()

    assert "没有设置密钥" in words(press(app, "btn_invite"))
    assert not store.rows
