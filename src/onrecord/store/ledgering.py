"""Commitments in the order of their deadlines, limited to what was published by a day; and what people say became of them.

The earliest deadline comes first, commitments without one last. Each step reads a little of an index, so that the first page
costs the same among a hundred and among a million.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from onrecord.decisions import Decided, live
from onrecord.records import Commitment
from onrecord.store import journal
from onrecord.store.listing import Stored, stored
from onrecord.store.queries import identities_named, record_number


class Outcome(NamedTuple):
    """What a person says became of a commitment: since which day, on which evidence (`{"document": id, "span": [s, e]}`) or note."""

    record: str
    status: str
    on: str
    evidence: tuple[Mapping[str, Any], ...]
    note: str | None
    reviewer: str
    at: str


class Due(NamedTuple):
    """A commitment of the ledger: as stored, the bounds of its page's day, who is bound and to whom, what became of it.

    `action`, `deadline_words` and `condition` are the text's own words, on one line.
    """

    stored: Stored
    published: str | None
    earliest: str | None
    latest: str | None
    actor: str | None
    country: str | None
    counterparty: str | None
    action: str
    deadline_words: str | None
    condition: str | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the ledger is limited to. `as_of`: known by that day, pages whose day is not known left out (`undated` gives only those).

    `due_before` and `due_from` are days of the deadline, the first exclusive, the second inclusive. `lasting` adds to those from
    `due_from` on what is never overdue: those without a deadline, and commitments not to act (`negated` gives only such). `begun`:
    the first day that the deadline can be is before this one. `only` are ids of records.
    """

    as_of: str | None = None
    undated: bool = False
    actor: str | None = None
    country: str | None = None
    counterparty: str | None = None
    basis: str | None = None
    due_from: str | None = None
    due_before: str | None = None
    lasting: bool = False
    negated: bool = False
    begun: str | None = None
    only: tuple[str, ...] | None = None


def count(connection: sqlite3.Connection) -> int:
    """Return how many commitments there are."""
    return int(connection.execute("SELECT count(*) FROM deadlines").fetchone()[0])


def commitments(connection: sqlite3.Connection, wanted: Wanted, after: str | None = None, limit: int = -1) -> Iterator[Due]:
    """Yield commitments that nobody rejected, in the order of their deadlines; `after` is the id of the last of the page before."""
    said = outcomes(connection, wanted.as_of)
    for number in _numbers(connection, wanted, after, limit):
        yield _due(connection, number, said)


def _due(connection: sqlite3.Connection, number: int, said: Mapping[str, Outcome]) -> Due:
    one = stored(connection, [number])[0]
    row = connection.execute(SHOWN, (number,)).fetchone()
    record, text = one.record, row[0]
    assert isinstance(record, Commitment)
    words = [span and " ".join(span.of(text).split()) for span in (record.action, record.deadline, record.condition)]
    return Due._make((one, *row[1:], *words, said.get(record.id)))


# ---- appearances ---------------------------------------------------------------------------------------------------


class Beside(NamedTuple):
    """A commitment of the same actor as another: its record's number, the actor's (identities), its act's words."""

    number: int
    who: int
    words: str


def beside(connection: sqlite3.Connection, record: str, most: int, as_of: str | None = None) -> list[Beside]:
    """Return the commitments of a record's actor that were published next to it, at most `most` before and after, itself included.

    Rejected ones and those published after `as_of` are left out; without an actor there are none.
    """
    number = record_number(connection, record)
    who, day = connection.execute("SELECT actor, day FROM deadlines WHERE record = ?", (number,)).fetchone()
    if who is None:
        return []
    found: list[Beside] = []
    for one in _one(connection, who):
        for test, direction in ((">=", "ASC"), ("<", "DESC")):
            query = (
                "SELECT r.number, ?, r.quote FROM participants AS p JOIN deadlines AS l ON l.record = p.record "
                "JOIN records AS r ON r.number = p.record WHERE p.identity = ? AND p.kind = 'commitment' AND l.actor = p.identity "
                f"AND (p.day, p.record) {test} (?, ?) AND p.day <= ? AND r.review <> 'rejected' "
                f"ORDER BY p.day {direction}, p.record {direction} LIMIT ?"
            )
            found += map(Beside._make, connection.execute(query, (who, one, day, number, as_of or "~", most)))
    return found


def _one(connection: sqlite3.Connection, who: int) -> list[int]:
    """Return the identities that a person merged with this one, itself included."""
    root = "(SELECT coalesce(root, number) FROM identities WHERE number = ?)"
    return [n for (n,) in connection.execute(f"SELECT number FROM identities WHERE number = {root} OR root = {root}", (who, who))]


def numbered(connection: sqlite3.Connection, numbers: Sequence[int], as_of: str | None = None) -> list[Due]:
    """Return the commitments with these numbers."""
    said = outcomes(connection, as_of)
    return [_due(connection, number, said) for number in numbers]


# ---- order ---------------------------------------------------------------------------------------------------------


SHOWN = (
    "SELECT t.text, d.published, d.earliest, d.latest, a.name, l.country, c.name "
    "FROM deadlines AS l JOIN records AS r ON r.number = l.record "
    "JOIN documents AS d ON d.number = r.document JOIN texts AS t ON t.document = r.document "
    "LEFT JOIN identities AS a ON a.number = l.actor LEFT JOIN identities AS c ON c.number = l.counterparty WHERE l.record = ?"
)


