"""Makes every hash of the store again and names what is damaged: pages, texts, segments, spans, records, decisions, the chain.

SQLite's own checks look at its structure; a flipped bit in a text is none of their business.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import NamedTuple

from onrecord.annotations import Actor
from onrecord.decisions import ACTS
from onrecord.errors import OnRecordError
from onrecord.records import Record
from onrecord.rulings import Ruling, stand
from onrecord.store import audit, columns, journal, loading
from onrecord.store.columns import Deadline, Entry
from onrecord.store.connection import make
from onrecord.store.deciding import roots
from onrecord.store.packing import DocumentRow, checksum, digest, folded, identity_key, names_of
from onrecord.store.writes import appearance_digest

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
    for check in (_structure, _schema, _chain, _pages, _documents, _appearances, _decisions, _identities, _indexes):
        yield from _guarded("the file", check, connection)


def _guarded(what: str, check: Callable[..., Iterator[Damage]], *about: object) -> list[Damage]:
    """Return what a check finds; that it cannot read what it looks at is damage too, and no reason to end."""
    found: list[Damage] = []
    try:
        found.extend(check(*about))  # what comes before an error stays
    except TROUBLE as error:
        found.append(Damage(what, f"cannot be read ({type(error).__name__}: {error})"))
    return found


def _structure(connection: sqlite3.Connection) -> Iterator[Damage]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Damage("the file's structure", said)
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield Damage(f"table {row[0]}", f"row {row[1]} points to nothing in {row[2]}")


def _schema(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Compare tables, triggers and views with those of a new store: a trigger that is gone guards nothing."""
    query = "SELECT type || ' ' || name, sql FROM sqlite_schema"
    blank = sqlite3.connect(":memory:", isolation_level=None)
    try:
        make(blank)
        wanted = dict(blank.execute(query))
    finally:
        blank.close()
    there = dict(connection.execute(query))
    for name in sorted({*wanted, *there} - {"table sqlite_sequence", "table sqlite_stat1", "table sqlite_stat4"}):
        if wanted.get(name) != there.get(name):
            yield Damage(name, "is not as onrecord makes it")


def _chain(connection: sqlite3.Connection) -> Iterator[Damage]:
    yield from (Damage(*said.split(": ", 1)) for said in audit.broken(connection))


# ---- pages and documents -------------------------------------------------------------------------------------------


def _pages(connection: sqlite3.Connection) -> Iterator[Damage]:
    for (key,) in connection.execute("SELECT sha256 FROM pages").fetchall():
        yield from _guarded(f"page {key}", _page, connection, key)


def _page(connection: sqlite3.Connection, key: str) -> Iterator[Damage]:
    content = connection.execute("SELECT content FROM pages WHERE sha256 = ?", (key,)).fetchone()[0]
    if sha256(zlib.decompress(content)).hexdigest() != key:
        yield Damage(f"page {key}", "its bytes do not have this hash")


def _documents(connection: sqlite3.Connection) -> Iterator[Damage]:
    there = connection.execute("SELECT number, id FROM documents").fetchall()
    for number, name in there:
        yield from _guarded(f"document {name}", _document, connection, number)
        yield from _guarded(f"document {name}: what is listed of it", _listing, connection, number)
    known = _forgotten(connection) | {name for _, name in there}
    for name, at in connection.execute("SELECT subject, at FROM audit WHERE act = 'read' ORDER BY seq"):
        if name not in known:
            yield Damage(f"document {name}", f"was added at {at} and is gone")


