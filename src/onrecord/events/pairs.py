"""One sentence and two of its names, to the PLOVER type of what the first does to the second, as the manual codes it.

Every trigger of the sentence is a candidate, with the roles that its frame fills; the one that joins source and target best is
taken, of equals the one that governs the others ("urged X to withdraw" is a request). Then the manual's modalities are applied to
what it is embedded in: a cooperative act promised is AGREE, a conflictual one THREATEN; cooperation stopped is SANCTION, conflict
stopped RETREAT or CONCEDE; what is refused is REJECT. Where records follow our guidelines and the manual differs (a signed agreement is
SUPPORT, an invitation AGREE, an arrest warrant THREATEN), MANUAL says so.

Unlike records this function is asked of a sentence of which it is known that something happens in it: a trigger that lacks an argument is
better than none. None where the sentence has no trigger at all, or neither name stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.codebooks import Modality, derived, plover
from onrecord.events.frames import Match, examine, possible
from onrecord.grammar import VERBAL, above, auxiliaries, children, negator
from onrecord.lexicons import Lexicon
from onrecord.modality import status

if TYPE_CHECKING:
    from spacy.tokens import Token

MANUAL = {
    "trigger.agree.conclude": "SUPPORT",
    "trigger.agree.ratify": "SUPPORT",
    "trigger.agree.signing": "SUPPORT",
    "trigger.request.invite": "AGREE",
    "trigger.request.invitation": "AGREE",
    "trigger.support.willing": "AGREE",
    "trigger.coerce.warrant": "THREATEN",
}
"""Entries whose type the manual codes otherwise than our guidelines."""
AGREED = frozenset({"reach", "strike", "seal", "cut", "hammer", "work", "enter", "forge", "clinch", "broker", "negotiate", "secure"})
"""Verbs of `trigger.agree.conclude` that say that sides agree, not that they sign."""
PROMISES = frozenset(
    {
        "promise",
        "pledge",
        "vow",
        "offer",
        "agree",
        "plan",
        "intend",
        "decide",
        "prepare",
        "commit",
        "undertake",
        "propose",
        "ready",
        "willing",
        "swear",
        "consent",
        "announce",
        "expect",
        "want",
        "hope",
        "set",
        "going",
        "due",
        "schedule",
        "accept",
        "volunteer",
        "aim",
        "hint",
        "contemplate",
        "mull",
        "consider",
        "assure",
        "poise",
        "readiness",
        "willingness",
        "intention",
        "decision",
    }
)
REFUSALS = frozenset({"refuse", "decline", "reject", "refusal", "oppose", "unwilling", "rule"})
STOPS = frozenset(
    {
        "stop",
        "cease",
        "halt",
        "end",
        "suspend",
        "discontinue",
        "quit",
        "freeze",
        "abandon",
        "break",
        "reduce",
        "cut",
        "scale",
        "curtail",
        "stoppage",
        "interrupt",
        "halve",
        "slash",
        "trim",
        "curb",
        "pause",
        "withhold",
        "scrap",
        "limit",
    }
)
"""Governing words that change what their complement is coded as."""
SPEECH = frozenset({"say", "tell", "announce", "declare", "state", "add", "report", "warn", "note", "write"})


PENALTY = 1
"""What a trigger whose frame is broken is worth less: set on the open pairs."""


class Candidate(NamedTuple):
    """A trigger with what speaks for it: how well it joins the two names, whether its frame holds, how high it stands."""

    match: Match
    joins: int
    holds: bool
    depth: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Candidates in order: joining, with their frame, highest, first."""
        return (self.joins - (0 if self.holds else PENALTY), int(self.holds), -self.depth, -self.match.token.i)


def pair_type(annotations: Annotations, lexicon: Lexicon, source: str, target: str) -> str | None:
    """Return the type of what `source` does to `target` in a text of one sentence, or None where nothing names it."""
    text = annotations.text
    first, second = _tokens(annotations, source), _tokens(annotations, target)
    if not first or not second or not text:
        return None
    candidates = list(_candidates(annotations, lexicon, first, second))
    best = max(candidates, key=lambda c: c.rank, default=None)
    if best is None:
        return None
    over = _governing(candidates, best, first)
    if over is not best and over.match.entry.type == "AGREE":
        return derived(_manual(best.match), "promised")
    return _coded(annotations, over.match)


GOVERNED = frozenset({"xcomp", "ccomp", "pcomp", "acl", "dobj", "pobj", "prep", "advcl"})


def _governing(candidates: Iterable[Candidate], best: Candidate, source: frozenset[int]) -> Candidate:
    """Return the highest trigger of the source's that the best one stands under: "*threatened* to expel", "*urged* X to withdraw"."""
    over = {c.match.token.i: c for c in candidates if c.holds and set(_reach(c.match.actors)) & source}
    here = best.match.token
    while here.head.i != here.i and here.dep_ in GOVERNED:
        here = here.head
        if here.i in over and not any(child.dep_ == "mark" and child.lower_ != "that" for child in best.match.token.children):
            best = over[here.i]
    return best


