"""What a list pays: exact sums, what is frozen stays out, what was refunded after its payout is taken off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.core import payout
from functions.core.campaign import Definition
from functions.core.commission import Statement, statement
from functions.core.discovery import discover
from functions.core.lint import lint
from functions.core.payout import LINES_MAX
from functions.referral.config import Config
from functions.referral.earning import shares

NOW = datetime(2026, 12, 20, tzinfo=UTC)
FREE, FROZEN = int(NOW.timestamp()), int(NOW.timestamp()) + 1
MEI, BO = "mem_mei", "mem_bo"


def row(amount: int, paid: int = 0, frees_at: int = FREE, currency: str = "CNY") -> dict[str, Any]:
    return {"amount": amount, "paid": paid, "frees_at": frees_at, "currency": currency, "order": "A-1"}


def test_the_last_cent_goes_to_the_largest_remainder() -> None:
    assert shares(99, [500, 300]) == [4, 3]  # 4.95 and 2.97 are 7.92 together: 7 cents, not 4 + 2
    assert shares(0, [500]) == [0]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 2500), min_size=1, max_size=2))
def test_levels_get_what_their_points_come_to_together_and_each_within_a_cent(worth: int, levels: list[int]) -> None:
    got = shares(worth, levels)

    assert sum(got) == worth * sum(levels) // 10_000
    assert all(abs(part * 10_000 - worth * level) < 10_000 for part, level in zip(got, levels, strict=True))


def test_a_statement_says_what_is_frozen_due_and_paid() -> None:
    rows = [row(500), row(300, frees_at=FROZEN), row(200, paid=200), row(0, paid=90)]

    told = statement(rows, NOW)

    assert told == Statement(frozen=300, due=410, paid=290)
    assert told.earned == 1000


def test_a_list_leaves_out_what_is_frozen_paid_in_another_currency_or_owed_by_the_promoter() -> None:
    rows = [
        (f"{BO}#ord_1", row(100)),
        (f"{BO}#ord_2", row(0, paid=150)),  # more is to come back than he has to get
        (f"{MEI}#ord_3", row(500)),
        (f"{MEI}#ord_4", row(300, frees_at=FROZEN)),
        (f"{MEI}#ord_5", row(200, paid=200)),
        (f"{MEI}#ord_6", row(700, currency="USD")),
        (f"{MEI}#ord_7", row(0, paid=120)),
    ]

    lines = payout.payable(rows, "CNY", NOW)

    assert [(line.promoter, line.order, line.amount, line.after) for line in lines] == [
        (MEI, "ord_7", -120, 0),
        (MEI, "ord_3", 500, 500),
    ]


def test_a_list_has_an_end_and_the_next_one_goes_on() -> None:
    rows = {f"mem_{number // 3:04d}#ord_{number:05d}": row(1) for number in range(LINES_MAX + 50)}

    first = payout.payable(rows.items(), "CNY", NOW)
    for line in first:
        rows[f"{line.promoter}#{line.order}"]["paid"] = line.after
    second = payout.payable(rows.items(), "CNY", NOW)

    assert (len(first), len(second)) == (LINES_MAX, 50)


rows_of_one = st.lists(
    st.builds(row, st.integers(0, 900), st.integers(0, 900), st.sampled_from([FREE, FROZEN])), max_size=8
)


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), rows_of_one))
def test_whoever_is_paid_gets_exactly_what_their_statement_says(promoters: dict[str, list[dict[str, Any]]]) -> None:
    rows = [(f"{name}#ord_{n}", one) for name, theirs in promoters.items() for n, one in enumerate(theirs)]

    lists = payout.by_promoter(payout.payable(rows, "CNY", NOW))

    for name, theirs in promoters.items():
        owed = statement(theirs, NOW).due
        assert sum(line.amount for line in lists.get(name, [])) == max(0, owed)


def test_lines_are_read_as_they_were_written() -> None:
    lines = payout.payable([(f"{MEI}#ord_1", row(500))], "CNY", NOW)

    assert payout.read(payout.written(lines)) == lines
    assert payout.fingerprint(lines) != payout.fingerprint([lines[0]._replace(amount=501)])


@pytest.mark.parametrize(("channel", "stopped"), [("wechat", ["C1"]), ("web", [])])
def test_a_second_level_is_stopped_inside_wechat_and_a_third_is_no_setting(channel: str, stopped: list[str]) -> None:
    file = Path(__file__).parents[2] / "functions" / "referral" / "templates" / "promoters.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8")) | {"channel": channel}
    content["config"]["commission"]["levels"] = [500, 200]

    found = lint(Definition.model_validate(content), discover())

    assert [one.rule for one in found if one.severity == "block"] == stopped
    with pytest.raises(ValidationError, match="levels"):
        Config.model_validate(content["config"] | {"commission": {"levels": [500, 200, 100]}})
