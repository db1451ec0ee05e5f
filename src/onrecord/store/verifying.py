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
from onrecord.rulings import Ruling, stand
from onrecord.store import audit, columns, journal, loading
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
    forgotten = {name for (name,) in connection.execute("SELECT subject FROM audit WHERE act = 'forget'")}
    for name, at in connection.execute("SELECT subject, at FROM audit WHERE act = 'read' ORDER BY seq"):
        if name not in forgotten | {name for _, name in there}:
            yield Damage(f"document {name}", f"was added at {at} and is gone")


def _document(connection: sqlite3.Connection, number: int) -> Iterator[Damage]:
    fields = ", ".join(DocumentRow._fields)
    query = f"SELECT {fields}, added, audit, text FROM documents LEFT JOIN texts ON document = number WHERE number = ?"
    *row, added, seq, text = connection.execute(query, (number,)).fetchone()
    kept, what = DocumentRow(*row), f"document {row[0]}"
    if text is None or "sha256:" + sha256(text.encode()).hexdigest() != kept.id:
        yield Damage(what, "its text does not have this hash")
    actors = connection.execute("SELECT body FROM actors WHERE document = ? AND added_by IS NULL ORDER BY place", (number,)).fetchall()
    rows = connection.execute("SELECT id, kind, claim, body FROM records WHERE document = ? AND added_by IS NULL", (number,)).fetchall()
    said = connection.execute("SELECT act, subject, detail FROM audit WHERE seq = ?", (seq,)).fetchone()
    if said is None or said[:2] not in {("read", kept.id), ("again", kept.id)}:
        yield Damage(what, f"the audit does not know its reading (row {seq})")
    elif json.loads(said[2])["digest"] != digest(kept, (body for (body,) in actors), rows):
        yield Damage(what, "what was read of it (metadata, segments, actors or records) does not have the hash that the audit holds")
    first = connection.execute("SELECT at FROM audit WHERE subject = ? AND act = 'read'", (kept.id,)).fetchone()
    if first is None or first[0] != added:
        yield Damage(what, "the time at which it was added is not that of the audit")
    for record_number, record_id in connection.execute("SELECT number, id FROM records WHERE document = ?", (number,)).fetchall():
        yield from _guarded(f"record {record_id}", _record, connection, record_number, text or "")
    yield from _guarded(f"{what}: what is listed", _listing, connection, number)


def _record(connection: sqlite3.Connection, number: int, text: str) -> Iterator[Damage]:
    query = "SELECT id, kind, claim, sum, body FROM records WHERE number = ?"
    record_id, kind, claim, total, body = connection.execute(query, (number,)).fetchone()
    if checksum(record_id, kind, claim, body) != total:
        yield Damage(f"record {record_id}", "does not have the hash that was written with it")
        return
    record = loading.record_of(kind, record_id, claim, body)
    for span in (*record.anchor, *(s for spans in record.evidence.values() for s in spans)):
        if not 0 <= span.start <= span.end <= len(text):
            yield Damage(f"record {record_id}", f"[{span.start}, {span.end}] is no stretch of its text")


def _listing(connection: sqlite3.Connection, number: int) -> Iterator[Damage]:
    """Compare what is listed of a document with what follows from its records and the decisions."""
    found = loading.as_found(connection, number)
    ruling = stand(found, journal.on_document(connection, found.document.id))
    document = ruling.records.document
    uri, page, *columns_there = connection.execute(
        "SELECT uri, page, title, publisher, published, earliest, latest FROM documents WHERE number = ?", (number,)
    ).fetchone()
    if (uri, page, *columns_there) != (found.document.uri, page, *columns.listed(document)):
        yield Damage(f"document {document.id}", "its columns do not follow from what was read and decided")
    there = {local: (name, who, by) for local, name, who, by in connection.execute(LISTED, (number,))}
    identities = {local: who for local, (_, who, _) in there.items()}
    for actor in ruling.records.actors:
        yield from _actor(connection, ruling, actor, there.get(actor.id))
    place = columns.place_of(number, ruling, identities)
    listed = {
        row[0]: row for row in connection.execute("SELECT id, number, added_by, day, document FROM records WHERE document = ?", (number,))
    }
    wanted = columns.entries(ruling, place)
    for entry in wanted:
        name = f"record {entry.row.id}"
        row = listed.pop(entry.row.id, None)
        if row is None:
            yield Damage(name, "was added by hand and is gone")
        elif row[2] != entry.added_by or columns.columns_of(connection, row[1]) != entry.shown[:7]:
            yield Damage(name, "its columns do not follow from what was found and decided")
        elif _lists(connection, row[1]) != (entry.shown.identities, entry.row.kind, entry.shown.day, entry.shown.deadline):
            yield Damage(name, "is not listed under its actors or its deadline")
    yield from (Damage(f"record {record_id}", "is there, and nothing says why") for record_id in listed)


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
    called = {name for (name,) in connection.execute("SELECT name FROM names WHERE identity = ?", (row[1],))}
    for name in set(names_of(actor, document.text)) - called:
        yield Damage(what, f"cannot be found by the name {name!r}")


def _lists(connection: sqlite3.Connection, number: int) -> tuple[object, ...]:
    """Return the identities, kind and day under which a record is listed, and its deadline."""
    rows = connection.execute("SELECT identity, kind, day FROM participants WHERE record = ?", (number,)).fetchall()
    kind, day = connection.execute("SELECT kind, day FROM records WHERE number = ?", (number,)).fetchone()
    if any(row[1:] != (kind, day) for row in rows):
        return ()
    due = connection.execute("SELECT latest, day, actor, counterparty, country FROM deadlines WHERE record = ?", (number,)).fetchone()
    return (frozenset(row[0] for row in rows), kind, day, columns.Deadline(*due) if due else None)


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
    gone = "SELECT subject FROM audit WHERE act = 'forget'"
    for seq, name in connection.execute(f"SELECT seq, subject FROM audit WHERE act = 'appear' AND subject NOT IN ({gone})"):
        if seq not in there:
            yield Damage(f"appearance {seq} of {name}", "is gone")


def _decisions(connection: sqlite3.Connection) -> Iterator[Damage]:
    there = set()
    for (seq,) in connection.execute("SELECT seq FROM decisions").fetchall():
        there.add(seq)
        yield from _guarded(f"decision {seq}", _decision, connection, seq)
    forgotten = {name for (name,) in connection.execute("SELECT subject FROM audit WHERE act = 'forget'")}
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
