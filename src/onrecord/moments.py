"""When an act takes place: from its verb or noun to the time expression that says so, by the parse and not by nearness.

An expression belongs to the word that governs it ("the *attack* on Monday", "Monday's *attack*", "*killed* five in Kabul on
Monday"). One that stands behind a noun may have been meant for the verb above ("met *leaders* on Monday"): the verb gets it where
it has none of its own. An act without a time of its own shares one with the clause that it stands in:

    the attack **took place** on Monday         a noun, with its verb
    an **attack** on Monday that *killed* 20    a relative clause or participle, with its noun
    On Monday he *came* and *saw*               coordinated verbs, with a time before both
    fled on Monday when rebels *came*           a clause with "when", with its verb
    began on Monday to *withdraw*               what was begun, with the beginning

What was said or agreed does not share the time of saying: in "agreed on Monday to withdraw" the withdrawal has none.
Known limits: the small model attaches about one prepositional phrase in six to the wrong word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.annotations import Annotations, TimeExpression
from onrecord.grammar import SUBJECTS, VERBAL
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
WITHIN_NAME = frozenset({"poss", "compound", "amod", "nummod", "nmod"})
"""Labels of a time that is part of a noun phrase: "Monday's attack" says nothing of when the verb above takes place."""
PLACING = frozenset(("in", "during", "at", "amid", "with"))
"""Prepositions whose noun shares the time of the verb: "killed in an *attack*"; not "after an *attack*"."""
RANK = {"DATE": 0, "TIME": 0, "DURATION": 1, "SET": 2}
FAR = 6
"""How many nouns may stand between an expression and its verb; more are never right on the training pages."""
NEAR = 1
"""How many may stand between a verb and an expression behind it that is its own: what modifies a noun's noun is that noun's."""


def head_of(annotations: Annotations, span: Span) -> Token | None:
    """Return the token of a stretch of text that the rest of its sentence governs, or None where it has no tokens.

    A preposition before it that the parse leaves without its noun governs it ("*On* 6 March police said", read as "March police").
    """
    tokens = annotations.tokens_of(span)
    if tokens and tokens[0].i > tokens[0].sent.start:
        before = tokens[0].nbor(-1)
        if before.dep_ == "prep" and before.n_rights == 0:
            return before
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    return min(heads, key=lambda token: (token.is_punct, token.pos_ == "ADP", _depth(token)), default=None)


def governors(token: Token) -> Iterator[tuple[Token, int]]:
    """Yield the words that a time expression headed by `token` may modify, with the number of nouns passed on the way."""
    passed, here = 0, token
    while here.head.i != here.i and passed < FAR:
        label, here = here.dep_, here.head
        if here.pos_ in VERBAL:
            yield clause_of(token, here), passed
            return
        if here.pos_ in NOMINAL:
            yield here, passed
            if label in WITHIN_NAME or here.dep_ in SUBJECTS or here.dep_ in {"relcl", "acl", "appos", "conj"}:
                return
            passed += 1


def clause_of(time: Token, verb: Token) -> Token:
    """Return the verb that a time modifies where the parse gives it to the reported clause: "*said* on Tuesday it would open"."""
    opening = [c.left_edge.i for c in verb.children if c.dep_ in SUBJECTS or c.dep_ == "mark"]  # "that", or the subject
    reported = verb.dep_ == "ccomp" and bool(opening) and verb.head.i < time.i < min(opening)
    return verb.head if reported else verb


def times_of(annotations: Annotations, token: Token) -> tuple[TimeExpression, ...]:
    """Return the expressions that modify the token or, failing that, the clause that it shares its time with; nearest first.

    Dates and clock times stand before durations, durations before sets.
    """
    own = _own(annotations, token)
    here, before = _shares(token)
    seen = {token.i}
    while not own and here is not None and here.i not in seen:
        seen.add(here.i)
        own = [(passed, time) for passed, time in _own(annotations, here) if passed == 0 and (not before or time.span.end <= here.idx)]
        here, before = _shares(here)
    return tuple(time for _, time in own)


def time_of(annotations: Annotations, token: Token) -> TimeExpression | None:
    """Return the expression that says when the act of a verb or noun takes place (or by when, since when), or None.

    Sets ("every Friday") are none: they name no moment.
    """
    return next((time for time in times_of(annotations, token) if time.type != "SET"), None)


def _own(annotations: Annotations, token: Token) -> list[tuple[int, TimeExpression]]:
    """Return the expressions that may modify a word, each with the number of nouns between; the best first."""
    sentence = annotations.sentence_at(token.idx)
    found: list[tuple[tuple[int, bool, int, int], TimeExpression]] = []
    if sentence is None:
        return []
    first = bisect_left(annotations.times, sentence.span.start, key=lambda time: time.span.start)
    for time in annotations.times[first:]:
        if time.span.start >= sentence.span.end:
            break
        head = head_of(annotations, time.span)
        passed = next((n for word, n in governors(head) if word.i == token.i), None) if head is not None else None
        if passed is not None and (passed <= NEAR or time.span.start < token.idx):
            found.append(((RANK[time.type], time.value.endswith("_REF"), passed, abs(time.span.start - token.idx)), time))
    return [(key[2], time) for key, time in sorted(found, key=lambda row: row[0])]


def _shares(token: Token) -> tuple[Token | None, bool]:
    """Return the word whose time the token shares, and whether only a time before that word counts."""
    head, label = token.head, token.dep_
    if head.i == token.i:
        return None, False
    if token.pos_ in VERBAL:
        if label == "conj" and head.pos_ in VERBAL:
            return head, True
        if label in {"xcomp", "ccomp"} and head.pos_ in VERBAL:
            return (head, False) if label == "xcomp" and head.lemma_ in _sharing("phase") else (None, False)
        if label in {"relcl", "acl"} and not _infinitive(token):
            return head, False
        if label == "advcl" and any(c.lower_ == "when" for c in token.children) and head.tag_ == "VBD":
            return head, False
        if label == "advcl" and token.tag_ == "VBG" and not any(c.dep_ in {"mark", "nsubj"} for c in token.children):
            return head, False
        return None, False
    if label == "conj":
        return head, True
    if label == "pobj" and head.lower_ == "of" and head.head.lemma_ in _sharing("series"):
        return head.head, False
    if label in {"nsubj", "compound", "attr"} or (label in {"dobj", "nsubjpass"} and head.lemma_ in _sharing("carrier")):
        return head, False
    return (head.head, False) if label == "pobj" and head.lower_ in PLACING else (None, False)


@lru_cache(maxsize=3)
def _sharing(kind: str) -> frozenset[str]:
    """Return the words of one class of `data/tables/time_sharing.tsv`."""
    text = resources.files("onrecord.data").joinpath("tables", "time_sharing.tsv").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if line.startswith(kind) for word in line.split("\t")[1:])


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)
