"""Which document, record or actor a name means, and documents as they are listed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onrecord.errors import UsageError
from onrecord.records import KIND_NAMES
from onrecord.rulings import Ruling, stand
from onrecord.store import journal, loading
from onrecord.store.packing import folded

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


# ---- actors -----------------------------------------------------------------------------------------------------


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
