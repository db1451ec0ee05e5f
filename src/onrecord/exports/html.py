"""One self-contained HTML file for a page: the text with every record marked, and beside it each record in words.

OUT ends in `.html` and there is one document: that file. There are several: OUT is their index, and the pages lie in a folder beside it
(`NAME-pages`). OUT is a folder: `index.html` and the pages in it. Without text a page is its cards alone: the records' own words, the
offsets of all that they rest on, the hashes of page and text.

Marks never overlap: the text is cut at every boundary of a span, and each piece names the records that it anchors and those that
it is evidence for. Without JavaScript the text, the records and the links between them can be read; a small module of ours
lights up a record's evidence. Nothing is loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import lru_cache
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from onrecord.cells import whole
from onrecord.documents import Block
from onrecord.exports.items import Item, Manner, folder
from onrecord.records import AUTHOR, KIND_NAMES, PLURAL, Record, Records
from onrecord.spans import Span

HIDDEN = frozenset({"testable", "earliest", "latest", "edtf", "deadline_earliest", "deadline_latest"})
"""Fields that the card leaves to the JSON."""


class Piece(NamedTuple):
    """A stretch of text without a boundary inside: the records that it anchors, and those that it is evidence for."""

    text: str
    anchors: tuple[str, ...]
    evidence: tuple[str, ...]
    kind: str
    """The kind of the first record that it anchors."""
    begins: tuple[str, ...] = ()
    """The records whose anchor begins here: their cards link to it."""


class Line(NamedTuple):
    """One line or paragraph of the page."""

    role: str
    reason: str
    pieces: tuple[Piece, ...]


class Card(NamedTuple):
    """One record in words: (field, value) rows, values that are quotes set apart."""

    id: str
    kind: str
    head: str
    rows: tuple[tuple[str, str, bool], ...]
    certainty: str
    review: str
    rule: str


class Listed(NamedTuple):
    """A page in the index: where it is (relative to the index), and how many records of each kind it has."""

    href: str
    title: str
    published: str
    counts: tuple[int, ...]


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write each document to `out` (a file, or a folder with an index); return the files, the index first."""
    stream = iter(items)
    first = list(islice(stream, 2))
    named = out.suffix.lower() in {".html", ".htm"}
    if named and len(first) == 1:
        out.write_text(whole(page(first[0], manner)), encoding="utf-8")
        return [out]
    index, pages = (out, folder(out.with_name(f"{out.stem}-pages"))) if named else (folder(out) / "index.html", out)
    written, listed = [index], []
    for item in chain(first, stream):
        path = pages / f"{item.records.document.id.removeprefix('sha256:')[:16]}.html"
        path.write_text(whole(page(item, manner)), encoding="utf-8")
        written.append(path)
        listed.append(_listed(item.records, path.relative_to(index.parent).as_posix()))
    listing = _environment().get_template("index.html").render(pages=listed, kinds=[PLURAL[k] for k in KIND_NAMES], head=manner.head)
    index.write_text(whole(listing), encoding="utf-8")
    return written


