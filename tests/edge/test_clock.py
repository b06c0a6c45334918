"""The server's clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from functions.edge.clock import clock

NEAR = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_a_local_clock_may_be_set_ahead_while_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    now = clock({"POND_STAGE": "local", "POND_CLOCK": str(file)})

    for days in (0, 1, 3):
        file.write_text(str(days * 86_400))

        assert abs(now() - datetime.now(UTC) - days * DAY) < NEAR


@pytest.mark.parametrize("said", ["", "abc", "1.5", "-3", "9" * 10, "\udcff"])
def test_what_is_no_number_of_seconds_sets_nothing_ahead(said: str, tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_bytes(said.encode("utf-8", "surrogateescape"))

    assert abs(clock({"POND_STAGE": "local", "POND_CLOCK": str(file)})() - datetime.now(UTC)) < NEAR


def test_a_clock_whose_file_was_deleted_goes_on_as_the_real_one(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("86400")
    now = clock({"POND_STAGE": "local", "POND_CLOCK": str(file)})
    file.unlink()

    assert abs(now() - datetime.now(UTC)) < NEAR


def test_no_other_stage_believes_a_clock_set_ahead(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("86400")

    for environment in ({"POND_CLOCK": str(file)}, {"POND_STAGE": "prod", "POND_CLOCK": str(file)}):
        assert abs(clock(environment)() - datetime.now(UTC)) < NEAR
