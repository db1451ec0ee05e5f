"""Spans slice back, and the maps between a source and the canonical text round-trip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.spans import Segment, Span, SpanMap, cover, from_utf16, trim, utf16


@given(st.text(), st.data())
def test_utf16_offsets_round_trip(text: str, data: st.DataObject) -> None:
    """A code point offset survives the way to UTF-16 and back, and is what UTF-16 says."""
    offset = data.draw(st.integers(0, len(text)))
    assert from_utf16(text, utf16(text, offset)) == offset
    assert utf16(text, offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(alphabet=" \nab"), st.data())
def test_trimming_keeps_the_words(text: str, data: st.DataObject) -> None:
    """Only white space goes, and only at the ends."""
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert trim(text, span).of(text) == span.of(text).strip()


@st.composite
def maps(draw: st.DrawFn) -> SpanMap:
    """Segments of several nodes, with gaps between them."""
    at, out = 0, []
    for number, (gap, length, offset) in enumerate(
        draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.integers(0, 5)), min_size=1, max_size=6))
    ):
        out.append(Segment(at + gap, length, f"/p[{number}]/text()[1]", offset))
        at += gap + length
    return SpanMap(tuple(out))


@given(maps(), st.data())
def test_the_span_map_round_trips(span_map: SpanMap, data: st.DataObject) -> None:
    """The first and the last character of a span inside segments come back from their places in the source."""
    mapped = [s.canonical + i for s in span_map.segments for i in range(s.length)]
    start = data.draw(st.sampled_from(mapped))
    last = data.draw(st.sampled_from([m for m in mapped if m >= start]))
    found = span_map.source_of(Span(start, last + 1))
    assert found is not None
    (node, offset), (end_node, end_offset) = found
    assert span_map.canonical_of(node, offset) == start
    assert span_map.canonical_of(end_node, end_offset - 1) == last


def test_what_has_no_source_has_no_place() -> None:
    """A line break that we set between two paragraphs is not in the page."""
    span_map = SpanMap((Segment(0, 3, "a", 0), Segment(5, 3, "b", 0)))
    assert span_map.source_of(Span(3, 5)) is None
    assert span_map.source_of(Span(2, 6)) == (("a", 2), ("b", 1))
    assert span_map.canonical_of("b", 7) is None


def test_cover_holds_all() -> None:
    """The smallest span that holds two others reaches from the first to the last."""
    assert cover([Span(5, 9), Span(1, 3)]) == Span(1, 9)
