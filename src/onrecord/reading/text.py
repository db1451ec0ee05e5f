"""Plain text to its lines: one for each non-blank line, or for each paragraph where a paragraph stands in several lines.

The text itself is never changed. It counts as hard-wrapped where most lines are about as long as the longest (55 to 100
characters) and are followed by another one; then the lines between two blank ones are one paragraph. Within such a text a group
of lines that are all short (a menu, a list) stays apart.

Dumps of pages may cut paragraphs wherever the page had a link or bold words. In any text a line that nothing closes goes on in the
next one where that begins with a small letter or punctuation, or where it ends with a comma or a word that cannot end a sentence.
Known limits: a wrapped text without blank lines between its paragraphs is cut where a line ends short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.chrome import CLOSED
from onrecord.reading.layout import Line
from onrecord.spans import Span, trim

NARROWEST = 55
WIDEST = 100
FULL_LINE = 0.75
"""A line of so much of the width is a full one: the next word did not fit."""
WRAPPED_SHARE = 0.5
FEWEST = 4
LONG_ENOUGH = 4
"""Words of a line that can be the beginning of a sentence that goes on: menus have fewer."""
GOES_ON = re.compile(r"[a-z]|[,;.)”’](?![A-Z])")
OPEN_END = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|but|by|for|from|had|has|have|her|his|in|into|is|its|of|on|or|our|says|than|that|the|their|this|to|was|were|which"
    r"|who|with))$"
)
BYLINE = re.compile(r"by\s", re.IGNORECASE)
MOST_LINES = 50_000
"""Lines of one text that are judged one by one; what has more is data, not news."""


def lines(text: str) -> list[Line]:
    """Return the lines or paragraphs of a text, in order; spans leave out white space at the ends."""
    rows = [trim(text, Span(*match.span())) for match in re.finditer(r"[^\n\r\u2028\u2029]*\S[^\n\r\u2028\u2029]*", text)]
    rows = [row for row in rows if row.end > row.start]
    width = _width(rows)
    spans = list(_paragraphs(text, rows, width))
    out, at = [], 0
    for span in spans:
        between = text[at : span.start]
        out.append(Line(span, span.of(text).replace("\n", " "), gap=between.count("\n") > 1))
        at = span.end
    return out


def _width(rows: list[Span]) -> int:
    """Return the width that a text is wrapped to, or 0 where it is not."""
    lengths = sorted(row.end - row.start for row in rows)
    if len(lengths) < FEWEST:
        return 0
    widest = lengths[-1]
    if not NARROWEST <= widest <= WIDEST:
        return 0
    full = sum(length >= FULL_LINE * widest for length in lengths)
    return widest if full >= WRAPPED_SHARE * len(lengths) else 0


def _paragraphs(text: str, rows: list[Span], width: int) -> Iterator[Span]:
    group: list[Span] = []
    for row in rows:
        if group and not _belongs(text, group, row, width):
            yield Span(group[0].start, group[-1].end)
            group = []
        group.append(row)
    if group:
        yield Span(group[0].start, group[-1].end)


def _belongs(text: str, group: list[Span], row: Span, width: int) -> bool:
    """Tell whether a line goes on with the paragraph above it: never over a blank line."""
    if text[group[-1].end : row.start].count("\n") > 1:
        return False
    return (width > 0 and _wrapped(text, group[-1], row, width)) or _cut(text[group[0].start : group[-1].end], text[row.start : row.end])


def _wrapped(text: str, above: Span, below: Span, width: int) -> bool:
    """Tell whether the line above is full: the first word of the one below did not fit."""
    first_word = text[below.start : below.end].split(maxsplit=1)[0]
    return above.end - above.start + 1 + len(first_word) >= FULL_LINE * width


def _cut(above: str, below: str) -> bool:
    """Tell whether two lines are parts of one sentence that was cut at a link."""
    if CLOSED.search(above) or len(above.split()) < LONG_ENOUGH or BYLINE.match(below):
        return False
    return GOES_ON.match(below) is not None or OPEN_END.search(above) is not None
