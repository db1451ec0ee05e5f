"""Classes of words that decide whether a future is an act that binds or something that will happen: `data/tables/commitment_words.tsv`."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.gazetteer import group
from onrecord.grammar import prepositional

if TYPE_CHECKING:
    from spacy.tokens import Token


@lru_cache(maxsize=1)
def table() -> frozenset[tuple[str, str]]:
    """Return the pairs of lemma and class."""
    text = resources.files("onrecord.data").joinpath("tables/commitment_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset((word, kind) for word, kind in rows)


MISREAD = {"hop": "hope", "denie": "deny"}
"""Lemmas that the model gets wrong."""


def belongs(token: Token, kind: str) -> bool:
    """Tell whether the token's lemma (or the token as it stands) is in a class."""
    lemma = MISREAD.get(token.lemma_.lower(), token.lemma_.lower())
    return (lemma, kind) in table() or (token.lower_, kind) in table()


def is_group(token: Token) -> bool:
    """Tell whether a noun names people or a body ("troops", "engineers", "the council")."""
    return token.pos_ == "NOUN" and group(token.lower_) is not None


def is_act(token: Token) -> bool:
    """Tell whether a noun names an act or an occasion that somebody can hold, or a measure of one ("three days of mourning")."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.text == "March":  # the month
        return False
    of = prepositional(token, "of") if token.lemma_.lower() in MEASURES else None
    return belongs(token, "act") or (of is not None and is_act(of))


MEASURES = frozenset({"day", "week", "month", "year", "hour", "period", "series", "round", "number", "pair", "set"})
