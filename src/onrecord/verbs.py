"""One function for each thing that a user does; the only place that joins sources, engines, the store and exports.

The command line and the review application call these and nothing below them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from onrecord import accounts, citations, exports, imports, language, lexicons, provenance, reasons, scoring, sources
from onrecord import ledger as ledgers
from onrecord.accounts import LedgerView
from onrecord.annotators.quotations import quotations
from onrecord.asked import Asked, decision
from onrecord.cells import whole
from onrecord.decisions import Decided
from onrecord.diffs import Diff
from onrecord.diffs import diff as compare
from onrecord.documents import Block, Document, Page, Source
from onrecord.engines import local
from onrecord.errors import SourceError, UsageError
from onrecord.links.commitments import Suggestion
from onrecord.links.copies import Copy, phrases
from onrecord.links.copies import copies as find_copies
from onrecord.links.events import Incident
from onrecord.links.events import incidents as find_incidents
from onrecord.links.figures import Series
from onrecord.links.figures import series as figure_series
from onrecord.links.statements import Saying
from onrecord.links.statements import sayings as find_sayings
from onrecord.modality import Value as Factual
from onrecord.quotes import Check, check_quote
from onrecord.reasons import Reason
from onrecord.records import Event, Record, Records
from onrecord.spans import Span
from onrecord.store import Damage, DocumentRow, Hit, Offer, Stats, Store, Table, open_store
from onrecord.store.agreement import Agreement, Disagreement

DEFAULT_DB = Path("onrecord.db")
BATCH = 50
"""Documents in one transaction of the store: FULL synchronisation costs nothing measurable once batched (DESIGN)."""


# ---- library -------------------------------------------------------------------------------------------------------


def read(source: str | Path | bytes, *, published: str | None = None) -> Document:
    """Return the document of one page: a path, a URL, the page's bytes, or its text.

    `published` (EDTF) counts only where the page carries no date. SourceError says why a page cannot be read.
    """
    from onrecord import reading  # heavy, and not needed to look into a store

    return reading.read(_page(source, published))


def _page(source: str | Path | bytes, published: str | None) -> Page:
    if isinstance(source, bytes):
        return Page(source, "-", published=published)
    if isinstance(source, str) and ("\n" in source or " " in source.strip()) and not Path(source[:255]).exists():
        return Page(whole(source).encode(), "-", media_type="text/plain", published=published)
    for item in sources.pages([str(source)], sources.Options(published=published)):
        if isinstance(item, SourceError):
            raise item
        return item
    raise SourceError(str(source), "no page")


def extract(document: Document, *, lexicon: Path | None = None) -> Records:
    """Return the document's records; `lexicon` is a folder of the user's own entries. RuleError where that or the model is wrong."""
    from onrecord import pipeline  # heavy, and not needed to look into a store

    entries = lexicons.with_user(lexicon)
    return provenance.stamp(pipeline.extract(document, language.load(), entries), entries)


def explain(records: Records, what: Record | tuple[int, int], *, lexicon: Path | None = None) -> tuple[Reason, ...]:
    """Return why a record was made, or why a span `(start, end)` gave none."""
    if isinstance(what, Record):
        return reasons.why(records, what, lexicons.with_user(lexicon))
    return reasons.why_not(records, Span(*what))


def code_pair(sentence: str, source: str, target: str, *, lexicon: Path | None = None) -> str | None:
    """Return the PLOVER type of what `source` does to `target` in one sentence, by the manual; None where nothing names it.

    Both names must stand in the sentence as given.
    """
    from onrecord import pipeline
    from onrecord.events.pairs import pair_type

    entries = lexicons.with_user(lexicon)
    return pair_type(pipeline.annotate(_sentence(sentence), language.load(), entries), entries, source, target)


def factuality(text: str, span: tuple[int, int]) -> tuple[Factual, ...]:
    """Return how sure the text is that what the word at `span` names happened: a value for the author, then for each source.

    UsageError where no word stands at the span.
    """
    from onrecord import pipeline
    from onrecord.modality import factuality as values

    annotations = pipeline.annotate(_sentence(text), language.load(), lexicons.builtin())
    tokens = [t for t in annotations.tokens_of(Span(*span)) if not t.is_space] if 0 <= span[0] < span[1] <= len(text) else []
    if not tokens:
        message = f"[{span[0]}, {span[1]}] holds no word of the text"
        raise UsageError(message)
    inside = {t.i for t in tokens}
    head = next((t for t in tokens if t.head.i not in inside), tokens[0])
    return values(annotations, head)


def _sentence(text: str) -> Document:
    """Return a text as a document of one body block: what one sentence is asked about needs no reading."""
    text = whole(text)
    body = (Block(Span(0, len(text)), "body"),) if text.strip() else ()
    return Document(uri="-", text=text, source=Source(sha256(text.encode()).hexdigest(), "text/plain", "utf-8"), blocks=body)


# ---- score ---------------------------------------------------------------------------------------------------------


def score(gold: Path, records: Iterable[str]) -> scoring.Scores:
    """Score JSONL lines (as `read --format jsonl` writes them) against a folder of gold pages.

    UsageError where the folder has no gold; SourceError where a line is no JSON.
    """
    paths = sorted(gold.glob("*.json")) if gold.is_dir() else []
    if not paths:
        message = f"{gold}: no folder with gold pages (NAME.json beside NAME.txt)"
        raise UsageError(message)
    pages = []
    for path in paths:
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        pages.append((path.stem, text, scoring.gold_page(text, json.loads(path.read_text(encoding="utf-8")), path.stem)))
    return scoring.score(pages, dict(_found(records)))


def _found(lines: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, text in enumerate(lines, 1):
        try:
            row = json.loads(text)
            yield Path(row["document"]["uri"]).stem, scoring.found_page(row)
        except (ValueError, KeyError, TypeError) as error:
            where = f"records, line {number}"
            raise SourceError(where, f"not a document's line ({type(error).__name__}: {error})") from error


# ---- read ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: where to store (None: nowhere), what holds for the inputs, and where the work runs."""

    db: Path | None = DEFAULT_DB
    sources: sources.Options = field(default_factory=sources.Options)
    again: bool = False
    jobs: int = 1
    lexicon: Path | None = None


