"""Decisions as they are kept, and records as they stand: reads the decisions' table, makes the records' columns follow it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from onrecord.decisions import Decided, Decision
from onrecord.store.packing import dump

COLUMNS = "seq, subject, document, claim, act, reviewer, blind, of, part_of, body"


def decided_of(row: tuple[Any, ...]) -> Decided:
    """Return the decision of a row of COLUMNS."""
    seq, subject, document, claim, act, reviewer, blind, of, part_of, body = row
    said = json.loads(body)
    decision = Decision(
        act=act, reviewer=reviewer, reason=said["reason"], changes=said["changes"], note=said["note"], blind=bool(blind), of=of
    )
    return Decided(seq, said["at"], subject, document, claim, decision, said["before"], said["after"], said["tool"], part_of)


def row_of(d: Decided) -> tuple[Any, ...]:
    """Return the row of a decision, in the order of COLUMNS."""
    own = d.decision
    said = {
        "reason": own.reason,
        "changes": own.changes,
        "note": own.note,
        "before": d.before,
        "after": d.after,
        "at": d.at,
        "tool": d.tool,
    }
    return (d.seq, d.subject, d.document, d.claim, own.act, own.reviewer, int(own.blind), own.of, d.part_of, dump(said))


def digest_of(row: tuple[Any, ...]) -> str:
    """Return the hash of a decision's row, which the audit holds."""
    return sha256(dump(list(row[1:])).encode()).hexdigest()


def on_subject(connection: sqlite3.Connection, subject: str) -> list[Decided]:
    """Return the decisions about a record, document or actor, oldest first."""
    query = f"SELECT {COLUMNS} FROM decisions WHERE subject = ? ORDER BY seq"
    return [decided_of(row) for row in connection.execute(query, (subject,))]


def on_document(connection: sqlite3.Connection, document: str) -> dict[str, list[Decided]]:
    """Return all decisions about a document, its records and actors, by subject, oldest first."""
    query = f"SELECT {COLUMNS} FROM decisions WHERE document = ? ORDER BY seq"
    out: dict[str, list[Decided]] = {}
    for row in connection.execute(query, (document,)):
        d = decided_of(row)
        out.setdefault(d.subject, []).append(d)
    return out


def changes_json(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping as plain JSON values (tuples become lists)."""
    plain: dict[str, Any] = json.loads(dump(dict(value)))
    return plain
