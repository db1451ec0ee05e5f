"""An HTML page to its article: trafilatura selects, we assemble, and every character keeps its place in the page.

1. *Guards* before any tree is built: depth, attributes of one tag.
2. The tree is built once; trafilatura gets a copy and selects passages (default mode, without comments and metadata).
3. Each passage is found again in the page's own text nodes (`nodes`); one that is not found is left out and counted.
4. The lines get their roles (`layout`). What is chrome by its own words, and lines of links only, are left out.
5. The canonical text is what is left: one line a passage, a blank line between two, white space collapsed. The title is in it
   where trafilatura takes it as part of the article; it is in the metadata in any case.

Known limits: browsers put a `<tbody>` into tables that have none, so that XPaths through a table differ there by that step; pages
that build their text with scripts have none; text that is hidden by style sheets counts as shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html

from onrecord.documents import Block
from onrecord.errors import SourceError
from onrecord.reading.chrome import closed
from onrecord.reading.dates import metadata_day
from onrecord.reading.layout import Label, Line, label
from onrecord.reading.metadata import Metadata, beside, metadata
from onrecord.reading.nodes import Place, Stream
from onrecord.spans import Segment, Span, SpanMap

DEEPEST = 512
"""Levels of nesting; news pages have 20 to 40, and the libraries below us walk trees by recursion."""
ATTRIBUTES = 1000
"""Attributes of one tag; pages that people read have fewer than a hundred."""
WITHIN = frozenset({"code", "quote"})
"""Trafilatura's names of `<code>` and `<q>` as well as of `<pre>` and `<blockquote>`: within a paragraph they are words of it."""
TAGS = 50_000
"""Start and end tags of one page: selecting the article of so many takes two to three seconds. A long live blog has some 20,000."""
TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)[^<>]*?(/?)>")
LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{2 * ATTRIBUTES},}}")
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd"}
    | {"tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "a"}
)
"""Tags that have no end, or one that may be left out, or that do not nest: they tell nothing of depth."""
RAW = re.compile(r"<!--|<(?:script|style)\b", re.IGNORECASE)
RAW_ENDS = {"<!--": re.compile("-->"), "<script": re.compile(r"</script", re.IGNORECASE), "<style": re.compile(r"</style", re.IGNORECASE)}
HEADING = re.compile(r"h([1-6])$")
BLOCKS = frozenset(
    {"p", "head", "quote", "item", "cell", "row", "table", "list", "body", "div", "code", "lb", "ab", "fw", "main", "comments"}
)
RECENT = 50
"""How many of the last places are asked whether they hold a passage already: trafilatura repeats near by."""
REPEATED = 20
"""Letters of a repeated paragraph; shorter lines ("Yes.") may repeat anywhere on a page."""
FURNITURE_LINES = 40
"""Lines between the headline and the first paragraph that are looked at for date, writer and agency."""


class Passage(NamedTuple):
    """A passage that trafilatura selected: its text, the kind of block it stands in, and the level of a heading."""

    text: str
    kind: str
    heading: int = 0


class Article(NamedTuple):
    """What is read from an HTML page: canonical text, blocks, where it comes from, metadata, furniture, warnings."""

    text: str
    blocks: tuple[Block, ...]
    map: SpanMap
    metadata: Metadata
    furniture: tuple[str, ...]
    """The lines between the headline and the first paragraph, as shown: date, writer, agency may stand there."""
    tree: Any
    warnings: tuple[str, ...]


class _Located(NamedTuple):
    passage: Passage
    places: list[Place]


def article(text: str, uri: str) -> Article:
    """Return the article of a page's markup; SourceError where the page is a trap, or has none."""
    guard(text, uri)
    tree = parse(text, uri)
    about = metadata(tree)
    body = tree.find("body")
    stream = Stream(tree if body is None else body)
    passages = list(_passages(_select(tree, uri)))
    located, lost = _locate(stream, passages)
    lines = [Line(Span(0, 0), x.passage.text, heading=x.passage.heading, linked=stream.linked(x.places[0])) for x in located]
    labels = label(lines, title=about.title, selected=not _in_cells(passages))
    kept = [(x, found) for x, found in zip(located, labels, strict=True) if found.role != "chrome"]
    if not any(found.role == "body" for _, found in kept):
        raise SourceError(uri, "no article text found")
    canonical, blocks, segments = _assemble(stream, kept)
    warnings = []
    if lost:
        warnings.append(f"{lost} of {len(passages)} selected lines could not be located in the page and are left out")
    first = next(x for x, found in kept if found.role == "body").places[0]
    return Article(canonical, tuple(blocks), SpanMap(tuple(segments)), about, _furniture(stream, about.title, first), tree, tuple(warnings))


def _in_cells(passages: list[Passage]) -> bool:
    """Tell whether the page is laid out by a table: most of its sentences stand in cells."""
    cells = sum(len(x.text) for x in passages if x.kind == "cell" and closed(x.text))
    return 2 * cells > sum(len(x.text) for x in passages if closed(x.text))


def guard(text: str, uri: str) -> None:
    """Raise SourceError for markup that is nested too deeply, has too many tags, or too many attributes in one."""
    markup = _without_raw(text)
    if any(len(match[0].split()) > ATTRIBUTES for match in LONG_TAG.finditer(markup)):
        raise SourceError(uri, f"over {ATTRIBUTES:,} attributes on one tag")
    tags = TAG.findall(markup)
    if len(tags) > TAGS:
        raise SourceError(uri, f"over {TAGS:,} tags")
    depth = 0
    for end, name, empty in tags:
        if not empty and name.lower() not in VOID:
            depth = max(depth - 1, 0) if end else depth + 1
            if depth > DEEPEST:
                raise SourceError(uri, f"nested over {DEEPEST} levels deep")


