"""A page to a document: the reader that its media type asks for."""

from __future__ import annotations

import re
from hashlib import sha256

from onrecord.calendars import full_dates
from onrecord.documents import Block, Document, Page, Published, Role, Source
from onrecord.errors import SourceError
from onrecord.spans import Span


def read(page: Page) -> Document:
    """Return the document of a page; SourceError, with the reason, where it has none."""
    text = page.content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise SourceError(page.uri, "empty")
    published = Published(page.published, page.published, page.published, page.published, "given") if page.published else Published()
    blocks: list[Block] = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        role: Role = "body" if blocks else "title"
        dates = list(full_dates(line[0]))
        if len(blocks) == 1 and len(dates) == 1 and dates[0].end - dates[0].start == len(line[0].strip()):
            role, day = "date_line", dates[0].day.isoformat()
            published = Published(day, day, day, day, "date-line", (Span(*line.span()),))
        blocks.append(Block(Span(*line.span()), role))
    source = Source(sha256(page.content).hexdigest(), "text/plain", "utf-8")
    return Document(uri=page.uri, text=text, source=source, title=blocks[0].span.of(text), blocks=tuple(blocks), published=published)
