"""The words that fill a role of an event, to the actors of the page.

A word that the page knows as an actor is that actor. One that it does not know is looked through: a thing that acts for its owner
("Russian missiles struck", "the general's order banned"), a group named by its members' home ("detectives from Peru"), or an event that
does what its own actor does ("a US airstrike killed"). Nothing is made up: a word that leads to no known actor gives none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.grammar import agent, child, conjuncts
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

BEFORE = frozenset({"amod", "compound", "nmod"})
MEMBERS = frozenset({"of", "from", "in", "for", "by"})
LINES = frozenset({"border", "frontier", "boundary"})
"""What a state has *with* its neighbour."""
GROUPING = frozenset(
    {
        "number",
        "group",
        "dozen",
        "hundred",
        "thousand",
        "member",
        "one",
        "two",
        "some",
        "many",
        "most",
        "all",
        "both",
        "each",
        "majority",
        "part",
    }
)
"""Nouns that only count: whom they count stands behind `of`."""


class Party(NamedTuple):
    """An actor of the page in a role, with the words that name it there; `through` says that another word led to it."""

    actor: str
    span: Span
    through: bool = False
    named: bool = False
    """Whether the text gives a name there, and no description or pronoun."""


FIRST_PERSON = frozenset({"i", "we", "me", "us", "myself", "ourselves"})


def parties(annotations: Annotations, tokens: Iterable[Token], voice: str | None = None) -> tuple[Party, ...]:
    """Return the actors that these words name, each once, in text order of the words; `voice` is who says "I" and "we" there."""
    found: dict[str, Party] = {}
    for token in tokens:
        for party in _of(annotations, token, voice):
            found.setdefault(party.actor, party)
    return tuple(found.values())


def first_parties(annotations: Annotations, groups: Iterable[Iterable[Token]], voice: str | None = None) -> tuple[Party, ...]:
    """Return the actors of the first group of words that names any."""
    return next((found for group in groups if (found := parties(annotations, group, voice))), ())


def _of(annotations: Annotations, token: Token, voice: str | None) -> Iterator[Party]:
    mention = annotations.mention_at(token)
    if mention is not None:
        yield Party(mention.actor, mention.span, named=mention.form == "name")
        return
    if token.lower_ in FIRST_PERSON:
        if voice is not None:
            yield Party(voice, Span(token.idx, token.idx + len(token)), through=True)
        return
    named = next((c for c in token.children if c.dep_ == "appos" and c.i > token.i and annotations.mention_at(c) is not None), None)
    if named is not None:
        yield from _through(annotations, [named])
        return
    owner = child(token, "poss")
    if owner is not None:
        yield from _through(annotations, conjuncts(owner))
        return
    known = [c for c in token.children if c.dep_ in BEFORE and c.i < token.i and annotations.mention_at(c) is not None]
    if known:
        yield from _through(annotations, known)
        return
    for clause in token.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and (by := agent(clause)) is not None:
            yield from _through(annotations, conjuncts(by))
            return
    for prep in token.children:
        beside = prep.lower_ == "with" and token.lemma_.lower() in LINES
        if prep.dep_ == "prep" and (prep.lower_ in MEMBERS or beside) and (prep.lower_ != "in" or token.lemma_.lower() in GROUPING):
            inner = child(prep, "pobj")
            if inner is not None:
                yield from _through(annotations, conjuncts(inner))
                return


def _through(annotations: Annotations, tokens: Iterable[Token]) -> Iterator[Party]:
    for token in tokens:
        mention = annotations.mention_at(token)
        if mention is not None:
            yield Party(mention.actor, mention.span, through=True, named=mention.form == "name")
