"""A definition file used as a template begins today and keeps its length and its wall times."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.discovery import discover
from functions.core.lint import lint
from functions.core.parsing import parse
from functions.core.templates import starting
from infra.definition_files import read
from tests.unit.lint_drafts import CLEAN, EXAMPLES, content

instants = st.integers(1_600_000_000, 2_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_template_taken_today_is_open_today_and_clean(file: Path) -> None:
    now = datetime(2027, 3, 5, 23, 30, tzinfo=UTC)

    definition, faults = parse(starting(read(file), now), discover())

    assert definition is not None
    assert faults == []
    assert definition.schedule.starts_at <= now + timedelta(hours=4) < definition.schedule.ends_at
    assert lint(definition, discover()) == []


@given(instants)
def test_lengths_and_wall_times_stay(at: datetime) -> None:
    moved = starting(CLEAN, at)["schedule"]

    begins, ends = (datetime.fromisoformat(moved[name]) for name in ("starts_at", "ends_at"))
    assert ends - begins == timedelta(days=14)
    assert (begins.hour, begins.minute) == (0, 0)
    assert begins <= at < begins + timedelta(days=1)


def test_every_other_date_moves_along_and_words_stay() -> None:
    rest = {"dates": ["2026-12-05"]}
    draft = content(config__rest=rest, page__body={"zh": "2026-12-05 休息", "en": "2026-12-05"})

    moved = starting(draft, datetime(2026, 12, 11, tzinfo=UTC))

    assert moved["config"]["rest"]["dates"] == ["2026-12-15"]
    assert moved["page"]["body"]["zh"] == "2026-12-05 休息"


def test_a_template_moved_over_a_change_of_clocks_keeps_its_wall_time() -> None:
    draft = content(
        schedule={
            "zone": "Europe/Berlin",
            "starts_at": "2026-03-20T06:00:00+01:00",
            "ends_at": "2026-04-03T06:00:00+02:00",
        }
    )

    moved = starting(draft, datetime(2026, 10, 20, tzinfo=UTC))["schedule"]

    assert moved["starts_at"] == "2026-10-20T06:00:00+02:00"
    assert moved["ends_at"] == "2026-11-03T06:00:00+01:00"


def test_the_file_itself_stays_as_it_was() -> None:
    before = content()

    starting(CLEAN, datetime(2030, 1, 1, tzinfo=UTC))

    assert before == CLEAN
