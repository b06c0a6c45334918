"""The Deploy page: a plan, its execution and the way back on an emulated CloudFormation; what to do on each error."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from botocore.exceptions import ClientError, NoCredentialsError

from functions.core.text import Language
from functions.core.workspace import Editor
from functions.storage import audit
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from infra import deploy, package, rollout, template
from infra.clients import Target
from infra.problems import Problem
from tests.cloud import LocalCloud
from tests.ui.conftest import NOW, SETTINGS, Open, press, words
from ui.components.deploy import deploying
from ui.components.jobs import Job, Jobs, jobs
from ui.settings import Settings
from ui.shop import Shop

STACK = "from-the-page"
HERE = Settings(**{**SETTINGS.__dict__, "stack": STACK})
SMALL: dict[str, Any] = {
    "Parameters": {"Seconds": {"Type": "Number", "Default": 60}},
    "Globals": {"Function": {}},
    "Resources": {"Letters": {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": {"Ref": "Seconds"}}}},
}


@pytest.fixture
def target(local_cloud: LocalCloud) -> Target:
    """The emulator's CloudFormation."""
    return Target.emulator(local_cloud.endpoint)


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    """No job of an earlier test."""
    jobs.clear()  # type: ignore[attr-defined]


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A template of one queue, and functions of one line: what is deployed is the same, only small."""
    monkeypatch.setattr(template, "load", lambda: SMALL)

    def written(line: str) -> None:
        body = io.BytesIO()
        with zipfile.ZipFile(body, "w") as archive:
            archive.writestr("line", line)
        seconds = 60 + len(line)
        SMALL["Resources"]["Letters"]["Properties"]["DelaySeconds"] = seconds
        artifact = package.Artifact(body.getvalue(), f"{seconds:064x}"[::-1])
        monkeypatch.setattr(package, "build_local", lambda: artifact)

    return written


def page(open_app: Open, target: Target, **more: Any) -> Any:
    return open_app("app_pages/deploy.py", **{"settings": HERE, "target": target, **more})


def ended(app: Any, language: str = "zh") -> Any:
    """The page after its job has ended."""
    job = jobs().last(f"deploy:us-east-1:{STACK}")
    assert job
    assert job.thread
    job.thread.join(60)
    return app.run()


def deployed(open_app: Open, target: Target) -> Any:
    """Planned, read, and carried out."""
    app = ended(press(page(open_app, target), "btn_plan"))
    app.checkbox[0].check().run()
    return ended(press(app, "btn_deploy"))


def test_a_plan_a_deployment_and_the_way_back(
    open_app: Open, target: Target, code: Callable[[str], None], store: MemoryStore
) -> None:
    code("first")
    assert "还没有部署" in words(page(open_app, target))

    app = ended(press(page(open_app, target), "btn_plan"))
    assert app.button(key="btn_deploy").disabled
    assert [row["资源"] for row in app.table[0].value.to_dict("records")] == ["Letters"]
    assert deploy.stack_status(target, STACK) == "REVIEW_IN_PROGRESS"

    app.checkbox[0].check().run()
    app = ended(press(app, "btn_deploy"))
    first = rollout.standing(target, STACK)
    assert first
    assert "部署好了，接口正常" in words(app)
    assert "CREATE_COMPLETE  Letters" in app.code[0].value

    code("the second")
    app = deployed(open_app, target)
    second = rollout.standing(target, STACK)
    assert second
    assert second.version != first.version
    assert f"{first.version}，用到" in words(app)

    app = ended(press(app, "btn_back_0"))
    app.checkbox[0].check().run()
    app = ended(press(app, "btn_deploy"))
    third = rollout.standing(target, STACK)
    assert third
    assert (third.version, third.body) == (first.version, first.body)
    assert [entry.what for entry in audit.entries(store)] == ["deploy"] * 3

    app = ended(press(page(open_app, target, language="en"), "btn_plan"))
    assert "What would change" in words(app)


def test_only_so_many_are_kept_and_the_newest_first(
    target: Target, code: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollout, "KEPT_MAX", 2)
    before = rollout.Standing("kept", "us-east-1", "CREATE_COMPLETE", NOW, "", [], {}, {"Seconds": "60"}, "{}")

    for number in range(4):
        one = rollout.Standing(**{**before.__dict__, "version": f"v{number}"})
        rollout.keep(target, one, NOW + timedelta(minutes=number))

    assert [one.version for one in rollout.kept(target, "kept")] == ["v3", "v2"]
    assert rollout.kept(target, "kept")[0].parameters == {"Seconds": "60"}


def test_parameters_stay_as_they_stand(target: Target, code: Callable[[str], None]) -> None:
    code("parameters")
    list(deploy.execute(target, deploy.plan(target, "with-parameters", json.dumps(SMALL), {"Seconds": "120"})))

    prepared = rollout.prepare(target, "with-parameters", rollout.LOCAL, lambda _step: None)

    assert prepared.parameters == {"Seconds": "120"}
    assert json.loads(prepared.as_file())["parameters"] == {"Seconds": "120"}


def refusing(code: str) -> Target:
    """A cloud that answers every call with this error."""

    class Client:
        def __getattr__(self, name: str) -> Any:
            def call(**_asked: Any) -> None:
                if code == "none":
                    raise NoCredentialsError
                raise ClientError({"Error": {"Code": code, "Message": "no"}}, name)

            return call

    return Target("us-east-1", lambda _service: Client())


def test_who_may_not_deploy_from_here_is_told_where_to(open_app: Open) -> None:
    app = page(open_app, refusing("AccessDenied"))

    assert app.code[0].value == f"pond deploy --stack {STACK} --region us-east-1"
    assert "没有部署权限" in words(app)
    assert not app.error


@pytest.mark.parametrize(
    ("error", "language", "step"),
    [
        ("none", "zh", "登录 AWS"),
        ("none", "en", "Sign in to AWS where these screens run"),
        ("ExpiredToken", "en", "the credentials have ended"),
        ("ValidationError", "en", "Read what the cloud said"),
    ],
)
def test_each_error_carries_one_next_step(open_app: Open, error: str, language: str, step: str) -> None:
    app = page(open_app, refusing(error), language=language)

    assert len(app.error) == 1
    assert step in words(app)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["stack_busy", "stack_never_made", "change_set_failed", "deploy_failed"])
def test_what_a_job_ran_into_is_said_with_its_next_step(
    open_app: Open, target: Target, code: str, language: Language
) -> None:
    def fails(_job: Job) -> None:
        raise Problem(code, stack="pond", status="BAD", words="why", resource="Table")

    job = Job("plan", "Li", NOW)
    jobs().start(f"deploy:us-east-1:{STACK}", job, fails)
    assert job.thread
    job.thread.join(10)

    app = page(open_app, target, language=language)

    assert f"[{code}]" in app.error[0].value
    assert ("现在可以做的" if language == "zh" else "What to do now") in words(app)


def test_a_running_job_is_found_again_on_another_visit_and_cannot_be_begun_twice(
    open_app: Open, target: Target
) -> None:
    goes_on = Event()

    def works(job: Job) -> bool:
        job.step("deploy")
        job.tell("UPDATE_IN_PROGRESS  Play")
        return goes_on.wait(60)

    job = Job("deploy", "Li", NOW)
    assert jobs().start(f"deploy:us-east-1:{STACK}", job, works)
    app = page(open_app, target)
    again = jobs().start(f"deploy:us-east-1:{STACK}", Job("deploy", "Li", NOW), works)
    goes_on.set()

    assert not again
    assert "UPDATE_IN_PROGRESS  Play" in app.code[0].value
    assert not [button for button in app.button if button.key == "btn_plan"]


def test_a_mistake_of_ours_is_raised_where_somebody_sees_it() -> None:
    held, job = Jobs(), Job("plan", "Li", NOW)

    def breaks(_job: Job) -> None:
        raise KeyError("ours")

    held.start("x", job, breaks)
    assert job.thread
    job.thread.join(10)

    assert isinstance(job.error, KeyError)
    assert not job.is_running


def test_only_an_admin_deploys(open_app: Open, target: Target) -> None:
    class Viewer:
        settings = HERE
        who = Editor("Wu", "viewer")
        require = Shop.require

    with pytest.raises(Refused):
        deploying.plan(Viewer(), target)  # type: ignore[arg-type]
