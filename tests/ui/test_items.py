"""Item codes on the screens: ordered, activated, printed, counted; what cannot be is named, and nothing is lost."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from streamlit.testing.v1 import AppTest

from functions.codes import batches
from functions.codes.batch import Batch
from functions.core import keys
from functions.core.change import Change
from functions.core.tokens import Keyring
from functions.core.workspace import Person, Workspace
from functions.drawing.labels.settings import Labels
from functions.edge.bucket import Bucket
from functions.insights import suspects
from functions.insights.reading import Written
from functions.prints.press import Press
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Unknown
from tests.codes.batches import link, ordered, ring
from tests.prints.s3 import FakeS3
from tests.ui.conftest import GUARDED, NOW, OWNER, SETTINGS, Open, begun, healthy, keyed, press, words
from ui.components.codes.batch_counts import Counts
from ui.components.codes.batch_suspects import table
from ui.components.codes.towns import near
from ui.components.jobs import jobs

PAGE = "app_pages/items.py"


class Signed(FakeS3):
    """A bucket that gives links."""

    def generate_presigned_url(self, *_: Any, **asked: Any) -> str:
        return f"https://s3.example/{asked['Params']['Key']}"


class Sent:
    """A queue that keeps what it is told."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def send(self, bodies: Any) -> None:
        self.told.extend(bodies)


@pytest.fixture
def app_of(open_app: Open) -> Open:
    """Opens the page with the keys that serials are made with."""
    return lambda page=PAGE, **more: open_app(page, **{"keyring": ring(), **more})


@pytest.fixture
def batch(store: MemoryStore) -> Batch:
    """A thousand, none of them active."""
    return ordered(store, active=False)


def opened(app_of: Open, batch: Batch, part: str = "activate", **more: Any) -> AppTest:
    return app_of(f"{PAGE}?b={batch.id}&part={part}", **more)


def typed(app: AppTest, text: str, button: str = "btn_ranges_activate") -> AppTest:
    keyed(app, "text_input", "_0").set_value(text)
    return press(app, button)


def now(store: MemoryStore, batch: Batch) -> Batch:
    return batches.load(store, batch.id)[0]


def test_an_empty_shop_is_told_how_to_begin(app_of: Open) -> None:
    assert "还没有" in words(app_of())


def test_a_batch_is_ordered_from_the_dialog_and_shown(app_of: Open, store: MemoryStore) -> None:
    reward = begun(store, 1, "genuine-and-a-gift")
    app = press(app_of(), "btn_batch_new")

    keyed(app, "text_input", "_gtin").set_value("9520123456788")
    keyed(app, "text_input", "_lot").set_value("L7")
    keyed(app, "number_input", "_size").set_value(10_000)
    next(one for one in app.selectbox if one.key and one.key.startswith("batch_campaign")).set_value(reward.id)
    healthy(app.run())
    press(app, "btn_batch_order")

    (made,) = batches.listed(store)
    assert (made.gtin, made.lot, made.size, made.campaign, made.key) == (
        "09520123456788",
        "L7",
        10_000,
        reward.id,
        "k1",
    )
    assert made.stem == "https://pond.example"


def test_what_cannot_be_ordered_is_named_in_its_place_and_what_was_typed_stays(
    app_of: Open, store: MemoryStore
) -> None:
    app = press(app_of(), "btn_batch_new")
    wrong = (
        ("text_input", "_gtin", "9520123456789", "校验位"),
        ("text_input", "_gtin", "12", "8、12、13 或 14"),
        ("number_input", "_size", 0, "1"),
        ("number_input", "_size", 20_000_001, "20"),
    )

    for kind, field, value, reason in wrong:
        keyed(app, kind, field).set_value(value)
        press(app, "btn_batch_order")
        assert reason in words(app)
        assert keyed(app, kind, field).value == value
    keyed(app, "text_input", "_gtin").set_value("")
    keyed(app, "number_input", "_size").set_value(5)
    keyed(app, "text_input", "_lot").set_value("L7")
    press(app, "btn_batch_order")

    assert "有批号就要填商品条码" in words(app)
    assert batches.listed(store) == []


