"""JSON lines: one document a line as `read --format jsonl` writes it, each record with its status of review.

Without text, `document.text` is null, and each record carries the quotes of its spans instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.exports.items import Item, Manner
from onrecord.records import CLASSES, PLURAL, Record, line


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:
    """Write one line for each document to `out`; return the files."""
    with out.open("w", encoding="utf-8", errors="backslashreplace") as stream:  # half a surrogate pair stays as JSON escapes it
        for item in items:
            stream.write(json.dumps(row(item, manner), ensure_ascii=False) + "\n")
    return [out]


def row(item: Item, manner: Manner) -> dict[str, Any]:
    """Return a document's line."""
    whole = line(item.records)
    for kind in CLASSES:
        for made, record in zip(whole[PLURAL[kind]], getattr(item.records, PLURAL[kind]), strict=True):
            made["review"] = item.review(record.id)
            if manner.no_text:
                made["quotes"] = list(_quotes(item, record))
    if manner.no_text:
        whole["document"]["text"] = None
    if manner.head:
        whole["provenance"]["audit_head"] = manner.head
    return whole


def _quotes(item: Item, record: Record) -> Iterator[str]:
    return (span.of(item.records.document.text) for span in record.anchor)