def now() -> str:
    """Return the time, UTC, ISO 8601: the one place where the clock is read for the store."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def day(text: str | None) -> str:
    """Return a day given as YYYY-MM-DD, today where none is given; UsageError where it is no day."""
    try:
        return (date.fromisoformat(text) if text else datetime.now(UTC).date()).isoformat()
    except ValueError as error:
        message = f"{text!r} is no day (YYYY-MM-DD)"
        raise UsageError(message) from error


def reviewer() -> str:
    """Return who decides, where nobody says: ONRECORD_REVIEWER, else the login name."""
    return os.environ.get("ONRECORD_REVIEWER") or os.environ.get("USER") or "unknown"


def read_all(inputs: Sequence[str], how: Reading) -> Iterator[local.Outcome]:
    """Yield each page of the inputs with its records, or what is wrong with it, in order; store them on the way."""
    if how.lexicon:
        lexicons.with_user(how.lexicon)  # a wrong entry is told before anything is read
    language.check(language.model_folder())
    outcomes = local.run(sources.pages(inputs, how.sources), local.Job(how.lexicon), jobs=how.jobs)
    if how.db is None:
        yield from outcomes
        return
    with opened(how.db, create=True) as store:
        while batch := list(islice(outcomes, BATCH)):
            store.add([o for o in batch if not isinstance(o, SourceError)], again=how.again)
            yield from batch


def opened(db: Path, *, create: bool = False) -> Store:
    """Return the store, to be closed (`with`); StoreError where it cannot be used."""
    return open_store(db, create=create, now=now)


# ---- look ----------------------------------------------------------------------------------------------------------


def documents(db: Path) -> list[DocumentRow]:
    """Return the documents of the store in the order of reading."""
    with opened(db) as store:
        return list(store.documents())


def document(db: Path, name: str) -> tuple[Records, dict[str, str]]:
    """Return all that a document yields, amendments applied, and each record's status of review."""
    with opened(db) as store:
        return store.document(name), store.reviews(name)


def search(db: Path, words: str, *, limit: int = 20, earliest_first: bool = False, **wanted: Any) -> list[Hit]:
    """Return the documents and records that hold all words; `wanted` are the fields of the store's Filter."""
    with opened(db) as store:
        return store.search(words, limit=limit, earliest_first=earliest_first, **wanted)


def record(db: Path, name: str) -> tuple[Records, Record]:
    """Return a record as it stands and its document's records; UsageError where the digits name none, or several."""
    with opened(db) as store:
        stored = store.record(name)
        return store.document(stored.document), stored.record


def explain_record(db: Path, name: str, *, lexicon: Path | None = None) -> tuple[Records, tuple[Reason, ...]]:
    """Return why a record of the store was made."""
    records, found = record(db, name)
    return records, explain(records, found, lexicon=lexicon)


def explain_span(db: Path, name: str, start: int, end: int) -> tuple[Records, tuple[Reason, ...]]:
    """Return why a stretch of a document's text gave none."""
    with opened(db) as store:
        records = store.as_found(name)
    return records, explain(records, (start, end))


# ---- decide --------------------------------------------------------------------------------------------------------


def decide(db: Path, name: str, asked: Asked) -> Decided:
    """Add a person's decision about a record; UsageError where it does not fit the record, the text or the gate."""
    with opened(db) as store:
        return store.decide(name, decision(store, name, asked))


