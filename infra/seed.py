"""The demo shop: a fresh local cloud starts with the campaigns of `examples/`, published as anyone would."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from functions.core.ids import ENTROPY_BYTES, new_id
from infra.clients import local
from infra.local.home import write
from infra.template import ROOT

EXAMPLES = ROOT / "examples"
BY = "demo"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def run(environment: dict[str, str], log: Path, marker: Path) -> bool:
    """Seed in a process of its own, so that the supervisor holds no client and no key.

    The marker says which examples this very table has had; looking at each again would take seconds of every start.
    A failure stops nothing: the shop is only emptier; its words are in the log.
    """
    wanted = fingerprint(environment)
    if marker.exists() and marker.read_text(encoding="utf-8") == wanted:
        return True
    with log.open("wb") as said:
        command = [sys.executable, "-m", "infra.seed"]
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=said, stderr=said, check=False)
    if done.returncode == 0:
        write(marker, wanted)
    return done.returncode == 0


def fingerprint(environment: Mapping[str, str]) -> str:
    """This table, by its birth, and these examples."""
    table = local("dynamodb", environment["AWS_ENDPOINT_URL_DYNAMODB"])
    born = table.describe_table(TableName=environment["POND_TABLE"])["Table"]["CreationDateTime"]
    return " ".join([born.isoformat(), *sorted(file.stem for file in EXAMPLES.glob("*.yaml"))])


def campaign_id(example: str) -> str:
    """The id that follows from an example's name, of a time before all others: what people begin stands before it."""
    return new_id("camp", LONG_AGO, hashlib.sha256(example.encode()).digest()[:ENTROPY_BYTES])


def seed(environment: Mapping[str, str], at: datetime) -> list[str]:
    """Publish every example that was never published here, begun today. Returns the ids published now."""
    from functions.core.discovery import discover
    from functions.storage import campaigns
    from infra.definition_report import report
    from infra.definition_shelf import open_store

    store, catalogue, published = open_store(environment), discover(), []
    for file in sorted(EXAMPLES.glob("*.yaml")):
        campaign = campaign_id(file.stem)
        try:
            draft = campaigns.load(store, campaign)
        except campaigns.Refused:
            content = report(file, catalogue, linted=False, begins=at).content
            campaigns.begin(store, campaign, content, BY, at)
            draft = campaigns.load(store, campaign)
        if draft.campaign.state == "draft" and not draft.campaign.live and draft.campaign.changed_by == BY:
            campaigns.publish(store, draft, catalogue, BY, at)
            published.append(campaign)
    return published


if __name__ == "__main__":
    for campaign in seed(os.environ, datetime.now(UTC)):
        print("published", campaign)
