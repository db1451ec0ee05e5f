"""A page to a document: the reader that its media type asks for."""

from __future__ import annotations

import re
from hashlib import sha256

from onrecord.documents import Block, Document, Page, Published, Role, Source
from onrecord.errors import SourceError
from onrecord.spans import Span


def read(page: Page) -> Document:
    """Return the document of a page; SourceError, with the reason, where it has none."""
    text = page.content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise SourceError(page.uri, "empty")
    blocks = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        role: Role = "body" if blocks else "title"
        if len(blocks) == 1 and re.fullmatch(r"\w+day, \w+ \d+, \d{4}", line[0]):
            role = "date_line"
        blocks.append(Block(Span(*line.span()), role))
    source = Source(sha256(page.content).hexdigest(), "text/plain", "utf-8")
    return Document(uri=page.uri, text=text, source=source, title=blocks[0].span.of(text), blocks=tuple(blocks), published=Published())
