"""What every format is given: a document's records with the review of each, and how to write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.decisions import Decided
from onrecord.errors import UsageError
from onrecord.records import Records


@dataclass(frozen=True, slots=True)
class Item:
    """One document's records as they stand, the status of review by record id, and the decisions about all of it, oldest first."""

    records: Records
    reviews: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Decided, ...] = ()

    def review(self, record_id: str) -> str:
        """Return the status of review of a record."""
        return self.reviews.get(record_id, "unreviewed")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to write: `no_text` leaves out the documents' texts (quotes of records stay); `head` is the audit chain's head hash."""

    no_text: bool = False
    head: str | None = None


def folder(out: Path) -> Path:
    """Return `out` as a folder that is there; UsageError where a file stands in its place."""
    if out.exists() and not out.is_dir():
        message = f"{out} is a file: this export is a folder"
        raise UsageError(message)
    out.mkdir(parents=True, exist_ok=True)
    return out
