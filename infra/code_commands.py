"""`pond codes`: links on items, from a terminal."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from infra.problems import Problem

Lang = Annotated[str, typer.Option(help="zh or en; by default as LANG says.")]

app = typer.Typer(no_args_is_help=True)


@app.callback()
def codes() -> None:
    """Codes on single items, and links as GS1 Digital Link has them."""


@app.command()
def parse(
    uri: Annotated[str, typer.Argument(help="A GS1 Digital Link URI; without it, one a line is read from stdin.")] = "",
    lang: Lang = "",
) -> None:
    """Print what each link says, a JSON object a line; for one that is none, the reason."""
    from infra.code_lines import line
    from infra.definition_commands import language_told

    language = language_told(lang)
    _answer(uri, lambda text: line(text, language))


@app.command()
def verify(
    uri: Annotated[str, typer.Argument(help="The link of an item; without it, one a line is read from stdin.")] = "",
    lang: Lang = "",
) -> None:
    """Say of each link whether its serial was made here, and which item it is."""
    from infra.code_lines import proof
    from infra.code_shelf import open_ring
    from infra.definition_commands import language_told

    ring, language = open_ring(os.environ), language_told(lang)
    _answer(uri, lambda text: proof(text, ring, language))


@app.command()
def make(
    file: Annotated[Path, typer.Argument(help="The batch, YAML or JSON.")],
    out: Annotated[Path, typer.Option(help="Where the codes go: .pdf (labels), .zip (pictures), .csv or .xlsx.")],
    lang: Lang = "",
) -> None:
    """Write a batch's codes for the printer: labels, a picture of each, or number, serial, link and line for people."""
    from functions.codes.item import serials
    from functions.drawing.labels.reasons import BadLabels
    from infra.code_files import ENDINGS, write
    from infra.code_shelf import open_ring, read_batch
    from infra.definition_commands import language_told
    from infra.definition_report import as_text

    language = language_told(lang)
    if out.suffix.lower() not in ENDINGS:
        raise Problem("format_unknown", ending=out.suffix or out.name)
    ring = open_ring(os.environ)
    told, wrong = read_batch(file, ring)
    if told is None:
        typer.echo(as_text(wrong, language, linted=False), err=True)
        raise typer.Exit(1)
    batch, labels = told
    try:
        measured = write(batch, labels, serials(ring.roots[batch.key], ring.tenant, batch.label), out)
    except BadLabels as bad:
        typer.echo(f"pond: {bad.sentence().in_(language)} [{bad.code}]", err=True)
        raise typer.Exit(1) from bad
    typer.echo(" · ".join([str(batch.size), batch.label, batch.key, *measured, str(out)]))


def _answer(uri: str, said: Callable[[str], tuple[bool, str]]) -> None:
    """One link from the command line, with a status; or every line of a stream, each in its place."""
    if uri:
        is_good, words = said(uri)
        typer.echo(words)
        raise typer.Exit(0 if is_good else 1)
    for raw in sys.stdin.buffer:  # every line is answered, whatever its bytes are
        sys.stdout.write(said(raw.decode("utf-8", "replace").rstrip("\r\n"))[1] + "\n")
