"""What every format is given: a document's records with the review of each, and how to write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.records import Records


@dataclass(frozen=True, slots=True)
class Item:
    """One document's records as they stand, and the status of review by record id."""

    records: Records
    reviews: Mapping[str, str] = field(default_factory=dict)

    def review(self, record_id: str) -> str:
        """Return the status of review of a record."""
        return self.reviews.get(record_id, "unreviewed")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to write: `no_text` leaves out the documents' texts (quotes of records stay); `head` is the audit chain's head hash."""

    no_text: bool = False
    head: str | None = None
