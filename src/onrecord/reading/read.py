"""A page to a document: decode, find the reader for its media type, label, date.

The day of publication is taken from the first of these that gives one (DESIGN): metadata; the date line; the dateline; the
address; what the caller gives (`Page.published`); else bounds are inferred from what the article tells. Chrome dates nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from onrecord.calendars import full_dates
from onrecord.documents import Block, Constraint, Dateline, Document, Named, Page, Published, Source
from onrecord.errors import SourceError
from onrecord.reading import text as plain_text
from onrecord.reading.datelines import Opening, opening
from onrecord.reading.dates import MONTH_DAY, Given, LineDate, date_line, dated_title, edtf_bounds, url_date
from onrecord.reading.decode import Decoded, decode
from onrecord.reading.inference import edtf_of, infer
from onrecord.reading.languages import language_of
from onrecord.reading.layout import label
from onrecord.reading.metadata import Metadata
from onrecord.spans import Span, SpanMap

HTML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|article|table|p\b|\?xml[^>]*>\s*<(?:!doctype\s+html|html))",
    re.IGNORECASE | re.DOTALL,
)
CODES = {"English": "en"}
BYLINE_MARK = re.compile(
    r"^(?:(?:written|words|story|report|posted|published|text|analysis|reported)\s+)?(?:by|author|reporter)s?:?\s+", re.IGNORECASE
)


OPENERS = 2
"""Paragraphs that can open with a dateline: the first, or the one behind a standfirst."""


class Reading(NamedTuple):
    """What a reader makes of a page, before it is dated."""

    text: str
    blocks: tuple[Block, ...]
    map: SpanMap = SpanMap()
    about: Metadata = Metadata()
    furniture: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read(page: Page) -> Document:
    """Return the document of a page; SourceError, with the reason, where it has none."""
    kind = media_type(page)
    if kind == "application/pdf":
        from onrecord.reading import pdf

        canonical, blocks, places = pdf.read(page)
        return _document(page, kind, Decoded(canonical, "pdf", "text layer"), Reading(canonical, blocks, places))
    decoded = decode(page, html=kind == "text/html")
    reading = _html(page, decoded) if kind == "text/html" else _plain(page, decoded)
    return _document(page, kind, decoded, reading)


def media_type(page: Page) -> str:
    """Return `text/html`, `text/plain` or `application/pdf`: as told, else by the bytes and the name."""
    if page.content[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    told = (page.media_type or "").split(";")[0].strip().lower()
    if told in {"text/html", "application/xhtml+xml", "text/xml", "application/xml"}:
        return "text/html"
    if told:
        return "text/plain"
    name = page.uri.lower().split("?")[0]
    if name.endswith((".html", ".htm", ".xhtml")):
        return "text/html"
    return "text/plain" if name.endswith((".txt", ".md")) or not HTML_START.match(page.content[:4096]) else "text/html"


def _html(page: Page, decoded: Decoded) -> Reading:
    from onrecord.reading import html

    found = html.article(decoded.text, page.uri)
    return Reading(found.text, found.blocks, found.map, found.metadata, found.furniture, found.warnings)


def _plain(page: Page, decoded: Decoded) -> Reading:
    if decoded.text.count("\n") > plain_text.MOST_LINES:
        raise SourceError(page.uri, f"over {plain_text.MOST_LINES:,} lines")
    lines = plain_text.lines(decoded.text)
    labels = label(lines, title=page.title)
    blocks = tuple(Block(line.span, found.role, found.code) for line, found in zip(lines, labels, strict=True))
    if not any(block.role in {"body", "title"} for block in blocks):
        raise SourceError(page.uri, "no article text found")
    return Reading(decoded.text, blocks)


def _document(page: Page, kind: str, decoded: Decoded, reading: Reading) -> Document:
    text, about = reading.text, reading.about
    language = _language(page, text, reading.blocks)
    blocks, place = _split_dateline(text, reading.blocks)
    published, warnings = _published(page, reading, blocks, place)
    source = Source(sha256(page.content).hexdigest(), kind, decoded.encoding, decoded.encoding_from)
    return Document(
        uri=page.uri,
        text=text,
        source=source,
        title=_title(reading) or page.title,
        language=language,
        url=page.url or about.url,
        publisher=about.publisher,
        section=about.section,
        published=published,
        dateline=Dateline(place.place, place.place_span) if place and place.place else None,
        credit=_credit(text, blocks, place, reading.furniture),
        byline=_byline(text, blocks, about, reading.furniture),
        blocks=blocks,
        captured=page.captured,
        archive_url=page.archive_url,
        warnings=(*decoded.warnings, *reading.warnings, *warnings),
        map=reading.map,
    )


def _title(reading: Reading) -> str | None:
    """Return the title as it stands in the text, else as the page's metadata give it."""
    block = next((b for b in reading.blocks if b.role == "title"), None)
    return " ".join(block.span.of(reading.text).split()) if block else reading.about.title


def _language(page: Page, text: str, blocks: tuple[Block, ...]) -> str | None:
    """Return `en` or None; SourceError for a page in another language."""
    found = language_of(" ".join(b.span.of(text) for b in blocks if b.role in {"title", "body", "crosshead"}))
    if found is not None and found not in CODES:
        raise SourceError(page.uri, f"not English: looks like {found}")
    return CODES[found] if found else None


def _split_dateline(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], Opening | None]:
    """Cut the dateline off the first paragraph, so that the parse starts behind it."""
    first = [index for index, block in enumerate(blocks) if block.role == "body"][:OPENERS]
    for index in first:
        block = blocks[index]
        found = opening(text, *block.span)
        if found is not None:
            end = found.span.end
            kept = Span(found.span.start, found.span.start + len(found.span.of(text).rstrip()))
            cut = (Block(kept, "dateline", "dateline"), Block(Span(end, block.span.end), "body", block.reason))
            return (*blocks[:index], *cut, *blocks[index + 1 :]), found
    return blocks, None


