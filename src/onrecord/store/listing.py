"""Records in lists: limited by a filter, in the order of publication, a page at a time.

Each kind (and each identity of an actor) gives its records in order from an index; the streams are merged. So a page costs what
it holds, however many records there are.
"""

from __future__ import annotations

import heapq
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from onrecord.decisions import REVIEWS, reclaimed
from onrecord.errors import UsageError
from onrecord.records import KIND_NAMES, Record
from onrecord.store import loading
from onrecord.store.packing import roles_of
from onrecord.store.queries import document_number, identities_named, record_number


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
            if value is not None and not _is_day(value):
                message = f"{name}: {value!r} is no day (YYYY-MM-DD)"
                raise UsageError(message)


def _is_day(value: str) -> bool:
    """Tell whether a text is a day of the calendar, YYYY-MM-DD."""
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None and date.fromisoformat(value) is not None
    except ValueError:
        return False


# ---- order ---------------------------------------------------------------------------------------------------------

Key = tuple[str, int]
"""A record's place in the order: day of publication ('' not known), number."""

FIRST: Key = ("", 0)
LAST: Key = ("~", 0)


def records(connection: sqlite3.Connection, wanted: Filter, *, limit: int, after: str | None) -> list[Stored]:
    """Return a page of records by day of publication (not known first), then in the order of reading.

    `after` is the id of the last record of the page before.
    """
    start = key_of(connection, record_number(connection, after)) if after is not None else FIRST
    return stored(connection, [number for _, number in islice(ordered(connection, wanted, start), limit)])


def key_of(connection: sqlite3.Connection, number: int) -> Key:
    """Return a record's place in the order."""
    return str(connection.execute("SELECT day FROM records WHERE number = ?", (number,)).fetchone()[0]), number


def ordered(connection: sqlite3.Connection, wanted: Filter, after: Key = FIRST, *, newest_first: bool = False) -> Iterator[Key]:
    """Yield the places of the records that a filter wants, after a place in the order (from the end where the newest come first)."""
    kinds = (wanted.kind,) if wanted.kind else KIND_NAMES
    span = Range.of(wanted, after, newest_first=newest_first)
    if wanted.document is not None:
        streams = [_of_document(connection, wanted, document_number(connection, wanted.document), span)]
    elif wanted.actor is not None:
        found = identities_named(connection, wanted.actor)
        streams = [_of_actor(connection, wanted, kind, who, span) for kind in kinds for who in found]
    else:
        streams = [_of_kind(connection, wanted, kind, span) for kind in kinds]
    last: Key | None = None
    for place in heapq.merge(*streams, reverse=newest_first):
        if place != last:
            yield place
            last = place


class Range(NamedTuple):
    """The stretch of the order that is read, and in which direction; its ends as SQL."""

    test: str
    values: tuple[str | int, ...]
    direction: str

    @classmethod
    def of(cls, wanted: Filter, after: Key, *, newest_first: bool) -> Range:
        """Return the stretch between a filter's days, after a place."""
        first: Key = (wanted.since, 0) if wanted.since else ("0", 0) if wanted.until else FIRST  # "0": any day that is known
        last: Key = (wanted.until, 2**62) if wanted.until else LAST
        if newest_first:
            return cls("({day}, {number}) < (?, ?) AND {day} >= ?", (*min(last, after if after != FIRST else LAST), first[0]), "DESC")
        return cls("({day}, {number}) > (?, ?) AND {day} <= ?", (*max(first, after), last[0]), "ASC")

    def sql(self, day: str, number: str) -> str:
        """Return the condition for columns of these names."""
        return self.test.format(day=day, number=number)


def _conditions(wanted: Filter) -> tuple[str, list[Any]]:
    """Return the conditions on a record's own columns."""
    tests = [(f" AND r.{name} = ?", value) for name in ("type", "status", "review") if (value := getattr(wanted, name)) is not None]
    return "".join(test for test, _ in tests), [value for _, value in tests]


def _of_kind(connection: sqlite3.Connection, wanted: Filter, kind: str, span: Range) -> Iterator[Key]:
    tests, values = _conditions(wanted)
    index = "records_order"
    if wanted.review not in {None, "unreviewed"}:
        tests, index = f"{tests} AND r.review <> 'unreviewed'", "records_review"  # as the index says it, so that it may be used
    query = (
        f"SELECT r.day, r.number FROM records AS r INDEXED BY {index} WHERE r.kind = ? AND {span.sql('r.day', 'r.number')}{tests} "
        f"ORDER BY r.day {span.direction}, r.number {span.direction}"
    )
    return connection.execute(query, (kind, *span.values, *values))


def _of_actor(connection: sqlite3.Connection, wanted: Filter, kind: str, who: int, span: Range) -> Iterator[Key]:
    tests, values = _conditions(wanted)
    join = "JOIN records AS r ON r.number = p.record " if tests else ""
    query = (
        f"SELECT p.day, p.record FROM participants AS p {join}"
        f"WHERE p.identity = ? AND p.kind = ? AND {span.sql('p.day', 'p.record')}{tests} "
        f"ORDER BY p.day {span.direction}, p.record {span.direction}"
    )
    return connection.execute(query, (who, kind, *span.values, *values))


def _of_document(connection: sqlite3.Connection, wanted: Filter, number: int, span: Range) -> Iterator[Key]:
    tests, values = restriction(connection, wanted)
    query = (
        f"SELECT r.day, r.number FROM records AS r WHERE r.document = ? AND {span.sql('r.day', 'r.number')}{tests} "
        f"ORDER BY r.number {span.direction}"
    )
    return connection.execute(query, (number, *span.values, *values))


def restriction(connection: sqlite3.Connection, wanted: Filter) -> tuple[str, list[Any]]:
    """Return the conditions on one row `r` of records that a filter sets, its days apart."""
    tests, values = _conditions(wanted)
    if wanted.kind is not None:
        tests, values = f"{tests} AND r.kind = ?", [*values, wanted.kind]
    if wanted.actor is not None:
        found = identities_named(connection, wanted.actor)
        tests += (
            f" AND EXISTS (SELECT 1 FROM participants AS p WHERE p.record = r.number AND p.identity IN ({', '.join('?' * len(found))}))"
        )
        values += found
    return tests, values


# ---- rows ----------------------------------------------------------------------------------------------------------

SHOWN = "kind, id, claim, body, amended, document, day, review, quote"


def stored(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Stored]:
    """Return the records with these numbers, in this order."""
    documents: dict[int, tuple[str, str, str | None]] = {}
    names: dict[tuple[int, str], str] = {}
    out = []
    for number in numbers:
        kind, record_id, claim, body, amended, at, day, review, quote = connection.execute(
            f"SELECT {SHOWN} FROM records WHERE number = ?", (number,)
        ).fetchone()
        if at not in documents:
            documents[at] = connection.execute("SELECT id, uri, title FROM documents WHERE number = ?", (at,)).fetchone()
        found = loading.record_of(kind, record_id, claim, body)
        record = reclaimed(loading.record_of(kind, record_id, claim, amended)) if amended else found
        own = {local: _name(connection, names, at, local) for local, _ in roles_of(record)}
        out.append(Stored(record, found, *documents[at], day or None, review, quote, own))
    return out


def _name(connection: sqlite3.Connection, known: dict[tuple[int, str], str], document: int, local: str) -> str:
    if (document, local) not in known:
        row = connection.execute("SELECT name FROM actors WHERE document = ? AND local = ?", (document, local)).fetchone()
        known[document, local] = row[0] if row else local
    return known[document, local]
