"""The part of `pond` that works with definition files: schema, validate, lint, publish, export."""

import getpass
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from infra.problems import Problem

if TYPE_CHECKING:  # what these bring is slow to import, and other commands do without it
    from functions.core.campaign import Definition, SignOff
    from functions.core.text import Language
    from functions.storage.campaigns import Refused
    from infra.definition_report import Report

File = Annotated[Path, typer.Argument(help="A definition, YAML or JSON.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print findings as a JSON list.")]
Lang = Annotated[str, typer.Option(help="zh or en; by default as LANG says.")]
By = Annotated[str, typer.Option(help="Who does it; by default your login name.")]
SIGN_HELP = "RULE@PATH=REASON: answer a warning by name, such as C9@page.title.zh='proven by …'; may be repeated."


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command in (schema, validate, lint, publish, export):
        app.command()(command)


def schema(to: Annotated[Path | None, typer.Option(help="Write it into this file.")] = None) -> None:
    """Print the JSON Schema of definition files."""
    from functions.core.discovery import discover
    from functions.core.schema import definition_schema

    text = json.dumps(definition_schema(discover()), ensure_ascii=False, indent=2) + "\n"
    if to is None:
        typer.echo(text, nl=False)
    else:
        _write(to, text)


def validate(file: File, as_json: AsJson = False, lang: Lang = "") -> None:
    """Say whether a definition can be used: its form, its fields, its rules' facts and rewards."""
    found = _report(file, linted=False)
    _show(found, lang, as_json, linted=False)
    raise typer.Exit(1 if found.fails else 0)


def lint(file: File, as_json: AsJson = False, lang: Lang = "") -> None:
    """Hold a definition against the rules of law and platform, besides validating it."""
    found = _report(file, linted=True)
    _show(found, lang, as_json, linted=True)
    raise typer.Exit(1 if found.fails else 0)


def publish(
    file: File,
    campaign: Annotated[str, typer.Option(help="Publish as the next version of this campaign.")] = "",
    sign: Annotated[list[str] | None, typer.Option(help=SIGN_HELP)] = None,
    by: By = "",
    from_today: Annotated[bool, typer.Option("--from-today", help="Move all dates so that it starts today.")] = False,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Publish a definition: as a new campaign, or as the next version of one."""
    from functions.core.discovery import discover
    from functions.storage.campaigns import Refused
    from infra import definition_shelf

    at, who = datetime.now(UTC), by or getpass.getuser()
    found = _report(file, linted=True, sign=sign or [], by=who, at=at, from_today=from_today)
    _show(found, lang, as_json, linted=True)
    if (reason := found.refusal) is not None:
        typer.echo(f"pond: {Problem(reason).sentence(language_told(lang))} [{reason}]", err=True)
        raise typer.Exit(1)
    assert found.definition is not None
    signed = _sign_offs(found.definition, sign or [], who, at)
    try:
        if campaign:
            _known_form(campaign)
        store = definition_shelf.open_store(os.environ)
        head = definition_shelf.publish(store, found.content, signed, discover(), who, at, campaign)
    except Refused as refusal:
        refuse(refusal, lang)
    typer.echo(f"{head.id} v{head.live}", err=as_json)


def export(
    campaign: Annotated[str, typer.Argument(help="Id of a campaign.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every campaign.")] = False,
    to: Annotated[Path | None, typer.Option(file_okay=False, help="Write files into this folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of YAML.")] = False,
    lang: Lang = "",
) -> None:
    """Print campaigns as definition files, or write them into a folder."""
    from functions.storage.campaigns import Refused
    from infra import definition_shelf

    if bool(campaign) == every:
        raise typer.BadParameter("name one campaign, or say --all")
    language_told(lang)
    try:
        if campaign:
            _known_form(campaign)
        store = definition_shelf.open_store(os.environ)
        names = definition_shelf.all_campaigns(store) if every else [campaign]
        found = {name: definition_shelf.exported(store, name) for name in names}
    except Refused as refusal:
        refuse(refusal, lang)
    if to is not None:
        for name, content in found.items():
            file = to / f"{name}.{'json' if as_json else 'yaml'}"
            _write(file, _written(content, as_json))
            typer.echo(str(file))
    elif as_json:
        typer.echo(_written(found if every else found[campaign], as_json), nl=False)
    else:
        typer.echo("---\n".join(f"# {name}\n{_written(content, as_json)}" for name, content in found.items()), nl=False)


def _report(
    file: Path,
    *,
    linted: bool,
    sign: list[str] | None = None,
    by: str = "",
    at: datetime | None = None,
    from_today: bool = False,
) -> "Report":
    from functions.core.discovery import discover
    from infra.definition_report import report

    begins = at if from_today else None
    found = report(file, discover(), linted=linted, begins=begins)
    if found.definition is None or not sign or at is None:
        return found
    return report(file, discover(), linted=linted, begins=begins, sign_offs=_sign_offs(found.definition, sign, by, at))


def _sign_offs(definition: "Definition", sign: list[str], by: str, at: datetime) -> "list[SignOff]":
    from functions.core.campaign import SignOff

    given = []
    for text in sign:
        place, _, reason = text.partition("=")
        rule, _, path = place.partition("@")
        if not (rule and path and reason.strip()):
            raise typer.BadParameter(f"{text!r} is not RULE@PATH=REASON")
        given.append(SignOff(rule=rule, path=path, by=by, reason=reason, content_hash=definition.content_hash, at=at))
    return given


def _show(found: "Report", lang: str, as_json: bool, *, linted: bool) -> None:
    from infra import definition_report

    language = language_told(lang)
    if as_json:
        typer.echo(definition_report.as_json(found.lines, language))
    else:
        typer.echo(definition_report.as_text(found.lines, language, linted=linted))


def refuse(refusal: "Refused", lang: str, status: int = 1) -> NoReturn:
    """Print why a table refused, or that it is away, and leave with `status`."""
    from infra.definition_report import as_text, from_fault, from_finding

    lines = [*map(from_fault, refusal.faults), *map(from_finding, refusal.findings)]
    if lines:
        typer.echo(as_text(lines, language_told(lang), linted=True), err=True)
    typer.echo(f"pond: {refusal.message.in_(language_told(lang))} [{refusal.code}]", err=True)
    raise typer.Exit(status)


def _known_form(campaign: str) -> None:
    """Raises Refused where no campaign can have this id: it is not asked for, for no key could hold it."""
    from functions.core.ids import is_id
    from functions.storage.refusals import UNKNOWN, Refused

    if not is_id("camp", campaign):
        raise Refused("unknown_campaign", UNKNOWN)


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem("file_not_written", file=file, words=error.strerror, option="--to") from error


def _written(content: Any, as_json: bool) -> str:
    from infra.definition_files import written, written_json

    return written_json(content) if as_json else written(content)


def language_told(lang: str) -> "Language":
    """The language that an option names, else that of the terminal."""
    if lang not in ("", "zh", "en"):
        raise typer.BadParameter("--lang is zh or en")
    told = lang or next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en")
    return "zh" if told.startswith("zh") else "en"
