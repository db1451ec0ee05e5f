"""Cues in a text: each verb, noun and phrase of the lexicon that stands in it, with the tokens that spell it.

A cue is looked up by the lemma of its first word; one of several words ("point out", "call for", "let know") matches where the
other words depend on the first or stand right behind it, and the longest match wins. Its frames say how the content stands:

    that       a finite clause, with or without "that", before or behind          to         an infinitive: what is asked or promised
    quote      a quotation beside it                                              ing        a gerund ("denied taking it")
    wh         an indirect question                                               object     a noun phrase ("announced a budget")
    predicate  what something is called ("called it a farce")                     +PREP      a phrase with this preposition
    tell       its object is the addressee                                        claim      an object that is itself a claim
    document   only where the source is a document or an inquiry                  citing     "citing Y" behind a report: Y says it too

Phrases have `source` (their object is the source), `reports` (the source stays hidden) or `adverb`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.grammar import VERBAL
from onrecord.lexicons import Cue, Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MISREAD = {"hop": "hope", "denie": "deny", "pled": "plead", "forecasted": "forecast", "tweete": "tweet"}
"""Lemmas that the model gets wrong."""


SHORTEST = 4  # letters of a past form whose stem is looked up


class Use(NamedTuple):
    """A cue where it stands: its head token and all of its words, in text order."""

    token: Token
    cue: Cue
    words: tuple[Token, ...]


class Entry(NamedTuple):
    """A form of a cue, without its first word."""

    rest: tuple[str, ...]
    cue: Cue


Index = Mapping[tuple[str, str], tuple[Entry, ...]]


@lru_cache(maxsize=8)
def index(cues: tuple[Cue, ...]) -> Index:
    """Return the cues by (kind of word, first word), the longest forms first."""
    table: dict[tuple[str, str], list[Entry]] = {}
    for cue in cues:
        for form in cue.forms:
            first, *rest = form.split()
            table.setdefault((cue.pos, first), []).append(Entry(tuple(rest), cue))
    return MappingProxyType({key: tuple(sorted(found, key=lambda e: -len(e.rest))) for key, found in table.items()})


def uses(annotations: Annotations, lexicon: Lexicon) -> Iterator[Use]:
    """Yield the cues of every sentence, in text order."""
    table = index(lexicon.cues)
    for sentence in annotations.sentences:
        for token in annotations.tokens(sentence):
            use = use_of(table, token)
            if use is not None:
                yield use


def use_of(table: Index, token: Token) -> Use | None:
    """Return the cue whose first word this token is, or None."""
    lemma = lemma_of(token)
    for pos in _kinds(token):
        for entry in table.get((pos, lemma), ()) or table.get((pos, token.lower_), ()) or _respelled(table, pos, token.lower_):
            words = _match(token, entry.rest, beside=pos != "verb")
            if words is not None:
                return Use(token, entry.cue, (token, *words))
    return None


def _respelled(table: Index, pos: str, word: str) -> tuple[Entry, ...]:
    """Return the cues of a verb's form in "-ed" or "-ing" that the model cannot undo: "blogged" (a doubled letter), "texted", "raged"."""
    stem = word.removesuffix("ed").removesuffix("ing")
    if pos != "verb" or stem == word or len(word) <= SHORTEST or len(stem) < 2:
        return ()
    once = stem[:-1] if stem[-1] == stem[-2] else stem
    return table.get((pos, stem), ()) or table.get((pos, stem + "e"), ()) or table.get((pos, once), ())


def lemma_of(token: Token) -> str:
    """Return the lemma, lower case, with the model's known slips mended."""
    lemma = token.lemma_.lower()
    return MISREAD.get(lemma, lemma)


def _kinds(token: Token) -> tuple[str, ...]:
    if token.pos_ in VERBAL:
        return ("verb", "phrase")
    if token.pos_ in {"NOUN", "PROPN"}:
        return ("noun",) if token.tag_ in {"NN", "NNS"} else ()
    return ("adverb", "phrase") if token.pos_ in {"ADV", "ADP", "SCONJ"} else ()


def _match(token: Token, rest: tuple[str, ...], *, beside: bool) -> tuple[Token, ...] | None:
    """Find the other words of a form: right behind the first (`beside`), else among what depends on it."""
    if not rest:
        return ()
    if beside:
        following = _following(token, len(rest))
        return following if tuple(t.lower_ for t in following) == rest else None
    own = [c for c in token.children if c.i > token.i]
    pool = [*own, *(m for c in own for m in c.children if m.dep_ == "mark" and m.i > token.i)]
    found = []
    for word in rest:
        hit = next((c for c in pool if word in {c.lower_, c.lemma_.lower()} and c.i - token.i <= 6), None)
        if hit is None or (hit.tag_ == "IN" and any(c.dep_ in {"dobj", "oprd"} and c.i < hit.i for c in own)):
            return None
        found.append(hit)
    return tuple(found)


def _following(token: Token, count: int) -> tuple[Token, ...]:
    doc: Doc = token.doc
    return tuple(doc[token.i + 1 : token.i + 1 + count])
