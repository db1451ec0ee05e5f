"""Words to documents and records that hold them, with the stretch of text where they stand.

All words must be there, in any form of theirs (Porter's stems, accents aside); "quoted words" stand side by side; a word that
ends in * is the beginning of one. Where few match, the order is that of relevance: bm25 for texts, for records the shortest
first. Where more than CANDIDATES do, it is that of publication, the newest first: ranking a common word over a million records
costs most of a second and says little.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal, NamedTuple

from onrecord.errors import UsageError
from onrecord.spans import Span
from onrecord.store.listing import Filter, Stored, ordered, restriction, stored
from onrecord.store.queries import DocumentRow, document_number, documents, identities_named

CANDIDATES = 2000
"""Matches that are ranked, or sorted by day: a few milliseconds."""

MANY = 100_000
"""Matches that are looked up as they are met in the order of publication: 20 ms to fetch. Where there are more, one in ten among a
million matches, and asking each record costs less."""

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


UNSEARCHABLE = re.compile('["\\x00\\ud800-\\udfff]')
"""What would end FTS5's strings, or is no character."""


def expression(words: str) -> str:
    """Return the words as FTS5 wants them; UsageError where there are none."""
    terms = []
    for phrase, word in re.findall(r'"([^"]*)"|(\S+)', words.replace("“", '"').replace("”", '"')):
        plain = UNSEARCHABLE.sub(" ", phrase or word).strip()
        if re.search(r"\w", plain):
            terms.append(f'"{plain.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    if not terms:
        message = f"{words!r}: no word to search for"
        raise UsageError(message)
    return " ".join(terms)


def search(
    connection: sqlite3.Connection, words: str, wanted: Filter, *, within: Within | None, limit: int, earliest_first: bool
) -> list[Hit]:
    """Return the documents (only where no kind, type, status or review is asked for), then the records that hold the words.

    Each at most `limit`; earliest first, both are one list by day of publication.
    """
    match = expression(words)
    hits: list[Hit] = []
    if within != "records" and not (wanted.kind or wanted.type or wanted.status or wanted.review):
        hits += _text_hits(connection, _texts(connection, match, wanted, limit, earliest_first=earliest_first), match)
    if within != "texts":
        hits += _record_hits(connection, _records(connection, match, wanted, limit, earliest_first=earliest_first), match)
    return sorted(hits, key=lambda hit: hit.document.latest or "~")[:limit] if earliest_first else hits


def _matching(connection: sqlite3.Connection, index: str, match: str, most: int) -> list[int] | None:
    """Return the rows of an index that match, None where they are more than `most`."""
    rows = connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?", (match, most + 1)).fetchall()
    return None if len(rows) > most else [row[0] for row in rows]


def _first(connection: sqlite3.Connection, index: str, match: str, numbers: Iterable[int], limit: int) -> list[int]:
    """Return the first rows of an order that match."""
    matching = _matching(connection, index, match, MANY)
    if matching is not None:
        known = set(matching)
        return list(islice((number for number in numbers if number in known), limit))
    probe = f"SELECT 1 FROM {index} WHERE rowid = ? AND {index} MATCH ?"
    return list(islice((number for number in numbers if connection.execute(probe, (number, match)).fetchone()), limit))


def _records(connection: sqlite3.Connection, match: str, wanted: Filter, limit: int, *, earliest_first: bool) -> list[int]:
    few = _matching(connection, "record_index", match, CANDIDATES)
    if few is None:
        places = ordered(connection, wanted, newest_first=not earliest_first)
        return _first(connection, "record_index", match, (number for _, number in places), limit)
    tests, values = restriction(connection, wanted)
    days, bounds = _days("r.day", wanted)
    order = "r.day = '', r.day, r.number" if earliest_first else "length(r.quote), r.number"
    query = (
        "SELECT r.number FROM json_each(?) AS j JOIN records AS r ON r.number = j.value "
        f"WHERE 1{tests}{days}{_in_document(connection, wanted, 'r.document')} ORDER BY {order} LIMIT ?"
    )
    return [row[0] for row in connection.execute(query, (json.dumps(few), *values, *bounds, limit))]


def _texts(connection: sqlite3.Connection, match: str, wanted: Filter, limit: int, *, earliest_first: bool) -> list[int]:
    tests, values = _days("d.latest", wanted)
    tests += _in_document(connection, wanted, "d.number")
    if wanted.actor is not None:
        found = identities_named(connection, wanted.actor)
        tests += f" AND EXISTS (SELECT 1 FROM actors AS a WHERE a.document = d.number AND a.identity IN ({', '.join('?' * len(found))}))"
        values += found
    if earliest_first or _matching(connection, "text_index", match, CANDIDATES) is None:
        order = "d.latest IS NULL, d.latest, d.number" if earliest_first else "d.latest DESC, d.number DESC"
        places = connection.execute(f"SELECT d.number FROM documents AS d WHERE 1{tests} ORDER BY {order}", values)
        return _first(connection, "text_index", match, (number for (number,) in places), limit)
    query = (
        "SELECT d.number FROM text_index AS t JOIN documents AS d ON d.number = t.rowid "
        f"WHERE text_index MATCH ?{tests} ORDER BY t.rank LIMIT ?"
    )
    return [row[0] for row in connection.execute(query, (match, *values, limit))]


def _days(column: str, wanted: Filter) -> tuple[str, list[Any]]:
    tests = (f" AND {column} >= ?" if wanted.since else "") + (f" AND {column} <= ? AND {column} > ''" if wanted.until else "")
    return tests, [day for day in (wanted.since, wanted.until) if day]


def _in_document(connection: sqlite3.Connection, wanted: Filter, column: str) -> str:
    return f" AND {column} = {document_number(connection, wanted.document)}" if wanted.document is not None else ""


# ---- snippets ------------------------------------------------------------------------------------------------------

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks for FTS5's highlight: private characters, which no page has any business to hold."""


def _text_hits(connection: sqlite3.Connection, numbers: Iterable[int], match: str) -> Iterator[Hit]:
    query = "SELECT highlight(text_index, 0, ?, ?) FROM text_index WHERE rowid = ? AND text_index MATCH ?"
    for number in numbers:
        text, marks = unmark(connection.execute(query, (OPEN, CLOSE, number, match)).fetchone()[0])
        first = marks[0] if marks else Span(0, 0)
        at = Span(max(0, first.start - AROUND), min(len(text), first.end + AROUND))
        inside = tuple(mark.shift(-at.start) for mark in marks if at.contains(mark))
        yield Hit(next(documents(connection, number)), None, at.of(text), inside, at)


def _record_hits(connection: sqlite3.Connection, numbers: list[int], match: str) -> Iterator[Hit]:
    query = "SELECT highlight(record_index, 0, ?, ?) FROM record_index WHERE rowid = ? AND record_index MATCH ?"
    rows: dict[str, DocumentRow] = {}
    for number, one in zip(numbers, stored(connection, numbers), strict=True):
        if one.document not in rows:
            rows[one.document] = next(documents(connection, document_number(connection, one.document)))
        quote, marks = unmark(connection.execute(query, (OPEN, CLOSE, number, match)).fetchone()[0])
        yield Hit(rows[one.document], one, quote, marks, Span(0, len(quote)))


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
