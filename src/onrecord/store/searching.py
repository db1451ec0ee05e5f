"""Words to documents and records that hold them, with the stretch of text where they stand.

All words must be there, in any form of theirs (Porter's stems, accents aside); "quoted words" stand side by side; a word that
ends in * is the beginning of one. The order is that of relevance where few match; where more than CANDIDATES do, the newest
of them: ranking a common word over a million records costs most of a second and says little.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Literal, NamedTuple

from onrecord.errors import UsageError
from onrecord.spans import Span
from onrecord.store.queries import DocumentRow, Filter, Stored, documents, identities_named, stored

CANDIDATES = 2000
"""Matches that are ranked: bm25 over this many takes a few milliseconds."""

AROUND = 100
"""Characters of context on each side of the first match."""

Within = Literal["texts", "records"]


class Hit(NamedTuple):
    """A document, or a record, that holds the words; `marks` are their places in `snippet`, `at` is its place in the text or quote."""

    document: DocumentRow
    record: Stored | None
    snippet: str
    marks: tuple[Span, ...]
    at: Span


def expression(words: str) -> str:
    """Return the words as FTS5 wants them; UsageError where there are none."""
    terms = []
    for phrase, word in re.findall(r'"([^"]*)"|(\S+)', words.replace("“", '"').replace("”", '"')):
        plain = (phrase or word).replace('"', " ").strip()
        if re.search(r"\w", plain):
            terms.append(f'"{plain.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    if not terms:
        message = f"{words!r}: no word to search for"
        raise UsageError(message)
    return " ".join(terms)


def search(
    connection: sqlite3.Connection, words: str, wanted: Filter, *, within: Within | None, limit: int, earliest_first: bool
) -> list[Hit]:
    """Return the documents (only where no kind is asked for) and records that hold the words."""
    match = expression(words)
    hits: list[Hit] = []
    if within != "records" and wanted.kind is None and wanted.type is None and wanted.status is None and wanted.review is None:
        hits += _texts(connection, match, wanted, limit, earliest_first=earliest_first)
    if within != "texts":
        hits += _records(connection, match, wanted, limit, earliest_first=earliest_first)
    if earliest_first:
        hits.sort(key=lambda h: h.document.latest or "9999")
    return hits[:limit] if within or earliest_first else hits


def _ranked(connection: sqlite3.Connection, index: str, match: str) -> list[int]:
    """Return the rows of an index that match: by bm25 where they are few, else the newest."""
    rows = connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?", (match, CANDIDATES + 1))
    numbers = [row[0] for row in rows]
    if len(numbers) > CANDIDATES or len(numbers) < 2:
        return numbers[:CANDIDATES]
    return [row[0] for row in connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rank", (match,))]


def _texts(connection: sqlite3.Connection, match: str, wanted: Filter, limit: int, *, earliest_first: bool) -> list[Hit]:
    numbers = _ranked(connection, "text_index", match)
    tests, values = _days("latest", wanted)
    if wanted.actor is not None:
        found = identities_named(connection, wanted.actor)
        tests += f" AND EXISTS (SELECT 1 FROM actors WHERE document = number AND identity IN ({', '.join('?' * len(found))}))"
        values += found
    kept = _kept(connection, numbers, f"SELECT number, coalesce(latest, '') FROM documents WHERE number = ?{tests}", values)
    return [_text_hit(connection, number, match) for number in _first(kept, limit, earliest_first=earliest_first)]


def _records(connection: sqlite3.Connection, match: str, wanted: Filter, limit: int, *, earliest_first: bool) -> list[Hit]:
    numbers = _ranked(connection, "record_index", match)
    tests, values = _days("day", wanted)
    for column, value in (("kind", wanted.kind), ("type", wanted.type), ("status", wanted.status), ("review", wanted.review)):
        if value is not None:
            tests += f" AND {column} = ?"
            values.append(value)
    if wanted.actor is not None:
        found = identities_named(connection, wanted.actor)
        marks = ", ".join("?" * len(found))
        tests += (
            f" AND EXISTS (SELECT 1 FROM participants AS p WHERE p.identity IN ({marks})"
            " AND p.kind = r.kind AND p.day = r.day AND p.record = r.number)"
        )
        values += found
    kept = _kept(connection, numbers, f"SELECT number, day FROM records AS r WHERE number = ?{tests}", values)
    return [_record_hit(connection, number, match) for number in _first(kept, limit, earliest_first=earliest_first)]


def _days(column: str, wanted: Filter) -> tuple[str, list[Any]]:
    tests = (f" AND {column} >= ?" if wanted.since else "") + (f" AND {column} <= ? AND {column} > ''" if wanted.until else "")
    return tests, [day for day in (wanted.since, wanted.until) if day]


def _kept(connection: sqlite3.Connection, numbers: list[int], query: str, values: list[Any]) -> list[tuple[str, int]]:
    rows = (connection.execute(query, (number, *values)).fetchone() for number in numbers)
    return [(row[1] or "9999", row[0]) for row in rows if row is not None]


def _first(kept: list[tuple[str, int]], limit: int, *, earliest_first: bool) -> list[int]:
    return [number for _, number in (sorted(kept) if earliest_first else kept)[:limit]]


# ---- snippets ------------------------------------------------------------------------------------------------------

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks for FTS5's highlight: private characters, which no page has any business to hold."""


def _text_hit(connection: sqlite3.Connection, number: int, match: str) -> Hit:
    shown = connection.execute(
        "SELECT highlight(text_index, 0, ?, ?) FROM text_index WHERE rowid = ? AND text_index MATCH ?", (OPEN, CLOSE, number, match)
    ).fetchone()[0]
    text, marks = unmark(shown)
    first = marks[0] if marks else Span(0, 0)
    at = Span(max(0, first.start - AROUND), min(len(text), first.end + AROUND))
    inside = tuple(mark.shift(-at.start) for mark in marks if at.contains(mark))
    return Hit(next(documents(connection, number)), None, at.of(text), inside, at)


def _record_hit(connection: sqlite3.Connection, number: int, match: str) -> Hit:
    shown = connection.execute(
        "SELECT highlight(record_index, 0, ?, ?) FROM record_index WHERE rowid = ? AND record_index MATCH ?", (OPEN, CLOSE, number, match)
    ).fetchone()[0]
    quote, marks = unmark(shown)
    place = connection.execute("SELECT document FROM records WHERE number = ?", (number,)).fetchone()[0]
    return Hit(next(documents(connection, place)), stored(connection, [number])[0], quote, marks, Span(0, len(quote)))


def unmark(shown: str) -> tuple[str, tuple[Span, ...]]:
    """Return a marked text without its marks, and what they held."""
    plain, marks, start = "", [], 0
    for piece in re.split(f"([{OPEN}{CLOSE}])", shown):
        if piece == OPEN:
            start = len(plain)
        elif piece == CLOSE:
            marks.append(Span(start, len(plain)))
        else:
            plain += piece
    return plain, tuple(marks)
