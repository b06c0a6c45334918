"""What is around every page: navigation, who may see what, the badges, the way between a campaign's pages."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

import pytest

from functions.core.campaign import Campaign
from functions.core.workspace import Editor
from functions.storage.memory import MemoryStore
from tests.ui.conftest import GUARDED, OWNER, Open, press, published
from ui.frame import STYLE
from ui.navigation import FOLDER, SCREENS, Screen, allowed, find
from ui.sign_in import CHOSEN


def test_every_screen_has_an_address_of_its_own_in_plain_letters() -> None:
    names = [screen.name for screen in SCREENS]

    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.isalpha() for name in names)
    assert SCREENS[0] == find("home")


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("viewer", {"compose", "payouts", "approvals", "audit", "reviews", "members", "staff", "settings", "deploy"}),
        ("editor", {"approvals", "audit", "members", "staff", "settings", "deploy"}),
        ("approver", {"staff", "settings", "deploy"}),
        ("admin", set()),
    ],
)
def test_a_role_sees_only_its_own_screens(role: str, refused: set[str]) -> None:
    who = Editor("Li", role)  # type: ignore[arg-type]

    assert {screen.name for screen in SCREENS if not allowed(screen, who)} == refused


@pytest.mark.parametrize(("stage", "badge"), [("prod", "正式"), ("local", "测试"), ("trial", "测试")])
def test_the_foot_says_whether_this_is_the_real_shop(open_app: Open, stage: str, badge: str) -> None:
    app = open_app(settings=replace(GUARDED, stage=stage), user=OWNER)

    assert badge in "".join(str(one.value) for one in app.sidebar.markdown)


@pytest.mark.parametrize(
    ("language", "refused", "home"),
    [("zh", "这个页面没有对你开放", "首页"), ("en", "This page is not open to you", "Home")],
)
@pytest.mark.parametrize("page", ["settings", "approvals", "reviews", "compose"])
def test_a_page_that_a_role_does_not_cover_says_so_at_its_address_and_leads_home(
    open_app: Open, page: str, language: str, refused: str, home: str
) -> None:
    app = open_app(f"app_pages/{page}.py", language, **{CHOSEN: "viewer"})

    assert app.title[0].value == refused
    assert press(app, "btn_home").title[0].value == home


def test_every_way_to_another_page_says_what_its_address_asks_for() -> None:
    """Without it Streamlit refuses to leave: it would have to take the language, a widget's, out of the address."""
    ways = [
        (file.name, node)
        for file in FOLDER.parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.switch_page"
    ]

    assert len(ways) > 10
    assert [name for name, way in ways if not [one for one in way.keywords if one.arg == "query_params"]] == []


def test_every_upload_of_a_file_says_what_it_takes_in_both_languages() -> None:
    sources = [path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py")]
    keys = [key for one in sources for key in re.findall(r'file_uploader\((?s:.{0,160}?)key="(\w+)"', one)]

    assert {"cost_file", "import_file", "order_file"} <= set(keys)
    for key in keys:
        said = STYLE.partition(f".st-key-{key} [data-testid=stFileUploader] {{")[2].partition("}")[0]
        assert "--taken-zh:" in said
        assert "--taken-en:" in said


def test_every_screen_of_the_table_is_there() -> None:
    assert {screen.name for screen in SCREENS} == {file.stem for file in FOLDER.glob("*.py")}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_page_holds_its_place_while_it_reads(screen: Screen) -> None:
    assert "with reading():" in (FOLDER / f"{screen.name}.py").read_text(encoding="utf-8")


def test_a_campaigns_pages_lead_to_one_another(open_app: Open, store: MemoryStore, campaign: Campaign) -> None:
    published(store, campaign)

    app = press(open_app(f"app_pages/results.py?c={campaign.id}"), "btn_tab_compose")

    assert app.query_params["c"] in (campaign.id, [campaign.id])
    assert app.title[0].value == "早安打卡 7 天"
