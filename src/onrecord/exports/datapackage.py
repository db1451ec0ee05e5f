"""The description of exported tables as a Frictionless Data Package: `datapackage.json`, from the tables of `relational`.

It gives for each file its hash and size, for each column its type, meaning and constraints, and the keys between tables; for the
whole, with what the records were made and the head of the audit chain. It sets no licence: texts and quotes are their publishers'.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import Any

from onrecord import __version__
from onrecord.exports.items import Item, Manner
from onrecord.exports.relational import Column, Table
from onrecord.records import SCHEMA

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PLACES = {"title": "GeoNames (coordinates and countries of places; Creative Commons Attribution 4.0)", "path": "https://www.geonames.org"}
MEANING = (
    "Who said what, who is bound to do what by when, who did what to whom, how many and when, in pages of news. Offsets are Unicode "
    "code points of a page's text, end exclusive. No licence is set: texts and quotes are their publishers'."
)


class Made:
    """Keeps, while documents go by, how many there are and what their records were made with."""

    def __init__(self) -> None:
        """Start with none."""
        self.documents = 0
        self.with_what: dict[str, Mapping[str, str]] = {}

    def counting(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the documents as they come, and count them."""
        for item in items:
            self.documents += 1
            provenance = item.records.provenance
            self.with_what.setdefault(json.dumps(dict(provenance), sort_keys=True), dict(provenance))
            yield item


def resource(table: Table, path: Path, *, known: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the description of a table's file; `known` are the tables that links may lead to (None: any)."""
    form = path.suffix.removeprefix(".")
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    made: dict[str, Any] = {"name": table.name, "type": "table", "path": path.name, "format": form}
    if form == "csv":
        made |= {"mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n", "doubleQuote": True}}
    else:
        made |= {"mediatype": "application/vnd.apache.parquet"}
    return {
        **made,
        "description": table.meaning,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema(table, set(known) if known is not None else None),
    }


def schema(table: Table, known: set[str] | None = None) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    made: dict[str, Any] = {"fields": [_field(c, unique=table.key == (c.name,)) for c in table.columns], "missingValues": [""]}
    if table.key:
        made["primaryKey"] = list(table.key)
    links = [link for link in table.links if known is None or link.table in known]
    if links:
        made["foreignKeys"] = [
            {"fields": [link.column], "reference": {"resource": "" if link.table == table.name else link.table, "fields": ["id"]}}
            for link in links
        ]
    return made


def _field(column: Column, *, unique: bool) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.words:
        limits["enum"] = list(column.words)
    if column.pattern:
        limits["pattern"] = column.pattern
    if column.type == "integer":
        limits["minimum"] = 0  # offsets, lengths and numbers of order
    if unique:
        limits["unique"] = True
    made: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning, "constraints": limits}
    return {key: value for key, value in made.items() if value}


def write(path: Path, resources: Sequence[Mapping[str, Any]], made: Made, manner: Manner) -> Path:
    """Write the description of all files to `path`; return it."""
    package = {
        "$schema": PROFILE,
        "name": "onrecord-export",
        "title": "Records of news pages",
        "description": MEANING,
        "sources": [PLACES],
        "onrecord": {
            "schema": SCHEMA,
            "exported_with": __version__,
            "made_with": list(made.with_what.values()),
            "documents": made.documents,
            "texts": not manner.no_text,
            "audit_head": manner.head,
        },
        "resources": list(resources),
    }
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
