"""What the store holds, in numbers, and what was lost on the way; and read-only SQL for everything else."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.errors import UsageError
from onrecord.store.connection import connect_to_read, speaking_of

MOST_ACTORS = 20
"""Actors in the statistics: those that most records name."""


class Stats(NamedTuple):
    """Counts. `by_publisher` takes the host of the address for pages that name no publisher, the folder for files.

    `losses` are what could not be known: pages without a date, statements without a source, events without an actor.
    """

    documents: int
    records: int
    by_kind: Mapping[str, int]
    by_type: Mapping[str, int]
    by_month: Mapping[str, int]
    by_publisher: Mapping[str, int]
    by_actor: Mapping[str, int]
    by_review: Mapping[str, int]
    losses: Mapping[str, int]


def stats(connection: sqlite3.Connection) -> Stats:
    """Count everything."""

    def counts(query: str) -> dict[str, int]:
        return {str(name): number for name, number in connection.execute(query)}

    def one(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    return Stats(
        one("SELECT count(*) FROM documents"),
        one("SELECT count(*) FROM records"),
        counts("SELECT kind, count(*) FROM records GROUP BY kind ORDER BY kind"),
        counts("SELECT type, count(*) FROM records WHERE kind = 'event' GROUP BY type ORDER BY 2 DESC, 1"),
        counts("SELECT coalesce(substr(latest, 1, 7), 'not known'), count(*) FROM documents GROUP BY 1 ORDER BY 1"),
        _publishers(connection.execute("SELECT publisher, uri FROM documents")),
        counts(
            "SELECT coalesce(r.name, i.name), count(DISTINCT p.record) "
            "FROM participants AS p JOIN identities AS i ON i.number = p.identity "
            f"LEFT JOIN identities AS r ON r.number = i.root GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_ACTORS}"
        ),
        counts("SELECT review, count(*) FROM records GROUP BY review ORDER BY review"),
        {
            "pages without a date": one("SELECT count(*) FROM documents WHERE earliest IS NULL AND latest IS NULL"),
            "pages whose day is not known": one("SELECT count(*) FROM documents WHERE published IS NULL"),
            "statements whose source was not resolved": one(_without("statement", "source_actor")),
            "events without an actor": one(_without("event", "actors")),
            "commitments without a deadline": one("SELECT count(*) FROM deadlines WHERE latest = ''"),
        },
    )


HOST = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)


def _publishers(rows: Iterable[tuple[str | None, str]]) -> dict[str, int]:
    hosts = ((publisher, HOST.match(uri), uri) for publisher, uri in rows)
    names = Counter(publisher or (host and host[1]) or uri.rpartition("/")[0] or "not known" for publisher, host, uri in hosts)
    return dict(sorted(names.items(), key=lambda item: (-item[1], item[0])))


def _without(kind: str, field: str) -> str:
    return f"SELECT count(*) FROM records WHERE kind = '{kind}' AND json_extract(coalesce(amended, body), '$.{field}') IS NULL"


class RuleReview(NamedTuple):
    """How often people accepted, amended and rejected what a rule found."""

    rule: str
    accepted: int
    amended: int
    rejected: int

    @property
    def precision(self) -> float:
        """The part that was right as it was found."""
        return self.accepted / (self.accepted + self.amended + self.rejected)


def rules(connection: sqlite3.Connection) -> list[RuleReview]:
    """Count the reviews of each rule's records, the most reviewed first; what people added by hand is left out."""
    query = (
        "SELECT json_extract(body, '$.rule'), sum(review = 'accepted'), sum(review = 'amended'), sum(review = 'rejected') "
        "FROM records WHERE review <> 'unreviewed' AND added_by IS NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
    )
    return [RuleReview(*row) for row in connection.execute(query)]


# ---- SQL -----------------------------------------------------------------------------------------------------------

READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
"""What a query of the user's may do; everything else (ATTACH, PRAGMA, writing) is refused."""


def _may(action: int, first: str | None, *_: str | None) -> int:
    looks = action == sqlite3.SQLITE_PRAGMA and first == "data_version"  # how FTS5 learns that somebody wrote
    return sqlite3.SQLITE_OK if action in READING or looks else sqlite3.SQLITE_DENY


STEPS = 10_000
"""Virtual machine steps between looks at the clock: about a millisecond."""


LONGEST = 64 * 2**20
"""Bytes of one value: a page is 5 MiB at most, `randomblob(1e9)` is nobody's question."""


class Table(NamedTuple):
    """The answer to a query."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def sql(path: Path, query: str, seconds: float) -> Table:
    """Return the answer to one SELECT on a connection that cannot write; UsageError where it is no such query or takes too long."""
    connection = connect_to_read(path)
    try:
        with speaking_of(path):
            for index in ("text_index", "record_index"):  # FTS5 sets itself up with more than reading, so before the guard
                connection.execute(f"SELECT 1 FROM {index} WHERE {index} MATCH 'x' LIMIT 1").fetchone()
        connection.set_authorizer(_may)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        end = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        cursor = connection.execute(query)
        return Table(tuple(name for name, *_ in cursor.description or ()), cursor.fetchall())
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise UsageError(_why(error, seconds)) from error
    finally:
        connection.close()


def _why(error: Exception, seconds: float) -> str:
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
        return f"the query took longer than {seconds:g} s"
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_AUTH:
        return f"only reading is allowed here ({error})"
    return f"SQL: {error}"