def test_half_is_activated_some_blocked_and_some_released(app_of: Open, store: MemoryStore, batch: Batch) -> None:
    app = typed(opened(app_of, batch), "1-500")
    assert "已激活 500" in words(app)
    keyed(app, "text_input", "_1").set_value("10-20, 30")
    press(app, "btn_ranges_block")
    keyed(app, "text_input", "_2").set_value("30")
    press(app, "btn_ranges_release")

    assert (now(store, batch).active, now(store, batch).blocked) == (((0, 499),), ((9, 19),))
    assert [line[0] for line in batches.load(store, batch.id)[1]] == ["issue", "activate", "block", "release"]


def test_what_changed_is_counted_not_what_was_typed(app_of: Open, batch: Batch) -> None:
    app, told = typed(opened(app_of, batch), "1-20"), []
    for step, (text, deed) in enumerate(
        [("5, 7-9", "release"), ("1-20", "activate"), ("11-25", "activate"), ("5", "block"), ("5", "block")], start=1
    ):
        keyed(app, "text_input", f"_{step}").set_value(text)
        press(app, f"btn_ranges_{deed}")
        told.append(next(one.value for one in app.markdown if "[:material" in one.value))

    assert [one.partition(": ")[2].rstrip("]") for one in told] == [
        "没有变化：这些本来就没停用。",
        "没有变化：这些本来就已激活。",
        "已激活 5 件 · 另外 10 件没有变化",
        "已停用 1 件",
        "没有变化：这些本来就已停用。",
    ]


def test_what_another_changed_at_that_moment_is_not_counted(app_of: Open, store: MemoryStore, batch: Batch) -> None:
    app, write, met = opened(app_of, batch), store.write, list[int]()

    def meets(changes: Any) -> Any:
        if not met:
            met.append(1)
            batches.alter_batch(store, batch, lambda one: one.activated([(0, 49)]), "activate", "Bo", NOW)
        return write(changes)

    store.write = meets  # type: ignore[method-assign]
    said = words(typed(app, "41-60"))

    assert "已激活 10 件 · 另外 10 件没有变化" in said


def test_what_changed_is_counted_where_the_answer_got_lost(app_of: Open, store: MemoryStore, batch: Batch) -> None:
    app, write, lost = opened(app_of, batch), store.write, list[int]()

    def loses(changes: Any) -> Any:
        told = write(changes)
        if not lost:
            lost.append(1)
            raise Unknown
        return told

    store.write = loses  # type: ignore[method-assign]

    assert "已激活 20 件" in words(typed(app, "41-60"))


def test_a_roll_is_activated_by_the_serials_of_its_ends(app_of: Open, store: MemoryStore, batch: Batch) -> None:
    first, last = link(batch, 10)[-20:], link(batch, 19)[-20:]

    typed(opened(app_of, batch), f"{first}-{last}")

    assert now(store, batch).active == ((10, 19),)


def test_a_range_that_cannot_be_meant_is_named_and_stays(app_of: Open, store: MemoryStore, batch: Batch) -> None:
    app = opened(app_of, batch)
    wrong = {"": "请填范围", "9-1": "颠倒", "1-5, 3-9": "重叠", "1-1001": "超出", "x": "看不懂", "0" * 20: "不属于"}

    for text, reason in wrong.items():
        typed(app, text)
        assert reason in words(app)
        assert keyed(app, "text_input", "_0").value == text

    assert now(store, batch).active == ()


