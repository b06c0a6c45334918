"""The command line `pond`: one word for each thing an engineer does with a pond."""

import os
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from infra import code_commands, definition_commands
from infra.problems import Problem, printed

console = Console(highlight=False, soft_wrap=True)
BOOKS_UNREAD = 2  # of `reconcile`, whose 1 says that there are differences


class PondGroup(TyperGroup):
    """Prints a problem as one sentence with its code, and leaves with status 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a traceback is for bugs only."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            typer.echo(printed(problem), err=True)
            raise typer.Exit(1) from problem


app = typer.Typer(cls=PondGroup, no_args_is_help=True, add_completion=False, help=__doc__)


@app.command()
def up(
    context: typer.Context,
    detach: Annotated[bool, typer.Option("--detach", help="Run in the background.")] = False,
    lan: Annotated[bool, typer.Option("--lan", help="Let phones in the same network open it.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the API and the pages.")] = 8787,
    ui_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the composer.")] = 8501,
    ui: Annotated[bool, typer.Option(help="Start the composer too.")] = True,
    ahead: Annotated[
        int, typer.Option(min=0, max=3650, help="Days to set Pond's clock ahead: walk a week in a minute.")
    ] = 0,
) -> None:
    """Bring up the whole product on this machine, and keep its data."""
    from infra.local import supervisor
    from infra.local.home import Home

    home = Home.chosen()
    home.prepare()
    was = home.days_ahead
    os.environ["POND_CLOCK"] = str(home.clock)  # every part, and every function in it, inherits this
    wish, asked = supervisor.Wish(port, ui_port, lan, ui), _asked(context)

    def show(addresses: dict[str, str]) -> None:
        supervisor.require_like(addresses, wish, asked)
        home.turn_clock(ahead)
        _say_clock(ahead, was)
        _show(addresses, lan)

    if addresses := supervisor.running(home):
        show(addresses)
        return
    if warning := supervisor.what_a_crash_loses():
        console.print(warning, style="yellow")
    if detach:
        arguments = [*supervisor.detached_arguments(wish, asked), "--ahead", str(ahead)]
        show(supervisor.detach(home, arguments))
        return
    ours = supervisor.Supervisor(home, wish, lambda words: console.print(f"  {words}", style="dim"))
    try:
        ours.up(lambda: home.turn_clock(ahead), show)
    except Problem as problem:
        theirs = supervisor.running(home) if problem.code == "still_starting" else None
        if theirs is None:
            raise
        show(theirs)


def _asked(context: typer.Context) -> list[str]:
    """Which fields of the wish the command line names; a default asks for nothing."""
    fields = {"port": "api_port", "ui_port": "ui_port", "lan": "lan", "ui": "ui"}
    named = {name for name in fields if getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"}
    return [field for name, field in fields.items() if name in named]


def _say_clock(ahead: int, was: int) -> None:
    if ahead:
        console.print(f"  Pond's clock is {ahead} days ahead")
    elif was:
        console.print(f"  Pond's clock shows the real time again; it was {was} days ahead (--ahead {was} keeps it)")


@app.command()
def down() -> None:
    """End the local cloud; its data stays."""
    from infra.local import supervisor
    from infra.local.home import Home

    was_up = supervisor.down(Home.chosen())
    console.print("Pond is down." if was_up else "Pond was not up.")


@app.command()
def sms() -> None:
    """Show the text messages that the local cloud pretended to send, such as one-time codes."""
    from infra.local import sms as messages
    from infra.local import supervisor
    from infra.local.home import Home

    addresses = supervisor.running(Home.chosen())
    if not addresses:
        raise Problem("not_up")
    for number, text in messages.sent(addresses["endpoint"]):
        console.print(f"{number}  {text}")


@app.command()
def deploy(
    stack: Annotated[str, typer.Option(help="Name of the CloudFormation stack.")] = "pond",
    region: Annotated[str | None, typer.Option(help="AWS region, such as ap-southeast-1 or cn-north-1.")] = None,
    profile: Annotated[str | None, typer.Option(help="Profile of the AWS configuration.")] = None,
    parameter: Annotated[list[str] | None, typer.Option(help="NAME=VALUE for template.yaml; may be repeated.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Execute without asking.")] = False,
) -> None:
    """Deploy to AWS: show what would change, ask, then do it."""
    from infra import deploy_command

    deploy_command.run(console, stack, region, profile, parameter or [], yes)


@app.command()
def redrive(
    stack: Annotated[str, typer.Option(help="Name of the CloudFormation stack.")] = "pond",
    region: Annotated[str | None, typer.Option(help="AWS region.")] = None,
    profile: Annotated[str | None, typer.Option(help="Profile of the AWS configuration.")] = None,
    local: Annotated[bool, typer.Option("--local", help="The local cloud of this folder.")] = False,
) -> None:
    """Send parked stream records through Insights again, after what parked them is repaired."""
    from infra import redrive as work
    from infra.clients import Target
    from infra.local.cloud import STACK, standing
    from infra.local.home import Home

    if local:
        tally = work.run(Target.emulator(standing(Home.chosen()).endpoint), STACK)
    else:
        tally = work.run(Target.aws(region, profile), stack)
    console.print(f"{tally.done} done, {tally.failed} failed again, {tally.expired} too old for the stream")
    if tally.failed:
        raise typer.Exit(1)


@app.command()
def reconcile(
    settle: Annotated[str, typer.Option(help="Say first that this money is dealt with: unm_…, as it is listed.")] = "",
    by: Annotated[str, typer.Option(help="Who dealt with it.")] = "",
    reference: Annotated[str, typer.Option(help="The receipt of it, or what became of the money.")] = "",
) -> None:
    """Print every difference between orders, payments, refunds and commission, a JSON object a line.

    Exit 0: there is none; 1: there are some; 2: the books could not be read.
    """
    from datetime import UTC, datetime

    from functions.edge.clock import clock
    from functions.storage.campaigns import Refused
    from infra import definition_shelf, reconcile_command

    now: datetime = clock(os.environ)().astimezone(UTC)
    try:
        store = definition_shelf.open_store(os.environ)
        with definition_shelf.Answering():
            if settle and not reconcile_command.settled(store, settle, by.strip(), reference.strip(), now):
                raise typer.BadParameter("--settle takes a name as it is listed, with --by and --reference")
            differences = reconcile_command.found(store, now)
    except Refused as refusal:
        definition_commands.refuse(refusal, "", BOOKS_UNREAD)
    for one in differences:
        print(reconcile_command.line(one))
    if differences:
        raise typer.Exit(1)


def _show(addresses: dict[str, str], lan: bool) -> None:
    console.print(f"\n  [bold]composer[/]  {addresses.get('ui', 'not started (--no-ui)')}")
    console.print(f"  [bold]pages   [/]  {addresses['api']}")
    console.print(f"  [bold]table   [/]  {addresses['table']} at {addresses['table_endpoint']}\n")
    if lan:
        _print_qr(addresses["api"])


def _print_qr(url: str) -> None:
    import qrcode

    code = qrcode.QRCode(border=2)
    code.add_data(url)
    code.print_ascii(invert=True)


definition_commands.register(app)
app.add_typer(code_commands.app, name="codes")

if __name__ == "__main__":
    app()
