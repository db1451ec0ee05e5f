"""One function for each thing that a user does; the only place that joins sources, engines, the store and exports.

The command line and the review application call these and nothing below them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord import explain as explaining
from onrecord import language, lexicons, pipeline, provenance, reading, scoring, sources
from onrecord.documents import Document, Page
from onrecord.engines import local
from onrecord.errors import SourceError, UsageError
from onrecord.explain import Reason
from onrecord.records import Record, Records
from onrecord.spans import Span

DEFAULT_DB = Path("onrecord.db")
BATCH = 50
"""Documents in one transaction of the store: FULL synchronisation costs nothing measurable once batched (DESIGN)."""


# ---- library -------------------------------------------------------------------------------------------------------


def read(source: str | Path | bytes, *, published: str | None = None) -> Document:
    """Return the document of one page: a path, a URL, the page's bytes, or its text.

    `published` (EDTF) counts only where the page carries no date. SourceError says why a page cannot be read.
    """
    return reading.read(_page(source, published))


def _page(source: str | Path | bytes, published: str | None) -> Page:
    if isinstance(source, bytes):
        return Page(source, "-", published=published)
    if isinstance(source, str) and ("\n" in source or " " in source.strip()) and not Path(source[:255]).exists():
        return Page(source.encode("utf-8", "surrogatepass"), "-", media_type="text/plain", published=published)
    for item in sources.pages([str(source)], sources.Options(published=published)):
        if isinstance(item, SourceError):
            raise item
        return item
    raise SourceError(str(source), "no page")


def extract(document: Document, *, lexicon: Path | None = None) -> Records:
    """Return the document's records; `lexicon` is a folder of the user's own entries. RuleError where that or the model is wrong."""
    entries = lexicons.with_user(lexicon)
    return provenance.stamp(pipeline.extract(document, language.load(), entries), entries)


def explain(records: Records, what: Record | tuple[int, int], *, lexicon: Path | None = None) -> tuple[Reason, ...]:
    """Return why a record was made, or why a span `(start, end)` gave none."""
    if isinstance(what, Record):
        return explaining.why(records, what, lexicons.with_user(lexicon))
    return explaining.why_not(records, Span(*what))


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


def reviewer() -> str:
    """Return who decides, where nobody says: ONRECORD_REVIEWER, else the login name."""
    return os.environ.get("ONRECORD_REVIEWER") or os.environ.get("USER") or "unknown"


def read_all(inputs: Sequence[str], how: Reading) -> Iterator[local.Outcome]:
    """Yield each page of the inputs with its records, or what is wrong with it, in order; store them on the way."""
    if how.lexicon:
        lexicons.with_user(how.lexicon)  # a wrong entry is told before anything is read
    language.check(language.model_folder())
    outcomes = local.run(sources.pages(inputs, how.sources), local.Job(how.lexicon), jobs=how.jobs)
    while batch := list(islice(outcomes, BATCH)):
        yield from batch
