"""A person's decision into the store: checked against the record's class, the text and the gate, then added, never edited in."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from onrecord.decisions import Decided, Decision, Standing, standing
from onrecord.errors import UsageError
from onrecord.records import Record, record_json
from onrecord.store import audit, columns, journal
from onrecord.store.columns import Entry, Place
from onrecord.store.packing import record_row
from onrecord.store.queries import record_number


class Writer(NamedTuple):
    """What a decision is written with: the time and the version of the tool."""

    at: str
    tool: str


class Target(NamedTuple):
    """A record as the decisions see it."""

    number: int
    found: Record
    added_by: int | None
    document: str
    place: Place


def target(connection: sqlite3.Connection, number: int) -> Target:
    """Return a record with all that a decision about it needs."""
    kind, record_id, claim, body, added_by, at, document, day, text = connection.execute(
        "SELECT r.kind, r.id, r.claim, r.body, r.added_by, r.document, d.id, r.day, t.text FROM records AS r "
        "JOIN documents AS d ON d.number = r.document JOIN texts AS t ON t.document = r.document WHERE r.number = ?",
        (number,),
    ).fetchone()
    actors = connection.execute("SELECT local, name, identity FROM actors WHERE document = ?", (at,)).fetchall()
    place = Place(at, day, text, {local: name for local, name, _ in actors}, {local: who for local, _, who in actors})
    return Target(number, columns.stored(kind, record_id, claim, body), added_by, document, place)


def decide(connection: sqlite3.Connection, name: str, decision: Decision, writer: Writer) -> Decided:
    """Add one decision about a record within the caller's transaction; return it as kept."""
    here = target(connection, record_number(connection, name))
    before = standing(here.found, journal.on_subject(connection, here.found.id))
    after = _after(decision)
    made = write(connection, Written(here.found.id, here.document, here.found.claim, decision, before_of(before, after), after), writer)
    refresh(connection, here)
    return made


def _after(decision: Decision) -> dict[str, Any]:
    match decision.act:
        case "accept":
            return {"review": "accepted"}
        case "reject":
            return {"review": "rejected"}
        case "amend" | "status":
            return dict(decision.changes)
        case _:
            message = f"{decision.act}: not for a record"
            raise UsageError(message)


def before_of(before: Standing, after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stood in the fields that a decision sets."""
    row = {**record_json(before.record), "review": before.review}
    return {name: row.get(name) for name in after}


class Written(NamedTuple):
    """A decision on its way into the store."""

    subject: str
    document: str
    claim: str
    decision: Decision
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    part_of: int | None = None


def write(connection: sqlite3.Connection, made: Written, writer: Writer) -> Decided:
    """Add a decision and its row of the audit; return it as kept."""
    seq, own = audit.head(connection)[0] + 1, made.decision
    before, after = journal.changes_json(made.before), journal.changes_json(made.after)
    kept = Decided(seq, writer.at, made.subject, made.document, made.claim, own, before, after, writer.tool, made.part_of)
    row = journal.row_of(kept)
    audit.append(connection, audit.Entry(writer.at, own.reviewer, own.act, made.subject, {"digest": journal.digest_of(row)}))
    connection.execute("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return journal.decided_of(row)


def refresh(connection: sqlite3.Connection, here: Target) -> None:
    """Make a record's columns follow its decisions."""
    how = standing(here.found, journal.on_subject(connection, here.found.id))
    row = record_row(here.found, here.place.text, here.place.names)
    columns.update(connection, here.number, here.place, Entry(here.found, row, how, here.added_by))