class Judged(NamedTuple):
    """What reviewers who worked blind see differently, how far they agree, and decisions that wait to be taken again."""

    disagreements: list[Disagreement]
    agreement: list[Agreement]
    offers: list[Offer]


def judged(db: Path) -> Judged:
    """Return where people differ, and what is offered to them again after a change of the rules."""
    with opened(db) as store:
        return Judged(store.disagreements(), store.agreement(), store.offers())


def history(db: Path, name: str | None = None) -> list[Decided]:
    """Return the decisions about a record, a document (any of its names), an actor (`DOCUMENT#a1`), or all, oldest first."""
    document, mark, actor = (name or "").partition("#")
    with opened(db) as store:
        if name is None:
            return store.decisions()
        with suppress(UsageError):  # the digits of a record
            name = store.document_row(document).id + mark + actor
        return store.history(name)


def import_all(db: Path, form: str, files: Sequence[Path], who: imports.Who) -> Iterator[Decided | imports.Known | SourceError]:
    """Take the decisions that files of a format of `imports.FORMATS` hold; yield each as kept, as known, or why it is not usable."""
    read_decisions = imports.importer(form)
    with opened(db) as store:
        for path in files:
            there = path.is_file()
            yield from imports.take(store, read_decisions(path, store, who) if there else [SourceError(str(path), "no such file")])


# ---- ledger --------------------------------------------------------------------------------------------------------


def ledger(db: Path, as_of: str, wanted: ledgers.Filter | None = None, *, limit: int | None = None, after: str | None = None) -> LedgerView:
    """Return the ledger as it was known on a day (ISO), or a page of it: `after` is the `more` of the page before."""
    with opened(db) as store:
        return accounts.ledger(store, as_of, wanted or ledgers.Filter(), limit=limit, after=after)


def suggest(db: Path, name: str) -> list[Suggestion]:
    """Return later sentences of the store that may tell what became of a commitment, the likeliest first; they change no status.

    UsageError where the record is no commitment.
    """
    with opened(db) as store:
        return accounts.suggest(store, name)


# ---- across documents ----------------------------------------------------------------------------------------------


def series(db: Path, words: str | None = None) -> list[Series]:
    """Return the figures of the store that measure one thing, as series over time; with `words`, those whose label has them all."""
    with opened(db) as store:
        found = figure_series(store.document(row.id) for row in store.documents())
    wanted = (words or "").casefold().split()
    return [s for s in found if all(w in s.label.casefold() for w in wanted)]


def sayings(db: Path, words: str | None = None) -> list[Saying]:
    """Return what is quoted on several pages of the store, in all its versions; with `words`, where a version or speaker has them all."""
    found = find_sayings(*_with_copies(db))
    return [s for s in found if _has(words, *s.speakers, *(v.quote for v in s.versions))]


def incidents(db: Path, words: str | None = None) -> list[Told]:
    """Return the events that several pages of the store tell, with those pages; with `words`, where a party, place or title has them."""
    pages, originals = _with_copies(db)
    known = {records.document.id: records for records in pages}
    found = [Told(i, tuple(known[a.document] for a in i.appearances)) for i in find_incidents(pages, originals)]
    return [t for t in found if _has(words, t.incident.type, *t.names())]


class Told(NamedTuple):
    """An event told on several pages, and the page of each appearance."""

    incident: Incident
    pages: tuple[Records, ...]

    def events(self) -> Iterator[tuple[Records, Event]]:
        """Yield each appearance's page and record."""
        for page, appearance in zip(self.pages, self.incident.appearances, strict=True):
            yield page, next(e for e in page.events if e.id == appearance.record)

    def names(self) -> Iterator[str]:
        """Yield the names of its parties and places, and its pages' titles."""
        for page, event in self.events():
            yield from (actor.name for actor in page.actors if actor.id in event.actors + event.recipients)
            yield from (name for name in (event.place, page.document.title) if name)


def _with_copies(db: Path) -> tuple[list[Records], dict[str, str]]:
    """Return all pages, and the original's id by the copy's."""
    with opened(db) as store:
        names = [row.id for row in store.documents()]
        return [store.document(name) for name in names], {c.copy: c.original for c in _copies_among(store, names)}


def _has(words: str | None, *texts: str) -> bool:
    """Tell whether the texts together have all the words."""
    text = " ".join(texts).casefold()
    return all(word in text for word in (words or "").casefold().split())


def copies(db: Path) -> list[Copy]:
    """Return which documents of the store are copies of which, and how much is the same."""
    with opened(db) as store:
        return _copies_among(store, (row.id for row in store.documents()))


def _copies_among(store: Store, names: Iterable[str]) -> list[Copy]:
    read = [store.text(name) for name in names]
    days = {d.id: d.published.value or d.published.latest or "9999" for d in read}
    return list(find_copies(read, days))


