"""The words of `data/tables/attribution_words.tsv` by their classes."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    text = resources.files("onrecord.data").joinpath("tables/attribution_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {kind: frozenset(word for word, label in rows if label == kind) for kind in {label for _, label in rows}}


def vocabulary(kind: str) -> frozenset[str]:
    """Return the words of one class; KeyError for a class that the table does not have."""
    return _table()[kind]
