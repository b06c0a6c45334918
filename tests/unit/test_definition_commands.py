"""`pond schema | validate | lint | publish | export`, run as an engineer runs them."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from functions.core.discovery import discover
from functions.core.workspace import Approval, Editor, Workspace
from functions.storage import approvals, campaigns, workspace
from functions.storage.memory import MemoryStore
from infra import cli, definition_commands, definition_shelf
from infra.definition_files import parse, read, written
from tests.unit.lint_drafts import CLEAN, EXAMPLES, content

SOME_ID = "camp_" + "0" * 26
AT = datetime(2026, 3, 1, tzinfo=UTC)
SHARE = {"channel": "wechat", "page__body": {"zh": "转发朋友圈领券", "en": "Read a page"}}
BOAST = {"page__body": {"zh": "国家级好课", "en": "A good class"}}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """The table that the commands find."""
    table = MemoryStore()
    monkeypatch.setattr(definition_shelf, "open_store", lambda _environment: table)
    return table


def pond(*words: object) -> Result:
    """Run a command line."""
    app = typer.Typer()
    definition_commands.register(app)
    return CliRunner().invoke(app, [str(word) for word in words])


def file(folder: Path, name: str = "campaign.yaml", **changes: Any) -> Path:
    """A file with the seven mornings, changed."""
    path = folder / name
    path.write_text(written(content(**changes)), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["validate", "lint"])
@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda example: example.stem)
def test_every_example_passes(command: str, example: Path) -> None:
    said = pond(command, example, "--json")

    assert (said.exit_code, json.loads(said.stdout)) == (0, [])


def test_a_block_is_told_as_json_and_by_the_exit_status(tmp_path: Path) -> None:
    said = pond("lint", file(tmp_path, **SHARE), "--json", "--lang", "zh")

    assert said.exit_code == 1
    assert json.loads(said.stdout) == [
        {
            "rule": "C2",
            "severity": "block",
            "path": "page.body.zh",
            "message": "“转发朋友圈”：这里要求或诱导分享、集赞或好友帮忙",
        }
    ]


def test_a_warning_is_told_and_is_no_failure_of_the_lint(tmp_path: Path) -> None:
    said = pond("lint", file(tmp_path, **BOAST), "--json")

    assert said.exit_code == 0
    assert [(line["rule"], line["severity"]) for line in json.loads(said.stdout)] == [("C9", "warn")]


def test_a_person_reads_the_fix_and_that_it_is_advice(tmp_path: Path) -> None:
    said = pond("lint", file(tmp_path, **SHARE), "--lang", "en")

    assert "block  C2  page.body.zh (line " in said.stdout
    assert "fix: Delete these words" in said.stdout
    assert "not legal advice" in said.stdout


@pytest.mark.parametrize("command", ["validate", "lint"])
def test_a_fault_is_an_error_with_its_code_and_place(command: str, tmp_path: Path) -> None:
    said = pond(command, file(tmp_path, config__days="many"), "--json")

    assert said.exit_code == 1
    assert json.loads(said.stdout) == [
        {"rule": "int_parsing", "severity": "error", "path": "config.days", "message": "Must be a whole number"}
    ]


@pytest.mark.parametrize("name", ["campaign.yaml", "campaign.json"])
@pytest.mark.parametrize(
    ("change", "place", "written_at"),
    [
        ({"config__days": "many"}, "config.days", '"?days"?: "?many'),
        ({"rules__0__if__0__op": "loves"}, "rules.0.if.0.op", '"?op"?: "?loves'),
        ({"schedule": {"zone": "Asia/Shanghai"}}, "schedule.starts_at", '"?schedule"?:'),
    ],
)
def test_a_person_reads_in_which_line_it_stands(
    name: str, change: dict[str, Any], place: str, written_at: str, tmp_path: Path
) -> None:
    draft, made = tmp_path / name, content(**change)
    draft.write_text(json.dumps(made, indent=1) if name.endswith("json") else written(made), encoding="utf-8")
    text = draft.read_text(encoding="utf-8").splitlines()
    (line,) = [n for n, words in enumerate(text, 1) if re.search(written_at, words)]

    assert f"{place} (line {line})" in pond("validate", draft, "--lang", "en").stdout
    assert f"{place} (第 {line} 行)" in pond("validate", draft, "--lang", "zh").stdout


def test_validating_does_not_lint(tmp_path: Path) -> None:
    assert pond("validate", file(tmp_path, **SHARE)).exit_code == 0


@pytest.mark.parametrize("command", ["validate", "lint", "publish"])
def test_a_syntax_error_names_line_and_column(command: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("mechanic: checkin\nname: {zh: [", encoding="utf-8")

    said = pond(command, broken, "--json")

    assert said.exit_code == 1
    (line,) = json.loads(said.stdout)
    assert (line["rule"], line["severity"], line["path"]) == ("syntax_error", "error", "")
    assert "line 2, column" in line["message"]


@pytest.mark.parametrize("command", ["validate", "lint", "publish"])
@pytest.mark.parametrize(
    ("place", "code", "zh"), [("no-such-file.yaml", "file_missing", "没有这个文件"), (".", "file_unreadable", "读不了")]
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    command: str, place: str, code: str, zh: str, tmp_path: Path, store: MemoryStore
) -> None:
    said = pond(command, tmp_path / place, "--json")
    chinese = pond(command, tmp_path / place, "--lang", "zh")

    assert (said.exit_code, chinese.exit_code) == (1, 1)
    assert [line["rule"] for line in json.loads(said.stdout)] == [code]
    assert zh in chinese.stdout
    assert store.rows == {}


def test_a_file_without_an_end_is_too_large() -> None:
    assert [line["rule"] for line in json.loads(pond("validate", "/dev/zero", "--json").stdout)] == ["file_too_large"]


@pytest.mark.parametrize("words", [("export", "--all", "--to"), ("schema", "--to")])
def test_what_cannot_be_written_is_one_sentence_and_loses_nothing(
    words: tuple[str, ...], tmp_path: Path, store: MemoryStore
) -> None:
    pond("publish", EXAMPLES / "seven-mornings.yaml")
    before = dict(store.rows)
    (tmp_path / "file").write_text("not a folder")

    said = CliRunner().invoke(cli.app, [*words, str(tmp_path / "file" / "out")])

    assert said.exit_code == 1
    assert "[file_not_written]" in said.stderr
    assert (store.rows, (tmp_path / "file").read_text()) == (before, "not a folder")


@pytest.mark.parametrize(
    "words",
    [
        ("lint",),
        ("lint", EXAMPLES / "seven-mornings.yaml", "--lang", "fr"),
        ("lint", EXAMPLES / "seven-mornings.yaml", "--unknown"),
        ("publish", EXAMPLES / "seven-mornings.yaml", "--sign", "C9"),
        ("export",),
        ("export", "camp_1", "--all"),
        ("export", "--all", "--lang", "fr"),
    ],
)
def test_a_command_that_makes_no_sense_ends_with_status_2(words: tuple[object, ...], store: MemoryStore) -> None:
    assert pond(*words).exit_code == 2


@pytest.mark.parametrize(("told", "word"), [("zh_CN.UTF-8", "没有发现问题"), ("de_DE.UTF-8", "Nothing found")])
def test_the_language_is_that_of_the_terminal(told: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", told)

    assert word in pond("lint", EXAMPLES / "seven-mornings.yaml").stdout


def test_publishing_makes_a_campaign_that_serves(store: MemoryStore) -> None:
    said = pond("publish", EXAMPLES / "seven-mornings.yaml", "--by", "Lin")

    assert said.exit_code == 0
    (campaign,) = campaigns.campaigns(store)
    assert (campaign.state, campaign.live, campaign.changed_by) == ("published", 1, "Lin")
    assert f"{campaign.id} v1" in said.stdout


def test_publishing_as_the_next_version_of_a_campaign(tmp_path: Path, store: MemoryStore) -> None:
    pond("publish", EXAMPLES / "seven-mornings.yaml")
    (campaign,) = campaigns.campaigns(store)

    said = pond("publish", file(tmp_path, budget__total=200_000), "--campaign", campaign.id)

    assert f"{campaign.id} v2" in said.stdout
    assert [version.number for version in campaigns.versions(store, campaign.id)] == [2, 1]


def test_a_template_can_begin_today(store: MemoryStore) -> None:
    pond("publish", EXAMPLES / "seven-mornings.yaml", "--from-today")

    (campaign,) = campaigns.campaigns(store)
    assert campaign.starts_at is not None
    assert campaign.starts_at <= campaign.created_at < campaign.starts_at + timedelta(days=1)


def test_what_needs_agreement_is_not_published_until_it_is_there(tmp_path: Path, store: MemoryStore) -> None:
    workspace.save(store, Workspace(approval=Approval(needed=True)), 0)
    draft = file(tmp_path)

    refused = pond("publish", draft, "--lang", "en")
    (campaign,) = campaigns.campaigns(store)
    asked = approvals.ask(store, campaigns.load(store, campaign.id), discover(), Editor("Lin", "editor"), AT)
    _, request = approvals.standing(store, campaign.id)
    assert request is not None
    approvals.answer(store, asked, request.content_hash, "agree", Editor("Ada", "approver"), AT)
    said = pond("publish", draft, "--campaign", campaign.id)

    assert refused.exit_code == 1
    assert "[approval_needed]" in refused.output
    assert (said.exit_code, campaigns.campaigns(store)[0].state) == (0, "published")


def test_a_block_publishes_nothing(tmp_path: Path, store: MemoryStore) -> None:
    said = pond("publish", file(tmp_path, **SHARE), "--json")

    assert said.exit_code == 1
    assert [line["rule"] for line in json.loads(said.stdout)] == ["C2"]
    assert "[blocked]" in said.stderr
    assert store.rows == {}


def test_an_unsigned_warning_publishes_nothing_and_a_signed_one_does(tmp_path: Path, store: MemoryStore) -> None:
    draft = file(tmp_path, **BOAST)

    refused = pond("publish", draft, "--lang", "zh")
    assert (refused.exit_code, store.rows) == (1, {})
    assert "没有上线" in refused.stderr
    assert "[unsigned]" in refused.stderr

    said = pond("publish", draft, "--by", "Lin", "--sign", "C9@page.body.zh=there is a certificate")

    assert said.exit_code == 0
    (campaign,) = campaigns.campaigns(store)
    (version,) = campaigns.versions(store, campaign.id)
    assert [(given.by, given.reason) for given in version.sign_offs] == [("Lin", "there is a certificate")]


@pytest.mark.parametrize("name", [SOME_ID, "camp_1", "a#b", "x y", "池"])
def test_an_unknown_campaign_is_refused_with_a_sentence(name: str, store: MemoryStore) -> None:
    for words in (("publish", EXAMPLES / "seven-mornings.yaml", "--campaign", name), ("export", name)):
        said = pond(*words)

        assert said.exit_code == 1
        assert "There is no such campaign [unknown_campaign]" in said.stderr
        assert store.rows == {}


def test_without_a_table_it_is_said_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POND_HOME", str(tmp_path))

    said = pond("publish", EXAMPLES / "seven-mornings.yaml")

    assert said.exit_code == 1
    assert "pond up" in said.stderr
    assert "[no_table]" in said.stderr


def test_a_table_that_does_not_answer_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POND_TABLE", "pond")
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9")

    said = pond("export", SOME_ID)

    assert said.exit_code == 1
    assert "The table did not answer. Try again [table_unreachable]" in said.stderr


@pytest.mark.parametrize("words", [[], ["--settle", SOME_ID.replace("camp", "unm"), "--by", "Li", "--reference", "1"]])
def test_books_that_cannot_be_read_are_no_difference(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POND_HOME", str(tmp_path))
    without = CliRunner().invoke(cli.app, ["reconcile", *words])
    monkeypatch.setenv("POND_TABLE", "pond")
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9")
    away = CliRunner().invoke(cli.app, ["reconcile", *words])

    assert (without.exit_code, away.exit_code) == (2, 2)
    assert "[no_table]" in without.stderr
    assert "[table_unreachable]" in away.stderr


@pytest.mark.parametrize("name", ["unm_1", "a#b"])
def test_money_that_was_never_listed_is_not_settled(name: str, store: MemoryStore) -> None:
    said = CliRunner().invoke(cli.app, ["reconcile", "--settle", name, "--by", "Li", "--reference", "1"])

    assert said.exit_code == 2
    assert "as it is listed" in said.stderr
    assert store.rows == {}


def test_what_is_exported_is_what_was_published(store: MemoryStore) -> None:
    pond("publish", EXAMPLES / "reading-21-days.yaml")
    (campaign,) = campaigns.campaigns(store)
    (version,) = campaigns.versions(store, campaign.id)

    as_yaml, as_json = pond("export", campaign.id).stdout, pond("export", campaign.id, "--json").stdout

    for exported in (parse(as_yaml), json.loads(as_json)):
        assert type(version.definition).model_validate(exported).content_hash == version.content_hash


def test_a_draft_is_exported_as_it_was_typed(store: MemoryStore) -> None:
    unfinished = {"mechanic": "checkin", "name": {"zh": "早安"}}
    campaigns.begin(store, SOME_ID, unfinished, "Lin", datetime(2026, 12, 1, tzinfo=UTC))

    assert parse(pond("export", SOME_ID).stdout) == unfinished


def test_every_campaign_is_exported_into_a_folder(tmp_path: Path, store: MemoryStore) -> None:
    for example in EXAMPLES.glob("*.yaml"):
        pond("publish", example)
    names = {campaign.id for campaign in campaigns.campaigns(store)}

    said = pond("export", "--all", "--to", tmp_path / "out")

    assert said.exit_code == 0
    assert {path.stem for path in (tmp_path / "out").iterdir()} == names
    assert all(pond("lint", path).exit_code == 0 for path in (tmp_path / "out").iterdir())
    assert set(json.loads(pond("export", "--all", "--json").stdout)) == names


def test_a_pond_without_campaigns_exports_none(store: MemoryStore) -> None:
    assert pond("export", "--all").stdout == ""
    assert json.loads(pond("export", "--all", "--json").stdout) == {}


def test_the_schema_is_printed_or_written(tmp_path: Path) -> None:
    target = tmp_path / "schema.json"

    printed = pond("schema").stdout
    pond("schema", "--to", target)

    assert target.read_text(encoding="utf-8") == printed
    assert json.loads(printed)["title"] == "Pond campaign definition"


def test_reading_leaves_the_clean_draft_alone() -> None:
    assert read(EXAMPLES / "seven-mornings.yaml") == CLEAN
