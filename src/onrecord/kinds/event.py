"""event: to be written."""

from __future__ import annotations

from onrecord.annotations import Annotations
from onrecord.lexicons import Lexicon
from onrecord.records import Found, Records


def extract(annotations: Annotations, records: Records, lexicon: Lexicon) -> Found:
    """Return the events of a document."""
    return Found(())
