"""The command line: one thin command for each verb. Exit status 0: all read; 1: some inputs failed; 2: unusable arguments."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.errors import OnRecordError, UsageError

app = typer.Typer(name="onrecord", add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

Db = Annotated[Path, typer.Option("--db", metavar="FILE", help="The store.")]
DB = Path("onrecord.db")


class ReadFormat(StrEnum):
    """What `read` prints."""

    SUMMARY = "summary"
    JSONL = "jsonl"
    CSV = "csv"


def main() -> None:
    """Run the command line; errors that onrecord raises on purpose become one line each."""
    try:
        app()
    except UsageError as error:
        _fail(error)
        sys.exit(2)
    except OnRecordError as error:
        _fail(error)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def _fail(error: OnRecordError) -> None:
    print(f"onrecord: {error}", file=sys.stderr)


def _version(value: bool) -> None:
    if value:
        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """News pages in, an auditable record out: who said what, who is bound to do what, who did what to whom."""


# ---- read ----------------------------------------------------------------------------------------------------------


@app.command()
def read(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Pages (.html .txt .pdf), JSONL, WARC, feeds (.xml), a folder, - for standard input, an http address."
        ),
    ],
    db: Db = DB,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Publication date of inputs that carry none (EDTF).")] = None,
    form: Annotated[ReadFormat, typer.Option("--format", help="What to print.")] = ReadFormat.SUMMARY,
    no_store: Annotated[bool, typer.Option("--no-store", help="Write no store.")] = False,
    follow: Annotated[bool, typer.Option("--follow", help="Read the pages that a feed's entries link to.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Extract again what is stored.")] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Worker processes; 0: one for each core.")] = 0,
    lexicon: Annotated[Path | None, typer.Option(metavar="DIR", help="Your own actors, triggers and cues.")] = None,
) -> None:
    """Read pages, extract their records, store them, and print a summary (or the records themselves)."""
    import os

    from onrecord import printing, sources, verbs

    inputs_are = sources.Options(published=published, follow=follow, allow_private=allow_private)
    how = verbs.Reading(None if no_store else db, inputs_are, again, jobs or os.cpu_count() or 1, lexicon)
    printers: dict[ReadFormat, type[printing.Printer]] = {
        ReadFormat.SUMMARY: printing.Summary,
        ReadFormat.JSONL: printing.Jsonl,
        ReadFormat.CSV: printing.Csv,
    }
    printer = printers[form]()
    failed = 0
    for outcome in verbs.read_all(inputs, how):
        if isinstance(outcome, OnRecordError):
            _fail(outcome)
            failed += 1
        else:
            printer.document(outcome[1])
    printer.close(failed, str(how.db) if how.db else None)
    if failed:
        raise typer.Exit(1)


# ---- score ---------------------------------------------------------------------------------------------------------


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="A folder of gold pages (NAME.txt and NAME.json).")],
    records: Annotated[Path, typer.Argument(help="Lines that `read --format jsonl` wrote; - for standard input.")],
) -> None:
    """Print precision, recall and F1 of records against gold pages."""
    from onrecord import printing, verbs

    lines = sys.stdin if str(records) == "-" else records.read_text(encoding="utf-8").splitlines()
    result = verbs.score(gold, lines)
    for complaint in result.complaints:
        print(f"onrecord: {complaint}", file=sys.stderr)
    printing.console().print(printing.scores(result))
