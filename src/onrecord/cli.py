"""The command line: one thin command for each verb. Exit status 0: all read; 1: some inputs failed; 2: unusable arguments."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.errors import OnRecordError, UsageError
from onrecord.exports import FORMATS

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
    except OSError as error:  # a file that was named cannot be read or written
        print(f"onrecord: {error.filename or 'input or output'}: {(error.strerror or str(error)).lower()}", file=sys.stderr)
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


# ---- look ----------------------------------------------------------------------------------------------------------

Kind = Annotated[str | None, typer.Option("--kind", help="statement, commitment, event, figure or time.")]
Of = Annotated[str | None, typer.Option("--actor", help="Only records that name this actor.")]
Type = Annotated[str | None, typer.Option("--type", help="PLOVER type, stance, basis, unit or TIMEX3 type.")]
RecordId = Annotated[str, typer.Argument(metavar="RECORD", help="The first 8 or more digits of its id.")]
Subject = Annotated[str, typer.Argument(metavar="RECORD|DOCUMENT|ACTOR", help="8 or more digits of its id; an actor is DOCUMENT#a1.")]


@app.command()
def show(
    document: Annotated[str | None, typer.Argument(help="A document: digits of its id, its address or file name.")] = None,
    db: Db = DB,
    kind: Kind = None,
    type: Type = None,  # noqa: A002 - the option's name
    actor: Of = None,
) -> None:
    """List the documents, or the records of one."""
    from onrecord import printing, verbs
    from onrecord.records import KIND_NAMES

    if document is None:
        printing.console().print(printing.documents(verbs.documents(db)))
        return
    if kind is not None and kind not in KIND_NAMES:
        message = f"kind {kind!r} is none of {', '.join(KIND_NAMES)}"
        raise UsageError(message)
    records, reviews = verbs.document(db, document)
    printing.show(records, reviews, kind=kind, type_=type, actor=actor)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='All must be there; "side by side"; begin*.')],
    db: Db = DB,
    actor: Of = None,
    kind: Kind = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before this day.")] = None,
    earliest: Annotated[bool, typer.Option("--earliest", help="Earliest first instead of best first.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Most lines.")] = 20,
) -> None:
    """Search texts and records."""
    from onrecord import printing, verbs

    hits = verbs.search(db, words, limit=limit, earliest_first=earliest, actor=actor, kind=kind, since=since, until=until)
    printing.hits(hits)


@app.command()
def explain(
    what: Annotated[str, typer.Argument(metavar="RECORD|DOCUMENT", help="A record; or a document, with START and END.")],
    start: Annotated[int | None, typer.Argument(help="First character of a stretch of the document's text.")] = None,
    end: Annotated[int | None, typer.Argument(help="The character after its last.")] = None,
    db: Db = DB,
    lexicon: Annotated[Path | None, typer.Option(metavar="DIR", help="The lexicon that the page was read with.")] = None,
) -> None:
    """Say why a record was made, or why a stretch of text gave none."""
    from onrecord import printing, verbs

    if (start is None) != (end is None):
        message = "START and END go together"
        raise UsageError(message)
    if start is None or end is None:
        records, reasons = verbs.explain_record(db, what, lexicon=lexicon)
    else:
        records, reasons = verbs.explain_span(db, what, start, end)
    printing.console().print(printing.reasons(records.document.text, reasons))


class LedgerFormat(StrEnum):
    """What `ledger` prints."""

    TABLE = "table"
    CSV = "csv"
    ICS = "ics"
    JSON = "json"


@app.command()
def ledger(
    db: Db = DB,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As it was known on this day (default: today).")] = None,
    actor: Annotated[str | None, typer.Option(help="Who is bound.")] = None,
    country: Annotated[str | None, typer.Option(help="The country of who is bound (ISO 3166 alpha-3).")] = None,
    counterparty: Annotated[str | None, typer.Option(help="To whom it is owed.")] = None,
    basis: Annotated[str | None, typer.Option(help="pledge, agreement, plan or duty.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="Only rows of this status (may be given again).")] = None,
    due_before: Annotated[str | None, typer.Option("--due-before", metavar="DATE", help="Only deadlines before this day.")] = None,
    form: Annotated[LedgerFormat, typer.Option("--format", help="What to print.")] = LedgerFormat.TABLE,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows to print (default: all; of a table 200).")] = None,
    after: Annotated[str | None, typer.Option(metavar="RECORD", help="Go on behind this row.")] = None,
) -> None:
    """List commitments: who, what, by when, and their status."""
    from onrecord import printing, verbs
    from onrecord.ledger import Filter

    day = verbs.day(as_of)
    wanted = Filter(
        actor=actor,
        country=country.upper() if country else None,
        counterparty=counterparty,
        status=frozenset(status or ()),
        basis=basis,
        due_before=verbs.day(due_before) if due_before else None,
    )
    rows = limit or (200 if form is LedgerFormat.TABLE else None)
    printing.ledger(verbs.ledger(db, day, wanted, limit=rows, after=after), day, form.value)


@app.command()
def suggest(record: RecordId, db: Db = DB) -> None:
    """List later sentences that may tell what became of a commitment; what became of it is for you to say (`decide`)."""
    from onrecord import printing, verbs

    printing.suggestions(verbs.suggest(db, record))


@app.command()
def series(
    words: Annotated[str | None, typer.Argument(help="Only series whose label has these words.")] = None,
    db: Db = DB,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List figures that measure one thing over time, and where sources disagree."""
    from onrecord import printing, verbs

    printing.series(verbs.series(db, words), as_json=as_json)


