"""PLOVER's contexts of an event, as a second step: words of `data/rules/contexts.toml` in its sentences, and what its type brings.

A context holds where a word of its list stands in a sentence that mentions the event, or where the event's type or mode is in its
`types`. Several may hold. Words are compared by lemma; a phrase is compared as written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.annotations import Annotations, Sentence
from onrecord.codebooks import plover
from onrecord.errors import RuleError
from onrecord.spans import Span

FILE = "contexts.toml"


class Context(NamedTuple):
    """A context with the words that show it, and the types and modes that imply it."""

    id: str
    words: frozenset[str]
    phrases: tuple[str, ...]
    types: frozenset[str]
    sectors: frozenset[str]


@lru_cache(maxsize=1)
def contexts() -> tuple[Context, ...]:
    """Return the contexts in the codebook's order; RuleError where the file names one that PLOVER does not have."""
    rows = tomllib.loads(resources.files("onrecord.data").joinpath(f"rules/{FILE}").read_text(encoding="utf-8"))
    unknown = set(rows) ^ set(plover().contexts)
    if unknown:
        message = f"{FILE}: {min(unknown)}: not one of PLOVER's contexts, or missing"
        raise RuleError(message)
    return tuple(_context(name, rows[name]) for name in plover().contexts)


def _context(name: str, row: Mapping[str, list[str]]) -> Context:
    words = row.get("words", [])
    return Context(
        name,
        frozenset(word for word in words if " " not in word),
        tuple(word for word in words if " " in word),
        frozenset(row.get("types", [])),
        frozenset(row.get("sectors", [])),
    )


@lru_cache(maxsize=1)
def _by_word() -> Mapping[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for context in contexts():
        for word in context.words:
            out[word] = (*out.get(word, ()), context.id)
    return out


def contexts_of(
    annotations: Annotations, sentences: Iterable[Sentence], kinds: Iterable[str], sectors: Iterable[str], anchor: Span
) -> Mapping[str, tuple[Span, ...]]:
    """Return the contexts of an event with the characters that each rests on, in the codebook's order.

    `kinds` are its type and its mode ("COERCE", "COERCE/arrest"), `sectors` those of its actors; what follows from them rests on `anchor`.
    """
    found: dict[str, list[Span]] = {}
    own, members = set(kinds), set(sectors)
    for context in contexts():
        if context.types & own or context.sectors & members:
            found.setdefault(context.id, []).append(anchor)
    for sentence in sentences:
        for token in annotations.tokens(sentence):
            for name in _by_word().get(token.lemma_.lower(), ()):
                found.setdefault(name, []).append(Span(token.idx, token.idx + len(token)))
        text = sentence.span.of(annotations.text).lower()
        for context in contexts():
            for phrase in context.phrases:
                at = text.find(phrase)
                if at >= 0:
                    found.setdefault(context.id, []).append(Span(sentence.span.start + at, sentence.span.start + at + len(phrase)))
    return {name: tuple(found[name]) for name in plover().contexts if name in found}