def test_the_store_away_is_said_and_what_was_typed_stays(
    app_of: Open, store: MemoryStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(app_of, batch)

    def away(_changes: Any) -> Any:
        raise Unknown("write")

    monkeypatch.setattr(store, "write", away)
    app = typed(app, "1-10")

    assert keyed(app, "text_input", "_0").value == "1-10"
    assert "再" in words(app)


def test_who_may_only_look_sees_no_button(app_of: Open, store: MemoryStore, batch: Batch) -> None:
    people = [Person(email="owner@example.com", role="viewer"), Person(email="boss@example.com", role="admin")]
    settings = Workspace(people=people)
    store.write([Change(keys.workspace(), put={"content": settings.model_dump_json(), "revision": 1})])

    app = opened(app_of, batch, user=OWNER, settings=replace(GUARDED, admin="boss@example.com"))

    assert not [one for one in app.button if one.key and one.key.startswith("btn_ranges")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_made_with_a_bar_and_taken(app_of: Open, store: MemoryStore, kind: str) -> None:
    some = ordered(store, size=30, lot=f"K{kind}")
    app = opened(app_of, some, "print")
    next(one for one in app.segmented_control if one.key and one.key.startswith("print_kind")).set_value(kind)
    healthy(app.run())

    press(app, f"btn_make_{kind}")
    for job in list(jobs()._jobs.values()):
        if job.thread:
            job.thread.join()
    healthy(app.run())

    made = next(job.result for name, job in jobs()._jobs.items() if f"K{kind}" in name)
    begins = {"csv": b"number,serial", "xlsx": b"PK"}
    assert made.read_bytes().startswith(begins[kind])
    if kind == "csv":
        assert list(csv.DictReader(io.StringIO(made.read_text())))[2]["link"] == link(some, 2)


def test_a_file_too_large_to_wait_for_is_ordered_of_the_cloud(app_of: Open, store: MemoryStore) -> None:
    s3 = Signed()
    sent: list[str] = []
    bucket = Bucket("bucket", "demo", lambda: s3)
    large = ordered(store, size=50_001, lot="BIG")
    queue = Sent(sent)
    app = opened(app_of, large, "print", bucket=bucket, prints=queue, settings=replace(SETTINGS, bucket="bucket"))
    next(one for one in app.segmented_control if one.key and one.key.startswith("print_kind")).set_value("csv")
    healthy(app.run())

    press(app, "btn_order")
    for told in sent:
        Press("bucket", "demo", lambda: s3).work(told, ring())
    healthy(app.run())

    (file,) = [body for name, body in s3.objects.items() if name.endswith("/codes")]
    assert file.count(b"\r\n") == 50_002
    assert link(large, 50_000).encode() in file


def test_labels_that_nobody_could_read_are_refused_before_they_are_made(app_of: Open, batch: Batch) -> None:
    tiny = Labels(columns=9, rows=18, text="none", level="H").model_dump()
    app = opened(app_of, batch, "print", st_labels={"content": tiny, "faults": [], "epoch": 0})

    assert not [one for one in app.button if one.key and one.key.startswith("btn_make")]
    assert "模块" in words(app)


def test_scans_are_shown_by_day_and_region_and_an_item_can_be_looked_up(
    app_of: Open, store: MemoryStore, batch: Batch
) -> None:
    counts = {"item.first": 3, "item.again": 2, "item.refused.not_activated": 1, "region.31,121": 4}
    counts["item.abnormal.far_apart"] = 1
    row = {"version": 1, "counts": counts, "marks": [], "at": 1}
    store.write([Change(keys.counter(batch.id, "2026-12-01.000000"), put=row)])
    rang(store, batch, 6)

    app = opened(app_of, batch, "scans")
    keyed(app, "text_input", batch.id).set_value(link(batch, 6))
    healthy(app.run())

    said = words(app)
    assert {one.label: one.value for one in app.metric}["首次扫描"] == "3"
    assert "可能有仿制的码" not in said  # the list itself is here
    assert "可能有仿制的码：1 个，详见“扫码”" in words(opened(app_of, batch, "print"))
    assert "上海 ↔ 北京 · 扫了 3 次，其中其他人 2 次 · 最近" in said
    assert "已领" in said
    assert "13\N{NO-BREAK SPACE}· 北京" in said


def test_a_suspicious_item_is_looked_at_and_found_fine_or_blocked_and_leaves_the_list(
    app_of: Open, store: MemoryStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"version": 1, "counts": {"item.again": 9, "item.abnormal.far_apart": 2}, "marks": [], "at": 1}
    store.write([Change(keys.counter(batch.id, "2026-12-01.000000"), put=row)])
    for number in (6, 41):
        rang(store, batch, number)
    app = press(opened(app_of, batch, "scans"), "btn_suspect_6")

    with monkeypatch.context() as offline:
        offline.setattr(store, "write", away)
        press(app, "btn_suspect_fine")
        assert "再点一次" in words(app)
    press(app, "btn_suspect_fine")
    assert [one.number for one in suspects.waiting(store, batch.id)] == [41]
    press(app, "btn_suspect_41")
    press(app, "btn_suspect_block")

    assert now(store, batch).blocked == ((41, 41),)
    assert "没有可疑商品" in words(app)
    assert "可能有仿制" not in words(app)
    assert "核对了“明前龙井”的一件可疑商品" in words(app_of("app_pages/audit.py"))


def test_all_that_is_suspicious_is_in_one_file_in_which_no_cell_is_a_formula(store: MemoryStore, batch: Batch) -> None:
    for number in range(250):
        rang(store, batch, number)
    found = suspects.waiting(store, batch.id)

    lines = list(
        csv.reader(io.StringIO(table(cast(Any, SimpleNamespace(store=store)), batch, found).decode("utf-8-sig")))
    )

    assert len(lines) == 251
    assert {tuple(line[2:5]) for line in lines[1:]} == {("上海 ↔ 北京", "3", "2")}
    assert not any(cell[:1] in "=+-@" for line in lines for cell in line if cell)


def test_counts_follow_the_scans_and_stay_while_the_store_is_away(
    store: MemoryStore, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = Counts(cast(Any, SimpleNamespace(store=store)), batch)
    assert counts.of("figures")[0].first == 0

    row = {"version": 1, "counts": {"item.first": 3}, "marks": [], "at": 1}
    store.write([Change(keys.counter(batch.id, "2026-12-01.000000"), put=row)])
    assert [counts.of(part)[0].first for part in ("charts", "figures")] == [0, 3]

    monkeypatch.setattr(store, "query", away)
    assert counts.of("figures")[0].first == 3


def rang(store: MemoryStore, batch: Batch, number: int) -> None:
    """An item that was scanned in two towns far apart, as the stream tells of it."""
    taps = [{"at": 1_790_000_000, "by": "x", "place": place} for place in ([312, 1215], [399, 1164])]
    before = {"at": 1_790_000_000, "count": 1, "others": 0, "first": taps[0], "last": taps[0], "alarms": []}
    after = {**before, "count": 3, "others": 2, "last": taps[1], "alarms": ["far_apart"], "collected": "x"}
    key = keys.item(batch.id, number)
    store.write([Change(key, put=after)])
    suspects.note(store, Written("1", key, before, after, NOW), lambda _: False)


def away(*_: object, **__: object) -> None:
    """A store that does not answer."""
    raise Busy


def test_a_wrong_gtin_is_corrected_and_an_impossible_one_named(app_of: Open, store: MemoryStore, batch: Batch) -> None:
    app = opened(app_of, batch, "history")
    gtin = next(one for one in app.text_input if one.key and one.key.startswith("correct_gtin"))

    gtin.set_value("02112345678901")
    press(app, "btn_correct")
    assert "校验位" in words(app)
    next(one for one in app.text_input if one.key and one.key.startswith("correct_gtin")).set_value("02112345678900")
    press(app, "btn_correct")

    assert now(store, batch).gtin == "02112345678900"
    assert now(store, batch).past == ((batch.label, 0),)


def test_an_unknown_batch_is_said(app_of: Open) -> None:
    assert "没有这一批" in words(app_of(f"{PAGE}?b=batch_none"))


def test_a_batch_whose_key_is_gone_is_said_and_prints_nothing(app_of: Open, batch: Batch) -> None:
    app = opened(app_of, batch, "print", keyring=Keyring("demo", "k2", {"k2": b"another root" * 4}))

    assert "密钥 k1 已经不在了" in words(app)
    assert not [one for one in app.button if one.key and one.key.startswith("btn_make")]


def test_a_place_is_called_after_the_town_nearby_and_by_its_degrees_where_none_is() -> None:
    assert (near(31, 121, "zh"), near(40, 116, "en"), near(0, -30, "en")) == ("上海", "Beijing", "0°, -30°")
