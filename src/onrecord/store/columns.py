"""Where records are listed: their row, the actors that they name, the order of deadlines; all follow from body and decisions.

`shown` says what a record's columns must be; writing puts it there, `sync` after a decision, and `verify` compares.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.annotations import Actor
from onrecord.documents import Document
from onrecord.records import Commitment, Record
from onrecord.rulings import Ruling, stand
from onrecord.store import journal, loading
from onrecord.store.packing import RecordRow, body_of, identity_key, names_of, record_row


class Place(NamedTuple):
    """The document that records stand in: its number, day and text, its actors by local id, their identities."""

    document: int
    day: str
    text: str
    actors: Mapping[str, Actor]
    identities: Mapping[str, int]

    @property
    def names(self) -> dict[str, str]:
        """The actors' names by local id."""
        return {local: actor.name for local, actor in self.actors.items()}


class Deadline(NamedTuple):
    """A commitment's place in the ledger."""

    latest: str
    day: str
    actor: int | None
    counterparty: int | None
    country: str | None


class Shown(NamedTuple):
    """What a record's columns say."""

    type: str
    status: str
    day: str
    review: str
    quote: str
    who: str
    amended: str | None
    identities: frozenset[int]
    deadline: Deadline | None


class Entry(NamedTuple):
    """A record to be listed: as found, what its columns say, the decision that added it."""

    row: RecordRow
    shown: Shown
    added_by: int | None = None


def shown(record: Record, row: RecordRow, place: Place, review: str = "unreviewed", *, amended: bool = False) -> Shown:
    """Return what the columns of a record as it stands say; `row` is that of this record."""
    who = frozenset(place.identities[local] for local, _ in row.roles if local in place.identities)
    body = body_of(record) if amended else None
    return Shown(row.type, row.status, place.day, review, row.quote, row.who, body, who, _deadline(record, place))


def _deadline(record: Record, place: Place) -> Deadline | None:
    if not isinstance(record, Commitment):
        return None
    whole = record.deadline_value if record.deadline_value and len(record.deadline_value) == len("2000-01-01") else ""
    bound = place.actors.get(record.actor or "")
    of = place.identities.get
    owed = of(record.counterparty or "")
    return Deadline(record.deadline_latest or whole, place.day, of(record.actor or ""), owed, bound.country if bound else None)


# ---- writing -------------------------------------------------------------------------------------------------------

