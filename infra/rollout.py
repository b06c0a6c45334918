"""What the Deploy page shows and does: how a stack stands, what a deployment would change, doing it, and the way back.

Before each deployment the template and parameters that stand are kept in the artifact bucket, so that they can be
deployed again: artifacts lie there under the hash of their content and are never overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from infra import deploy, package, template
from infra.clients import Target

KEPT_MAX = 10
LOCAL = "local"  # the stage of a cloud on this machine, whose functions run with this environment's own packages
Say = Callable[[str], None]


@dataclass(frozen=True)
class Standing:
    """A stack as it stands. `version` names its functions' code."""

    stack: str
    region: str
    status: str
    changed_at: datetime
    version: str
    functions: list[str]
    outputs: dict[str, str]
    parameters: dict[str, str]
    body: str

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being done to it right now."""
        return not self.status.endswith("_IN_PROGRESS")


@dataclass(frozen=True)
class Kept:
    """What stood before a deployment, and until when."""

    until: str
    version: str
    parameters: dict[str, str]
    body: str


@dataclass(frozen=True)
class Prepared:
    """A change set that waits for a yes, with all that a dry run would want to see."""

    plan: deploy.Plan
    region: str
    version: str
    parameters: dict[str, str]
    body: str

    def as_file(self) -> bytes:
        """The whole of it as JSON: what would change, under which parameters, from which template."""
        told = {
            "stack": self.plan.stack,
            "region": self.region,
            "version": self.version,
            "changes": [asdict(change) for change in self.plan.changes],
            "parameters": self.parameters,
            "template": json.loads(self.body),
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode()


def standing(target: Target, stack: str) -> Standing | None:
    """The stack as it stands; None where there is none yet. Raises what the credentials do not allow."""
    with deploy.cloud_words():
        status = deploy.stack_status(target, stack)
        if status in (None, "REVIEW_IN_PROGRESS", "DELETE_COMPLETE"):
            return None
        cloudformation = target.client("cloudformation")
        found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
        body = cloudformation.get_template(StackName=stack, TemplateStage="Original")["TemplateBody"]
        resources = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    told = body if isinstance(body, dict) else template.read(body, stack)  # JSON comes parsed, YAML as text
    return Standing(
        stack=stack,
        region=target.region,
        status=str(found["StackStatus"]),
        changed_at=found.get("LastUpdatedTime") or found["CreationTime"],
        version=_version(told),
        functions=sorted(
            one["LogicalResourceId"] for one in resources if one["ResourceType"] == "AWS::Lambda::Function"
        ),
        outputs={entry["OutputKey"]: entry["OutputValue"] for entry in found.get("Outputs", [])},
        parameters={entry["ParameterKey"]: entry["ParameterValue"] for entry in found.get("Parameters", [])},
        body=json.dumps(told, separators=(",", ":")),
    )


def _version(body: dict[str, Any]) -> str:
    """The first letters of the artifact's hash, which is its key."""
    code = body.get("Globals", {}).get("Function", {}).get("CodeUri", "")
    key = code.get("Key", "") if isinstance(code, dict) else ""
    return str(key).rpartition("/")[2].removesuffix(".zip")[:12]


def prepare(target: Target, stack: str, stage: str, say: Say) -> Prepared:
    """Build, upload, and make the change set. Parameters stay as they stand."""
    parameters = standing_parameters(target, stack)
    say("build")
    artifact = package.build_local() if stage == LOCAL else package.build(*_platform(parameters))
    say("upload")
    body = deploy.upload(target, artifact)
    say("plan")
    return _prepared(target, stack, body, parameters)


def standing_parameters(target: Target, stack: str) -> dict[str, str]:
    """What the stack was deployed with, as far as the template still knows it: not naming one must not reset it."""
    now, known = standing(target, stack), template.load()["Parameters"]
    return {name: value for name, value in now.parameters.items() if name in known} if now else {}


def _platform(parameters: dict[str, str]) -> tuple[str, str]:
    known = {name: entry.get("Default") for name, entry in template.load()["Parameters"].items()} | parameters
    return known["Architecture"], known["Runtime"].removeprefix("python")


def prepare_back(target: Target, stack: str, kept: Kept, say: Say) -> Prepared:
    """The change set that would bring back what stood before."""
    say("plan")
    return _prepared(target, stack, kept.body, kept.parameters)


def _prepared(target: Target, stack: str, body: str, parameters: dict[str, str]) -> Prepared:
    planned = deploy.plan(target, stack, body, parameters)
    return Prepared(planned, target.region, _version(json.loads(body)), parameters, body)


def carry_out(target: Target, prepared: Prepared, at: datetime) -> Iterator[deploy.StackEvent]:
    """Keep what stands, then do it and tell each step. Raises `deploy_failed`."""
    before = standing(target, prepared.plan.stack)
    if before is not None:
        keep(target, before, at)
    yield from deploy.execute(target, prepared.plan)


def keep(target: Target, before: Standing, at: datetime) -> None:
    """Put by what stands; the oldest beyond `KEPT_MAX` go."""
    one = Kept(at.astimezone(UTC).isoformat(timespec="seconds"), before.version, before.parameters, before.body)
    bucket = deploy.artifact_bucket(target)
    key = f"{_folder(before.stack)}{at.astimezone(UTC):%Y%m%dT%H%M%S}-{before.version}.json"
    with deploy.cloud_words():
        s3 = target.client("s3")
        s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(asdict(one)).encode(), ContentType="application/json")
        for old in _keys(s3, bucket, before.stack)[KEPT_MAX:]:
            s3.delete_object(Bucket=bucket, Key=old)


def kept(target: Target, stack: str) -> list[Kept]:
    """What stood before, the newest first."""
    bucket = deploy.artifact_bucket(target)
    with deploy.cloud_words():
        s3 = target.client("s3")
        bodies = [s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in _keys(s3, bucket, stack)[:KEPT_MAX]]
    return [Kept(**json.loads(body)) for body in bodies]


def _keys(s3: Any, bucket: str, stack: str) -> list[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=_folder(stack))
    return sorted((found["Key"] for page in pages for found in page.get("Contents", [])), reverse=True)


def _folder(stack: str) -> str:
    return f"deployments/{stack}/"
