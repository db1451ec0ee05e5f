"""Questions that annotators and kinds ask of the parse: whose act, upon whom, is it negated, how far does the clause reach.

Every function takes tokens of `Annotations.doc` (ClearNLP labels, as spaCy's English models give them) and knows nothing of
actors or records. Known limits: the small model mislabels about one core argument in five; callers must not assume that a
subject is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
NEGATORS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "nobody", "none", "nothing", "hardly", "barely"})
MODALS = frozenset({"will", "would", "shall", "should", "may", "might", "can", "could", "must", "ought", "'ll", "wo", "ca", "'d"})
CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})


def child(token: Token, *labels: str) -> Token | None:
    """Return the first child with one of these labels."""
    return next((c for c in token.children if c.dep_ in labels), None)


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children with one of these labels, in text order."""
    return [c for c in token.children if c.dep_ in labels]


def conjuncts(token: Token) -> list[Token]:
    """Return the token and what is coordinated with it to its right ("Voss and Hale" from "Voss")."""
    out = [token]
    for item in out:
        out.extend(c for c in item.children if c.dep_ == "conj" and c.pos_ not in VERBAL)
    return out


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is passive: has a passive auxiliary or subject, or is a bare participle after its noun."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"} and not any(c.dep_ == "aux" for c in verb.children)


def own_subject(verb: Token) -> Token | None:
    """Return the subject that the verb itself has, or None."""
    return child(verb, "nsubj", "nsubjpass")


def subject(verb: Token) -> Token | None:
    """Return the grammatical subject: its own, else the one that it shares or is controlled by; a relative pronoun is resolved.

    "agreed to withdraw" gives who agreed; "ordered the army to fire" gives the army; "the man who shot" gives the man; "killing
    five" after a main clause gives the main clause's subject. None where the parse shows none.
    """
    seen = 0
    here: Token | None = verb
    while here is not None and seen < 8:
        seen += 1
        own = own_subject(here)
        if own is not None:
            return relative(own)
        above = here.head
        if here.dep_ == "conj" and above.pos_ in VERBAL:
            here = above
        elif here.dep_ in {"xcomp", "ccomp"} and above.pos_ in VERBAL:
            controller = child(above, "dobj", "dative") if here.dep_ == "xcomp" or _to(here) else None
            if controller is not None and controller.i < here.i:
                return controller
            here = above
        elif here.dep_ == "acl" and above.pos_ not in VERBAL:
            return above if here.tag_ in {"VBG", "VBN"} else None
        elif here.dep_ == "relcl":
            return above
        elif here.dep_ in {"advcl", "pcomp", "prep", "xcomp"}:
            here = above if above.pos_ in VERBAL else (above if above.dep_ == "prep" else None)
        else:
            return None
    return None


def _to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def relative(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, any other token unchanged."""
    if token.tag_ in {"WP", "WDT"} or token.lower_ in {"who", "which", "that"}:
        clause = token.head
        if clause.dep_ == "relcl":
            return clause.head
    return token


def agent(verb: Token) -> Token | None:
    """Return who acts: the agent of a passive ("by the army"), else the subject of an active verb."""
    if is_passive(verb):
        by = child(verb, "agent")
        return child(by, "pobj") if by is not None else None
    return subject(verb)


def patient(verb: Token) -> Token | None:
    """Return whom the act befalls: the passive's subject or the active verb's object."""
    if is_passive(verb):
        own = child(verb, "nsubjpass")
        if own is not None:
            return relative(own)
        return verb.head if verb.dep_ in {"acl", "amod", "relcl"} else subject(verb)
    return child(verb, "dobj")


def prepositional(token: Token, *prepositions: str) -> Token | None:
    """Return the object of the token's first preposition among these ("with Iran" from "talks")."""
    for prep in token.children:
        if prep.dep_ in {"prep", "agent", "dative"} and prep.lower_ in prepositions:
            found = child(prep, "pobj")
            if found is not None:
                return found
    return None


def auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries and modals of a verb, those shared over a coordination included."""
    own = children(verb, "aux", "auxpass")
    if not own and verb.dep_ == "conj" and verb.head.pos_ in VERBAL and own_subject(verb) is None:
        return auxiliaries(verb.head)
    return own


def negator(token: Token) -> Token | None:
    """Return the word that negates a verb or noun ("not", "never", "no"), or None."""
    for c in token.children:
        if c.dep_ == "neg" or (c.lower_ in NEGATORS and c.dep_ in {"det", "advmod", "preconj", "aux"}):
            return c
    subj = own_subject(token)
    if subj is not None:
        if subj.lower_ in {"nobody", "none", "nothing", "neither", "no"}:
            return subj
        return next((c for c in subj.children if c.dep_ == "det" and c.lower_ in {"no", "neither"}), None)
    return None


def subtree(token: Token, *without: str) -> Span:
    """Return the characters of a token's subtree, those of its children with the labels `without` left out at the edges."""
    dropped = {t.i for c in token.children if c.dep_ in without for t in c.subtree}
    kept = [t for t in token.subtree if t.i not in dropped and not t.is_space]
    return chars(kept)


def chars(tokens: list[Token]) -> Span:
    """Return the characters from the first to the last of the tokens, white space and closing punctuation trimmed."""
    ordered = sorted(tokens, key=lambda t: t.i)
    while len(ordered) > 1 and (ordered[-1].is_space or ordered[-1].text in {",", ";", ".", ":", "-", "–", "—"}):
        ordered.pop()
    while len(ordered) > 1 and (ordered[0].is_space or ordered[0].text in {",", ";", ".", ":", "-", "–", "—"}):
        ordered.pop(0)
    return Span(ordered[0].idx, ordered[-1].idx + len(ordered[-1]))


def noun_phrase(head: Token) -> Span:
    """Return the noun phrase at its head: determiners and modifiers, `of` phrases; no relative clause, no apposition."""
    kept = [head]
    for c in head.children:
        if c.dep_ in {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "predet", "case"} and c.i < head.i:
            kept.extend(t for t in c.subtree if t.i < head.i)
        elif c.dep_ == "case" or (c.dep_ == "prep" and c.lower_ == "of"):
            kept.extend(c.subtree)
    return chars(kept)


def above(token: Token) -> Iterator[Token]:
    """Yield the tokens that govern this one, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token
