"""W3C Web Annotation: one annotation for each record, in one JSON-LD file (an AnnotationCollection whose only page holds all of them).

- Target: each stretch of the record's own words, by its position (code points of the canonical text), by its quote with enough context to
  be found again in the live page, and by its place in the stored page where there is one. The source is the page's address where it
  has one, else the document's id; `onrecord:document` names the canonical text by its hash in any case.
- Bodies: the kind and type for people (`classifying`), and all fields, evidence included, for programs (`describing`; a JSON literal).
- `onrecord:review` is the status of review. The creator of a record is the program, or the person who added it by hand.

Terms beside the W3C's are of the namespace `urn:onrecord:`. Without text the quotes have no context (prefix and suffix).

Known limits: the whole collection is one page; who reviewed what was found, and when, is in the store's history, not here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.documents import Document
from onrecord.exports.items import Item, Manner
from onrecord.exports.regions import label_of
from onrecord.records import Record, record_json
from onrecord.selectors import position, selectors
from onrecord.spans import Span

CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "onrecord": "urn:onrecord:",
        "onrecord:record": {"@type": "@json"},
    },
]
BY_HAND = "person"
"""The rule of a record that a person added."""


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write the collection to `out`, one annotation a line; return the file."""
    numbers = count()
    collection = f"urn:onrecord:collection:{manner.head or 'unnamed'}"
    page = {"id": f"{collection}:1", "type": "AnnotationPage", "partOf": collection, "startIndex": 0}
    head = {"@context": CONTEXT, "id": collection, "type": "AnnotationCollection", "label": "Records of news pages", "first": page}
    with out.open("w", encoding="utf-8", errors="backslashreplace") as stream:  # half a surrogate pair stays as JSON escapes it
        stream.write(json.dumps(head, ensure_ascii=False)[:-2] + ', "items": [')
        for item in items:
            for record in item.records.all():
                stream.write((",\n" if next(numbers) else "\n") + json.dumps(annotation(item, record, manner), ensure_ascii=False))
        stream.write(f'\n]}}, "total": {next(numbers)}}}\n')
    return [out]


def annotation(item: Item, record: Record, manner: Manner) -> dict[str, Any]:
    """Return a record's annotation."""
    document = item.records.document
    program = {"id": f"urn:onrecord:version:{__version__}", "type": "Software", "name": f"onrecord {__version__}"}
    targets = [target(document, span, manner) for span in record.anchor]
    return {
        "id": f"urn:onrecord:record:{record.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": _person(item, record) if record.rule == BY_HAND else program,
        "generator": program,
        "onrecord:review": item.review(record.id),
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": label_of(record)},
            {"type": "Dataset", "purpose": "describing", "onrecord:record": {"kind": record.KIND, **record_json(record)}},
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _person(item: Item, record: Record) -> dict[str, str]:
    """Return who added a record, by name where the decision is known."""
    names = (d.decision.reviewer for d in item.decisions if d.subject == record.id and d.decision.act == "add")
    name = next(names, None)
    return {"type": "Person", "name": name} if name else {"type": "Person"}


def target(document: Document, span: Span, manner: Manner) -> dict[str, Any]:
    """Return a stretch of the text as a target."""
    address = document.url or (document.uri if document.uri.startswith(("http://", "https://")) else None)
    found = (
        [position(span), {"type": "TextQuoteSelector", "exact": span.of(document.text)}] if manner.no_text else selectors(document, span)
    )
    return {
        "type": "SpecificResource",
        "source": address or f"urn:onrecord:document:{document.id}",
        "onrecord:document": document.id,
        "selector": found,
    }
