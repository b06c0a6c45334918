"""`pond codes`: links on items, from a terminal."""

import sys
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def codes() -> None:
    """Codes on single items, and links as GS1 Digital Link has them."""


@app.command()
def parse(
    uri: Annotated[str, typer.Argument(help="A GS1 Digital Link URI; without it, one a line is read from stdin.")] = "",
    lang: Annotated[str, typer.Option(help="zh or en; by default as LANG says.")] = "",
) -> None:
    """Print what each link says, a JSON object a line; for one that is none, the reason."""
    from infra.code_lines import line
    from infra.definition_commands import language_told

    language = language_told(lang)
    if uri:
        is_link, said = line(uri, language)
        typer.echo(said)
        raise typer.Exit(0 if is_link else 1)
    for raw in sys.stdin.buffer:  # every line is answered, whatever its bytes are
        sys.stdout.write(line(raw.decode("utf-8", "replace").rstrip("\r\n"), language)[1] + "\n")
