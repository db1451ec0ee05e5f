"""Parquet: the tables of `relational`, one file each, with their types, and a Frictionless `datapackage.json`.

Texts, whole and decimal numbers and truths are columns of those types; lists are lists (of objects: lists of structs); nulls are nulls;
what a decision changed is JSON as text. Days stay texts as the records have them: they may be months, intervals or symbolic. A
column's meaning is in its metadata too.

Known limits: halves of surrogate pairs, which Parquet's UTF-8 cannot hold, are U+FFFD. Needs pyarrow: `pip install onrecord[parquet]`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.cells import whole
from onrecord.errors import UsageError
from onrecord.exports import datapackage
from onrecord.exports.items import Item, Manner, folder
from onrecord.exports.relational import Column, Row, Table, rows, tables

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

GROUP = 20_000
"""Rows of a table that are held before they are written: a row group of some megabytes."""


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write all tables to the folder `out`; return the files. UsageError without pyarrow, or where a file stands in its place."""
    try:
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        message = "parquet needs pyarrow: pip install onrecord[parquet]"
        raise UsageError(message) from error
    made, place = datapackage.Made(), folder(out)
    paths = {table.name: place / f"{table.name}.parquet" for table in tables()}
    with ExitStack() as stack:
        files = {t.name: _File(t, stack.enter_context(ParquetWriter(paths[t.name], schema_of(t), compression="zstd"))) for t in tables()}
        for item in made.counting(items):
            for row in rows(item, no_text=manner.no_text):
                files[row.table].add(row)
        for file in files.values():
            file.flush()
    resources = [datapackage.resource(table, paths[table.name]) for table in tables()]
    return [*paths.values(), datapackage.write(place / "datapackage.json", resources, made, manner)]


def schema_of(table: Table) -> pa.Schema:
    """Return a table's columns as Arrow has them."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(c.name, arrow_type(c), nullable=not c.required, metadata={"description": c.meaning} if c.meaning else None)
            for c in table.columns
        ]
    )


def arrow_type(column: Column) -> pa.DataType:
    """Return the type of a column."""
    import pyarrow as pa

    plain = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "object": pa.string()}
    if column.type != "array":
        return plain[column.type]
    return pa.list_(pa.struct([(name, plain[t]) for name, t in column.parts.items()]) if column.items == "object" else plain[column.items])


class _File:
    """One table's file, written a row group at a time."""

    def __init__(self, table: Table, writer: ParquetWriter) -> None:
        self.as_json = frozenset(c.name for c in table.columns if c.type == "object")
        self.writer = writer
        self.held: list[dict[str, Any]] = []

    def add(self, row: Row) -> None:
        self.held.append({name: _cell(value, as_json=name in self.as_json) for name, value in row.cells.items()})
        if len(self.held) >= GROUP:
            self.flush()

    def flush(self) -> None:
        import pyarrow as pa

        if self.held:
            self.writer.write_table(pa.Table.from_pylist(self.held, schema=self.writer.schema))
            self.held = []


def _cell(value: Any, *, as_json: bool = False) -> Any:
    if as_json:
        return whole(json.dumps(value, ensure_ascii=False))
    if isinstance(value, str):
        return whole(value)
    return [_cell(part) for part in value] if isinstance(value, list) else value
