"""Pages and their records into the store, in batches: the same page again changes nothing, a changed one is a new version.

A batch is one transaction: a kill, a full disk or an error leaves all of it or nothing, and reading the same pages again goes on
from there. Rows are packed before the transaction begins, so that other writers wait as little as possible.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from onrecord.annotations import Actor
from onrecord.decisions import Decided, live, standing
from onrecord.documents import Page
from onrecord.records import Record, Records
from onrecord.store import audit, columns, journal
from onrecord.store.columns import Entry, Place
from onrecord.store.connection import transaction
from onrecord.store.packing import (
    LEVEL,
    DocumentRow,
    RecordRow,
    actor_body,
    digest,
    document_row,
    dump,
    identity_key,
    names_of,
    record_row,
)

BATCH = 50
"""Documents in one transaction: FULL synchronisation then costs nothing measurable."""

PROGRAM = "onrecord"
"""Who writes what no person decided."""


class Offer(NamedTuple):
    """A decision whose claim the rules no longer make: `record` is the record that it is offered for again, None an orphan."""

    decision: Decided
    record: str | None


@dataclass(slots=True)
class AddReport:
    """What became of the pages given; documents by their id."""

    added: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    """Those of the added that are a new version of a page already there."""
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    """Passed over: a person had them forgotten."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """(URI, reason)."""
    records: int = 0
    offered: list[Offer] = field(default_factory=list)
    orphans: list[Offer] = field(default_factory=list)


class Packed(NamedTuple):
    """A page with its rows, ready to be written."""

    page: Page
    records: Records
    content: bytes
    row: DocumentRow
    actors: tuple[tuple[Actor, str], ...]
    rows: tuple[tuple[Record, RecordRow], ...]
    digest: str


def packed(page: Page, records: Records) -> Packed:
    """Return the rows of a page; UnicodeEncodeError where its text cannot be written as UTF-8."""
    row = document_row(records, page)
    actors = tuple((actor, actor_body(actor)) for actor in records.actors)
    names = {actor.id: actor.name for actor in records.actors}
    rows = tuple((record, record_row(record, records.document.text, names)) for record in records.all())
    whole = digest(row, (body for _, body in actors), ((r.id, r.kind, r.claim, r.body) for _, r in rows))
    return Packed(page, records, zlib.compress(page.content, LEVEL), row, actors, rows, whole)


def batches(results: Iterable[tuple[Page, Records]]) -> Iterator[list[tuple[Page, Records]]]:
    """Cut a stream into lists of BATCH."""
    stream = iter(results)
    while batch := list(islice(stream, BATCH)):
        yield batch


def add(connection: sqlite3.Connection, batch: Iterable[tuple[Page, Records]], filing: Filing) -> None:
    """Write one batch; what `filing.report` says of it holds once this returns."""
    ready: list[Packed] = []
    for page, records in batch:
        try:
            ready.append(packed(page, records))
        except UnicodeEncodeError:
            filing.report.refused.append((page.uri, "its text holds half a surrogate pair, which UTF-8 cannot keep"))
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
    report: AddReport = field(default_factory=AddReport)


def _file(connection: sqlite3.Connection, item: Packed, filing: Filing, identities: dict[str, int]) -> None:
    report, document = filing.report, item.row.id
    there = connection.execute("SELECT number, uri, audit FROM documents WHERE id = ?", (document,)).fetchone()
    if there is None and connection.execute("SELECT 1 FROM audit WHERE subject = ? AND act = 'forget'", (document,)).fetchone():
        report.forgotten.append(document)
    elif there is None:
        number = _insert(connection, item, filing, identities)
        report.added.append(document)
        report.records += len(item.rows)
        if _appear(connection, item, number, filing):
            report.versions.append(document)
    else:
        number, uri, seq = there
        if filing.again and uri == item.page.uri and audit.detail_of(connection, seq).get("digest") != item.digest:
            _replace(connection, item, number, filing, identities)
            report.replaced.append(document)
            report.records += len(item.rows)
        else:
            report.unchanged.append(document)
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
    seq = _audit(connection, "add", item, filing)
    connection.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (item.row.page, item.content))
    number = connection.execute(DOCUMENT, (*item.row, filing.at, seq)).lastrowid
    assert number is not None
    connection.execute("INSERT INTO texts VALUES (?, ?)", (number, item.records.document.text))
    place = _place(connection, item, number, identities, {})
    columns.insert(connection, place, [Entry(record, row) for record, row in item.rows])
    return number


def _audit(connection: sqlite3.Connection, act: str, item: Packed, filing: Filing) -> int:
    detail = {"digest": item.digest, "page": item.row.page, "records": len(item.rows), "tool": filing.tool}
    return audit.append(connection, audit.Entry(filing.at, PROGRAM, act, item.row.id, detail))


def _place(
    connection: sqlite3.Connection, item: Packed, number: int, identities: dict[str, int], decided: Mapping[str, Sequence[Decided]]
) -> Place:
    """Write the document's actors and return where its records stand."""
    text, own = item.records.document.text, {}
    for actor, body in item.actors:
        apart = is_split(decided.get(f"{item.row.id}#{actor.id}", ()))
        own[actor.id] = identity(connection, actor, text, identities, item.row.id if apart else None)
        connection.execute("INSERT INTO actors VALUES (?, ?, ?, ?, ?)", (number, actor.id, actor.name, own[actor.id], body))
    return Place(number, item.row.latest or "", text, {actor.id: actor.name for actor, _ in item.actors}, own)


