"""A fresh shop has the example campaigns, live from today; seeding again touches nothing."""

from datetime import UTC, datetime
from pathlib import Path

from functions.core.discovery import discover
from functions.core.ids import new_id
from functions.storage import campaigns
from infra import seed
from infra.definition_report import report
from infra.definition_shelf import open_store
from tests.conftest import FreshTable

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_fresh_shop_has_every_example_live_from_today_and_seeding_again_touches_nothing(
    dynoxide_table: FreshTable,
) -> None:
    environment = {"POND_TABLE": dynoxide_table.name, "AWS_ENDPOINT_URL_DYNAMODB": dynoxide_table.endpoint}
    store = open_store(environment)

    first, again = seed.seed(environment, NOW), seed.seed(environment, LATER)

    heads = campaigns.campaigns(store)
    assert len(first) == len(heads) == len(list(seed.EXAMPLES.glob("*.yaml"))) > 0
    assert again == []
    assert {head.state for head in heads} == {"published"}
    assert all(head.id < new_id("camp", NOW, bytes(10)) for head in heads)  # what a person begins stands before them
    assert all(head.starts_at is not None and head.starts_at <= NOW for head in heads)


def test_a_campaign_that_a_crash_left_as_a_draft_is_published_by_the_next_seeding(dynoxide_table: FreshTable) -> None:
    environment = {"POND_TABLE": dynoxide_table.name, "AWS_ENDPOINT_URL_DYNAMODB": dynoxide_table.endpoint}
    store = open_store(environment)
    file = sorted(seed.EXAMPLES.glob("*.yaml"))[0]
    left = seed.campaign_id(file.stem)
    campaigns.begin(store, left, report(file, discover(), linted=False, begins=NOW).content, seed.BY, NOW)

    assert left in seed.seed(environment, NOW)


def test_a_start_that_has_nothing_to_seed_starts_no_process(dynoxide_table: FreshTable, tmp_path: Path) -> None:
    told = {"POND_TABLE": dynoxide_table.name, "AWS_ENDPOINT_URL_DYNAMODB": dynoxide_table.endpoint}
    log, marker = tmp_path / "log", tmp_path / "seeded"
    marker.write_text(seed.fingerprint(told), encoding="utf-8")

    assert seed.run(told, log, marker)
    assert not log.exists()
