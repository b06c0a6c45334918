"""The server's clock."""

from datetime import UTC, datetime, timedelta

from functions.edge.clock import clock

NEAR = timedelta(minutes=1)


def test_a_local_cloud_may_be_set_ahead() -> None:
    tomorrow = clock({"POND_STAGE": "local", "POND_CLOCK_AHEAD": "86400"})()

    assert abs(tomorrow - datetime.now(UTC) - timedelta(days=1)) < NEAR


def test_no_other_stage_believes_a_clock_set_ahead() -> None:
    for environment in ({"POND_CLOCK_AHEAD": "86400"}, {"POND_STAGE": "prod", "POND_CLOCK_AHEAD": "86400"}):
        assert abs(clock(environment)() - datetime.now(UTC)) < NEAR
