"""`pond deploy`: build, show, ask, execute, tell."""

import typer
from rich.console import Console
from rich.table import Table

from infra import deploy, package, rollout, template
from infra.clients import Target
from infra.problems import Problem

COLOURS = {"Add": "green", "Modify": "yellow", "Remove": "red"}


def run(console: Console, stack: str, region: str | None, profile: str | None, given: list[str], yes: bool) -> None:
    """The whole command. Credentials are tried first: nothing is built in vain."""
    named = parse(given)
    target = Target.aws(region, profile)
    account = deploy.account_of(target)
    parameters = rollout.standing_parameters(target, stack) | named
    console.print(f"Account {account}, region {target.region}, stack {stack}")
    runtime, architecture = _runtime(parameters)
    console.print(f"Building the artifact for Python {runtime} on {architecture} …")
    artifact = package.build(architecture, runtime)
    console.print(f"  {len(artifact.body) / 1e6:.1f} MB, {artifact.digest[:12]}")
    planned = deploy.plan(target, stack, deploy.upload(target, artifact), parameters)
    if not planned.changes:
        console.print("Nothing would change.")
    else:
        console.print(as_table(planned))
        if not yes and not typer.confirm(f"Execute these {len(planned.changes)} changes?"):
            console.print("Left as it is; the change set stays to be looked at.")
            return
        _execute(console, target, planned)
    for name, value in deploy.outputs(target, stack).items():
        console.print(f"  {name}: {value}")


def parse(given: list[str]) -> dict[str, str]:
    """NAME=VALUE words as parameters. Raises `bad_parameter`."""
    known = template.load()["Parameters"]
    parameters = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in known:
            raise Problem("bad_parameter", text=text)
        parameters[name] = value
    return parameters


def _runtime(parameters: dict[str, str]) -> tuple[str, str]:
    defaults = {name: entry.get("Default") for name, entry in template.load()["Parameters"].items()}
    chosen = defaults | parameters
    return chosen["Runtime"].removeprefix("python"), chosen["Architecture"]


def as_table(planned: deploy.Plan) -> Table:
    """What would change, one resource a line."""
    table = Table("", "resource", "type", "replaced", box=None, header_style="bold")
    for change in planned.changes:
        colour = COLOURS.get(change.action, "white")
        table.add_row(f"[{colour}]{change.action}[/]", change.resource, change.kind, "yes" if change.replaces else "")
    return table


def _execute(console: Console, target: Target, planned: deploy.Plan) -> None:
    total = len(planned.changes)
    done: set[str] = set()
    for event in deploy.execute(target, planned):
        if event.status.endswith("_COMPLETE") and event.resource != planned.stack:
            done.add(event.resource)
        style = "red" if "FAILED" in event.status or "ROLLBACK" in event.status else None
        console.print(
            f"  {min(len(done), total):>3}/{total}  {event.status:<28} {event.resource} {event.reason}", style=style
        )