def _listed(records: Records, href: str) -> Listed:
    title = records.document.title or records.document.uri
    return Listed(quote(href), title, _published(records), tuple(len(getattr(records, PLURAL[k])) for k in KIND_NAMES))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("onrecord.exports"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(item: Item, manner: Manner = Manner()) -> str:  # noqa: B008 - a frozen value
    """Return the HTML of one document."""
    records = item.records
    cards = {PLURAL[k]: [card(item, r, offsets=manner.no_text) for r in getattr(records, PLURAL[k])] for k in KIND_NAMES}
    return (
        _environment()
        .get_template("page.html")
        .render(
            document=records.document,
            published=_published(records),
            lines=[] if manner.no_text else list(lines(records)),
            cards=cards,
            head=manner.head,
            no_text=manner.no_text,
        )
    )


def _published(records: Records) -> str:
    day = records.document.published
    if day.value:
        return day.value
    return f"between {day.earliest or '?'} and {day.latest or '?'}" if day.earliest or day.latest else "not known"


# ---- the text ------------------------------------------------------------------------------------------------------


def lines(records: Records) -> Iterator[Line]:
    """Yield the page's lines, each cut into pieces; a line that no block holds is chrome."""
    text = records.document.text
    bounds, anchors, evidence = _spans(records)
    for block in records.document.blocks or (Block(Span(0, len(text)), "body"),):
        inside = sorted({block.span.start, block.span.end, *(b for b in bounds if block.span.start < b < block.span.end)})
        pieces = []
        for start, end in pairwise(inside):
            held = tuple(i for i, spans in anchors if any(s.start <= start and end <= s.end for s in spans))
            cited = tuple(i for i, spans in evidence if any(s.start <= start and end <= s.end for s in spans))
            kind = next((r.KIND for r in records.all() if held and r.id == held[-1]), "")
            begins = tuple(i for i, spans in anchors if min(spans).start == start)
            pieces.append(Piece(text[start:end], held, cited, kind, begins))
        yield Line(block.role, block.reason, tuple(pieces))


def _spans(records: Records) -> tuple[set[int], list[tuple[str, tuple[Span, ...]]], list[tuple[str, tuple[Span, ...]]]]:
    anchors, evidence = [], []
    for record in records.all():
        anchors.append((record.id, record.anchor))
        evidence.append((record.id, tuple({*record.anchor, *_all_spans(record)})))
    return {b for _, spans in evidence for s in spans for b in s}, anchors, evidence


def _all_spans(record: Record) -> Iterator[Span]:
    for f in fields(record):
        value = getattr(record, f.name)
        if isinstance(value, Span):
            yield value
        elif isinstance(value, tuple):
            yield from (v for v in value if isinstance(v, Span))
    for spans in record.evidence.values():
        yield from spans


# ---- the cards -----------------------------------------------------------------------------------------------------


def card(item: Item, record: Record, *, offsets: bool = False) -> Card:
    """Return one record in words; with `offsets`, those of its words and of all that it rests on."""
    records = item.records
    text, names = records.document.text, {a.id: a.name for a in records.actors}
    rows = []
    for f in fields(record):
        value = getattr(record, f.name)
        empty = value is None or value in (False, (), AUTHOR, record.anchor, *record.anchor)  # the anchor is the card's head
        if f.name in Record.NOT_CLAIMED or f.name in HIDDEN or empty:
            continue
        quotes = [value] if isinstance(value, Span) else [v for v in value if isinstance(v, Span)] if isinstance(value, tuple) else []
        shown = _quoted(quotes, text, offsets=offsets) if quotes else _words(value, names)
        inferred = " (inferred)" if f.name in record.inferred else ""
        rows.append((f.name.replace("_", " "), shown + inferred, bool(quotes)))
    if offsets and record.evidence:
        rows.append(("rests on", "; ".join(f"{n.replace('_', ' ')} {_places(spans)}" for n, spans in record.evidence.items()), False))
    head = _quoted(record.anchor, text, offsets=offsets)
    return Card(record.id, record.KIND, head, tuple(rows), record.certainty, item.review(record.id), record.rule)


def _quoted(spans: Iterable[Span], text: str, *, offsets: bool) -> str:
    return " … ".join(" ".join(span.of(text).split()) + (f" [{span.start}–{span.end}]" if offsets else "") for span in spans)


def _places(spans: Iterable[Span]) -> str:
    return ", ".join(f"{span.start}–{span.end}" for span in spans)


def _words(value: Any, names: dict[str, str]) -> str:
    if hasattr(value, "_asdict"):
        return ", ".join(f"{k} {names.get(str(v), v)}" for k, v in value._asdict().items() if v is not None)
    if isinstance(value, tuple):
        return ", ".join(names.get(str(v), str(v)) for v in value)
    if isinstance(value, float):
        return f"{value:,.12g}"
    return "yes" if value is True else names.get(str(value), str(value))
