"""The chain of what happened: each row holds the hash of the row before, so that none can be changed, dropped or put between."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from onrecord.store.packing import dump

START = "0" * 64
"""What stands as the hash before the first row."""


class Row(NamedTuple):
    """One row of the chain."""

    seq: int
    at: str
    who: str
    act: str
    subject: str
    detail: str
    before: str
    hash: str


def link(row: Sequence[int | str]) -> str:
    """Return the hash of a row's other fields."""
    return sha256(dump(list(row)).encode()).hexdigest()


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return the number and the hash of the last row; (0, zeros) where nothing has happened."""
    row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, START)


class Entry(NamedTuple):
    """What is added to the chain: when, who, what was done, to which document or record, and the hashes of the content."""

    at: str
    who: str
    act: str
    subject: str
    detail: Mapping[str, Any]


def append(connection: sqlite3.Connection, entry: Entry) -> int:
    """Add a row within the caller's transaction; return its number."""
    last, before = head(connection)
    row = (last + 1, entry.at, entry.who, entry.act, entry.subject, dump(dict(entry.detail)), before)
    connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, link(row)))
    return last + 1


def broken(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the chain, row by row."""
    wrong: list[str] = []
    expected, before = 1, START
    for row in map(Row._make, connection.execute("SELECT * FROM audit ORDER BY seq")):
        if row.seq != expected:
            wrong.append(f"audit: rows {expected} to {row.seq - 1} are missing")
        if row.before != before:
            wrong.append(f"audit row {row.seq}: does not follow from the row before")
        if link(row[:-1]) != row.hash:
            wrong.append(f"audit row {row.seq}: was changed")
        expected, before = row.seq + 1, row.hash
    return wrong


def detail_of(connection: sqlite3.Connection, seq: int) -> dict[str, Any]:
    """Return the detail of a row; {} where there is none."""
    row = connection.execute("SELECT detail FROM audit WHERE seq = ?", (seq,)).fetchone()
    return dict(json.loads(row[0])) if row else {}