def _without_raw(text: str) -> str:
    """Return markup without comments, scripts and style sheets, in one pass."""
    parts: list[str] = []
    at = 0
    unending: set[str] = set()
    for match in RAW.finditer(text):
        kind = match[0].lower()
        if match.start() < at or kind in unending:
            continue
        end = RAW_ENDS[kind].search(text, match.end())
        if end is None:
            unending.add(kind)
            continue
        parts.append(text[at : match.start()])
        at = end.start()
    return "".join((*parts, text[at:]))


def parse(text: str, uri: str) -> Any:
    """Return the root of the page's tree; SourceError where there is nothing in it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=False)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise SourceError(uri, "no article text found (no readable markup)") from error
    return tree


def _select(tree: Any, uri: str) -> Any:
    """Return trafilatura's body element."""
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree), include_comments=False, with_metadata=False)
    body = getattr(found, "body", None)
    if body is None:
        raise SourceError(uri, "no article text found")
    return body


def _passages(body: Any) -> Iterator[Passage]:
    """Yield the passages of trafilatura's tree: its text, cut at the edges of blocks and at line breaks."""
    parts: list[str] = []
    kinds: list[tuple[str, int]] = [("body", 0)]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in WITHIN and element.getparent() is not None and element.getparent().tag in {"p", "head", "item"}:
            tag = "hi"
        if tag in BLOCKS:
            passage = " ".join("".join(parts).split())
            if passage:
                yield Passage(passage, *kinds[-1])
            parts = []
        if event == "start":
            if tag in BLOCKS and tag != "lb":
                level = HEADING.match(element.get("rend") or "")
                kinds.append(("cell" if kinds[-1][0] == "cell" else tag, int(level[1]) if tag == "head" and level else 0))
            parts.append(element.text or "")
        else:
            if tag in BLOCKS and tag != "lb":
                kinds.pop()
            if element is not body:
                parts.append(element.tail or "")


def _locate(stream: Stream, passages: list[Passage]) -> tuple[list[_Located], int]:
    """Return the passages with their places, in the page's order, and how many could not be found.

    What stands wholly in places that are taken already was selected twice, and is left out. Paragraphs that trafilatura dropped
    because they repeat another one's words come back.
    """
    found: list[_Located] = []
    taken: list[Place] = []
    cursor = lost = 0
    for passage in passages:
        places = stream.find(passage.text, cursor)
        if not places:
            lost += 1
            continue
        if not all(any(t.start <= p.start and p.end <= t.end for t in taken[-RECENT:]) for p in places):
            found.extend(_lines(stream, passage, places))
            taken.extend(places)
        cursor = max(cursor, places[-1].end)
    return sorted([*found, *_repeats(stream, found)], key=lambda x: x.places[0]), lost


def _lines(stream: Stream, passage: Passage, places: list[Place]) -> list[_Located]:
    """Return a passage as the page shows it: one that runs over several blocks is a line for each, but for headings."""
    parts = stream.cut(places[0]) if len(places) == 1 and not passage.heading else []
    if len(parts) < 2:
        return [_Located(passage, places)]
    return [_Located(passage._replace(text=stream.spell(part, 0)[0]), [part]) for part in parts]


def _repeats(stream: Stream, found: list[_Located]) -> list[_Located]:
    """Return the paragraphs that say again, word for word, what a selected one says, and stand next to a selected one."""
    known = {stream.letters[x.places[0].start : x.places[-1].end]: x.passage for x in found if len(x.places) == 1}
    starts = {x.places[0].start for x in found}
    out: list[_Located] = []
    after_selected = False
    for block in stream.blocks():
        passage = known.get(stream.letters[block.start : block.end])
        if block.start in starts:
            after_selected = True
        elif passage is not None and after_selected and block.end - block.start >= REPEATED:
            out.append(_Located(passage, [block]))
        else:
            after_selected = False
    return out


def _assemble(stream: Stream, kept: list[tuple[_Located, Label]]) -> tuple[str, list[Block], list[Segment]]:
    parts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    at = 0
    for located, found in kept:
        if parts:
            parts.append("\n\n")
            at += 2
        start = at
        for number, place in enumerate(located.places):
            if number:
                blank = stream.blank_after(located.places[number - 1])
                segments.extend([Segment(at, 1, *blank)] if blank else [])
                parts.append(" ")
                at += 1
            spelt, places = stream.spell(place, at)
            parts.append(spelt)
            segments.extend(places)
            at += len(spelt)
        blocks.append(Block(Span(start, at), found.role, found.code))
    return "".join(parts), blocks, segments


def _furniture(stream: Stream, title: str | None, first: Place) -> tuple[str, ...]:
    """Return the lines between the headline and the first paragraph, those of navigation and related stories left out."""
    headline = stream.find(title or "", 0)
    heads = [p for p in headline if p.end <= first.start]
    if not heads or heads[-1].end == first.start:
        return ()
    between = list(stream.lines(Place(heads[-1].end, first.start)))[:FURNITURE_LINES]
    own = [(line, element) for line, element in between if element is None or not beside(element)]
    return tuple(told for line, element in own for told in (line, _machine_date(element)) if told)


def _machine_date(element: Any) -> str | None:
    """Return the day that a `<time>` gives to machines, where people see "2 hours ago"."""
    day = metadata_day(element.get("datetime") or "") if element is not None and element.tag == "time" else None
    return day.isoformat() if day else None