@app.command()
def quotations(
    words: Annotated[str | None, typer.Argument(help="Only quotations or speakers with these words.")] = None,
    db: Db = DB,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List words that several pages quote, their differing versions side by side."""
    from onrecord import printing, verbs

    printing.sayings(verbs.sayings(db, words), as_json=as_json)


@app.command()
def incidents(
    words: Annotated[str | None, typer.Argument(help="Only incidents whose parties, place or pages have these words.")] = None,
    db: Db = DB,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List events that several pages tell, each once, with the reasons why they are taken for one."""
    from onrecord import printing, verbs

    printing.incidents(verbs.incidents(db, words), as_json=as_json)


@app.command()
def copies(db: Db = DB) -> None:
    """List which pages are copies of which, and how much is the same."""
    from onrecord import printing, verbs

    printing.console().print(printing.copies(verbs.copies(db), verbs.documents(db)))


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A text or page whose quotations are checked; - for standard input.")],
    db: Db = DB,
) -> None:
    """Hold the quotations of any text against the store; exit status 1 where one is different or not found."""
    from onrecord import printing, verbs

    found = verbs.check(db, file)
    printing.checked(found)
    if any(c.check.verdict in {"different", "not found"} for c in found):
        raise typer.Exit(1)


@app.command()
def diff(
    document: Annotated[str, typer.Argument(help="A document: digits of its id, its address or file name.")],
    db: Db = DB,
) -> None:
    """Show what changed between the last two versions of a page, and which records that touched."""
    from onrecord import printing, verbs

    printing.diff(*verbs.diff(db, document))


@app.command()
def cite(
    record: RecordId,
    db: Db = DB,
    form: Annotated[str, typer.Option("--format", help="text, markdown or html.")] = "text",
) -> None:
    """Print a citation for one record, with a link to its words."""
    from onrecord import verbs

    print(verbs.citation(db, record, form))


# ---- decide --------------------------------------------------------------------------------------------------------


@app.command()
def decide(
    what: Annotated[str, typer.Argument(metavar="RECORD|DOCUMENT|ACTOR", help="A document for add and correct; an actor is DOCUMENT#a1.")],
    act: Annotated[str, typer.Argument(metavar="ACT", help="accept, reject, amend, add, correct, status, merge, split or undo.")],
    values: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VALUE]...",
            help="amend, add, correct: FIELD=VALUE (a quote for a span); status: kept, broken, ...; merge: the id to merge into; "
            "split: START-END of each mention; undo: the decision's number.",
        ),
    ] = None,
    db: Db = DB,
    reviewer: Annotated[str | None, typer.Option(help="Who decides (default: ONRECORD_REVIEWER, else the login name).")] = None,
    reason: Annotated[str | None, typer.Option(help="reject: the reason's code.")] = None,
    note: Annotated[str | None, typer.Option(help="In your own words.")] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Decided without seeing the other reviewer's decisions.")] = False,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="status: the day on which it came about.")] = None,
    evidence: Annotated[list[str] | None, typer.Option(metavar="DOCUMENT:START-END", help="status: where it stands.")] = None,
) -> None:
    """Decide: accept, reject --reason CODE, amend FIELD=VALUE, correct a document's date, merge actors, say what came of a promise."""
    from onrecord import verbs
    from onrecord.asked import Asked

    asked = Asked(act, tuple(values or ()), reviewer or verbs.reviewer(), reason, note, blind, on, tuple(evidence or ()))
    kept = verbs.decide(db, what, asked)
    print(f"decision {kept.seq} on {kept.subject.removeprefix('sha256:')[:8]}: {kept.decision.act} by {kept.decision.reviewer}")


