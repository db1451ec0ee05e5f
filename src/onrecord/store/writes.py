"""Pages and their records into the store, in batches: the same page again changes nothing, a changed one is a new version.

A batch is one transaction: a kill, a full disk or an error leaves all of it or nothing, and reading the same pages again goes on
from there. Rows are packed before the transaction begins, so that other writers wait as little as possible.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from onrecord.documents import Page
from onrecord.records import Record, Records
from onrecord.rulings import Offer, offers
from onrecord.store import audit, columns, journal, loading
from onrecord.store.columns import Entry, Place
from onrecord.store.connection import transaction
from onrecord.store.packing import (
    LEVEL,
    DocumentRow,
    RecordRow,
    digest,
    document_row,
    dump,
    record_row,
)

BATCH = 50
"""Documents in one transaction: FULL synchronisation then costs nothing measurable."""

PROGRAM = "onrecord"
"""Who writes what no person decided."""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the pages given; documents by their id."""

    added: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    """Those of the added that are a new version of a page already there."""
    unchanged: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    """Passed over: a person had them forgotten."""
    refused: tuple[tuple[str, str], ...] = ()
    """(URI, reason)."""
    records: int = 0
    """Those of the added and replaced documents."""
    offered: tuple[Offer, ...] = ()
    orphans: tuple[Offer, ...] = ()


class Packed(NamedTuple):
    """A page with its rows, ready to be written."""

    page: Page
    records: Records
    content: bytes
    row: DocumentRow
    rows: tuple[tuple[Record, RecordRow], ...]
    digest: str


def packed(page: Page, records: Records) -> Packed:
    """Return the rows of a page; UnicodeEncodeError where its text cannot be written as UTF-8."""
    records.document.text.encode()
    row = document_row(records, page)
    names = {actor.id: actor.name for actor in records.actors}
    rows = tuple((record, record_row(record, records.document.text, names)) for record in records.all())
    whole = digest(row, ((r.id, r.kind, r.claim, r.body) for _, r in rows))
    return Packed(page, records, zlib.compress(page.content, LEVEL), row, rows, whole)


def batches(results: Iterable[tuple[Page, Records]]) -> Iterator[list[tuple[Page, Records]]]:
    """Cut a stream into lists of BATCH."""
    stream = iter(results)
    while batch := list(islice(stream, BATCH)):
        yield batch


def add(connection: sqlite3.Connection, batch: Iterable[tuple[Page, Records]], filing: Filing) -> None:
    """Write one batch; what `filing` says of it holds once this returns."""
    ready: list[Packed] = []
    for page, records in batch:
        try:
            ready.append(packed(page, records))
        except UnicodeEncodeError:
            filing.refused.append((page.uri, "its text holds half a surrogate pair, which UTF-8 cannot keep"))
    with transaction(connection):
        identities: dict[str, int] = {}
        for item in ready:
            _file(connection, item, filing, identities)


@dataclass(slots=True)
class Filing:
    """How pages are written: the time, the version of the tool, whether what is there is replaced; and what became of them."""

    at: str
    tool: str
    again: bool = False
    done: list[tuple[str, str]] = field(default_factory=list)
    """(what became of it, document), in order."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    records: int = 0
    offers: list[Offer] = field(default_factory=list)

    def report(self) -> AddReport:
        """Return what became of the pages."""
        by: dict[str, list[str]] = {"added": [], "versions": [], "unchanged": [], "replaced": [], "forgotten": []}
        for what, document in self.done:
            by[what].append(document)
        return AddReport(
            **{what: tuple(documents) for what, documents in by.items()},
            refused=tuple(self.refused),
            records=self.records,
            offered=tuple(o for o in self.offers if o.record is not None),
            orphans=tuple(o for o in self.offers if o.record is None),
        )


def _file(connection: sqlite3.Connection, item: Packed, filing: Filing, identities: dict[str, int]) -> None:
    document = item.row.id
    there = connection.execute("SELECT number, uri, audit FROM documents WHERE id = ?", (document,)).fetchone()
    if there is None and connection.execute("SELECT 1 FROM audit WHERE subject = ? AND act = 'forget'", (document,)).fetchone():
        filing.done.append(("forgotten", document))
    elif there is None:
        number = _insert(connection, item, filing, identities)
        filing.done.append(("added", document))
        filing.records += len(item.rows)
        if _appear(connection, item, number, filing):
            filing.done.append(("versions", document))
    else:
        number, uri, seq = there
        changed = filing.again and uri == item.page.uri and audit.detail_of(connection, seq).get("digest") != item.digest
        if changed:
            _replace(connection, item, number, filing, identities)
            filing.records += len(item.rows)
        filing.done.append(("replaced" if changed else "unchanged", document))
        _appear(connection, item, number, filing)


# ---- documents -----------------------------------------------------------------------------------------------------

DOCUMENT = (
    "INSERT INTO documents (id, uri, title, publisher, published, earliest, latest, page, meta, layout, provenance, added, audit) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
REPLACED = (
    "UPDATE documents SET uri = ?, title = ?, publisher = ?, published = ?, earliest = ?, latest = ?, page = ?, meta = ?, layout = ?, "
    "provenance = ?, audit = ? WHERE number = ?"
)


def _insert(connection: sqlite3.Connection, item: Packed, filing: Filing, identities: dict[str, int]) -> int:
    seq = _audit(connection, "read", item, filing)
    connection.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (item.row.page, item.content))
    number = connection.execute(DOCUMENT, (*item.row, filing.at, seq)).lastrowid
    assert number is not None
    connection.execute("INSERT INTO texts VALUES (?, ?)", (number, item.records.document.text))
    _records(connection, item, number, identities)
    return number


def _records(connection: sqlite3.Connection, item: Packed, number: int, identities: dict[str, int]) -> None:
    """Write a document's actors and records as found."""
    text = item.records.document.text
    own: dict[str, int] = {}
    rows = []
    for actor in item.records.actors:
        own[actor.id] = columns.identity(connection, actor, text, identities)
        rows.append((number, actor.id, actor.name, own[actor.id], None))
    connection.executemany(columns.ACTOR, rows)
    here = Place(number, columns.day_of(item.records.document), text, {actor.id: actor for actor in item.records.actors}, own)
    columns.insert(connection, number, [Entry(row, columns.shown(record, row, here)) for record, row in item.rows])