def _alike(store: Store, document: Document) -> list[str]:
    """Return the ids of the documents that share a phrase with one, among them its own, in the order of reading: all that it may copy."""
    found = (store.search(f'"{phrase}"', within="texts", limit=BATCH, earliest_first=True) for phrase in phrases(document))
    alike = {document.id, *(hit.document.id for hits in found for hit in hits)}
    return [row.id for row in store.documents() if row.id in alike]


class Checked(NamedTuple):
    """A quotation of a text held against the store: the best find, its document, and whether the speaker is the same (None: not named)."""

    check: Check
    document: str | None
    uri: str | None
    speaker: str | None
    original_speaker: str | None


def check(db: Path, path: str) -> list[Checked]:
    """Hold every quotation of a text (an article, a chatbot's answer) against the documents of the store."""
    text = extract(read(path))
    with opened(db) as store:
        known = [store.document(row.id) for row in store.documents()]
    names = {a.id: a.name for a in text.actors}
    spoken = [(span, names.get(s.source_actor or "")) for s in text.statements if s.form != "indirect" for span in s.content]
    quoted = [span for q in quotations(text.document.text, list(text.document.spans("title", "body"))) for span in q.spans]
    return [_checked(text.document.text, span, next((who for s, who in spoken if s.overlaps(span)), None), known) for span in quoted]


RANK = ("verbatim", "edited", "different", "not found")


def _checked(text: str, span: Span, speaker: str | None, known: Sequence[Records]) -> Checked:
    results = [(check_quote(span.of(text), r.document), r) for r in known]
    best, where = min(results, key=lambda x: RANK.index(x[0].verdict), default=(Check(span.of(text), "not found"), None))
    if where is None or best.span is None:
        return Checked(best, None, None, speaker, None)
    said = where.said_by(best.span)
    original = next((a.name for a in where.actors if said and a.id == said.source_actor), None)
    return Checked(best, where.document.id, where.document.uri, speaker, original)


def diff(db: Path, name: str) -> tuple[Records, Records, Diff]:
    """Return the last two versions of a page, what changed between them, and which records that touched; UsageError for one version."""
    with opened(db) as store:
        row = store.document_row(name)
        versions = store.versions(row.uri)
        if len(versions) < 2:
            message = f"{row.uri}: only one version is in the store"
            raise UsageError(message)
        old, new = store.document(versions[-2]), store.document(versions[-1])
    return old, new, compare(old, new)


def citation(db: Path, name: str, form: str) -> str:
    """Return a citation for one record in a form of `citations.FORMS`."""
    if form not in citations.FORMS:
        message = f"{form!r} is none of {', '.join(citations.FORMS)}"
        raise UsageError(message)
    return citations.cite(*record(db, name), form)


# ---- export --------------------------------------------------------------------------------------------------------


class Exported(NamedTuple):
    """The files written, and the head of the audit chain that they were written at."""

    files: list[Path]
    head: str


def export(db: Path, to: str, out: Path, *, document: str | None = None, no_text: bool = False) -> Exported:
    """Write the store's documents (or one) in a format of `exports.FORMATS`; return the files and the head of the audit chain."""
    write = exports.exporter(to)
    with opened(db) as store:
        names = [store.document_row(document).id] if document else [row.id for row in store.documents()]
        among = _alike(store, store.text(names[0])) if document else names
        originals = {c.copy: c.original for c in _copies_among(store, among)}
        items = (_item(store, name, originals.get(name)) for name in names)
        return Exported(write(items, out, exports.Manner(no_text=no_text, head=store.head())), store.head())


def _item(store: Store, name: str, original: str | None) -> exports.Item:
    return exports.Item(_marked(store.document(name), original), store.reviews(name), tuple(store.decisions_on(name)))


def _marked(records: Records, original: str | None) -> Records:
    """Return a document's records with the document that it is a copy of."""
    return replace(records, document=replace(records.document, copy_of=original)) if original else records


# ---- keep ----------------------------------------------------------------------------------------------------------


def verify(db: Path) -> tuple[list[Damage], str]:
    """Make every hash of the store again; return what is damaged and the head of the audit chain."""
    with opened(db) as store:
        return store.verify(), store.head()


def stats(db: Path) -> Stats:
    """Count what is in the store, and what was lost on the way."""
    with opened(db) as store:
        return store.stats()


def sql(db: Path, query: str, seconds: float = 10.0) -> Table:
    """Return the answer to one read-only query."""
    with opened(db) as store:
        return store.sql(query, seconds)


def forget(db: Path, name: str, who: str) -> str:
    """Remove a document's text and records; return its id. Its hash and the fact stay in the audit."""
    with opened(db) as store:
        return store.forget(name, who)
