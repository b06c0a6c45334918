"""A deployment shows what it would change, does it on a yes, tells what happens, and fails in one sentence."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from typer.testing import CliRunner

from infra import deploy, deploy_command, package, rollout, template
from infra.cli import app
from infra.clients import Target
from infra.problems import Problem
from tests.cloud import LocalCloud

SMALL: dict[str, Any] = {
    "Parameters": {"Seconds": {"Type": "Number", "Default": 60}},
    "Resources": {"Letters": {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": {"Ref": "Seconds"}}}},
    "Outputs": {"Url": {"Value": {"Ref": "Letters"}}},
}
BROKEN = {"Resources": {"Odd": {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": "not json"}}}}


@pytest.fixture
def target(local_cloud: LocalCloud) -> Target:
    return Target.emulator(local_cloud.endpoint)


def carry_out(target: Target, stack: str, parameters: dict[str, str]) -> deploy.Plan:
    planned = deploy.plan(target, stack, json.dumps(SMALL), parameters)
    if planned.changes:
        list(deploy.execute(target, planned))
    return planned


def test_a_first_deployment_adds_a_second_changes_a_third_finds_nothing(target: Target) -> None:
    first = carry_out(target, "three-times", {})
    second = carry_out(target, "three-times", {"Seconds": "120"})
    third = carry_out(target, "three-times", {"Seconds": "120"})

    assert [(change.action, change.resource) for change in first.changes] == [("Add", "Letters")]
    assert [(change.action, change.replaces) for change in second.changes] == [("Modify", False)]
    assert third.changes == []
    assert "Letters" in deploy.outputs(target, "three-times")["Url"]


def test_a_plan_alone_changes_nothing(target: Target) -> None:
    deploy.plan(target, "only-planned", json.dumps(SMALL), {})

    assert deploy.stack_status(target, "only-planned") == "REVIEW_IN_PROGRESS"


def test_the_events_of_a_deployment_are_told_in_order(target: Target) -> None:
    planned = deploy.plan(target, "told", json.dumps(SMALL), {})

    events = list(deploy.execute(target, planned))

    assert [event.status for event in events if event.resource == "Letters"][-1] == "CREATE_COMPLETE"
    assert [event.at for event in events] == sorted(event.at for event in events)


def test_a_template_that_cannot_be_made_names_what_failed(target: Target) -> None:
    with pytest.raises(Problem) as caught:
        list(deploy.execute(target, deploy.plan(target, "broken", json.dumps(BROKEN), {})))

    assert caught.value.code in ("deploy_failed", "cloud_refused")


def test_a_large_template_goes_by_the_bucket(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "BODY_LIMIT", 10)

    assert carry_out(target, "large", {}).changes


def run(local_cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch, *words: str, answer: str = "") -> Any:
    """`pond deploy` against the emulator, its artifact without packages so that it is quick."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", local_cloud.endpoint)
    monkeypatch.setattr(package, "build", lambda _architecture, _python: package.build_local())
    return CliRunner().invoke(app, ["deploy", "--region", "us-east-1", *words], input=answer)


def test_the_command_shows_the_changes_asks_and_leaves_on_a_no(
    local_cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run(local_cloud, monkeypatch, "--stack", "said-no", answer="n\n")

    assert told.exit_code == 0
    assert "AWS::DynamoDB::Table" in told.output
    assert deploy.stack_status(Target.emulator(local_cloud.endpoint), "said-no") == "REVIEW_IN_PROGRESS"


def test_the_command_deploys_the_whole_template_on_a_yes(
    local_cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run(local_cloud, monkeypatch, "--stack", "said-yes", "--yes")
    again = run(local_cloud, monkeypatch, "--stack", "said-yes", "--yes")

    assert told.exit_code == 0, told.output
    assert "CREATE_COMPLETE" in told.output
    assert "ApiUrl" in told.output
    assert "Nothing would change." in again.output


def test_without_credentials_nothing_is_built_and_one_sentence_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setattr(package, "build", lambda _architecture, _python: pytest.fail("built in vain"))

    told = CliRunner().invoke(app, ["deploy", "--region", "us-east-1"])

    assert told.exit_code == 1
    assert "[no_credentials]" in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize("words", ["Tenant", "Unknown=1"])
def test_a_parameter_that_the_template_does_not_know_is_refused(words: str) -> None:
    with pytest.raises(Problem) as caught:
        deploy_command.parse([words])

    assert caught.value.code == "bad_parameter"


def test_a_profile_that_is_not_there_is_named() -> None:
    with pytest.raises(Problem) as caught:
        Target.aws("us-east-1", "nobody")

    assert caught.value.code == "no_such_profile"
    assert "nobody" in str(caught.value)


def test_a_cloud_that_does_not_answer_is_unreachable() -> None:
    with pytest.raises(Problem) as caught:
        deploy.account_of(Target.emulator("http://127.0.0.1:9"))

    assert caught.value.code == "cloud_unreachable"


def test_a_parameter_that_is_not_named_again_stays(local_cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "load", lambda: SMALL | {"Globals": {"Function": {}}})
    monkeypatch.setattr(deploy_command, "_runtime", lambda _parameters: ("3.13", "arm64"))

    run(local_cloud, monkeypatch, "--stack", "kept-as-named", "--yes", "--parameter", "Seconds=120")
    again = run(local_cloud, monkeypatch, "--stack", "kept-as-named", "--yes")

    assert "Nothing would change." in again.output, again.output


def test_what_the_credentials_do_not_allow_is_told_apart_from_credentials_that_ended() -> None:
    def refused(code: str) -> str:
        with pytest.raises(Problem) as caught, deploy.cloud_words():
            raise ClientError({"Error": {"Code": code, "Message": "no"}}, "DescribeStacks")
        return caught.value.code

    assert [refused(code) for code in ("AccessDenied", "ExpiredToken", "ValidationError")] == [
        "not_permitted", "credentials_refused", "cloud_refused",
    ]  # fmt: skip


def test_a_stack_that_sam_made_from_yaml_is_read_as_well(target: Target) -> None:
    yaml = (
        "Resources:\n  Letters:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Sub '${AWS::StackName}-q'}\n"
    )
    list(deploy.execute(target, deploy.plan(target, "from-yaml", yaml, {})))

    standing = rollout.standing(target, "from-yaml")

    assert standing
    queue = json.loads(standing.body)["Resources"]["Letters"]["Properties"]["QueueName"]
    assert queue in ({"Fn::Sub": "${AWS::StackName}-q"}, "${AWS::StackName}-q")
    assert standing.version == ""