def _audit(connection: sqlite3.Connection, act: str, item: Packed, filing: Filing) -> int:
    detail = {"digest": item.digest, "page": item.row.page, "records": len(item.rows), "tool": filing.tool}
    return audit.append(connection, audit.Entry(filing.at, PROGRAM, act, item.row.id, detail))


def _appear(connection: sqlite3.Connection, item: Packed, number: int, filing: Filing) -> bool:
    """Note that the document stood at its address, where that is news; tell whether another one stood there before.

    With a time of capture, the version in force at that time decides; without one, any earlier sight of the document there.
    """
    page = item.page
    before = connection.execute("SELECT document, captured FROM appearances WHERE uri = ?", (page.uri,)).fetchall()
    if page.captured is None:
        known = any(document == number for document, _ in before)
    else:
        at_the_time = max((captured for _, captured in before if captured and captured <= page.captured), default=None)
        known = any(document == number and captured == at_the_time for document, captured in before if at_the_time)
    if known:
        return False
    row = (page.uri, item.row.id, item.row.page, page.captured, page.url, page.archive_url)
    seq = audit.append(connection, audit.Entry(filing.at, PROGRAM, "appear", item.row.id, {"digest": appearance_digest(row)}))
    connection.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (item.row.page, item.content))
    connection.execute("INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?)", (seq, page.uri, number, *row[2:]))
    return page.uri != NAMELESS and any(document != number for document, _ in before)


NAMELESS = "-"
"""Standard input: pages from there are no versions of each other."""


def appearance_digest(row: Sequence[str | None]) -> str:
    """Return the hash of (uri, document, page, captured, url, archive_url)."""
    return sha256(dump(list(row)).encode()).hexdigest()


# ---- again ---------------------------------------------------------------------------------------------------------


def _replace(connection: sqlite3.Connection, item: Packed, number: int, filing: Filing, identities: dict[str, int]) -> None:
    """Put the records of a new reading in the place of the old ones; decisions go on where the same is claimed again."""
    seq = _audit(connection, "again", item, filing)
    columns.remove(connection, _numbers(connection, number))
    connection.execute("DELETE FROM actors WHERE document = ?", (number,))
    connection.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (item.row.page, item.content))
    connection.execute(REPLACED, (*item.row[1:], seq, number))
    _records(connection, item, number, identities)
    decided = journal.on_document(connection, item.row.id)
    if decided:
        columns.sync(connection, number)
        filing.offers += offers(item.records, decided)


def _numbers(connection: sqlite3.Connection, document: int) -> list[int]:
    return [n for (n,) in connection.execute("SELECT number FROM records WHERE document = ?", (document,))]


def all_offers(connection: sqlite3.Connection) -> list[Offer]:
    """Return the decisions of the whole store that are not in force."""
    out: list[Offer] = []
    for number, name in connection.execute("SELECT number, id FROM documents WHERE id IN (SELECT document FROM decisions)").fetchall():
        out += offers(loading.as_found(connection, number), journal.on_document(connection, name))
    return sorted(out, key=lambda offer: offer.decision.seq)


# ---- forget --------------------------------------------------------------------------------------------------------


def forget(connection: sqlite3.Connection, number: int, who: str, at: str) -> str:
    """Remove a document's text, page, records and decisions within the caller's transaction; return its id.

    The audit keeps the hashes and the fact. The indexes are merged, since a deleted word stays in them until then.
    """
    name, page, seq = connection.execute("SELECT id, page, audit FROM documents WHERE number = ?", (number,)).fetchone()
    detail = {"page": page, "digest": audit.detail_of(connection, seq).get("digest")}
    audit.append(connection, audit.Entry(at, who, "forget", name, detail))
    columns.remove(connection, _numbers(connection, number))
    pages = {page, *(p for (p,) in connection.execute("SELECT page FROM appearances WHERE document = ?", (number,)))}
    connection.execute("DELETE FROM decisions WHERE document = ?", (name,))
    for table in ("actors", "texts", "appearances"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
    connection.execute("DELETE FROM documents WHERE number = ?", (number,))
    used = "SELECT page FROM appearances UNION SELECT page FROM documents"
    connection.executemany(f"DELETE FROM pages WHERE sha256 = ? AND sha256 NOT IN ({used})", [(p,) for p in pages])
    nobody = "SELECT number FROM identities WHERE NOT EXISTS (SELECT 1 FROM actors WHERE identity = number)"
    connection.execute(f"DELETE FROM names WHERE identity IN ({nobody})")
    connection.execute(
        f"DELETE FROM identities WHERE number IN ({nobody}) AND number NOT IN (SELECT root FROM identities WHERE root IS NOT NULL)"
    )
    for index in ("text_index", "record_index"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    return str(name)