# ---- the day of publication ------------------------------------------------------------------------------------------


def _published(page: Page, reading: Reading, blocks: tuple[Block, ...], place: Opening | None) -> tuple[Published, tuple[str, ...]]:
    about = reading.about
    if about.published:
        return _day(about.published, "metadata", None, about.published_from or "metadata"), ()
    for found in (_from_date_line(reading, blocks), _from_dateline(reading.text, place), _from_url(page, about), _from_caller(page)):
        if found is not None:
            return found, ()
    bodies = [block.span for block in blocks if block.role in {"title", "body"}]
    inferred, warnings = infer(reading.text, bodies, page.captured)
    return (_with_dateline(reading.text, inferred, place) if place else inferred), warnings


def _day(day: date, method: str, span: Span | None, why: str) -> Published:
    value = day.isoformat()
    cited = (Constraint("earliest", value, span, why), Constraint("latest", value, span, why))
    return Published(value, value, value, value, method, (span,) if span else (), cited)  # type: ignore[arg-type]


def _from_date_line(reading: Reading, blocks: tuple[Block, ...]) -> Published | None:
    """Return the day of the first date line: in the text, else among the lines between headline and first paragraph."""
    found: list[tuple[LineDate, Span | None]] = []
    for block in blocks:
        line = date_line(block.span.of(reading.text)) if block.role in {"date_line", "byline"} else None
        if line:
            found.append((line, Span(block.span.start + line.start, block.span.start + line.end)))
    titles = [block.span for block in blocks if block.role == "title"]
    found += [(d, Span(t.start + d.start, t.start + d.end)) for t in titles if (d := dated_title(t.of(reading.text)))]
    found += [(line, None) for text in reading.furniture if (line := date_line(text))]
    for line, span in found:
        if not line.updated:
            return _day(line.day, "date-line", span, "date line")
    for line, span in found:
        value = line.day.isoformat()
        why = Constraint("latest", value, span, "a later change is dated")
        return Published(None, None, value, f"[..{value}]", "date-line", (span,) if span else (), (why,))
    return None


def _from_dateline(text: str, place: Opening | None) -> Published | None:
    if place is None or place.date is None or place.date_span is None:
        return None
    day = next((d.day for d in full_dates(place.date_span.of(text))), None)
    return _day(day, "dateline", place.date_span, "dateline") if day else None


def _with_dateline(text: str, inferred: Published, place: Opening) -> Published:
    """Return the day of a dateline without a year where the bounds leave one year for it, else what was inferred."""
    match = MONTH_DAY.fullmatch(place.date_span.of(text)) if place.date_span else None
    if match is None or place.date_span is None or not inferred.earliest or not inferred.latest:
        return inferred
    years = range(int(inferred.earliest[:4]), int(inferred.latest[:4]) + 1)
    days = [d.day for year in years for d in full_dates(f"{match[0]}, {year}" if match["month"] else f"{match[0]} {year}")]
    within = [day for day in days if inferred.earliest <= day.isoformat() <= inferred.latest]
    if len(within) != 1:
        return inferred
    exact = _day(within[0], "dateline", place.date_span, "dateline, its year by the bounds")
    return replace(exact, constraints=(*inferred.constraints, *exact.constraints))


def _from_url(page: Page, about: Metadata) -> Published | None:
    for url in (page.url, about.url, page.uri):
        given = url_date(url) if url and "://" in url else None
        if given:
            return _given(given, "url", f"address {url}")
    return None


def _from_caller(page: Page) -> Published | None:
    given = edtf_bounds(page.published) if page.published else None
    return _given(given, "given", "given with the page") if given else None


def _given(given: Given, method: str, why: str) -> Published:
    first = given.earliest.isoformat() if given.earliest else None
    last = given.latest.isoformat() if given.latest else None
    cited = [Constraint("earliest", first, None, why)] if first else []
    cited += [Constraint("latest", last, None, why)] if last else []
    day = first if first == last else None
    return Published(day, first, last, edtf_of(first, last), method, (), tuple(cited))  # type: ignore[arg-type]


# ---- who wrote it, who sent it ---------------------------------------------------------------------------------------


def _credit(text: str, blocks: tuple[Block, ...], place: Opening | None, furniture: tuple[str, ...]) -> Named | None:
    from onrecord.reading.chrome import reason

    for block in blocks:
        if block.role == "credit":
            return Named(block.span.of(text).strip(" ()[]-–—"), block.span)
    if place and place.agency:
        return Named(place.agency, place.agency_span)
    for line in furniture:
        why = reason(line)
        if why and why.role == "credit":
            return Named(line.strip(" ()[]-–—"))
    return None


def _byline(text: str, blocks: tuple[Block, ...], about: Metadata, furniture: tuple[str, ...]) -> Named | None:
    from onrecord.reading.chrome import reason

    for block in blocks:
        if block.role == "byline":
            line = block.span.of(text)
            mark = BYLINE_MARK.match(line)
            start = block.span.start + (mark.end() if mark else 0)
            return Named(text[start : block.span.end], Span(start, block.span.end))
    if about.byline:
        at = text.find(about.byline)
        return Named(about.byline, Span(at, at + len(about.byline)) if 0 <= at < 300 else None)
    for line in furniture:
        why = reason(line)
        if why and why.role == "byline":
            return Named(BYLINE_MARK.sub("", line))
    return None
