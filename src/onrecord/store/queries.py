"""Questions to the store: documents, records, pages of them in the order of publication, by id or its first digits."""

from __future__ import annotations

import heapq
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from onrecord.decisions import REVIEWS, reclaimed
from onrecord.errors import UsageError
from onrecord.records import KIND_NAMES, Record
from onrecord.rulings import Ruling, stand
from onrecord.store import journal, loading
from onrecord.store.packing import folded, roles_of

SHORTEST = 8
"""Hex digits that name a record or document."""


class DocumentRow(NamedTuple):
    """A document in a list: `version` counts what stood at its address, `previous` is the id of what stood there before."""

    id: str
    uri: str
    title: str | None
    publisher: str | None
    published: str | None
    earliest: str | None
    latest: str | None
    added: str
    version: int
    previous: str | None
    counts: Mapping[str, int]


class Stored(NamedTuple):
    """A record in a list, as it stands; `found` is what was extracted, `quote` its words, `names` those of its actors by local id."""

    record: Record
    found: Record
    document: str
    uri: str
    title: str | None
    day: str | None
    review: str
    quote: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a page of records is limited to; all parts must hold. `since` and `until` are days of publication, inclusive.

    `type` and `status` are the columns of that name (an event's PLOVER type and status, a statement's stance and form, a
    commitment's basis, a figure's unit, a time's TIMEX3 type and role); `review` is the status of review.
    """

    kind: str | None = None
    actor: str | None = None
    type: str | None = None
    status: str | None = None
    review: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        """Refuse values that can match nothing."""
        for name, known in (("kind", KIND_NAMES), ("review", REVIEWS)):
            value = getattr(self, name)
            if value is not None and value not in known:
                message = f"{name} {value!r} is none of {', '.join(known)}"
                raise UsageError(message)
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                message = f"{name}: {value!r} is no day (YYYY-MM-DD)"
                raise UsageError(message)


# ---- ids -----------------------------------------------------------------------------------------------------------


def document_number(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the document that `name` means: 8 or more hex digits of its id, its address, or the file's name.

    UsageError where it names none, or several.
    """
    digits = name.removeprefix("sha256:").lower()
    if re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", digits):
        rows = connection.execute("SELECT number, id FROM documents WHERE id >= ? AND id < ?", _range(f"sha256:{digits}")).fetchmany(3)
        if rows:
            return _only(name, rows, "document")
    rows = connection.execute("SELECT number, id FROM documents WHERE uri = ? ORDER BY number DESC", (name,)).fetchall()
    if rows:
        return int(rows[0][0])  # the newest of an address
    like = "%" + re.sub(r"([%_\\])", r"\\\1", name) + "%"
    rows = connection.execute("SELECT number, uri FROM documents WHERE uri LIKE ? ESCAPE '\\' ORDER BY number", (like,)).fetchall()
    rows = [(number, uri) for number, uri in rows if name in {(file := uri.rsplit("/", 1)[-1]), file.rsplit(".", 1)[0]}]
    if not rows:
        message = f"{name}: no document has this id (its first {SHORTEST} or more hex digits), address or file name"
        raise UsageError(message)
    if len({uri for _, uri in rows}) == 1:
        return int(rows[-1][0])
    return _only(name, rows, "document")


def record_number(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the record whose id starts with these 8 or more hex digits; UsageError where none or several do."""
    digits = name.lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},32}}", digits):
        message = f"{name}: a record is named by the first {SHORTEST} or more hex digits of its id"
        raise UsageError(message)
    rows = connection.execute("SELECT number, id FROM records WHERE id >= ? AND id < ?", _range(digits)).fetchmany(3)
    return _only(name, rows, "record")


def any_number(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the record or, where none is named so, the document of this name; UsageError where neither is."""
    try:
        return record_number(connection, name)
    except UsageError:
        return document_number(connection, name)


def _range(digits: str) -> tuple[str, str]:
    return digits, digits + "g"  # the first character after f


def _only(name: str, rows: Sequence[tuple[int, str]], what: str) -> int:
    if len(rows) == 1:
        return rows[0][0]
    message = f"{name}: {'several' if rows else 'no'} {what}{'s' if rows else ''} of this name" + (
        f" ({', '.join(row[1] for row in rows)})" if rows else ""
    )
    raise UsageError(message)


# ---- documents -----------------------------------------------------------------------------------------------------

LISTED = "number, id, uri, title, publisher, published, earliest, latest, added"


def documents(connection: sqlite3.Connection, number: int | None = None) -> Iterator[DocumentRow]:
    """Yield all documents in the order of reading, or the one with this number."""
    where, values = ("WHERE number = ?", (number,)) if number is not None else ("", ())
    rows = connection.execute(f"SELECT {LISTED} FROM documents {where} ORDER BY number", values).fetchall()
    for row in rows:
        count = "SELECT kind, count(*) FROM records WHERE document = ? GROUP BY kind"
        counts = dict(connection.execute(count, (row[0],)))
        version, previous = _version(connection, row[0], row[2])
        yield DocumentRow._make((*row[1:], version, previous, {kind: counts.get(kind, 0) for kind in KIND_NAMES}))


def _version(connection: sqlite3.Connection, number: int, uri: str) -> tuple[int, str | None]:
    line = versions(connection, uri)
    places = [n for n, (document, _, _) in enumerate(line) if document == number]
    if not places:
        return 1, None
    at = places[-1]
    return at + 1, line[at - 1][1] if at else None


def versions(connection: sqlite3.Connection, uri: str) -> list[tuple[int, str, str | None]]:
    """Return what stood at an address, oldest first: (number, id, captured); each step is a change of the text."""
    query = (
        "SELECT a.document, d.id, a.captured FROM appearances AS a JOIN documents AS d ON d.number = a.document "
        "WHERE a.uri = ? ORDER BY a.captured IS NULL, a.captured, a.seq"
    )
    out: list[tuple[int, str, str | None]] = []
    for row in connection.execute(query, (uri,)):
        if uri != "-" and (not out or out[-1][0] != row[0]):
            out.append(row)
    return out


def document(connection: sqlite3.Connection, number: int, reviewer: str | None = None) -> Ruling:
    """Return all that a document yields, as it stands; with `reviewer`, as that one sees it who works blind."""
    found = loading.as_found(connection, number)
    return stand(found, journal.on_document(connection, found.document.id), reviewer)


def reviews(connection: sqlite3.Connection, number: int) -> dict[str, str]:
    """Return the status of review of each record of a document, by id."""
    return dict(connection.execute("SELECT id, review FROM records WHERE document = ?", (number,)))


# ---- records -------------------------------------------------------------------------------------------------------

SHOWN = "r.number, r.kind, r.id, r.claim, r.body, r.amended, r.document, r.day, r.review, r.quote"


def records(connection: sqlite3.Connection, wanted: Filter, *, limit: int, after: str | None) -> list[Stored]:
    """Return a page of records by day of publication (not known first), then in the order of reading.

    `after` is the id of the last record of the page before.
    """
    numbers = _numbers(connection, wanted, Page(_position(connection, after), limit))
    return stored(connection, numbers)


def _position(connection: sqlite3.Connection, after: str | None) -> tuple[str, int]:
    if after is None:
        return "", 0
    number = record_number(connection, after)
    return str(connection.execute("SELECT day FROM records WHERE number = ?", (number,)).fetchone()[0]), number


def _numbers(connection: sqlite3.Connection, wanted: Filter, page: Page) -> list[int]:
    """Return the numbers of the records of a page: each kind (and identity) gives them in order, the streams are merged."""
    kinds = (wanted.kind,) if wanted.kind else KIND_NAMES
    if wanted.document is not None:
        streams = [_of_document(connection, wanted, document_number(connection, wanted.document))]
    elif wanted.actor is not None:
        found = identities_named(connection, wanted.actor)
        streams = [_of_actor(connection, wanted, kind, who, page) for kind in kinds for who in found]
    else:
        streams = [_of_kind(connection, wanted, kind, page) for kind in kinds]
    out: list[int] = []
    last = page.after
    for place in heapq.merge(*streams):
        if place > last:
            out.append(place[1])
            last = place
        if len(out) == page.limit:
            break
    return out


def _conditions(wanted: Filter) -> tuple[str, list[Any]]:
    tests: list[tuple[str, Any]] = [
        ("r.type = ?", wanted.type),
        ("r.status = ?", wanted.status),
        ("r.review = ?", wanted.review),
        ("r.day >= ?", wanted.since),
        ("r.day <= ?", wanted.until),
    ]
    held = [(test, value) for test, value in tests if value is not None]
    clauses = [test for test, _ in held] + (["r.day > ''"] if wanted.until and not wanted.since else [])
    return "".join(f" AND {clause}" for clause in clauses), [value for _, value in held]


class Page(NamedTuple):
    """Where a page of records begins (after this day and number) and how many it holds."""

    after: tuple[str, int]
    limit: int


def _of_kind(connection: sqlite3.Connection, wanted: Filter, kind: str, page: Page) -> Iterator[tuple[str, int]]:
    tests, values = _conditions(wanted)
    query = (
        f"SELECT r.day, r.number FROM records AS r WHERE r.kind = ? AND (r.day, r.number) > (?, ?){tests} ORDER BY r.day, r.number LIMIT ?"
    )
    return iter(connection.execute(query, (kind, *page.after, *values, page.limit)).fetchall())


def _of_actor(connection: sqlite3.Connection, wanted: Filter, kind: str, who: int, page: Page) -> Iterator[tuple[str, int]]:
    tests, values = _conditions(wanted)
    query = (
        "SELECT p.day, p.record FROM participants AS p JOIN records AS r ON r.number = p.record "
        f"WHERE p.identity = ? AND p.kind = ? AND (p.day, p.record) > (?, ?){tests} ORDER BY p.day, p.record LIMIT ?"
    )
    return iter(connection.execute(query, (who, kind, *page.after, *values, page.limit)).fetchall())


def _of_document(connection: sqlite3.Connection, wanted: Filter, number: int) -> Iterator[tuple[str, int]]:
    tests, values = _conditions(wanted)
    if wanted.kind:
        tests, values = f"{tests} AND r.kind = ?", [*values, wanted.kind]
    if wanted.actor:
        found = identities_named(connection, wanted.actor)
        marks = ", ".join("?" * len(found))
        tests += (
            f" AND EXISTS (SELECT 1 FROM participants AS p WHERE p.identity IN ({marks})"
            " AND p.kind = r.kind AND p.day = r.day AND p.record = r.number)"
        )
        values = [*values, *found]
    query = f"SELECT r.day, r.number FROM records AS r WHERE r.document = ?{tests} ORDER BY r.number"
    return iter(connection.execute(query, (number, *values)).fetchall())


def identities_named(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return who is called so: by whole name (or country code), else by words of the name; those merged with them included."""
    plain = folded(name)
    rows = connection.execute("SELECT identity FROM names WHERE name = ?", (plain,)).fetchall()
    if not rows and re.fullmatch(r"[A-Za-z]{3}", name):
        rows = connection.execute("SELECT number FROM identities WHERE country = ?", (name.upper(),)).fetchall()
    if not rows:
        like = "%" + re.sub(r"([%_\\])", r"\\\1", plain) + "%"
        rows = connection.execute("SELECT DISTINCT identity FROM names WHERE name LIKE ? ESCAPE '\\'", (like,)).fetchall()
    return _with_merged(connection, [row[0] for row in rows])


def _with_merged(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[int]:
    out: dict[int, None] = {}
    for number in numbers:
        root = connection.execute("SELECT coalesce(root, number) FROM identities WHERE number = ?", (number,)).fetchone()[0]
        out.update(dict.fromkeys([root, *(n for (n,) in connection.execute("SELECT number FROM identities WHERE root = ?", (root,)))]))
    return list(out)


def stored(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Stored]:
    """Return the records with these numbers, in this order."""
    out = []
    for number in numbers:
        row = connection.execute(f"SELECT {SHOWN} FROM records AS r WHERE r.number = ?", (number,)).fetchone()
        out.append(_stored(connection, row))
    return out


def _stored(connection: sqlite3.Connection, row: Sequence[Any]) -> Stored:
    _, kind, record_id, claim, body, amended, document_at, day, review, quote = row
    found = loading.record_of(kind, record_id, claim, body)
    record = reclaimed(loading.record_of(kind, record_id, claim, amended)) if amended else found
    id_of, uri, title = connection.execute("SELECT id, uri, title FROM documents WHERE number = ?", (document_at,)).fetchone()
    names = {}
    for local, _ in roles_of(record):
        named = connection.execute("SELECT name FROM actors WHERE document = ? AND local = ?", (document_at, local)).fetchone()
        names[local] = named[0] if named else local
    return Stored(record, found, id_of, uri, title, day or None, review, quote, names)