def _forgotten(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT subject FROM audit WHERE act = 'forget'")}


def _document(connection: sqlite3.Connection, number: int) -> Iterator[Damage]:
    """Check a document against its hashes: text, reading, each record."""
    fields = ", ".join(DocumentRow._fields)
    query = f"SELECT {fields}, added, audit, text FROM documents LEFT JOIN texts ON document = number WHERE number = ?"
    *row, added, seq, text = connection.execute(query, (number,)).fetchone()
    kept, what = DocumentRow(*row), f"document {row[0]}"
    if text is None or "sha256:" + sha256(text.encode()).hexdigest() != kept.id:
        yield Damage(what, "its text does not have this hash")
    first = connection.execute("SELECT at FROM audit WHERE subject = ? AND act = 'read'", (kept.id,)).fetchone()
    if first is None or first[0] != added:
        yield Damage(what, "the time at which it was added is not that of the audit")
    try:
        rows = connection.execute(f"{RECORD} WHERE document = ?", (number,)).fetchall()
    except sqlite3.Error:
        yield from _one_by_one(connection, number)
        raise
    yield from (Damage(f"record {r[0]}", "does not have the hash that was written with it") for r in rows if checksum(*r[:4]) != r[4])
    said = connection.execute("SELECT act, subject, detail FROM audit WHERE seq = ?", (seq,)).fetchone()
    if said is None or said[:2] not in {("read", kept.id), ("again", kept.id)}:
        yield Damage(what, f"the audit does not know its reading (row {seq})")
    elif json.loads(said[2])["digest"] != digest(kept, (r[:4] for r in rows if r[5] is None)):
        yield Damage(what, "what was read of it (metadata, segments, actors or records) does not have the hash that the audit holds")


RECORD = "SELECT id, kind, claim, body, sum, added_by FROM records"


def _one_by_one(connection: sqlite3.Connection, document: int) -> Iterator[Damage]:
    """Name the records of a document that cannot be read."""
    for (number,) in connection.execute("SELECT number FROM records WHERE document = ?", (document,)).fetchall():
        try:
            connection.execute(f"{RECORD} WHERE number = ?", (number,)).fetchone()
        except sqlite3.Error as error:
            yield Damage(f"record in row {number}", f"cannot be read ({error})")


def _listing(connection: sqlite3.Connection, number: int) -> Iterator[Damage]:
    """Compare what is listed of a document with what follows from its records and the decisions."""
    found = loading.as_found(connection, number)
    ruling = stand(found, journal.on_document(connection, found.document.id))
    document = ruling.records.document
    query = "SELECT uri, title, publisher, published, earliest, latest FROM documents WHERE number = ?"
    if connection.execute(query, (number,)).fetchone() != (found.document.uri, *columns.listed(document)):
        yield Damage(f"document {document.id}", "its columns do not follow from what was read and decided")
    there = {local: (name, who, by) for local, name, who, by in connection.execute(LISTED, (number,))}
    for actor in ruling.records.actors:
        yield from _actor(connection, ruling, actor, there.get(actor.id))
    place = columns.place_of(number, ruling, {local: who for local, (_, who, _) in there.items()})
    for record in ruling.found.values():
        yield from _spans(record, document.text)
    yield from _rows(connection, number, columns.entries(ruling, place))


def _spans(record: Record, text: str) -> Iterator[Damage]:
    for span in (*record.anchor, *(s for spans in record.evidence.values() for s in spans)):
        if not 0 <= span.start <= span.end <= len(text):
            yield Damage(f"record {record.id}", f"[{span.start}, {span.end}] is no stretch of its text")


def _rows(connection: sqlite3.Connection, document: int, wanted: list[Entry]) -> Iterator[Damage]:
    """Compare the rows of a document's records, and where they are listed, with what they must be."""
    rows = {
        row[0]: row[1:] for row in connection.execute(f"SELECT id, number, added_by, {SHOWN} FROM records WHERE document = ?", (document,))
    }
    listed, due = _lists(connection, document)
    for entry in wanted:
        name, row = f"record {entry.row.id}", rows.pop(entry.row.id, None)
        if row is None:
            yield Damage(name, "was added by hand and is gone")
        elif row[1:] != (entry.added_by, *entry.shown[:7]):
            yield Damage(name, "its columns do not follow from what was found and decided")
        elif listed.get(row[0], set()) != {(who, entry.row.kind, entry.shown.day) for who in entry.shown.identities}:
            yield Damage(name, "is not listed under its actors")
        elif due.get(row[0]) != entry.shown.deadline:
            yield Damage(name, "is not listed by its deadline")
    yield from (Damage(f"record {record_id}", "is there, and nothing says why") for record_id in rows)


SHOWN = "type, status, day, review, quote, who, amended"


def _lists(connection: sqlite3.Connection, document: int) -> tuple[dict[int, set[tuple[int, str, str]]], dict[int, Deadline]]:
    """Return under whom each record of a document is listed, with kind and day, and the deadlines."""
    listed: dict[int, set[tuple[int, str, str]]] = {}
    query = "SELECT record, identity, p.kind, p.day FROM records AS r JOIN participants AS p ON p.record = r.number WHERE r.document = ?"
    for number, *place in connection.execute(query, (document,)):
        listed.setdefault(number, set()).add(tuple(place))
    query = (
        "SELECT record, latest, d.day, actor, counterparty, country FROM records AS r JOIN deadlines AS d ON d.record = r.number "
        "WHERE r.document = ?"
    )
    return listed, {number: Deadline(*due) for number, *due in connection.execute(query, (document,))}


LISTED = "SELECT local, name, identity, added_by FROM actors WHERE document = ?"


def _actor(connection: sqlite3.Connection, ruling: Ruling, actor: Actor, row: tuple[str, int, int | None] | None) -> Iterator[Damage]:
    document = ruling.records.document
    what = f"actor {document.id}#{actor.id}"
    if row is None or row[0] != actor.name or row[2] != ruling.new_actors.get(actor.id):
        yield Damage(what, "is not listed as it stands")
        return
    apart = document.id if actor.id in ruling.apart else None
    key = connection.execute("SELECT key FROM identities WHERE number = ?", (row[1],)).fetchone()
    if key is None or key[0] != identity_key(actor, apart):
        yield Damage(what, "is listed as somebody else")
    for name in dict.fromkeys(names_of(actor, document.text)):
        if not connection.execute("SELECT 1 FROM names WHERE name = ? AND identity = ?", (name, row[1])).fetchone():
            yield Damage(what, f"cannot be found by the name {name!r}")


# ---- the rest ------------------------------------------------------------------------------------------------------


def _appearances(connection: sqlite3.Connection) -> Iterator[Damage]:
    query = (
        "SELECT a.seq, a.uri, d.id, a.page, a.captured, a.url, a.archive_url, u.act, u.detail FROM appearances AS a "
        "LEFT JOIN documents AS d ON d.number = a.document LEFT JOIN audit AS u ON u.seq = a.seq ORDER BY a.seq"
    )
    there = set()
    for seq, *row, act, detail in connection.execute(query):
        there.add(seq)
        if act != "appear" or json.loads(detail)["digest"] != appearance_digest(row):
            yield Damage(f"appearance {seq} of {row[0]}", "does not have the hash that the audit holds")
    forgotten = _forgotten(connection)
    for seq, name in connection.execute("SELECT seq, subject FROM audit WHERE act = 'appear'"):
        if seq not in there and name not in forgotten:
            yield Damage(f"appearance {seq} of {name}", "is gone")


def _decisions(connection: sqlite3.Connection) -> Iterator[Damage]:
    there = set()
    for (seq,) in connection.execute("SELECT seq FROM decisions").fetchall():
        there.add(seq)
        yield from _guarded(f"decision {seq}", _decision, connection, seq)
    forgotten = _forgotten(connection)
    marks = ", ".join("?" * len(ACTS))
    for seq, detail in connection.execute(f"SELECT seq, detail FROM audit WHERE act IN ({marks})", ACTS):
        if seq not in there and json.loads(detail)["document"] not in forgotten:
            yield Damage(f"decision {seq}", "is gone")


def _decision(connection: sqlite3.Connection, seq: int) -> Iterator[Damage]:
    row = connection.execute(f"SELECT {journal.COLUMNS} FROM decisions WHERE seq = ?", (seq,)).fetchone()
    if audit.detail_of(connection, seq).get("digest") != journal.digest_of(row):
        yield Damage(f"decision {seq}", "does not have the hash that the audit holds")


def _identities(connection: sqlite3.Connection) -> Iterator[Damage]:
    for number, key, name, kind, country in connection.execute("SELECT number, key, name, kind, country FROM identities"):
        if not key.startswith("\x1f".join((folded(name), kind, country or "", ""))):
            yield Damage(f"identity {number} ({name})", "its columns are not those of its key")
    wanted = roots(connection)
    for number, root in connection.execute("SELECT number, root FROM identities"):
        if wanted.get(number) != root:
            yield Damage(f"identity {number}", "is not merged as people decided")


def _indexes(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Let FTS5 compare its indexes with the texts and records; it wants to write for that, so another writer may keep us waiting."""
    for index in ("text_index", "record_index"):
        try:
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield Damage(f"the search index {index}", f"does not agree with what it indexes ({error})")
