"""template.yaml: narrow roles, no partition in ink, nothing that can block a shard, every function watched."""

import json
from fnmatch import fnmatchcase
from typing import Any

import pytest

from functions.edge.bucket import Bucket
from infra import template

BODY = template.load()
RESOURCES: dict[str, dict[str, Any]] = BODY["Resources"]
FUNCTIONS = sorted(template.handlers(BODY))
WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"}


def statements(function: str) -> list[dict[str, Any]]:
    policies = RESOURCES[function]["Properties"].get("Policies", [])
    return [statement for policy in policies for statement in policy["Statement"]]


def actions(function: str) -> set[str]:
    found: set[str] = set()
    for statement in statements(function):
        action = statement["Action"]
        found |= {action} if isinstance(action, str) else set(action)
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_role_names_its_actions_and_its_resources(function: str) -> None:
    assert not [action for action in actions(function) if "*" in action]
    assert not [each for each in statements(function) if each.get("Resource") == "*"]
    assert not {"dynamodb:Scan", "dynamodb:BatchWriteItem"} & actions(function)


def test_pages_can_only_read() -> None:
    assert not [action for action in actions("Pages") if action.split(":")[1] in WRITES]
    assert {action for action in actions("Pages") if action.startswith("s3:")} == {"s3:GetObject"}


def test_pages_may_fetch_pictures_of_pages_and_no_proof() -> None:
    """Without TLS, as the local cloud is, the bucket's own policy refuses a role anything: so it is read here."""
    (pattern,) = [each["Resource"]["Fn::Sub"] for each in statements("Pages") if "s3:GetObject" in each["Action"]]
    bucket = Bucket("${Bucket.Arn}", "demo", lambda: None)

    assert fnmatchcase(f"{bucket.name}/{bucket.picture_key('pic_1.jpg')}", pattern)
    assert not fnmatchcase(f"{bucket.name}/{bucket.proof_key('camp_1', 'mem_1', 'upl_1')}", pattern)


def test_the_api_description_can_touch_nothing() -> None:
    assert actions("Openapi") == set()


def test_only_members_may_send_messages_and_only_to_phones() -> None:
    senders = [function for function in FUNCTIONS if "sns:Publish" in actions(function)]
    publish = next(each for each in statements("Members") if each["Action"] == "sns:Publish")

    assert senders == ["Members"]
    assert "Resource" not in publish
    assert publish["NotResource"] == {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}


def test_a_schedule_can_do_nothing_but_call_the_sweeper() -> None:
    (made,) = [each for each in statements("Insights") if "scheduler:CreateSchedule" in each["Action"]]
    (passed,) = [each for each in statements("Insights") if "iam:PassRole" in each["Action"]]
    (policy,) = RESOURCES["WakerRole"]["Properties"]["Policies"]
    (allowed,) = policy["PolicyDocument"]["Statement"]

    assert made["Resource"]["Fn::Sub"].endswith(":schedule/${Schedules}/*")
    assert passed["Resource"] == {"Fn::GetAtt": ["WakerRole", "Arn"]}
    assert passed["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
    assert (allowed["Action"], allowed["Resource"]) == ("lambda:InvokeFunction", {"Fn::GetAtt": ["Sweeper", "Arn"]})


def test_no_partition_region_or_account_is_written_in_ink() -> None:
    text = json.dumps(BODY)

    assert "arn:aws" not in text
    assert "amazonaws.com/" not in text
    assert "us-east-1" not in text


def test_a_poison_record_cannot_block_the_stream() -> None:
    events = RESOURCES["Insights"]["Properties"]["Events"]["Changes"]["Properties"]

    assert events["BisectBatchOnFunctionError"] is True
    assert 0 < events["MaximumRetryAttempts"] <= 10
    assert 0 < events["MaximumRecordAgeInSeconds"] < 24 * 3600
    assert events["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert events["DestinationConfig"]["OnFailure"]["Type"] == "SQS"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_its_log_and_its_two_alarms(function: str) -> None:
    log = RESOURCES[function]["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]
    alarms = {
        resource["Properties"]["MetricName"]
        for resource in RESOURCES.values()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
        and {"Name": "FunctionName", "Value": {"Ref": function}} in resource["Properties"]["Dimensions"]
    }

    assert RESOURCES[log]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    assert alarms >= {"Errors", "Throttles"}


@pytest.mark.parametrize("name", ["Table", "Bucket", "RootSecret"])
def test_what_must_last_outlives_the_stack(name: str) -> None:
    assert (RESOURCES[name]["DeletionPolicy"], RESOURCES[name]["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_every_route_leads_to_a_function_that_the_api_may_call() -> None:
    for name, resource in RESOURCES.items():
        if resource["Type"] == "AWS::ApiGatewayV2::Route":
            integration = resource["Properties"]["Target"]["Fn::Sub"].removeprefix("integrations/${").removesuffix("}")
            function = RESOURCES[integration]["Properties"]["IntegrationUri"]["Fn::GetAtt"][0]
            assert RESOURCES[f"{function}Permission"]["Properties"]["FunctionName"] == {"Ref": function}, name


def test_the_packaged_template_takes_its_code_from_the_artifact() -> None:
    packaged = json.loads(template.with_code(BODY, "bucket", "key.zip"))

    assert packaged["Globals"]["Function"]["CodeUri"] == {"Bucket": "bucket", "Key": "key.zip"}
    assert BODY["Globals"]["Function"]["CodeUri"] == "functions/"