INSERT = (
    "INSERT INTO records (number, id, document, kind, type, status, day, review, quote, who, claim, sum, added_by, body, amended) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE = "UPDATE records SET type = ?, status = ?, day = ?, review = ?, quote = ?, who = ?, amended = ? WHERE number = ?"


def insert(connection: sqlite3.Connection, document: int, entries: Iterable[Entry]) -> None:
    """List new records of a document, in order."""
    first = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM records").fetchone()[0]
    numbered = list(enumerate(entries, first))
    connection.executemany(INSERT, (_columns(number, document, entry) for number, entry in numbered))
    _list(connection, [(number, entry.row.kind, entry.shown) for number, entry in numbered])


def _columns(number: int, document: int, entry: Entry) -> tuple[object, ...]:
    row, say = entry.row, entry.shown
    head = (number, row.id, document, row.kind, say.type, say.status, say.day, say.review, say.quote, say.who)
    return (*head, row.claim, row.sum, entry.added_by, row.body, say.amended)


def _list(connection: sqlite3.Connection, rows: Sequence[tuple[int, str, Shown]]) -> None:
    connection.executemany(
        "INSERT INTO participants VALUES (?, ?, ?, ?)",
        ((who, kind, say.day, number) for number, kind, say in rows for who in say.identities),
    )
    connection.executemany(
        "INSERT INTO deadlines VALUES (?, ?, ?, ?, ?, ?)", ((number, *say.deadline) for number, _, say in rows if say.deadline is not None)
    )


def unlist(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take records out of the lists of actors and deadlines."""
    keys = [(number,) for number in numbers]
    connection.executemany("DELETE FROM participants WHERE record = ?", keys)
    connection.executemany("DELETE FROM deadlines WHERE record = ?", keys)


def remove(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Take records out of the store."""
    unlist(connection, numbers)
    connection.executemany("DELETE FROM records WHERE number = ?", [(number,) for number in numbers])


# ---- after a decision ----------------------------------------------------------------------------------------------


def sync(connection: sqlite3.Connection, number: int) -> Ruling:
    """Make all that is listed of a document follow the decisions about it; return how it stands."""
    found = loading.as_found(connection, number)
    ruling = stand(found, journal.on_document(connection, found.document.id))
    _sync_document(connection, number, ruling.records.document)
    identities = write_actors(connection, number, ruling, {})
    place = place_of(number, ruling, identities)
    there = dict(connection.execute("SELECT id, number FROM records WHERE document = ?", (number,)))
    remove(connection, [n for record_id, n in there.items() if record_id not in ruling.standings])
    wanted = entries(ruling, place)
    insert(connection, number, [entry for entry in wanted if entry.row.id not in there])
    old = [(there[e.row.id], e.row.kind, e.shown) for e in wanted if e.row.id in there]
    unlist(connection, [n for n, _, _ in old])
    connection.executemany(UPDATE, [(*say[:7], n) for n, _, say in old if _differs(connection, n, say)])
    _list(connection, old)
    return ruling


def _differs(connection: sqlite3.Connection, number: int, say: Shown) -> bool:
    return columns_of(connection, number) != say[:7]


def columns_of(connection: sqlite3.Connection, number: int) -> tuple[object, ...]:
    """Return the columns of a record that follow from the decisions, as `Shown` has them."""
    query = "SELECT type, status, day, review, quote, who, amended FROM records WHERE number = ?"
    return tuple(connection.execute(query, (number,)).fetchone())


def entries(ruling: Ruling, place: Place) -> list[Entry]:
    """Return what is to be listed of a document's records, in order."""
    out = []
    for record in ruling.records.all():
        how = ruling.standings[record.id]
        base = ruling.found[record.id]
        row = record_row(base, place.text, place.names)
        changed = record != base
        now = record_row(record, place.text, place.names) if changed else row
        out.append(Entry(row, shown(record, now, place, how.review, amended=changed), ruling.added.get(record.id)))
    return out


def place_of(number: int, ruling: Ruling, identities: Mapping[str, int]) -> Place:
    """Return the place of a document's records as it stands."""
    document = ruling.records.document
    return Place(number, day_of(document), document.text, {actor.id: actor for actor in ruling.records.actors}, identities)


def day_of(document: Document) -> str:
    """Return the latest day on which a document can have been published; '' where that is not known."""
    return document.published.latest or document.published.value or ""


def _sync_document(connection: sqlite3.Connection, number: int, document: Document) -> None:
    query = "UPDATE documents SET title = ?, publisher = ?, published = ?, earliest = ?, latest = ? WHERE number = ?"
    connection.execute(query, (*listed(document), number))


def listed(document: Document) -> tuple[str | None, ...]:
    """Return the columns of a document that can be corrected: title, publisher, published, earliest, latest."""
    day = document.published
    return (document.title, document.publisher, day.value, day.earliest or day.value, day.latest or day.value)


# ---- actors --------------------------------------------------------------------------------------------------------


def write_actors(connection: sqlite3.Connection, number: int, ruling: Ruling, known: dict[str, int]) -> dict[str, int]:
    """Write who a document speaks of, those that people split off too; return their identities by local id."""
    document = ruling.records.document
    connection.execute("DELETE FROM actors WHERE document = ?", (number,))
    own: dict[str, int] = {}
    for actor in ruling.records.actors:
        apart = document.id if actor.id in ruling.apart else None
        own[actor.id] = identity(connection, actor, document.text, known, apart)
        connection.execute(ACTOR, (number, actor.id, actor.name, own[actor.id], ruling.new_actors.get(actor.id)))
    return own


ACTOR = "INSERT INTO actors (document, local, name, identity, added_by) VALUES (?, ?, ?, ?, ?)"


def identity(connection: sqlite3.Connection, actor: Actor, text: str, known: dict[str, int], apart: str | None = None) -> int:
    """Return the number of who an actor is across documents, made new where nobody of its name, kind and country is there."""
    key = identity_key(actor, apart)
    if key not in known:
        row = connection.execute("SELECT number FROM identities WHERE key = ?", (key,)).fetchone()
        if row is None:
            made = "INSERT INTO identities (key, name, kind, country) VALUES (?, ?, ?, ?) RETURNING number"
            row = connection.execute(made, (key, actor.name, actor.kind, actor.country)).fetchone()
        known[key] = row[0]
    number = known[key]
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(name, number) for name in names_of(actor, text)])
    return number
