"""Makes every hash of the store again and names what is damaged: pages, texts, segments, spans, records, decisions, the chain.

SQLite's own checks look at its structure; a flipped bit in a text is none of their business.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import NamedTuple

from onrecord.errors import OnRecordError
from onrecord.store import audit, columns, journal
from onrecord.store.packing import DocumentRow, checksum, digest

TROUBLE = (sqlite3.Error, OnRecordError, ValueError, TypeError, KeyError, IndexError, AttributeError, zlib.error, AssertionError)
"""What reading a damaged row can raise."""


class Damage(NamedTuple):
    """One thing that is not as it was written."""

    what: str
    reason: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.what}: {self.reason}"


def verify(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Yield all that is damaged; nothing where the store is as it was written."""
    for check in (_structure, _chain, _pages, _documents, _decisions):
        yield from _guarded("the file", check, connection)


def _guarded(what: str, check: Callable[..., Iterator[Damage]], *about: object) -> list[Damage]:
    """Return what a check finds; that it cannot read what it looks at is damage too, and no reason to end."""
    try:
        return list(check(*about))
    except TROUBLE as error:
        return [Damage(what, f"cannot be read ({type(error).__name__}: {error})")]


def _structure(connection: sqlite3.Connection) -> Iterator[Damage]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Damage("the file's structure", said)
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield Damage(f"table {row[0]}", f"row {row[1]} points to nothing in {row[2]}")


def _chain(connection: sqlite3.Connection) -> Iterator[Damage]:
    yield from (Damage(*said.split(": ", 1)) for said in audit.broken(connection))


def _pages(connection: sqlite3.Connection) -> Iterator[Damage]:
    for (key,) in connection.execute("SELECT sha256 FROM pages").fetchall():
        yield from _guarded(f"page {key}", _page, connection, key)


def _page(connection: sqlite3.Connection, key: str) -> Iterator[Damage]:
    content = connection.execute("SELECT content FROM pages WHERE sha256 = ?", (key,)).fetchone()[0]
    if sha256(zlib.decompress(content)).hexdigest() != key:
        yield Damage(f"page {key}", "its bytes do not have this hash")


def _documents(connection: sqlite3.Connection) -> Iterator[Damage]:
    for number, name in connection.execute("SELECT number, id FROM documents").fetchall():
        yield from _guarded(f"document {name}", _document, connection, number)


def _document(connection: sqlite3.Connection, number: int) -> Iterator[Damage]:
    fields = ", ".join(DocumentRow._fields)
    *row, seq, text = connection.execute(
        f"SELECT {fields}, audit, text FROM documents JOIN texts ON document = number WHERE number = ?",
        (number,),
    ).fetchone()
    kept = DocumentRow(*row)
    if "sha256:" + sha256(text.encode()).hexdigest() != kept.id:
        yield Damage(f"document {kept.id}", "its text does not have this hash")
    actors = connection.execute("SELECT body FROM actors WHERE document = ? ORDER BY length(local), local", (number,)).fetchall()
    rows = connection.execute("SELECT id, kind, claim, body FROM records WHERE document = ? AND added_by IS NULL", (number,)).fetchall()
    if audit.detail_of(connection, seq).get("digest") != digest(kept, (body for (body,) in actors), rows):
        yield Damage(f"document {kept.id}", "what was read of it does not have the hash that the audit holds")
    for record_number, record_id in connection.execute("SELECT number, id FROM records WHERE document = ?", (number,)).fetchall():
        yield from _guarded(f"record {record_id}", _record, connection, record_number, text)


def _record(connection: sqlite3.Connection, number: int, text: str) -> Iterator[Damage]:
    record_id, kind, claim, total, body = connection.execute(
        "SELECT id, kind, claim, sum, body FROM records WHERE number = ?", (number,)
    ).fetchone()
    if checksum(record_id, kind, claim, body) != total:
        yield Damage(f"record {record_id}", "does not have the hash that was written with it")
        return
    record = columns.stored(kind, record_id, claim, body)
    for span in (*record.anchor, *(s for spans in record.evidence.values() for s in spans)):
        if not 0 <= span.start <= span.end <= len(text):
            yield Damage(f"record {record_id}", f"[{span.start}, {span.end}] is no stretch of its text")


def _decisions(connection: sqlite3.Connection) -> Iterator[Damage]:
    query = f"SELECT {journal.COLUMNS} FROM decisions ORDER BY seq"
    for row in connection.execute(query):
        if audit.detail_of(connection, row[0]).get("digest") != journal.digest_of(row):
            yield Damage(f"decision {row[0]}", "does not have the hash that the audit holds")
