"""A PDF with a text layer to its text: lines to paragraphs, columns and hyphenation undone, each character with its page.

pdfminer.six (extra `[pdf]`) gives the lines of each page with their boxes. What stands in the margin of most pages, and page
numbers, is chrome (`running-head`, `page-number`) and is left out of the paragraphs; lines are read column by column; a line joins
the one above it where it is as close as lines of a paragraph are. A hyphen at the end of a line is dropped where the next line
goes on in small letters; the two halves keep their places. The source map's nodes are `page/3`, its offsets count the characters
of that page's lines in reading order, a line break between two.
Known limits: tables are read line by line; footnotes are paragraphs; scanned pages have no text and are refused.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from onrecord.documents import Block, Page
from onrecord.errors import SourceError
from onrecord.reading.decode import refuse
from onrecord.reading.layout import Line, label
from onrecord.spans import Segment, Span, SpanMap

MOST_PAGES = 200
MARGIN = 0.1
"""Share of a page's height, at the top and at the bottom, in which running heads and page numbers stand."""
REPEATED = 0.5
"""A line that stands in the margin of so many of the pages is a running head."""
LEADING = 1.7
"""Lines of a paragraph are at most so many line heights apart."""
PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*$", re.IGNORECASE)
HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")


class Row(NamedTuple):
    """One line of a page: its text, its box (points, from the bottom left), and where it begins in its page's characters."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    offset: int = 0


def read(page: Page) -> tuple[str, tuple[Block, ...], SpanMap]:
    """Return canonical text, blocks and source map; SourceError where there is no text layer, or no extra `[pdf]`."""
    refuse(page)
    rows, heights = _rows(page)
    if not any(row.text.strip() for row in rows):
        raise SourceError(page.uri, "no text layer (scanned pages?)")
    running = _running(rows, heights)
    kept = [
        row for row in rows if not _in_margin(row, heights) or not (PAGE_NUMBER.match(row.text) or _without_numbers(row.text) in running)
    ]
    text, spans, segments = _assemble(list(_paragraphs(kept)))
    lines = [Line(span, span.of(text), gap=True) for span in spans]
    blocks = [Block(line.span, found.role, found.code) for line, found in zip(lines, label(lines), strict=True)]
    return text, tuple(blocks), SpanMap(tuple(segments))


def _rows(page: Page) -> tuple[list[Row], dict[int, float]]:
    """Return the lines of all pages in reading order, and the height of each page."""
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams, LTTextContainer, LTTextLine
    except ImportError as error:  # pragma: no cover - the extra is installed where tests run
        raise SourceError(page.uri, "a PDF: install onrecord[pdf] to read it") from error
    rows: list[Row] = []
    heights: dict[int, float] = {}
    try:
        for number, sheet in enumerate(extract_pages(io.BytesIO(page.content), laparams=LAParams(), maxpages=MOST_PAGES), 1):
            heights[number] = float(sheet.height)
            boxes = [box for box in sheet if isinstance(box, LTTextContainer)]
            found = [line for box in boxes for line in box if isinstance(line, LTTextLine) and line.get_text().strip()]
            rows.extend(_placed(number, _in_order(found, float(sheet.width))))
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        raise SourceError(page.uri, f"damaged PDF ({type(error).__name__})") from error
    return rows, heights


def _in_order(lines: Sequence[Any], width: float) -> list[Any]:
    """Return lines column by column where most of them keep to one half of the page, else from top to bottom."""
    middle = width / 2
    left = [line for line in lines if line.x1 <= middle * 1.04]
    right = [line for line in lines if line.x0 >= middle * 0.96]
    across = [line for line in lines if line.x1 > middle * 1.04 and line.x0 < middle * 0.96]
    by_height = lambda line: (-line.y1, line.x0)  # noqa: E731 - a key, used three times
    if min(len(left), len(right)) < 3 or len(left) + len(right) < 0.7 * len(lines):
        return sorted(lines, key=by_height)
    top = max(line.y1 for line in [*left, *right])
    above = [line for line in across if line.y0 >= top - 1]
    rest = [line for line in across if line.y0 < top - 1]
    return [*sorted(above, key=by_height), *sorted(left, key=by_height), *sorted(right, key=by_height), *sorted(rest, key=by_height)]


def _placed(number: int, lines: Sequence[Any]) -> Iterator[Row]:
    at = 0
    for line in lines:
        text = re.sub(r"\s+", " ", line.get_text()).strip()
        yield Row(number, text, line.x0, line.y0, line.x1, line.y1, at)
        at += len(text) + 1


def _in_margin(row: Row, heights: dict[int, float]) -> bool:
    height = heights[row.page]
    return row.bottom <= MARGIN * height or row.top >= (1 - MARGIN) * height


def _running(rows: Sequence[Row], heights: dict[int, float]) -> frozenset[str]:
    """Return the lines, numbers left open, that stand in the margin of most pages."""
    places = {(_without_numbers(row.text), row.page) for row in rows if _in_margin(row, heights)}
    pages = Counter(text for text, _ in places)
    return frozenset(text for text, number in pages.items() if number > 1 and number > REPEATED * len(heights))


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _paragraphs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the lines of each paragraph, over columns and pages where a sentence goes on."""
    gaps = [a.top - b.top for a, b in pairwise(rows) if a.page == b.page and a.top > b.top]
    usual = median(gaps) if gaps else 0.0
    group: list[Row] = []
    for row in rows:
        if group and not _goes_on(group[-1], row, usual):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _goes_on(above: Row, below: Row, usual: float) -> bool:
    height = above.top - above.bottom
    gap = above.top - below.top
    alike = abs(height - (below.top - below.bottom)) < 0.25 * height
    if above.page == below.page and gap > 0:
        return alike and gap <= min(LEADING * height, 1.25 * usual + 1)
    unfinished = not re.search(r"[.!?:][\"”’)]*$", above.text)
    return alike and unfinished and below.text[:1].islower()


def _assemble(paragraphs: Sequence[Sequence[Row]]) -> tuple[str, list[Span], list[Segment]]:
    """Return the text, one line a paragraph, with a span for each and the segments of its characters."""
    parts: list[str] = []
    spans: list[Span] = []
    segments: list[Segment] = []
    at = 0
    for paragraph in paragraphs:
        if parts:
            parts.append("\n\n")
            at += 2
        start = at
        for number, row in enumerate(paragraph):
            following = paragraph[number + 1].text if number + 1 < len(paragraph) else ""
            broken = HYPHEN.search(row.text) is not None and following[:1].islower()
            told = row.text[:-1] if broken else row.text
            parts.append(told)
            segments.append(Segment(at, len(told), f"page/{row.page}", row.offset))
            at += len(told)
            if following and not broken:
                parts.append(" ")
                at += 1
        spans.append(Span(start, at))
    return "".join(parts), spans, segments
