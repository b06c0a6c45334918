"""What a resource costs by its nature: nothing, by use, or every month. Words for a plan, not a bill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from infra.deploy import Change

CostClass = Literal["free", "use", "month"]

BY_USE = {
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::Lambda::Function",
    "AWS::Lambda::EventSourceMapping",
    "AWS::ApiGatewayV2::Api",
    "AWS::SQS::Queue",
    "AWS::Logs::LogGroup",
    "AWS::Scheduler::Schedule",
}
EVERY_MONTH = {"AWS::CloudWatch::Alarm", "AWS::SecretsManager::Secret"}
LOSES_DATA = {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"}


def cost_class(kind: str) -> CostClass:
    """Of a CloudFormation resource type."""
    if kind in EVERY_MONTH:
        return "month"
    return "use" if kind in BY_USE else "free"


def dangers(changes: Iterable[Change]) -> list[Change]:
    """Changes after which something that must last would be new and empty, or not reachable."""
    return [one for one in changes if one.kind in LOSES_DATA and (one.replaces or one.action == "Remove")]
