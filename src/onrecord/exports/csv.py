"""CSV: one row for each record of every kind, in the columns that all share, with its status of review.

Names stand in place of ids, and the record's own words in `quote`; so it can be read without the other files, with or without text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from onrecord.exports.items import Item, Manner
from onrecord.tables import COLUMNS, flat


def export(items: Iterable[Item], out: Path, manner: Manner) -> list[Path]:  # noqa: ARG001 - it holds quotes only, never a text
    """Write all records to `out`, UTF-8 with a header; empty cells are nulls; return the files."""
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*COLUMNS, "review"])
        writer.writeheader()
        for item in items:
            for record in item.records.all():
                writer.writerow({**flat(item.records, record), "review": item.review(record.id)})
    return [out]