def _numbers(connection: sqlite3.Connection, wanted: Wanted, after: str | None, limit: int) -> Iterator[int]:
    start = _position(connection, after)
    given, behind = 0, start is None
    for part in _parts(wanted):
        here = start is not None and _holds(part, start)
        behind = behind or here
        for _, number in _ordered(connection, part.wanted, start if here and start else ("", -1), dated=part.dated) if behind else ():
            if given == limit:
                return
            given += 1
            yield number


class _Part(NamedTuple):
    """A stretch of the ledger that one index gives in order."""

    wanted: Wanted
    dated: bool


def _parts(wanted: Wanted) -> list[_Part]:
    """Return those with a deadline, those without, and (`lasting`) those not to act whose day is past: no index finds them."""
    parts = [_Part(wanted, dated=True), _Part(replace(wanted, due_from=None) if wanted.lasting else wanted, dated=False)]
    if wanted.lasting:
        parts.append(_Part(replace(wanted, due_from=None, due_before=wanted.due_from, negated=True), dated=True))
    return parts


def _holds(part: _Part, place: tuple[str, int]) -> bool:
    """Tell whether a place in the ledger lies in a part."""
    due = place[0]
    if not due:
        return not part.dated
    return part.dated and (part.wanted.due_from or "") <= due < (part.wanted.due_before or "~")


def _position(connection: sqlite3.Connection, after: str | None) -> tuple[str, int] | None:
    if after is None:
        return None
    number = record_number(connection, after)
    row = connection.execute("SELECT latest, record FROM deadlines WHERE record = ?", (number,)).fetchone()
    return (row[0], row[1]) if row else None


def _ordered(connection: sqlite3.Connection, wanted: Wanted, begin: tuple[str, int], *, dated: bool) -> Iterator[tuple[str, int]]:
    """Merge the streams of each identity that is asked for, or read the one of all."""
    keys: list[tuple[str, int | str]]
    if wanted.actor is not None:
        keys = [("l.actor = ?", who) for who in identities_named(connection, wanted.actor)]
    elif wanted.counterparty is not None:
        keys = [("l.counterparty = ?", who) for who in identities_named(connection, wanted.counterparty)]
    elif wanted.country is not None:
        keys = [("l.country = ?", wanted.country)]
    else:
        keys = [("1 = ?", 1)]
    return heapq.merge(*(_stream(connection, wanted, key, begin, dated=dated) for key in keys))


def _stream(
    connection: sqlite3.Connection, wanted: Wanted, key: tuple[str, int | str], begin: tuple[str, int], *, dated: bool
) -> Iterator[tuple[str, int]]:
    tests: list[tuple[str, Sequence[object]]] = [
        (key[0], [key[1]]),
        ("(l.latest, l.record) > (?, ?)", begin),
        ("l.latest > ''" if dated else "l.latest = ''", []),
        ("r.review <> 'rejected'", []),
    ]
    if wanted.undated:
        tests.append(("l.day = ''", []))
    elif wanted.as_of is not None:
        tests.append(("l.day <= ? AND l.day > ''", [wanted.as_of]))
    if wanted.due_from is not None:
        tests.append(("l.latest >= ?", [wanted.due_from]))
    if wanted.negated:
        tests.append((NEGATED, []))
    if wanted.begun is not None:
        tests.append((f"{FIRST_DAY} < ?", [wanted.begun]))
    if wanted.only is not None:
        tests.append((f"r.id IN ({', '.join('?' * len(wanted.only))})", wanted.only))
    if wanted.due_before is not None:
        tests.append(("l.latest < ? AND l.latest > ''", [wanted.due_before]))
    if wanted.basis is not None:
        tests.append(("r.type = ?", [wanted.basis]))
    if wanted.country is not None:
        tests.append(("l.country = ?", [wanted.country]))
    if wanted.counterparty is not None and wanted.actor is not None:
        owed = identities_named(connection, wanted.counterparty)
        tests.append((f"l.counterparty IN ({', '.join('?' * len(owed))})", owed))
    query = (
        "SELECT l.latest, l.record FROM deadlines AS l JOIN records AS r ON r.number = l.record "
        f"WHERE {' AND '.join(test for test, _ in tests)} ORDER BY l.latest, l.record"
    )
    yield from connection.execute(query, [value for _, values in tests for value in values])


FIRST_DAY = "json_extract(coalesce(r.amended, r.body), '$.deadline_earliest')"
NEGATED = "json_extract(coalesce(r.amended, r.body), '$.negated')"


# ---- outcomes ------------------------------------------------------------------------------------------------------


def outcomes(connection: sqlite3.Connection, as_of: str | None = None) -> dict[str, Outcome]:
    """Return what people say became of commitments, by record id: the last word that holds by the day asked for.

    It holds from the day given with it, else that of its evidence, else that of the decision; and only where the commitment
    still claims what it did.
    """
    out: dict[str, Outcome] = {}
    for d in live(journal.of_acts(connection, "status")):
        row = connection.execute("SELECT claim FROM records WHERE id = ?", (d.subject,)).fetchone()
        one = outcome_of(d)
        if row is not None and row[0] == d.claim and (as_of is None or one.on <= as_of):
            out[d.subject] = one
    return out


def outcome_of(d: Decided) -> Outcome:
    """Return what a decision says became of a commitment."""
    return Outcome(
        d.subject,
        d.after["status"],
        d.after.get("on") or d.at[:10],
        tuple(d.after.get("evidence") or ()),
        d.decision.note,
        d.decision.reviewer,
        d.at,
    )