def _tokens(annotations: Annotations, name: str) -> frozenset[int]:
    """Return the indexes of the words of every occurrence of a name."""
    found: set[int] = set()
    at = annotations.text.find(name)
    while name and at >= 0:
        found.update(t.i for t in annotations.doc if at <= t.idx < at + len(name))
        at = annotations.text.find(name, at + 1)
    return frozenset(found)


def _candidates(annotations: Annotations, lexicon: Lexicon, source: frozenset[int], target: frozenset[int]) -> Iterator[Candidate]:
    for sentence in annotations.sentences:
        if sentence.role == "title":
            continue
        for token in annotations.tokens(sentence):
            match, _ = examine(annotations, lexicon, token)
            holds = match is not None and not match.weak
            match = match or possible(annotations, lexicon, token)
            if match is not None:
                yield Candidate(match, _joins(match, source, target), holds, sum(1 for _ in above(token)))


def _joins(match: Match, source: frozenset[int], target: frozenset[int]) -> int:
    """Return how well a match joins source and target: 2 for each side in its own role, 1 for a side in the other's."""
    actors = set(_reach(match.actors))
    recipients = set(_reach(t for group in match.recipients for t in group))
    if match.entry.mutual:
        recipients |= actors
    score = 2 if actors & source else (1 if recipients & source else 0)
    return score + (2 if recipients & target else (1 if actors & target else 0))


def _reach(tokens: Iterable[Token]) -> Iterator[int]:
    """Yield the words of the noun phrases, relative clauses left out."""
    for token in tokens:
        yield token.i
        for c in token.children:
            if c.dep_ not in {"relcl", "acl", "advcl", "punct", "conj", "cc", "appos"}:
                yield from (t.i for t in c.subtree)
            elif c.dep_ == "appos":
                yield c.i


# ---- the manual's modalities ---------------------------------------------------------------------------------------------


def _coded(annotations: Annotations, match: Match) -> str:
    """Return the type of a match under what it is embedded in."""
    kind = _manual(match)
    for modality in _modalities(annotations, match):
        kind = derived(kind, modality)
    return kind


def _manual(match: Match) -> str:
    if match.entry.id == "trigger.agree.conclude" and match.token.lemma_.lower() in AGREED:
        return "AGREE"
    return MANUAL.get(match.entry.id, match.entry.type)


def _modalities(annotations: Annotations, match: Match) -> Iterator[Modality]:
    """Yield what changes a match's type: the words that govern it, the nearest first; else its own tense and negation."""
    token = match.token
    governed = False
    here = token
    for head in above(token):
        if (
            here.dep_ not in {"xcomp", "ccomp", "pcomp", "acl", "dobj", "pobj", "prep", "nsubjpass", "advcl", "conj", "oprd"}
            or here.dep_ == "conj"
        ):
            break
        lemma = head.lemma_.lower()
        if lemma in SPEECH and here.dep_ == "ccomp":
            break
        modality = _of_governor(head, here, lemma)
        if modality is not None:
            governed = True
            yield modality
            break
        here = head
    if governed:
        return
    state, _ = status(annotations, token)
    cooperative = plover().types[_manual(match)].cooperative
    if state == "negated" or _denied(token):
        if cooperative:
            yield "refused"
    elif state == "planned" or any(_future(word, announced=not cooperative) for word in (token, match.light) if word is not None):
        yield "promised"


def _of_governor(head: Token, below: Token, lemma: str) -> Modality | None:
    clausal = below.dep_ in {"xcomp", "ccomp", "acl", "pcomp", "prep", "advcl"}
    if lemma in REFUSALS and (lemma != "rule" or any(c.lower_ == "out" for c in head.children)):
        return "refused"
    if lemma in STOPS and (below.dep_ in {"xcomp", "dobj", "nsubjpass"}):
        return "stopped"
    if lemma in PROMISES and clausal:
        return "refused" if negator(head) is not None else "promised"
    return None


def _future(token: Token, *, announced: bool) -> bool:
    """Tell whether an act is to come; `announced`: "said it would attack" announces it, whatever it depends on."""
    verb = token if token.pos_ in VERBAL else token.head
    words = {a.lower_ for a in auxiliaries(verb)}
    if words & {"will", "'ll", "’ll", "shall", "wo"}:
        return True
    if announced and "would" in words and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in SPEECH:
        return True
    return "to" in words and verb.dep_ == "xcomp" and verb.head.lemma_ == "be"


def _denied(token: Token) -> bool:
    """Tell whether a verb's object or the noun itself is denied: "would accept *no* rice", "there will be *no* apology"."""
    nouns = [token, *children(token, "dobj", "attr")]
    return any(c.lower_ == "no" for noun in nouns for c in noun.children if c.dep_ == "det")
