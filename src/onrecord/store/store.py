"""The store as one object: what verbs call. Frozen values in and out; errors are StoreError (the file) or UsageError (the caller)."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from onrecord import __version__
from onrecord.decisions import Decided, Decision
from onrecord.documents import Document, Page
from onrecord.errors import UsageError
from onrecord.records import Records
from onrecord.rulings import Offer, Ruling, corrected
from onrecord.store import agreement, audit, counting, deciding, journal, ledgering, listing, loading, queries, searching, verifying, writes
from onrecord.store.connection import connect, speaking_of, transaction
from onrecord.store.listing import Filter, Stored
from onrecord.store.queries import DocumentRow


def open_store(path: Path | str, *, create: bool = True, now: Callable[[], str], tool: str = __version__) -> Store:
    """Return the store at `path`, to be closed (`with`); StoreError says why it cannot be used.

    `now` gives the time for the audit (UTC, ISO 8601): the store does not read the clock.
    """
    place = Path(path)
    return Store(connect(place, create=create), place, now, tool)


class Store:
    """A store that is open. One writer at a time: writing waits its turn; reading never waits."""

    def __init__(self, connection: sqlite3.Connection, path: Path, now: Callable[[], str], tool: str) -> None:
        """Hold what every method needs; `open_store` makes one."""
        self.path = path
        self._connection = connection
        self._now = now
        self._tool = tool

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with speaking_of(self.path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with speaking_of(self.path), transaction(self._connection):
            yield self._connection

    # ---- writing ---------------------------------------------------------------------------------------------------

    def add(self, results: Iterable[tuple[Page, Records]], *, again: bool = False) -> writes.AddReport:
        """Add pages with their records, 50 documents a transaction; the same page again changes nothing.

        With `again`, records of a page that is there are replaced where the new ones differ; decisions bind where the same claim
        is made again, the others are listed as offered again or as orphans.
        """
        filing = writes.Filing("", self._tool, again)
        for batch in writes.batches(results):
            filing.at = self._now()
            with speaking_of(self.path):
                writes.add(self._connection, batch, filing)
        return filing.report()

    def decide(self, name: str, decision: Decision) -> Decided:
        """Add a person's decision; UsageError where it does not fit the record, the text or the gate.

        `name` is the record (8 or more digits), for `add` and `correct` the document, for an actor `DOCUMENT#a1`.
        """
        with self._writing() as connection:
            return deciding.decide(connection, name, decision, deciding.Writer(self._now(), self._tool))

    def forget(self, name: str, reviewer: str) -> str:
        """Remove a document's text, page, records and decisions; return its id. Its hash and the fact stay in the audit."""
        with self._writing() as connection:
            gone = writes.forget(connection, queries.document_number(connection, name), reviewer, self._now())
        self.checkpoint()
        return gone

    def checkpoint(self) -> None:
        """Move what the write-ahead log holds into the file itself."""
        with self._reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # ---- reading ---------------------------------------------------------------------------------------------------

    def documents(self) -> Iterator[DocumentRow]:
        """Yield all documents in the order of reading."""
        with self._reading() as connection:
            yield from queries.documents(connection)

    def document(self, name: str, *, reviewer: str | None = None) -> Records:
        """Return all that a document yields, as it stands: amendments applied, rejected records still there (see `reviews`).

        `name`: 8 or more digits of its id, its address or file name. With `reviewer`, as that one sees it who works blind.
        """
        return self.ruling(name, reviewer=reviewer).records

    def ruling(self, name: str, *, reviewer: str | None = None) -> Ruling:
        """Return a document as it stands, with how each of its records stands."""
        with self._reading() as connection:
            return queries.document(connection, queries.document_number(connection, name), reviewer)

    def document_row(self, name: str) -> DocumentRow:
        """Return a document as the list of documents has it."""
        with self._reading() as connection:
            return next(queries.documents(connection, queries.document_number(connection, name)))

    def versions(self, uri: str) -> list[str]:
        """Return the ids of the documents that stood at an address, oldest first; each step is a change of the text."""
        with self._reading() as connection:
            return [name for _, name, _ in queries.versions(connection, uri)]

    def as_found(self, name: str) -> Records:
        """Return all that was extracted from a document, before any decision."""
        with self._reading() as connection:
            return loading.as_found(connection, queries.document_number(connection, name))

    def text(self, name: str) -> Document:
        """Return a document with its metadata as they stand, without its records: much quicker than `document`."""
        with self._reading() as connection:
            read = loading.document_found(connection, queries.document_number(connection, name))
            return corrected(read, journal.on_document(connection, read.id).get(read.id, ()))

    def decisions_on(self, name: str) -> list[Decided]:
        """Return the decisions about a document, its records and its actors, oldest first."""
        with self._reading() as connection:
            (document,) = connection.execute(
                "SELECT id FROM documents WHERE number = ?", (queries.document_number(connection, name),)
            ).fetchone()
            return sorted((d for own in journal.on_document(connection, document).values() for d in own), key=lambda d: d.seq)

    def page(self, name: str) -> Page:
        """Return the bytes that a document was read from."""
        with self._reading() as connection:
            number = queries.document_number(connection, name)
            uri, content, captured, url, archive = connection.execute(
                "SELECT d.uri, p.content, a.captured, a.url, a.archive_url FROM documents AS d JOIN pages AS p ON p.sha256 = d.page "
                "JOIN appearances AS a ON a.document = d.number WHERE d.number = ? ORDER BY a.seq LIMIT 1",
                (number,),
            ).fetchone()
            return Page(zlib.decompress(content), uri, captured=captured, url=url, archive_url=archive)

    def reviews(self, name: str) -> dict[str, str]:
        """Return the status of review of each record of a document, by record id."""
        with self._reading() as connection:
            return queries.reviews(connection, queries.document_number(connection, name))

    def records(self, *, limit: int = 50, after: str | None = None, **wanted: Any) -> list[Stored]:
        """Return a page of records by day of publication; `wanted` are the fields of Filter, `after` the last id of the page before."""
        with self._reading() as connection:
            return listing.records(connection, Filter(**wanted), limit=limit, after=after)

    def record(self, name: str) -> Stored:
        """Return the record whose id starts with these 8 or more hex digits."""
        with self._reading() as connection:
            return listing.stored(connection, [queries.record_number(connection, name)])[0]

    def search(
        self, words: str, *, within: searching.Within | None = None, limit: int = 20, earliest_first: bool = False, **wanted: Any
    ) -> list[searching.Hit]:
        """Return the documents and records that hold all words, with snippets; `wanted` are the fields of Filter."""
        with self._reading() as connection:
            return searching.search(connection, words, Filter(**wanted), within=within, limit=limit, earliest_first=earliest_first)

    def history(self, name: str) -> list[Decided]:
        """Return the decisions about a record, document or actor (`DOCUMENT#a1`), oldest first; none is an empty list."""
        with self._reading() as connection:
            try:
                return journal.on_subject(connection, journal.subject_named(connection, name))
            except UsageError:
                document, mark, _ = name.partition("#")
                (queries.document_number if mark else queries.any_number)(connection, document)  # says so where nothing is named so
                return []

    def decisions(self) -> list[Decided]:
        """Return all decisions, oldest first."""
        with self._reading() as connection:
            return journal.everything(connection)

    def offers(self) -> list[Offer]:
        """Return the decisions that are not in force: offered again for a record, or (`record` None) orphans."""
        with self._reading() as connection:
            return writes.all_offers(connection)

    def disagreements(self) -> list[agreement.Disagreement]:
        """Return the records that reviewers who worked blind see differently."""
        with self._reading() as connection:
            return agreement.disagreements(agreement.judged(connection))

    def agreement(self) -> list[agreement.Agreement]:
        """Return how far reviewers who worked blind agree, field by field."""
        with self._reading() as connection:
            return agreement.agreement(agreement.judged(connection))

    def commitments(self, *, limit: int = -1, after: str | None = None, **wanted: Any) -> Iterator[ledgering.Due]:
        """Yield commitments in the order of their deadlines; `wanted` are the fields of ledgering.Wanted."""
        with self._reading() as connection:
            yield from ledgering.commitments(connection, ledgering.Wanted(**wanted), after, limit)

    def commitment_count(self) -> int:
        """Return how many commitments there are."""
        with self._reading() as connection:
            return ledgering.count(connection)

    def beside(self, record: str, most: int, as_of: str | None = None) -> list[ledgering.Beside]:
        """Return the commitments of a record's actor that were published next to it, itself included."""
        with self._reading() as connection:
            return ledgering.beside(connection, record, most, as_of)

    def numbered(self, numbers: Sequence[int], as_of: str | None = None) -> list[ledgering.Due]:
        """Return the commitments with these numbers."""
        with self._reading() as connection:
            return ledgering.numbered(connection, numbers, as_of)

    def outcomes(self, as_of: str | None = None) -> dict[str, ledgering.Outcome]:
        """Return what people say became of commitments by a day, by record id."""
        with self._reading() as connection:
            return ledgering.outcomes(connection, as_of)

    def rules(self) -> list[counting.RuleReview]:
        """Return what people said of each rule's records, the most reviewed first."""
        with self._reading() as connection:
            return counting.rules(connection)

    def head(self) -> str:
        """Return the hash of the audit's last row: it stands for all that happened."""
        with self._reading() as connection:
            return audit.head(connection)[1]

    def verify(self) -> list[verifying.Damage]:
        """Make every hash again; return what is damaged, nothing where all is as it was written."""
        with self._reading() as connection:
            return list(verifying.verify(connection))

    def stats(self) -> counting.Stats:
        """Count what is there, and what was lost."""
        with self._reading() as connection:
            return counting.stats(connection)

    def sql(self, query: str, seconds: float = 10.0) -> counting.Table:
        """Return the answer to one read-only query; UsageError where it writes or takes too long."""
        return counting.sql(self.path, query, seconds)
