"""How far attributed words reach: where a content ends, what of a noun phrase belongs to it, its characters as spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from onrecord.attribution.cues import lemma_of
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import child, own_subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LINKS = frozenset({"that", ",", ":", "“", '"', "”", "``", "''", "‘", "’", "—", "–", "-", ";"})
FURTHER = vocabulary("further")
OCCASIONS = vocabulary("occasion")
CLAIMS = vocabulary("claim")
REMARKS = vocabulary("remark")


class Content(NamedTuple):
    """What is attributed: the tokens, the frame, what binds the addressee (the infinitive's subject or the cue's object)."""

    tokens: list[Token]
    frame: str
    addressee: Token | None = None


def core(thing: Token) -> list[Token]:
    """Return a noun phrase without relative clauses behind a comma and without when and where it was said."""
    out = []
    dropped = {t.i for c in thing.children if _setting(c) for t in c.subtree}
    for token in sorted(thing.subtree, key=lambda t: t.i):
        if token.i > thing.i and (is_aside(token) or token.lower_ in {"following", "amid", "amidst", "despite"}):
            break
        if token.i not in dropped:
            out.append(token)
    return out


def is_aside(token: Token) -> bool:
    """Tell whether a relative clause behind a comma begins."""
    return token.tag_ in {"WDT", "WP"} and token.i > 0 and token.nbor(-1).text == ","


def _setting(prep: Token) -> bool:
    thing = child(prep, "pobj")
    if prep.dep_ != "prep" or thing is None:
        return False
    return thing.ent_type_ in {"DATE", "TIME"} or (prep.lower_ in {"at", "in", "on", "during"} and thing.lemma_.lower() in OCCASIONS)


def trimmed(tokens: Iterable[Token], verb: Token) -> list[Token]:
    """Cut a content behind the cue where something else begins, and drop "that" and marks at its start."""
    kept = sorted(tokens, key=lambda t: t.i)
    for place, token in enumerate(kept):
        if place and _elsewhere(token, kept[0]):
            kept = kept[:place]
            break
    while kept and kept[0].text.lower() in LINKS and kept[0].dep_ not in {"det", "nsubj", "nsubjpass"}:
        kept.pop(0)
    while kept and (kept[-1].text in {",", ";", ":", "—", "–", "-"} or kept[-1].is_space or kept[-1].lower_ in {"and", "but", "while"}):
        kept.pop()
    return [t for t in kept if t.i > verb.i]


def _elsewhere(token: Token, first: Token) -> bool:
    """Tell whether a token begins something that the source does not say."""
    before = token.nbor(-1) if token.i else token
    if token.text == ";" or reports_next(token):
        return True
    if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        return True
    if before.text not in {",", "”", '"', "''", "—", "–"}:
        return False
    if token.lower_ in {"a", "an", "the"} and before.text == "," and token.i + 1 < len(token.doc) and token.nbor(1).lemma_ in CLAIMS:
        return True
    lead = next((t for t in token.doc[token.i : token.i + 3] if t.tag_ == "VBG"), None)
    if (
        lead is not None
        and lemma_of(lead) in FURTHER
        and lead.left_edge.i == token.i
        and lead.dep_ in {"advcl", "acl", "conj", "ccomp", "xcomp"}
    ):
        return True
    if token.tag_ == "VBG" and before.text == "," and lemma_of(token) in REMARKS and token.dep_ in {"advcl", "acl"}:
        return True
    if token.lower_ in {"while", "whereas"}:
        return any(lemma_of(t) in FURTHER for t in token.head.subtree if t.i > token.i and t.i > first.i) or token.head.tag_ == "VBG"
    return False


def reports_next(token: Token) -> bool:
    """Tell whether ", and" opens a clause that has its own speaker and cue ("…, and a neighbour said …")."""
    if token.dep_ != "cc" or token.i == 0 or token.nbor(-1).text != ",":
        return False
    clause = next((c for c in token.head.children if c.dep_ == "conj" and c.i > token.i), None)
    return clause is not None and lemma_of(clause) in FURTHER and own_subject(clause) is not None


def stretches(tokens: list[Token]) -> tuple[Span, ...]:
    """Return the characters of tokens as spans, one for each unbroken run; punctuation and space alone do not break a run."""
    if not tokens:
        return ()
    ordered = sorted(tokens, key=lambda t: t.i)
    runs = [[ordered[0]]]
    for token in ordered[1:]:
        gap = token.doc[runs[-1][-1].i + 1 : token.i]
        if all(t.is_punct or t.is_space or t.is_quote for t in gap):
            runs[-1].append(token)
        else:
            runs.append([token])
    out = []
    for run in runs:
        while run and (run[-1].text in {",", ";", ":", ".", "—", "–", "-"} or run[-1].is_space):
            run.pop()
        while run and (run[0].text in {",", ";", ":", ".", "—", "–", "-"} or run[0].is_space):
            run.pop(0)
        if run:
            out.append(Span(run[0].idx, run[-1].idx + len(run[-1])))
    return tuple(out)
