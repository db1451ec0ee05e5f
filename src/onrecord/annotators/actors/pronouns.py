"""Pronouns to chains: whom he, she, it and they mean.

Every phrase before the pronoun in its sentence and in the three sentences before is weighed: near before far, subjects before
others, the same paragraph before another, names before descriptions. Sex and number must agree; a thing may win, and then the
pronoun is nobody's. "I" within a quotation is who is said to speak: the subject of a verb of saying in its sentence, else in the
sentence before or after in its paragraph; "we" is a body that speaks so, and else left to the statements that quote it.

Known limits: "they" for two coordinated persons, and "it" for a clause, stand for no one actor and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from onrecord.annotations import Annotations
from onrecord.annotators.actors.chains import Chain
from onrecord.annotators.actors.names import speaks
from onrecord.annotators.actors.phrases import Phrase
from onrecord.annotators.actors.register import Register
from onrecord.annotators.actors.words import BODIES, word_set

BIAS = {"n": -1.5, "p": 1.5}
"""What "it" and "they" take from or give to an actor against a thing; set on GUM news and gold/train."""
WEIGHTS = {"sentence": -3.0, "subject": 2.0, "paragraph": -1.0, "inside": -1.0, "pronoun": 1.5, "named": 0.5, "sex": 1.0, "body": -1.0}
"""What counts for and against a phrase: each sentence away, being a subject, …; set on GUM news and gold/train."""
AGAIN = 1.5
"""What a speaker has over others where the pronoun speaks; set on gold/train."""
REACH = 3
"""Sentences back that a pronoun looks; set on gold/train and GUM news."""
ABOVE = 12
"""How far up the parse an apposition is looked for."""
SPEAKERS = frozenset({"s", "w"})
"""Pronouns that mean who speaks."""
SINGULAR = frozenset({"m", "f", "n"})
PERSONS = frozenset({"person", "unnamed"})
COLLECTIVES = word_set("police government team group party family company committee council crowd public staff authorities military army")
WEATHER = word_set("rain snow seem appear turn")


class Candidate(NamedTuple):
    """A phrase that a pronoun may mean; `chain` None: a thing."""

    phrase: Phrase
    chain: Chain | None
    both: bool = False
    """Two who are coordinated: many, and no one actor."""


class Pronouns:
    """Resolves the pronouns of a page, in text order."""

    def __init__(self, annotations: Annotations, register: Register) -> None:
        self.annotations = annotations
        self.register = register
        self.columns = register.columns
        self.paragraph = [s.paragraph for s in annotations.sentences]

    def resolve(self, phrase: Phrase, before: Sequence[Phrase]) -> Chain | None:
        """Return the chain that a pronoun means, or None. `before`: the phrases so far, in text order."""
        if phrase.pronoun == "n" and self._pleonastic(phrase):
            return None
        if self.columns.lower[phrase.head].endswith(("self", "selves")):
            return self._reflexive(phrase, before)
        speaks_up = speaks(self.columns, phrase, pronoun=True)
        apart = self._apart(phrase, before)
        best: tuple[float, int, Candidate] | None = None
        for candidate in self._candidates(phrase, before):
            if candidate.chain is None and not candidate.both and (speaks_up or phrase.pronoun in {"m", "f"}):
                continue
            if candidate.chain is not None and candidate.chain.number in apart:
                continue
            weight = self._weight(phrase, candidate)
            if weight is None:
                continue
            if candidate.both:
                weight += BIAS["p"] + (AGAIN if speaks_up and speaks(self.columns, candidate.phrase, pronoun=True) else 0.0)
            if candidate.chain is not None:
                weight += 0.0 if speaks_up else BIAS.get(phrase.pronoun, 0.0)
                weight += AGAIN if speaks_up and speaks(self.columns, candidate.phrase, pronoun=True) else 0.0
            if best is None or (weight, candidate.phrase.head) > best[:2]:
                best = weight, candidate.phrase.head, candidate
        return best[2].chain if best else None

    def speaker(self, phrase: Phrase, found: Sequence[Phrase]) -> Chain | None:
        """Return the chain that "I" means within a quotation, or "we" where a body speaks, or None. `found`: all phrases, resolved."""
        quotation = self.annotations.quotation_at(self.columns.starts[phrase.head])
        if quotation is None:
            return None
        rows = []
        for other in found:
            chain, away = self.register.of(other), phrase.sentence - other.sentence
            if chain is None or abs(away) > 2 or not (phrase.pronoun == "w" or (chain.kind in PERSONS and not chain.plural)):
                continue
            apart = self.paragraph[phrase.sentence] != self.paragraph[other.sentence]
            at = self.columns.starts[other.head]
            if apart or any(span.start <= at < span.end for span in quotation.spans) or not speaks(self.columns, other, pronoun=True):
                continue
            rows.append((-abs(away), away, -abs(phrase.head - other.head), chain))
        best = max(rows, key=lambda row: row[:3])[3] if rows else None
        return None if best is None or (phrase.pronoun == "w" and best.kind not in BODIES) else best

    def _reflexive(self, phrase: Phrase, before: Sequence[Phrase]) -> Chain | None:
        """Return the subject of the clause."""
        columns = self.columns
        verb = columns.heads[phrase.head]
        for _ in range(4):
            subject = columns.child(verb, "nsubj", "nsubjpass")
            if subject is not None:
                found = next((p for p in reversed(before) if p.head == subject), None)
                return self.register.of(found) if found is not None else None
            verb = columns.heads[verb]
        return None

    def _apart(self, phrase: Phrase, before: Sequence[Phrase]) -> set[int]:
        """Return the actors that stand beside the pronoun at the same verb: he is none of them."""
        columns = self.columns
        if columns.tag[phrase.head] == "PRP$":
            return set()
        verb = columns.heads[phrase.head]
        if columns.dep[phrase.head] == "pobj":
            verb = columns.heads[verb]
        verbs = {verb}
        while columns.dep[verb] == "conj" and columns.child(verb, "nsubj", "nsubjpass") is None and columns.heads[verb] != verb:
            verb = columns.heads[verb]  # "signed the plan and then cancelled it"
            verbs.add(verb)
        out: set[int] = set()
        for other in reversed(before):
            if other.sentence != phrase.sentence:
                break
            chain = self.register.of(other)
            if (
                chain is not None
                and columns.heads[other.head] in verbs
                and columns.dep[other.head] in {"nsubj", "nsubjpass", "dobj", "dative"}
            ):
                out.add(chain.number)
        return out

    def _candidates(self, phrase: Phrase, before: Sequence[Phrase]) -> list[Candidate]:
        out: list[Candidate] = []
        for other in reversed(before):
            if phrase.sentence - other.sentence > REACH:
                break
            if other.head >= phrase.head:
                continue
            chain = self.register.of(other)
            if phrase.pronoun == "p" and chain is not None and not chain.plural and self._leads_two(other):
                out.append(Candidate(replace(other, plural=True), None, both=True))  # "Tolan and Hale said they …": both, and no one actor
            out.append(Candidate(other, chain))
        return out

    def _leads_two(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is the first of two or more that are coordinated."""
        columns = self.columns
        parts = [c for c in columns.children[phrase.head] if columns.dep[c] == "conj" and columns.pos[c] in {"NOUN", "PROPN"}]
        return any(columns.lower[c] == "and" for c in columns.children[phrase.head]) and bool(parts)

    def _weight(self, phrase: Phrase, candidate: Candidate) -> float | None:
        """Return how likely the candidate is meant; None where it cannot be."""
        other, chain = candidate.phrase, candidate.chain
        if not self._agrees(phrase, candidate) or self._same_clause(phrase, other):
            return None
        w = WEIGHTS
        weight = w["sentence"] * (phrase.sentence - other.sentence)
        weight += w["subject"] if other.subject else 0.0
        weight += w["paragraph"] if self.paragraph[phrase.sentence] != self.paragraph[other.sentence] else 0.0
        weight += w["inside"] if other.inner or self.columns.dep[other.head] == "poss" else 0.0
        weight += w["pronoun"] if other.pronoun else 0.0
        if chain is not None:
            weight += w["named"] if chain.named else 0.0
            weight += w["sex"] if chain.sex and chain.sex == phrase.pronoun else 0.0
            weight += w["body"] if phrase.pronoun == "p" and not _is_many(other, chain) else 0.0
        return weight

    def _agrees(self, phrase: Phrase, candidate: Candidate) -> bool:
        other, chain = candidate.phrase, candidate.chain
        kind = phrase.pronoun
        if other.pronoun and other.pronoun != kind:
            return False
        if kind in {"m", "f"}:
            if chain is None or chain.plural or chain.kind not in {"person", "unnamed"} or other.plural:
                return False
            return chain.sex is None or chain.sex == kind
        if kind == "n":
            return not other.plural and (
                chain is None or (chain.kind in {"state", "organisation", "media", "armed_group"} and not chain.plural)
            )
        return self._may_be_many(other, chain)

    def _may_be_many(self, other: Phrase, chain: Chain | None) -> bool:
        if chain is None:
            return other.plural
        alone = self.columns.dep[other.head] != "conj" and not self._leads_two(other)
        return _is_many(other, chain) or (alone and chain.kind in {"organisation", "media"})

    def _same_clause(self, phrase: Phrase, other: Phrase) -> bool:
        """Tell whether the two are subject and object of one verb: then they are not one (unless reflexive or possessive)."""
        if self.columns.tag[phrase.head] == "PRP$" or self.columns.lower[phrase.head].endswith(("self", "selves")):
            return self._within(phrase, other)
        return (self.columns.heads[phrase.head] == self.columns.heads[other.head] and other.sentence == phrase.sentence) or self._within(
            phrase, other
        )

    def _within(self, phrase: Phrase, other: Phrase) -> bool:
        """Tell whether the pronoun stands inside the other phrase ("his brother" is not he)."""
        if other.start <= phrase.head < max(other.end, other.core):
            return True
        return phrase.sentence == other.sentence and any(
            self.columns.dep[i] == "appos" and self.columns.heads[i] == other.head for i in self._above(phrase.head)
        )

    def _above(self, at: int) -> list[int]:
        out: list[int] = []
        while self.columns.heads[at] != at and len(out) < ABOVE:
            at = self.columns.heads[at]
            out.append(at)
        return out

    def _pleonastic(self, phrase: Phrase) -> bool:
        """Tell whether "it" stands for a clause or for nothing ("it is likely that", "it was reported that")."""
        columns, at = self.columns, phrase.head
        if columns.dep[at] == "expl":
            return True
        if columns.dep[at] not in {"nsubj", "nsubjpass"}:
            return False
        verb = columns.heads[at]
        if columns.lemma[verb] in WEATHER or columns.lemma[columns.heads[verb]] in WEATHER:
            return True
        clause = any(columns.dep[c] in {"ccomp", "csubj", "xcomp", "advcl"} and c > verb for c in columns.children[verb])
        if columns.dep[at] == "nsubjpass":
            return any(columns.dep[c] == "ccomp" for c in columns.children[verb])
        if columns.lemma[verb] != "be":
            return False
        adjective = columns.child(verb, "acomp", "attr")
        if adjective is not None and columns.lower[adjective] in {"time", "up"}:
            return True
        inside = adjective is not None and any(
            columns.dep[c] in {"ccomp", "xcomp", "csubj", "relcl", "acl"} for c in columns.children[adjective]
        )
        return adjective is not None and columns.pos[adjective] == "ADJ" and (clause or inside)


def _is_many(phrase: Phrase, chain: Chain) -> bool:
    """Tell whether a phrase or its actor is many by its words or kind; a body is one, though "they" may mean it."""
    return phrase.plural or chain.plural or chain.kind in {"population", "armed_group"} or bool(chain.nouns & COLLECTIVES)
