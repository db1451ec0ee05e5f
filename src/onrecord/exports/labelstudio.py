"""Label Studio: one task for each document, its records as predictions; beside the file the labelling configuration that fits them.

OUT is the JSON that Label Studio imports, OUT with the ending `.config.xml` the configuration of the project. A task's `data` holds
the text, the records in full (claim, anchor, evidence, status of review) and the regions and relations as they were proposed, so that
what comes back (`onrecord import --from labelstudio`) can be held against what went out. Records that people rejected are in `data`
only: a region that stays counts as accepted.

Offsets are code points: Label Studio's editor counts its characters so (version 1.23: `charsToCodePoints`), and so does its converter.
Without text the task's text has spaces for everything that is in no region.

Known limits: what a record says beside its spans, actors and label cannot be changed in Label Studio.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from onrecord.exports.items import Item, Manner
from onrecord.exports.regions import Arrow, Marked, Region, arrow_labels, blanked, labels, marked
from onrecord.records import Records, record_json

CONTROL, OBJECT = "label", "text"
"""The names of the labels and of the text in the configuration."""
COLOURS = {"statement": "#2f6fb5", "commitment": "#8a4fae", "event": "#b5482f", "figure": "#2f8f5b", "time": "#8f7a2f", "actor": "#5b6470"}
OTHER = "#9aa3ad"


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write the tasks to `out`, one a line within the list, and the configuration beside them; return both files."""
    with out.open("w", encoding="utf-8", errors="backslashreplace") as stream:  # half a surrogate pair stays as JSON escapes it
        stream.write("[")
        for number, item in enumerate(items):
            stream.write((",\n" if number else "\n") + json.dumps(task(item, manner), ensure_ascii=False))
        stream.write("\n]\n")
    beside = out.with_suffix(".config.xml")
    beside.write_text(configuration(), encoding="utf-8")
    return [out, beside]


def task(item: Item, manner: Manner) -> dict[str, Any]:
    """Return a document's task."""
    document = item.records.document
    shown = marked(_kept(item), cited_only=manner.no_text)
    text = blanked(document.text, (r.span for r in shown.regions)) if manner.no_text else document.text
    data = {
        "text": text,
        "document": document.id,
        "uri": document.uri,
        "title": document.title,
        "published": document.published.edtf,
        "records": {
            r.id: {"kind": r.KIND, "anchor": [list(s) for s in r.anchor], "review": item.review(r.id), **record_json(r)}
            for r in item.records.all()
        },
        "regions": {r.id: [r.label, *r.span] for r in shown.regions},
        "relations": [list(arrow) for arrow in shown.arrows],
        "audit_head": manner.head,
    }
    return {"data": data, "predictions": [{"model_version": _model(item.records), "result": result(item, shown)}]}


def _kept(item: Item) -> Records:
    records = item.records
    for kind in {record.KIND for record in records.all()}:
        records = records.plus(kind, tuple(r for r in records.all() if kind == r.KIND and item.review(r.id) != "rejected"))
    return records


def _model(records: Records) -> str:
    return " ".join(["onrecord", *(str(records.provenance[name]) for name in ("onrecord", "lexicon") if name in records.provenance)])


def result(item: Item, shown: Marked) -> list[dict[str, Any]]:
    """Return the regions and relations as Label Studio's result items."""
    reviews = {record.id: item.review(record.id) for record in item.records.all()}
    regions = [region_item(region, item.records.document.text, reviews.get(region.owner)) for region in shown.regions]
    return [*regions, *(relation_item(arrow) for arrow in shown.arrows)]


def region_item(region: Region, text: str, review: str | None) -> dict[str, Any]:
    """Return a region; its `meta`, which Label Studio shows and keeps, names its owner and, for a record, the status of review."""
    start, end = region.span
    return {
        "id": region.id,
        "from_name": CONTROL,
        "to_name": OBJECT,
        "type": "labels",
        "value": {"start": start, "end": end, "text": region.span.of(text), "labels": [region.label]},
        "meta": {"text": [f"{region.owner[:8]} {region.field}" + (f" {review}" if review else "")]},
    }


def relation_item(arrow: Arrow) -> dict[str, Any]:
    """Return a relation."""
    return {"type": "relation", "from_id": arrow.source, "to_id": arrow.target, "direction": "right", "labels": [arrow.label]}


def configuration() -> str:
    """Return the project's labelling configuration: all labels and relations that there can be."""
    lines = ["<View>", "  <Relations>", *(f"    <Relation value={quoteattr(name)}/>" for name in arrow_labels()), "  </Relations>"]
    lines.append(f'  <Labels name="{CONTROL}" toName="{OBJECT}">')
    for name in labels():
        colour = COLOURS.get(name.partition("-")[0], OTHER)
        lines.append(f'    <Label value={quoteattr(name)} background="{colour}"/>')
    lines += ["  </Labels>", f'  <Text name="{OBJECT}" value="$text" granularity="symbol"/>', "</View>", ""]
    return "\n".join(lines)
