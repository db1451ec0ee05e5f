"""Decisions as they are kept: rows of their table to values and back, by subject, document and act."""

from __future__ import annotations

import json
import re
import sqlite3
from hashlib import sha256
from typing import Any

from onrecord.decisions import Decided, Decision
from onrecord.errors import UsageError
from onrecord.store.packing import dump

COLUMNS = "seq, subject, document, claim, act, reviewer, blind, of, part_of, body"


def decided_of(row: tuple[Any, ...]) -> Decided:
    """Return the decision of a row of COLUMNS."""
    seq, subject, document, claim, act, reviewer, blind, of, part_of, body = row
    said = json.loads(body)
    words = {name: said.get(name) for name in ("reason", "note", "origin")}
    decision = Decision(act=act, reviewer=reviewer, changes=said["changes"], blind=bool(blind), of=of, **words)
    kept = (said["before"], said["after"], said["tool"], said["found"], said["names"], part_of)
    return Decided(seq, said["at"], subject, document, claim, decision, *kept)


def row_of(d: Decided) -> tuple[Any, ...]:
    """Return the row of a decision, in the order of COLUMNS."""
    own = d.decision
    kept = {"before": d.before, "after": d.after, "found": d.found, "names": d.names, "at": d.at, "tool": d.tool}
    said = {"reason": own.reason, "changes": own.changes, "note": own.note, **kept}
    if own.origin:
        said["origin"] = own.origin
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


def everything(connection: sqlite3.Connection) -> list[Decided]:
    """Return all decisions, oldest first."""
    return [decided_of(row) for row in connection.execute(f"SELECT {COLUMNS} FROM decisions ORDER BY seq")]


def of_acts(connection: sqlite3.Connection, *acts: str) -> list[Decided]:
    """Return the decisions of these acts, and those that undo any, oldest first."""
    marks = ", ".join("?" * (len(acts) + 1))
    query = f"SELECT {COLUMNS} FROM decisions WHERE act IN ({marks}) ORDER BY seq"
    return [decided_of(row) for row in connection.execute(query, (*acts, "undo"))]


def numbered(connection: sqlite3.Connection, seq: int) -> Decided:
    """Return the decision of this number."""
    return decided_of(connection.execute(f"SELECT {COLUMNS} FROM decisions WHERE seq = ?", (seq,)).fetchone())


def parts_of(connection: sqlite3.Connection, seq: int) -> list[Decided]:
    """Return the decisions that came with another one."""
    return [decided_of(row) for row in connection.execute(f"SELECT {COLUMNS} FROM decisions WHERE part_of = ? ORDER BY seq", (seq,))]


def subject_named(connection: sqlite3.Connection, name: str) -> str:
    """Return the one subject of decisions whose name starts so (8 or more digits; of a document, with #actor where it is one).

    UsageError where there is none, or several.
    """
    document, mark, local = name.partition("#")
    digits = document.removeprefix("sha256:").lower()
    found: set[str] = set()
    if re.fullmatch(r"[0-9a-f]{8,64}", digits):
        for start in (digits, f"sha256:{digits}"):
            rows = connection.execute("SELECT DISTINCT subject FROM decisions WHERE subject >= ? AND subject < ?", (start, start + "g"))
            found |= {subject for (subject,) in rows if subject.partition("#")[1:] == (mark, local)}
    if len(found) != 1:
        message = f"{name}: {'no decision is' if not found else 'decisions of several subjects are'} about what is named so"
        raise UsageError(message)
    return found.pop()
