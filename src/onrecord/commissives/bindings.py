"""What frames and modals share: a binding, the lexicon by its words, infinitives, coordinated acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from onrecord.grammar import VERBAL, agent, children, is_passive, own_subject
from onrecord.lexicons import Commissive

if TYPE_CHECKING:
    from spacy.tokens import Token

WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
WOULD = frozenset({"would", "'d", "’d"})


class Binding(NamedTuple):
    """A word of commitment with an act: heads of the act and of the noun phrase that is bound (None: not named), and the cue.

    `giver` is who gives the word, where that need not be who acts ("promised that the troops would leave").
    """

    act: Token
    bound: Token | None
    cue: tuple[Token, ...]
    entry: Commissive
    frame: str
    giver: Token | None = None


Pair = tuple["Token", "Token | None"]
"""An act and who is bound to it."""


class Form(NamedTuple):
    """A form of an entry, without its first word."""

    rest: tuple[str, ...]
    entry: Commissive


Index = Mapping[tuple[str, str], tuple[Form, ...]]


@lru_cache(maxsize=8)
def index(entries: tuple[Commissive, ...]) -> Index:
    """Return the entries by (part of speech, first word), the longest forms first."""
    table: dict[tuple[str, str], list[Form]] = {}
    for entry in entries:
        for form in entry.forms:
            first, *rest = form.split()
            table.setdefault((entry.pos, first), []).append(Form(tuple(rest), entry))
    return MappingProxyType({key: tuple(sorted(found, key=lambda f: -len(f.rest))) for key, found in table.items()})


def to_infinitive(verb: Token) -> bool:
    """Tell whether the verb is an infinitive with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def to_word(verb: Token) -> tuple[Token, ...]:
    """Return the "to" of an infinitive."""
    return tuple(c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to")


def each(act: Token, bound: Token | None) -> Iterator[Pair]:
    """Yield the act and those coordinated with it that have no subject and no modal of their own."""
    yield act, bound
    for other in act.conjuncts:
        if other.i > act.i and other.pos_ in VERBAL and own_subject(other) is None and _same_form(act, other) and not _threat(act, other):
            yield other, agent(other) if is_passive(other) else bound


def _threat(act: Token, other: Token) -> bool:
    """Tell whether an act is what befalls who does not do the first: "submit a plan or face fines"."""
    joint = [t for t in other.head.children if t.dep_ == "cc" and t.i < other.i]
    negated = any(c.dep_ == "neg" for c in act.children)
    return other.lemma_ in {"face", "lose", "risk", "suffer"} and any(t.lower_ == "or" for t in joint) and not negated


def _same_form(act: Token, other: Token) -> bool:
    own = [c for c in children(other, "aux") if c.lower_ != "to"]
    base = {"VB", "VBP"} if act.tag_ == "VB" else {act.tag_}
    return other.tag_ in base and not own and act.tag_ in {"VB", "VBG", "VBN"}
