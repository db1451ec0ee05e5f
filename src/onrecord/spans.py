"""Spans of a text, and maps between a source and the canonical text.

All offsets are Unicode code points, end exclusive. Browsers count UTF-16 code units: `utf16` and `from_utf16` are the only
places that know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`, code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters under the span."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """Return the span moved by so many code points."""
        return Span(self.start + by, self.end + by)


def cover(spans: Iterable[Span]) -> Span:
    """Return the smallest span that holds all of `spans` (at least one)."""
    kept = list(spans)
    return Span(min(s.start for s in kept), max(s.end for s in kept))


def trim(text: str, span: Span, strip: str = " \t\n\r\u00a0") -> Span:
    """Return `span` without the characters of `strip` at its ends; never shorter than empty."""
    start, end = span
    while start < end and text[start] in strip:
        start += 1
    while end > start and text[end - 1] in strip:
        end -= 1
    return Span(start, end)


def utf16(text: str, offset: int) -> int:
    """Return the UTF-16 offset of a code point offset."""
    return offset + sum(1 for character in text[:offset] if ord(character) > 0xFFFF)


def from_utf16(text: str, offset: int) -> int:
    """Return the code point offset of a UTF-16 offset; one inside a surrogate pair counts as after it."""
    units = 0
    for point, character in enumerate(text):
        if units >= offset:
            return point
        units += 2 if ord(character) > 0xFFFF else 1
    return len(text)


class Segment(NamedTuple):
    """`length` characters of the canonical text from `canonical` on are those of a source node from `offset` on."""

    canonical: int
    length: int
    node: str
    """Where in the source: the XPath of a text's element and its text node (`/html/body/p[2]/text()[1]`), or `page/3`."""
    offset: int


@dataclass(frozen=True, slots=True)
class SpanMap:
    """Canonical offsets to places in the source. Segments are in canonical order and do not overlap.

    Characters between segments (the line breaks that we set) have no source.
    """

    segments: tuple[Segment, ...] = ()

    def source_of(self, span: Span) -> tuple[tuple[str, int], tuple[str, int]] | None:
        """Return (node, offset) of the first and after the last character of `span` that have a source, or None."""
        starts = [segment.canonical for segment in self.segments]
        first = self._segment(starts, span.start, forward=True)
        last = self._segment(starts, span.end - 1, forward=False)
        if first is None or last is None or first.canonical > last.canonical or span.start >= span.end:
            return None
        begin = max(span.start, first.canonical) - first.canonical + first.offset
        end = min(span.end, last.canonical + last.length) - last.canonical + last.offset
        return (first.node, begin), (last.node, end)

    def canonical_of(self, node: str, offset: int) -> int | None:
        """Return the canonical offset of a character of the source, or None where it is not in the canonical text."""
        for segment in self.segments:
            if segment.node == node and segment.offset <= offset < segment.offset + segment.length:
                return segment.canonical + offset - segment.offset
        return None

    def _segment(self, starts: Sequence[int], at: int, *, forward: bool) -> Segment | None:
        """Return the segment that holds `at`, else the next (forward) or the one before."""
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < self.segments[index].canonical + self.segments[index].length:
            return self.segments[index]
        index += 1 if forward else 0
        return self.segments[index] if 0 <= index < len(self.segments) else None
