"""Deployment through CloudFormation: a plan that shows what would change, and its execution, event by event.

The local cloud, `pond deploy` and the Deploy page all go through `plan` and `execute`.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
)

from infra import template as templates
from infra.clients import Target
from infra.package import Artifact
from infra.problems import Problem

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
NO_CHANGES = ("didn't contain changes", "no updates are to be performed", "no changes")
REFUSED = dict.fromkeys(
    ("ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException"),
    "credentials_refused",
) | dict.fromkeys(("AccessDenied", "AccessDeniedException", "UnauthorizedOperation"), "not_permitted")
WAIT_SECONDS = 1_800


@dataclass(frozen=True)
class Change:
    """One resource that a deployment would touch."""

    action: str
    resource: str
    kind: str
    replaces: bool


@dataclass(frozen=True)
class Plan:
    """A change set that waits for a yes. No changes: nothing to execute."""

    stack: str
    change_set: str
    creates: bool
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class StackEvent:
    """One line of a running deployment."""

    at: datetime
    resource: str
    kind: str
    status: str
    reason: str


@contextmanager
def cloud_words() -> Iterator[None]:
    """Turn what boto3 raises into problems that a person can act on."""
    try:
        yield
    except (NoCredentialsError, PartialCredentialsError, ProfileNotFound) as error:
        raise Problem("no_credentials") from error
    except NoRegionError as error:
        raise Problem("no_region") from error
    except EndpointConnectionError as error:
        raise Problem("cloud_unreachable", words=error) from error
    except ClientError as error:
        code = REFUSED.get(error.response["Error"]["Code"], "cloud_refused")
        raise Problem(code, words=error.response["Error"].get("Message", error)) from error
    except BotoCoreError as error:
        raise Problem("cloud_unreachable", words=error) from error


def account_of(target: Target) -> str:
    """The account these credentials belong to: the first call of a deployment, so the first to fail."""
    with cloud_words():
        return str(target.client("sts").get_caller_identity()["Account"])


def artifact_bucket(target: Target) -> str:
    """The bucket that holds artifacts in this account and region; made when missing, never public."""
    name = f"pond-artifacts-{account_of(target)}-{target.region}"
    with cloud_words():
        s3 = target.client("s3")
        try:
            s3.head_bucket(Bucket=name)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
                raise
            place = {} if target.region == "us-east-1" else {
                "CreateBucketConfiguration": {"LocationConstraint": target.region}
            }  # fmt: skip
            s3.create_bucket(Bucket=name, **place)
            blocked = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
            s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(blocked, True))
    return name


def upload(target: Target, artifact: Artifact) -> str:
    """Put the artifact, unless its equal is there, and return the packaged template as JSON text."""
    bucket = artifact_bucket(target)
    with cloud_words():
        s3 = target.client("s3")
        try:
            s3.head_object(Bucket=bucket, Key=artifact.key)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("404", "NoSuchKey"):
                raise
            s3.put_object(Bucket=bucket, Key=artifact.key, Body=artifact.body)
    return templates.with_code(templates.load(), bucket, artifact.key)


def plan(target: Target, stack: str, body: str, parameters: Mapping[str, str]) -> Plan:
    """Make a change set and read what it would do. Raises `stack_busy`, `stack_never_made`, `change_set_failed`."""
    with cloud_words():
        cloudformation = target.client("cloudformation")
        status = stack_status(target, stack)
        if status == "ROLLBACK_COMPLETE":
            raise Problem("stack_never_made", stack=stack, status=status)
        if status is not None and status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
            raise Problem("stack_busy", stack=stack, status=status)
        creates = status in (None, "REVIEW_IN_PROGRESS", "DELETE_COMPLETE")
        made = cloudformation.create_change_set(
            StackName=stack,
            ChangeSetName=f"pond-{datetime.now(UTC):%Y%m%d%H%M%S%f}",
            ChangeSetType="CREATE" if creates else "UPDATE",
            Capabilities=CAPABILITIES,
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
            **_template_argument(target, stack, body),
        )
        return _await_change_set(cloudformation, stack, made["Id"], creates)


def _template_argument(target: Target, stack: str, body: str) -> dict[str, str]:
    if len(body.encode()) <= templates.BODY_LIMIT:
        return {"TemplateBody": body}
    bucket, key = artifact_bucket(target), f"templates/{stack}.json"
    s3 = target.client("s3")
    s3.put_object(Bucket=bucket, Key=key, Body=body.encode())
    return {"TemplateURL": f"{s3.meta.endpoint_url}/{bucket}/{key}"}


def _await_change_set(cloudformation: Any, stack: str, change_set: str, creates: bool) -> Plan:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        seen = cloudformation.describe_change_set(StackName=stack, ChangeSetName=change_set)
        if seen["Status"] == "CREATE_COMPLETE":
            return Plan(stack, change_set, creates, list(_changes(cloudformation, stack, change_set)))
        if seen["Status"] == "FAILED":
            reason = seen.get("StatusReason", "")
            cloudformation.delete_change_set(StackName=stack, ChangeSetName=change_set)
            if any(words in reason.lower() for words in NO_CHANGES):
                return Plan(stack, change_set, creates)
            raise Problem("change_set_failed", words=reason)
        time.sleep(0.2 if creates else 0.5)
    raise Problem("change_set_failed", words=f"no answer within {WAIT_SECONDS} seconds")


def _changes(cloudformation: Any, stack: str, change_set: str) -> Iterator[Change]:
    token: dict[str, str] = {}
    while True:
        page = cloudformation.describe_change_set(StackName=stack, ChangeSetName=change_set, **token)
        for change in (entry["ResourceChange"] for entry in page.get("Changes", [])):
            yield Change(
                action=change["Action"],
                resource=change["LogicalResourceId"],
                kind=change["ResourceType"],
                replaces=change.get("Replacement") in ("True", "Conditional"),
            )
        if "NextToken" not in page:
            return
        token = {"NextToken": page["NextToken"]}


def execute(target: Target, plan: Plan) -> Iterator[StackEvent]:
    """Carry a plan out and yield what happens until it settles. Raises `deploy_failed`."""
    with cloud_words():
        cloudformation = target.client("cloudformation")
        seen = {event["EventId"] for event in _raw_events(cloudformation, plan.stack)}
        cloudformation.execute_change_set(StackName=plan.stack, ChangeSetName=plan.change_set)
        first_failure: StackEvent | None = None
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            status = stack_status(target, plan.stack)
            for event in _fresh_events(cloudformation, plan.stack, seen):
                if event.status.endswith("_FAILED") and first_failure is None:
                    first_failure = event
                yield event
            if status is not None and not status.endswith("_IN_PROGRESS"):
                _refuse_failure(plan.stack, status, first_failure)
                return
            time.sleep(0.2 if plan.creates else 0.5)
    raise Problem("stack_busy", stack=plan.stack, status="IN_PROGRESS")


def _refuse_failure(stack: str, status: str, failure: StackEvent | None) -> None:
    if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        return
    if failure is None:
        raise Problem("deploy_failed", resource=stack, words=status)
    raise Problem("deploy_failed", resource=failure.resource, words=failure.reason or failure.status)


def _raw_events(cloudformation: Any, stack: str) -> list[dict[str, Any]]:
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack)
    return [event for page in pages for event in page["StackEvents"]]


def _fresh_events(cloudformation: Any, stack: str, seen: set[str]) -> Iterator[StackEvent]:
    fresh = [event for event in _raw_events(cloudformation, stack) if event["EventId"] not in seen]
    for event in reversed(fresh):  # the newest comes first
        seen.add(event["EventId"])
        yield StackEvent(
            at=event["Timestamp"],
            resource=event["LogicalResourceId"],
            kind=event["ResourceType"],
            status=event["ResourceStatus"],
            reason=event.get("ResourceStatusReason", ""),
        )


def stack_status(target: Target, stack: str) -> str | None:
    """The stack's status, or None where there is no such stack."""
    try:
        stacks = target.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return str(stacks[0]["StackStatus"])


def outputs(target: Target, stack: str) -> dict[str, str]:
    """The stack's outputs by name."""
    with cloud_words():
        if stack_status(target, stack) is None:
            return {}
        found = target.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {entry["OutputKey"]: entry["OutputValue"] for entry in found.get("Outputs", [])}
