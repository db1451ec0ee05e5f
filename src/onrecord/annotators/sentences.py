"""A document to its parse: one Doc over the canonical text, and its sentences.

Title, crossheads and body paragraphs are parsed one by one (a headline never leaks into the lead); everything between them is
tokenised only, so that every token's `idx` is its offset in the canonical text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc

from onrecord.annotations import Annotations, Sentence
from onrecord.documents import Block, Document
from onrecord.spans import Span, trim

if TYPE_CHECKING:
    from spacy.language import Language

PARSED = ("title", "body", "crosshead")


def parse(document: Document, nlp: Language) -> Annotations:
    """Return the annotations with `doc` and `sentences` filled in. The document must have at least one character."""
    pieces = list(_pieces(document))
    parsed = iter(list(nlp.pipe(document.text[p.start : p.end] for p, block in pieces if block)))
    docs = [next(parsed) if block else nlp.make_doc(document.text[p.start : p.end]) for p, block in pieces]
    sentences: list[Sentence] = []
    first = 0
    for paragraph, ((piece, block), doc) in enumerate(zip(pieces, docs, strict=True)):
        if block:
            for sent in doc.sents:
                span = trim(document.text, Span(piece.start + sent.start_char, piece.start + sent.end_char))
                if span.end > span.start:
                    place = Sentence(len(sentences), span, first + sent.start, first + sent.end, paragraph, block.role)
                    sentences.append(place)
        doc.tensor = np.zeros((0,), dtype="float32")  # unparsed pieces have none, and from_docs wants all alike
        first += len(doc)
    whole = Doc.from_docs(docs, ensure_whitespace=False)
    if whole is None or whole.text != document.text:  # pragma: no cover - from_docs keeps every character
        message = "the parse does not spell the text"
        raise AssertionError(message)
    return Annotations(document=document, doc=whole, sentences=tuple(sentences))


def _pieces(document: Document) -> Iterator[tuple[Span, Block | None]]:
    """Cut the whole text into stretches to parse (with their block) and stretches only to tokenise."""
    at = 0
    for block in document.blocks:
        if block.role in PARSED and block.span.start >= at:
            if at < block.span.start:
                yield Span(at, block.span.start), None
            yield block.span, block
            at = block.span.end
    if at < len(document.text):
        yield Span(at, len(document.text)), None
