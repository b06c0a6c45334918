"""`pond codes`: links on items, from a terminal."""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.problems import Problem

if TYPE_CHECKING:
    from functions.codes.batch import Batch
    from functions.codes.serial import Serials

CHUNK = 10_000
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
    out: Annotated[Path, typer.Option(help="Where the codes go: a .csv.")],
    lang: Lang = "",
) -> None:
    """Write a batch's codes: number, serial, link and the line for people, of each item."""
    from functions.codes.item import serials
    from infra.code_shelf import open_ring, read_batch
    from infra.definition_commands import language_told
    from infra.definition_report import as_text

    if out.suffix.lower() != ".csv":
        raise Problem("format_unknown", ending=out.suffix or out.name)
    ring = open_ring(os.environ)
    batch, wrong = read_batch(file, ring)
    if batch is None:
        typer.echo(as_text(wrong, language_told(lang), linted=False), err=True)
        raise typer.Exit(1)
    _write(batch, serials(ring.roots[batch.key], ring.tenant, batch.label), out)
    typer.echo(f"{batch.size} · {batch.label} · {batch.key} · {out}")


def _answer(uri: str, said: Callable[[str], tuple[bool, str]]) -> None:
    """One link from the command line, with a status; or every line of a stream, each in its place."""
    if uri:
        is_good, words = said(uri)
        typer.echo(words)
        raise typer.Exit(0 if is_good else 1)
    for raw in sys.stdin.buffer:  # every line is answered, whatever its bytes are
        sys.stdout.write(said(raw.decode("utf-8", "replace").rstrip("\r\n"))[1] + "\n")


def _write(batch: "Batch", serials: "Serials", out: Path) -> None:
    import csv

    from rich.console import Console
    from rich.progress import Progress

    from infra.code_shelf import replacing

    with replacing(out) as file, Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(out.name, total=batch.size)
        table = csv.writer(file)
        table.writerow(["number", "serial", "link", "text"])
        for rows in _chunks(batch, serials):
            table.writerows(rows)
            progress.advance(task, len(rows))


def _chunks(batch: "Batch", serials: "Serials") -> Iterator[list[tuple[int, str, str, str]]]:
    """Rows of the table, some thousand at a time: memory stays flat, and the bar moves."""
    from functions.codes.batch import printed, text_head

    head = text_head(batch)
    rows = ((number, serial, link, head + serial) for number, serial, link in printed(batch, serials))
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
