"""Where records are listed: their row, the actors that they name, the order of deadlines; all follow from body and decisions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from onrecord.decisions import Standing
from onrecord.records import Commitment, Record, claim_of, record_from
from onrecord.store.packing import RecordRow, body_of, record_row


class Place(NamedTuple):
    """The document that records stand in: its number, day and text, its actors' names and identities by local id."""

    document: int
    day: str
    text: str
    names: Mapping[str, str]
    identities: Mapping[str, int]


class Entry(NamedTuple):
    """A record to be listed: as found, and how it stands."""

    found: Record
    row: RecordRow
    standing: Standing | None = None
    added_by: int | None = None


INSERT = (
    "INSERT INTO records (number, id, document, kind, type, status, day, review, quote, who, claim, sum, added_by, body, amended) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE = "UPDATE records SET type = ?, status = ?, day = ?, review = ?, quote = ?, who = ?, amended = ? WHERE number = ?"


def insert(connection: sqlite3.Connection, place: Place, entries: Iterable[Entry]) -> None:
    """List new records of a document, in order."""
    number = connection.execute("SELECT coalesce(max(number), 0) FROM records").fetchone()[0]
    rows, roles, deadlines = [], [], []
    for number, entry in enumerate(entries, number + 1):  # noqa: B020 - counts on from the last one
        shown, amended = _shown(entry, place)
        review = entry.standing.review if entry.standing else "unreviewed"
        found = entry.row
        head = (number, found.id, place.document, found.kind, shown.type, shown.status, place.day, review, shown.quote, shown.who)
        rows.append((*head, found.claim, found.sum, entry.added_by, found.body, amended))
        roles += participants(shown, number, place)
        deadlines += deadline(entry.standing.record if entry.standing else entry.found, number, place.day)
    connection.executemany(INSERT, rows)
    connection.executemany("INSERT OR IGNORE INTO participants VALUES (?, ?, ?, ?, ?)", roles)
    connection.executemany("INSERT INTO deadlines VALUES (?, ?, ?, ?)", deadlines)


def update(connection: sqlite3.Connection, number: int, place: Place, entry: Entry) -> None:
    """Make a record's columns follow how it now stands."""
    unlist(connection, [number], place)
    shown, amended = _shown(entry, place)
    assert entry.standing is not None
    values = (shown.type, shown.status, place.day, entry.standing.review, shown.quote, shown.who, amended, number)
    connection.execute(UPDATE, values)
    connection.executemany("INSERT OR IGNORE INTO participants VALUES (?, ?, ?, ?, ?)", participants(shown, number, place))
    connection.executemany("INSERT INTO deadlines VALUES (?, ?, ?, ?)", deadline(entry.standing.record, number, place.day))


def _shown(entry: Entry, place: Place) -> tuple[RecordRow, str | None]:
    """Return the row that says what holds now, and its JSON where it is not what was found."""
    if entry.standing is None or entry.standing.record.claim == entry.found.claim:
        return entry.row, None
    return record_row(entry.standing.record, place.text, place.names), body_of(entry.standing.record)


def unlist(connection: sqlite3.Connection, numbers: Iterable[int], place: Place) -> None:
    """Take records out of the lists of actors and deadlines."""
    for number in numbers:
        kind, day, body = connection.execute(
            "SELECT kind, day, coalesce(amended, body) FROM records WHERE number = ?", (number,)
        ).fetchone()
        record = record_from(kind, json.loads(body))
        row = record_row(record, place.text, place.names)
        gone = participants(row, number, place._replace(day=day))
        connection.executemany("DELETE FROM participants WHERE (identity, kind, day, record, role) = (?, ?, ?, ?, ?)", gone)
        connection.execute("DELETE FROM deadlines WHERE record = ?", (number,))


def participants(row: RecordRow, number: int, place: Place) -> list[tuple[int, str, str, int, str]]:
    """Return the rows that list a record under its actors."""
    known = place.identities
    return [(known[local], row.kind, place.day, number, role) for local, role in row.roles if local in known]


def deadline(record: Record, number: int, day: str) -> list[tuple[int, str, str | None, str]]:
    """Return the row that lists a commitment by its deadline; none for other kinds."""
    if not isinstance(record, Commitment):
        return []
    whole = record.deadline_value if record.deadline_value and len(record.deadline_value) == len("2000-01-01") else None
    return [(number, record.deadline_latest or whole or "", record.deadline_earliest, day)]


def stored(kind: str, record_id: str, claim: str, body: str) -> Record:
    """Return the record of a row's JSON, with its id and claim."""
    return replace(record_from(kind, json.loads(body)), id=record_id, claim=claim)


def reclaimed(record: Record) -> Record:
    """Return an amended record with the claim that it now makes."""
    return replace(record, claim=claim_of(record))