class HistoryFormat(StrEnum):
    """What `history` prints."""

    TABLE = "table"
    JSONL = "jsonl"


@app.command()
def history(
    what: Annotated[str | None, typer.Argument(metavar="RECORD|DOCUMENT|ACTOR", help="Only about this; an actor is DOCUMENT#a1.")] = None,
    db: Db = DB,
    form: Annotated[HistoryFormat, typer.Option("--format", help="What to print; `onrecord import` reads jsonl.")] = HistoryFormat.TABLE,
) -> None:
    """List the decisions about a record, or all."""
    from onrecord import printing, verbs

    found = verbs.history(db, what)
    if form is HistoryFormat.JSONL:
        printing.decisions(found)
    else:
        printing.console().print(printing.history(found))


class ImportFormat(StrEnum):
    """What `import` reads."""

    JSONL = "jsonl"
    LABELSTUDIO = "labelstudio"


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="What people decided elsewhere.")],
    form: Annotated[
        ImportFormat,
        typer.Option("--from", help="jsonl: lines of `history --format jsonl`, or of `export --to jsonl`, edited; or Label Studio's JSON."),
    ],
    db: Db = DB,
    reviewer: Annotated[str | None, typer.Option(help="Who decided, where a line does not say; of annotations, all.")] = None,
    blind: Annotated[bool, typer.Option("--blind", help="The reviewers did not see each other's decisions.")] = False,
) -> None:
    """Take decisions from a file, each like one of `decide`; what is known already is passed over. Exit status 1: some were not usable."""
    from onrecord import printing, verbs
    from onrecord.imports import Who

    who = Who(reviewer or (verbs.reviewer() if form is ImportFormat.JSONL else None), blind)
    if printing.imported(verbs.import_all(db, form.value, files, who)):
        raise typer.Exit(1)


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="The file (or folder) to write.")],
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    db: Db = DB,
    document: Annotated[str | None, typer.Option(help="Only this document: digits of its id, its address or file name.")] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave out the texts: offsets, hashes and quotes only.")] = False,
) -> None:
    """Write the records for other tools, or a page with its evidence for the browser."""
    from onrecord import verbs

    done = verbs.export(db, to, out, document=document, no_text=no_text)
    for path in done.files:
        print(path)
    print(f"head of the audit chain {done.head}")


@app.command()
def agreement(db: Db = DB) -> None:
    """Say where blind reviewers differ, how far they agree (Krippendorff's alpha), and which decisions wait to be taken again."""
    from onrecord import printing, verbs

    printing.judged(verbs.judged(db))


# ---- keep ----------------------------------------------------------------------------------------------------------


@app.command()
def verify(db: Db = DB) -> None:
    """Check every hash, span and the audit chain; exit status 1 where anything is damaged."""
    from onrecord import verbs

    damage, head = verbs.verify(db)
    for item in damage:
        print(f"onrecord: {db}: {item}", file=sys.stderr)
    print(f"{len(damage)} damaged; head of the audit chain {head}" if damage else f"all as it was written; head of the audit chain {head}")
    if damage:
        raise typer.Exit(1)


@app.command()
def stats(db: Db = DB) -> None:
    """Count documents, records and losses."""
    from onrecord import printing, verbs

    printing.stats(verbs.stats(db))


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One read-only query.")],
    db: Db = DB,
    seconds: Annotated[float, typer.Option(help="Most time that it may take.")] = 10.0,
) -> None:
    """Ask the store in SQL, read-only."""
    from onrecord import printing, verbs

    printing.rows(verbs.sql(db, query, seconds))


@app.command()
def forget(
    document: Annotated[str, typer.Argument(help="Digits of its id, its address or file name.")],
    db: Db = DB,
    reviewer: Annotated[str | None, typer.Option(help="Who decides.")] = None,
) -> None:
    """Remove a page's text and records; its hash and the fact stay in the audit."""
    from onrecord import verbs

    print(f"forgotten: {verbs.forget(db, document, reviewer or verbs.reviewer())}")
