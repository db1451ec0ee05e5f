"""Spans as W3C Web Annotation selectors, and as links that scroll a browser to the quote.

For a span of the canonical text: its position, its quote with as much context as makes it unique, its place in the stored page
(XPath and offset, where the page is HTML), and a text-fragment link to the live page. Positions are code points, as everywhere
here; a browser's offsets are made by `spans.utf16`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from onrecord.documents import Document
from onrecord.spans import Span

CONTEXT = 32
"""Characters of context on each side of a quote at first; grown by as many until the quote is unique."""
LONG_QUOTE = 200
"""Characters from which a fragment names the first and last words of a quote instead of all of them."""
END_WORDS = 5
FRAGMENT_WORDS = 4
"""Words of context in a fragment link at first."""


def selectors(document: Document, span: Span) -> list[dict[str, Any]]:
    """Return the selectors of a span, the most exact first: position, quote, and the range in the stored page where it has one."""
    found = [position(span), text_quote(document.text, span)]
    in_page = stored_range(document, span)
    return [*found, in_page] if in_page else found


def position(span: Span) -> dict[str, Any]:
    """Return a TextPositionSelector (code points)."""
    return {"type": "TextPositionSelector", "start": span.start, "end": span.end}


def text_quote(text: str, span: Span) -> dict[str, Any]:
    """Return a TextQuoteSelector whose prefix, quote and suffix stand together only once in the text.

    Where the whole text does not make it unique (two copies of one text), the context is the whole text.
    """
    before, after = context(text, span, CONTEXT)
    size = CONTEXT
    while text.count(before + span.of(text) + after) > 1 and size < len(text):
        size += CONTEXT
        before, after = context(text, span, size)
    return {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after}


def context(text: str, span: Span, size: int) -> tuple[str, str]:
    """Return up to `size` characters before and after a span."""
    return text[max(0, span.start - size) : span.start], text[span.end : span.end + size]


def stored_range(document: Document, span: Span) -> dict[str, Any] | None:
    """Return a RangeSelector into the stored page (XPaths of text nodes with character offsets), or None where it has no source map."""
    place = document.map.source_of(span)
    if place is None:
        return None
    (start_node, start), (end_node, end) = place
    return {"type": "RangeSelector", "startSelector": _point(start_node, start, start), "endSelector": _point(end_node, end, end)}


def _point(node: str, start: int, end: int) -> dict[str, Any]:
    refined = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "XPathSelector", "value": node, "refinedBy": refined}


# ---- links to the live page ----------------------------------------------------------------------------------------


def fragment_link(document: Document, span: Span) -> str | None:
    """Return the address of the live page with a text fragment (`#:~:text=`) that marks the span; None where there is no address.

    A fragment marks the first match from whole word to whole word: the span is widened to whole words, and as much context is
    added as makes the match the right one. A span over several paragraphs is named by its first and last words.
    """
    address = document.url or (document.uri if document.uri.startswith(("http://", "https://")) else None)
    if address is None:
        return None
    return address.split("#", 1)[0] + "#:~:text=" + fragment(document.text, span)


def fragment(text: str, span: Span) -> str:
    """Return the text directive of a span: `[prefix-,]start[,end][,-suffix]`, percent-encoded."""
    whole = _whole_words(text, span)
    quoted = whole.of(text)
    if len(quoted) > LONG_QUOTE or "\n" in quoted.strip():
        words = re.findall(r"\S+", quoted)
        first, last = quoted.strip().split("\n")[0].split()[:END_WORDS], quoted.strip().split("\n")[-1].split()[-END_WORDS:]
        parts = [" ".join(first), " ".join(last)] if len(words) > 2 * END_WORDS else [quoted.strip()]
    else:
        parts = [" ".join(quoted.split())]
    before, after = _disambiguating(text, whole, parts[0] if len(parts) > 1 else quoted.strip())
    encoded = [_encode(p) for p in parts]
    if before:
        encoded.insert(0, _encode(before) + "-")
    if after and len(parts) == 1:
        encoded.append("-" + _encode(after))
    return ",".join(encoded)


def _whole_words(text: str, span: Span) -> Span:
    start, end = span
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def _disambiguating(text: str, span: Span, start: str) -> tuple[str, str]:
    """Return the words before and after that tell this occurrence of `start` from others; nothing where it is the only one."""
    if len(re.findall(rf"(?<!\w){re.escape(start)}(?!\w)", text)) <= 1:
        return "", ""
    for words in _growing():
        before = " ".join(_line_before(text, span.start).split()[-words:])
        after = " ".join(_line_after(text, span.end).split()[:words])
        pattern = r"\s+".join(map(re.escape, f"{before} {span.of(text)} {after}".split()))
        if len(re.findall(pattern, text)) <= 1 or words > len(text):
            return before, after
    return "", ""  # pragma: no cover - _growing never ends


def _growing() -> Iterator[int]:
    words = FRAGMENT_WORDS
    while True:
        yield words
        words *= 2


def _line_before(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : at]


def _line_after(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[at : end if end >= 0 else len(text)]


def _encode(words: str) -> str:
    """Percent-encode what has a meaning in a directive: the dash, the comma and the ampersand too."""
    return quote(words, safe="").replace("-", "%2D")