def identity(connection: sqlite3.Connection, actor: Actor, text: str, known: dict[str, int], document: str | None = None) -> int:
    """Return the number of who an actor is across documents, made new where nobody of its name, kind and country is there."""
    key = identity_key(actor, document)
    if key not in known:
        row = connection.execute("SELECT number FROM identities WHERE key = ?", (key,)).fetchone()
        if row is None:
            made = "INSERT INTO identities (key, name, kind, country, sector) VALUES (?, ?, ?, ?, ?) RETURNING number"
            row = connection.execute(made, (key, actor.name, actor.kind, actor.country, actor.sector)).fetchone()
        known[key] = row[0]
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", {(name, known[key]) for name in names_of(actor, text)})
    return known[key]


def is_split(decided: Sequence[Decided]) -> bool:
    """Tell whether a person took this document's actor out of those of the same name."""
    return any(d.decision.act == "split" for d in live(decided))


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
    decided = journal.on_document(connection, item.row.id)
    old = remove_records(connection, number, by_hand=False)
    seq = _audit(connection, "again", item, filing)
    connection.execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", (item.row.page, item.content))
    connection.execute(REPLACED, (*item.row[1:], seq, number))
    connection.execute("DELETE FROM actors WHERE document = ?", (number,))
    place = _place(connection, item, number, identities, decided)
    entries = [Entry(record, row, standing(record, decided[record.id]) if record.id in decided else None) for record, row in item.rows]
    columns.insert(connection, place, entries)
    _offer(item, old, decided, filing.report)


def remove_records(connection: sqlite3.Connection, document: int, *, by_hand: bool) -> dict[str, Record]:
    """Take the records of a document out, those added by hand too where asked for; return what was found, by id."""
    text = connection.execute("SELECT text FROM texts WHERE document = ?", (document,)).fetchone()[0]
    actors = connection.execute("SELECT local, name, identity FROM actors WHERE document = ?", (document,)).fetchall()
    place = Place(document, "", text, {a: name for a, name, _ in actors}, {a: number for a, _, number in actors})
    query = "SELECT number, kind, id, claim, body FROM records WHERE document = ?" + ("" if by_hand else " AND added_by IS NULL")
    rows = connection.execute(query, (document,)).fetchall()
    columns.unlist(connection, [row[0] for row in rows], place)
    connection.executemany("DELETE FROM records WHERE number = ?", [(row[0],) for row in rows])
    return {row[2]: columns.stored(*row[1:]) for row in rows}


def _offer(item: Packed, old: Mapping[str, Record], decided: Mapping[str, Sequence[Decided]], report: AddReport) -> None:
    """List the decisions that do not bind any more: for which record each is offered again, or that it is an orphan."""
    new = {record.id: record for record, _ in item.rows}
    for subject, own in decided.items():
        if "#" in subject or subject == item.row.id:
            continue
        match = new.get(subject)
        for d in live(own):
            if match is not None and match.claim == d.claim:
                continue
            again = match or _same_evidence(old.get(subject), new.values())
            (report.offered if again else report.orphans).append(Offer(d, again.id if again else None))


def _same_evidence(old: Record | None, new: Iterable[Record]) -> Record | None:
    """Return the record of the same kind that rests on the same characters."""
    if old is None:
        return None
    return next((r for r in new if r.KIND == old.KIND and r.evidence == old.evidence and r.evidence), None)


# ---- forget --------------------------------------------------------------------------------------------------------


def forget(connection: sqlite3.Connection, number: int, who: str, at: str) -> str:
    """Remove a document's text, page, records and decisions within the caller's transaction; return its id.

    The audit keeps the hashes and the fact. The indexes are merged, since a deleted word stays in them until then.
    """
    name, page, seq = connection.execute("SELECT id, page, audit FROM documents WHERE number = ?", (number,)).fetchone()
    detail = {"page": page, "digest": audit.detail_of(connection, seq).get("digest")}
    audit.append(connection, audit.Entry(at, who, "forget", name, detail))
    remove_records(connection, number, by_hand=True)
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
