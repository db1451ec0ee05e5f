"""doccano: one document a line (JSONL with text, entities and relations), for projects of sequence labelling with relations.

An entity is one stretch: a record with several (a split quotation, an event named three times) has one each, tied to the first by
relations. Everything else goes into further columns, which doccano keeps as the example's metadata: `document`, `uri`, `published`,
`records` (each record in full with its status of review) and `owners` (whose region each entity is). The labels can be imported from
the file beside it (OUT with the ending `.labels.json`) before the documents.

Offsets are code points; the project must not count grapheme clusters as one character (its option of that name). Without text the text
has spaces for everything that is in no entity.

Known limits: doccano numbers entities anew, so nothing that comes back from it is tied to a record: there is no import.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.exports.items import Item, Manner
from onrecord.exports.regions import blanked, labels, marked
from onrecord.records import record_json


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write one line for each document to `out`, and the labels beside it; return both files."""
    with out.open("w", encoding="utf-8", errors="backslashreplace") as stream:  # half a surrogate pair stays as JSON escapes it
        for item in items:
            stream.write(json.dumps(example(item, manner), ensure_ascii=False) + "\n")
    beside = out.with_suffix(".labels.json")
    beside.write_text(json.dumps([{"text": name} for name in labels()], indent=1) + "\n", encoding="utf-8")
    return [out, beside]


def example(item: Item, manner: Manner) -> dict[str, Any]:
    """Return a document's line."""
    document = item.records.document
    shown = marked(item.records, cited_only=manner.no_text)
    numbers = {region.id: number for number, region in enumerate(shown.regions, 1)}
    return {
        "text": blanked(document.text, (r.span for r in shown.regions)) if manner.no_text else document.text,
        "entities": [
            {"id": numbers[r.id], "label": r.label, "start_offset": r.span.start, "end_offset": r.span.end} for r in shown.regions
        ],
        "relations": [
            {"id": number, "from_id": numbers[a.source], "to_id": numbers[a.target], "type": a.label}
            for number, a in enumerate(shown.arrows, 1)
        ],
        "document": document.id,
        "uri": document.uri,
        "published": document.published.edtf,
        "records": [{"kind": r.KIND, **record_json(r), "review": item.review(r.id)} for r in item.records.all()],
        "owners": {str(numbers[r.id]): r.owner for r in shown.regions},
        "audit_head": manner.head,
    }
