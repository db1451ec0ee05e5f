"""Rows back to documents, actors and records, as they were found."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from onrecord.documents import Document
from onrecord.records import KIND_NAMES, Record, Records, record_from
from onrecord.store.packing import abstentions_of, actors_of, document_of, unpack


def record_of(kind: str, record_id: str, claim: str, body: str) -> Record:
    """Return the record of a row's JSON, with its id and claim."""
    return replace(record_from(kind, json.loads(body)), id=record_id, claim=claim)


def text_of(connection: sqlite3.Connection, number: int) -> str:
    """Return a document's canonical text."""
    return str(connection.execute("SELECT text FROM texts WHERE document = ?", (number,)).fetchone()[0])


def document_found(connection: sqlite3.Connection, number: int) -> Document:
    """Return a document as it was read, without what was extracted from it."""
    query = "SELECT text, meta, layout FROM documents JOIN texts ON document = number WHERE number = ?"
    text, meta, blob = connection.execute(query, (number,)).fetchone()
    return document_of(text, meta, unpack(blob))


def as_found(connection: sqlite3.Connection, number: int) -> Records:
    """Return all that was extracted from a document, before any decision."""
    meta, blob, provenance, text = connection.execute(
        "SELECT meta, layout, provenance, text FROM documents JOIN texts ON document = number WHERE number = ?", (number,)
    ).fetchone()
    layout = unpack(blob)
    rows: dict[str, list[Record]] = {}
    query = "SELECT kind, id, claim, body FROM records WHERE document = ? AND added_by IS NULL ORDER BY number"
    for row in connection.execute(query, (number,)):
        rows.setdefault(row[0], []).append(record_of(*row))
    whole = Records(
        document_of(text, meta, layout),
        actors_of(layout),
        abstentions=abstentions_of(layout),
        provenance=json.loads(provenance),
    )
    for kind in KIND_NAMES:
        whole = whole.plus(kind, tuple(rows.get(kind, ())))
    return whole
