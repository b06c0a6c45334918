"""Putting a definition file into a pond's table, and taking campaigns out as files."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from functions.core.campaign import Campaign, SignOff
from functions.core.discovery import Catalogue
from functions.core.ids import ENTROPY_BYTES, new_id
from functions.core.text import Text
from functions.storage import campaigns
from functions.storage.campaigns import Refused
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from functions.storage.engine import TooBusy
from functions.storage.store import Busy, Store, Unknown
from infra.clients import local
from infra.local.home import Home, read_json

PAGE = 1000


def open_store(environment: Mapping[str, str]) -> Store:
    """The table that POND_TABLE names, else that of the local cloud. Raises Refused `no_table`."""
    tenant = environment.get("POND_TENANT") or "demo"
    if table := environment.get("POND_TABLE"):
        region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1"
        endpoint = environment.get("AWS_ENDPOINT_URL_DYNAMODB") or environment.get("AWS_ENDPOINT_URL")
        return DynamoStore(dynamodb_client(region, endpoint or None), table, tenant)
    addresses = read_json(Home.chosen().addresses)
    if not addresses:
        words = Text(
            zh="不知道数据表在哪里：先运行 pond up，或用 POND_TABLE 指定",
            en="No table is known: run `pond up`, or name one with POND_TABLE",
        )
        raise Refused("no_table", words)
    return DynamoStore(local("dynamodb", addresses["table_endpoint"]), addresses["table"], tenant)


def publish(
    store: Store,
    content: dict[str, Any],
    sign_offs: Sequence[SignOff],
    catalogue: Catalogue,
    by: str,
    at: datetime,
    campaign_id: str = "",
) -> Campaign:
    """Publish `content` as a new campaign, or as the next version of `campaign_id`. Raises Refused."""
    with Answering():
        known = campaign_id or new_id("camp", at, os.urandom(ENTROPY_BYTES))
        if not campaign_id:
            campaigns.begin(store, known, content, by, at)
        draft = campaigns.load(store, known)
        if draft.content != content or sign_offs:  # saving anew would void what somebody agreed to
            draft = campaigns.save(store, draft, content, by, at, list(sign_offs))
        return campaigns.publish(store, draft, catalogue, by, at)


def exported(store: Store, campaign_id: str) -> dict[str, Any]:
    """What a campaign says: its live version, or its draft before the first. Raises Refused."""
    with Answering():
        draft = campaigns.load(store, campaign_id)
        if not draft.campaign.live:
            return draft.content
        live = next(line for line in campaigns.versions(store, campaign_id) if line.number == draft.campaign.live)
        return live.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def all_campaigns(store: Store) -> Iterator[str]:
    """The ids of all campaigns, newest first. Raises Refused."""
    after = ""
    while True:
        with Answering():
            page = campaigns.campaigns(store, after, PAGE)
        yield from (campaign.id for campaign in page)
        if len(page) < PAGE:
            return
        after = page[-1].id


class Answering:
    """Turns what a table does instead of answering into a refusal that a person can act on: Refused."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, NoCredentialsError):
            words = Text(zh="没有找到 AWS 凭证", en="No AWS credentials were found")
            raise Refused("no_credentials", words) from error
        if isinstance(error, ClientError):
            code = error.response.get("Error", {}).get("Code", "")
            raise Refused("table_refused", Text(zh=f"数据表拒绝了：{code}", en=f"The table refused: {code}")) from error
        if isinstance(error, (Unknown, Busy, TooBusy, BotoCoreError)):
            words = Text(zh="数据表没有回答，请再试一次", en="The table did not answer. Try again")
            raise Refused("table_unreachable", words) from error
