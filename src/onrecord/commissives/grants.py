"""Frames whose act stands behind a noun: a term that is granted, a demand that is accepted, a date that is set, what is promised as such.

Each takes the cue and yields acts with who is bound, as the frames of `frames` do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.commissives.bindings import Pair, each
from onrecord.commissives.complements import binder, infinitives
from onrecord.commissives.words import belongs
from onrecord.grammar import agent, child, children, conjuncts, is_passive, own_subject, prepositional, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

SPELLS = frozenset({"day", "week", "month", "year", "hour", "minute", "time", "deadline"})
REQUESTS = frozenset(
    {"demand", "request", "call", "invitation", "plea", "ultimatum", "condition", "recommendation", "proposal", "appeal", "offer"}
)
DATES = frozenset({"date", "day", "deadline"})


def term(cue: Token) -> Iterator[Pair]:
    """Yield the act of "gave the ministry 30 days to publish", "was given until Friday to pay": the receiver's."""
    for act in infinitives(cue):
        between = [t for t in cue.doc[cue.i + 1 : act.i] if t.lower_ == "until" or t.lemma_.lower() in SPELLS]
        if between:
            yield from each(act, _receiver(cue, between[0]))


def _receiver(cue: Token, stop: Token) -> Token | None:
    if is_passive(cue):
        return subject(cue)
    told = [c for c in children(cue, "dative", "dobj", "npadvmod") if c.i < stop.i and c.lemma_.lower() not in SPELLS]
    return told[0] if told else None


def accepted(cue: Token) -> Iterator[Pair]:
    """Yield what is asked for by a demand that somebody accepts: "accepted the demand that its troops leave"."""
    objects = [*children(cue, "dobj"), *(what for p in children(cue, "prep") if p.lower_ in {"to", "with"} for what in children(p, "pobj"))]
    for what in objects:
        if what.lemma_.lower() not in REQUESTS:
            continue
        for act in infinitives(what):
            yield from each(act, binder(cue))
        for clause in children(what, "acl", "ccomp", "relcl", "appos"):
            if own_subject(clause) is not None and any(m.lower_ == "that" for m in children(clause, "mark")):
                yield from each(clause, agent(clause))


def given(cue: Token) -> Iterator[Pair]:
    """Yield what is promised as such: "pledged aid", "promised $5 million"."""
    if next(infinitives(cue), None) is not None:
        return  # "$5 million to rebuild the bridge" is told by what it is for
    for what in children(cue, "dobj", "nsubjpass"):
        for one in conjuncts(what):
            if one.pos_ == "NUM" or belongs(one, "given") or any(c.dep_ == "nummod" for c in one.children):
                yield one, agent(cue) if is_passive(cue) else binder(cue)


def date_for(cue: Token) -> Token | None:
    """Return the act for which a date is set: "set 18 October as the date for the vote", "fixed a date for the talks"."""
    as_date = prepositional(cue, "as")
    for date in (as_date, child(cue, "dobj", "nsubjpass")):
        if date is not None and date.lemma_.lower() in DATES:
            return prepositional(date, "for") or prepositional(cue, "for")
    return None
