"""CSV with a Frictionless description: a folder with the tables of `relational`, or one flat file.

OUT is a folder: one file for each table, and `datapackage.json`. OUT ends in `.csv`: one row for each record of every kind, in
the columns that all share, with its status of review, and the description beside it (`NAME.datapackage.json`); names stand in place
of ids and the record's own words in `quote`, so that it can be read alone; it never holds a text.

UTF-8, RFC 4180; empty cells are nulls, lists and objects are JSON. A text that a spreadsheet would run as a formula has an apostrophe
before it (`cells`); halves of surrogate pairs are U+FFFD.

Known limits: a text may be longer than the 131,072 characters that Python's `csv` takes in a cell unless told otherwise.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from onrecord.cells import written
from onrecord.exports import datapackage
from onrecord.exports.items import Item, Manner, folder
from onrecord.exports.relational import DOCUMENT, HEX, REVIEW, Column, Table, rows, tables
from onrecord.records import KIND_NAMES, Record
from onrecord.tables import COLUMNS, flat

FLAT_MEANINGS = {
    "document": "Where the page was read from.",
    "document_id": "Its id.",
    "kind": "The record's kind.",
    "id": "The record's id.",
    "who": "Names of those who say, are bound, or act.",
    "what": "Statement: form; commitment: basis; event: PLOVER type; figure: unit; time: TIMEX3 type.",
    "to_whom": "Names of recipients or of the counterparty.",
    "when": "Commitment: the deadline; event and figure: the time; time: its value.",
    "status": "Statement: stance; commitment: negated or not; event: its status; figure: the number; time: its role.",
    "according_to": "Name of who says so, or author.",
    "start": "First character of the anchor, in code points of the page's text.",
    "end": "After its last character.",
    "quote": "The words of the record.",
    "rule": "What made it.",
    "certainty": "How sure its rule is.",
    "review": "Status of review.",
}


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write all records to `out`, a folder or a `.csv` file; return the files. UsageError where a file stands in a folder's place."""
    return _flat(items, out, manner) if out.suffix.lower() == ".csv" else _tables(items, folder(out), manner)


def _writer(stack: ExitStack, path: Path, names: Sequence[str]) -> csv.DictWriter[str]:
    stream = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    writer = csv.DictWriter(stream, names)
    writer.writeheader()
    return writer


def _tables(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    made = datapackage.Made()
    paths = {table.name: out / f"{table.name}.csv" for table in tables()}
    with ExitStack() as stack:
        writers = {t.name: _writer(stack, paths[t.name], [c.name for c in t.columns]) for t in tables()}
        for item in made.counting(items):
            for row in rows(item, no_text=manner.no_text):
                writers[row.table].writerow({name: written(value) for name, value in row.cells.items()})
    resources = [datapackage.resource(table, paths[table.name]) for table in tables()]
    return [*paths.values(), datapackage.write(out / "datapackage.json", resources, made, manner)]


# ---- one flat file -------------------------------------------------------------------------------------------------


def flat_table() -> Table:
    """Return the description of the flat file's one table."""
    limits = {
        "kind": Column(name="kind", type="string", required=True, words=KIND_NAMES),
        "id": Column(name="id", type="string", required=True, pattern=HEX),
        "start": Column(name="start", type="integer", required=True),
        "end": Column(name="end", type="integer", required=True),
        "review": REVIEW,
    }
    return Table(
        name="records",
        meaning="One row for each record of every kind.",
        columns=tuple(
            Column(name=n, type=c.type, meaning=FLAT_MEANINGS[n], required=c.required, words=c.words, pattern=c.pattern)
            for n in (*COLUMNS, "review", "document_id")
            for c in [limits.get(n, Column(name=n, type="string", pattern=DOCUMENT if n == "document_id" else None))]
        ),
        key=("id",),
    )


def _flat(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    made, table = datapackage.Made(), flat_table()
    with ExitStack() as stack:
        writer = _writer(stack, out, [c.name for c in table.columns])
        for item in made.counting(items):
            for record in item.records.all():
                writer.writerow({name: written(value) for name, value in _flat_row(item, record).items()})
    description = out.with_name(f"{out.stem}.datapackage.json")
    return [out, datapackage.write(description, [datapackage.resource(table, out)], made, manner)]


def _flat_row(item: Item, record: Record) -> dict[str, object]:
    return {**flat(item.records, record), "review": item.review(record.id), "document_id": item.records.document.id}
