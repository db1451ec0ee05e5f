"""Attribution without a verb: "according to X", "reportedly", claims as nouns.

Each function yields an `Attributed`: what is said, by whom, and the words that say so. Known limits: the clause of "according to" is
the one that the parser hangs it on, or the sentence where it opens one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.attribution.cues import Use, lemma_of
from onrecord.attribution.extents import FURTHER, REMARKS, reports_next, stretches
from onrecord.attribution.sources import is_person, plausible
from onrecord.grammar import SUBJECTS, VERBAL, child, children, own_subject, prepositional, subject
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


CLOSE = 4  # characters from the end of a source to the quotation that it introduces: ", “"


class Attributed(NamedTuple):
    """A statement found without a verb: the source's head token (None: hidden), the cue, the content, the rule."""

    source: Token | None
    cue: Span | None
    content: tuple[Span, ...]
    rule: str


# ---- according to ---------------------------------------------------------------------------------------------------


def according(annotations: Annotations, use: Use) -> Attributed | None:
    """Read "according to X, …": the clause that the phrase hangs on, without the phrase."""
    last = use.words[-1]
    if "reports" in use.cue.frames and use.token.dep_ == "agent":
        return None
    if "reports" in use.cue.frames:
        return _clause_of(annotations, use, None, {t.i for t in use.words})
    source = child(last, "pobj") or child(use.token, "pobj")
    if source is None or not plausible(source) or (use.cue.id == "cue.per" and not _sets_off(annotations, use, source)):
        return None
    own = {t.i for t in use.words} | {t.i for t in source.subtree}
    behind = next(
        (q.spans[0] for q in annotations.quotations if q.depth == 0 and 0 < q.spans[0].start - source.idx - len(source) <= CLOSE), None
    )
    if behind is not None and use.cue.id == "cue.in-the-words-of":
        return Attributed(source, _chars(use.words), (behind,), use.cue.id)
    return _clause_of(annotations, use, source, own)


def _sets_off(annotations: Annotations, use: Use, source: Token) -> bool:
    """Tell whether "per" cites here: it opens its sentence or stands behind a comma, and a determiner or a name follows."""
    sentence = annotations.sentence_at(use.token.idx)
    first = sentence is not None and sentence.start == use.token.i
    behind = use.token.i > 0 and use.token.nbor(-1).text == ","
    return (first or behind) and (source.pos_ == "PROPN" or any(c.dep_ in {"det", "poss"} for c in source.children))


def _clause_of(annotations: Annotations, use: Use, source: Token | None, own: set[int]) -> Attributed | None:
    sentence = annotations.sentence_at(use.token.idx)
    if sentence is None:
        return None
    tokens = [t for t in annotations.tokens(sentence) if not t.is_space]
    if tokens[0].i in own or (tokens[0].lower_ in {"but", "and", "however", "yet"} and tokens[1].i in own):
        kept = _until(tokens, own)
    else:
        kept = [t for t in _host(use.token, own, tokens) if t.i not in own]
    while kept and (kept[0].is_punct or kept[0].is_quote or kept[0].lower_ in {"but", "and"}):
        kept.pop(0)
    spans = stretches([t for t in kept if t.i not in own])
    if not spans or sum(s.end - s.start for s in spans) < 6:
        return None
    return Attributed(source, _chars(use.words), spans, use.cue.id)


def _until(tokens: list[Token], own: set[int]) -> list[Token]:
    """Return a sentence's tokens behind the opening phrase, up to a semicolon."""
    rest = [t for t in tokens if t.i not in own and t.i > min(own)]
    stop = next((n for n, t in enumerate(rest) if n and (t.text == ";" or reports_next(t))), len(rest))
    return rest[:stop]


def _host(token: Token, own: set[int], tokens: list[Token]) -> list[Token]:
    """Return the tokens of the clause that a phrase hangs on: up to the phrase where the clause is complete there, else all of it."""
    first = tokens[0].i
    head = token.head
    while head.head.i != head.i and not (head.pos_ in VERBAL and own_subject(head) is not None):
        head = head.head
    tight = token.i > 0 and token.nbor(-1).text != ","
    while head.dep_ in {"ccomp", "advcl", "relcl", "acl", "xcomp"} and head.head.i >= first and head.head.i != head.i:
        if tight and head.dep_ == "relcl" and token.head.i == head.i:
            break
        head = head.head
        while head.pos_ not in VERBAL and head.head.i != head.i:
            head = head.head
    kept = [t for t in head.subtree if t.i >= first]
    start = max((t.i for t in tokens if t.text == ";" and t.i < min(own)), default=-1)
    kept = [t for t in kept if t.i > start]
    if head.i < min(own):
        kept = [t for t in kept if t.i < min(own)]
    return kept


def _chars(words: tuple[Token, ...]) -> Span:
    return Span(words[0].idx, words[-1].idx + len(words[-1]))


# ---- reportedly -----------------------------------------------------------------------------------------------------


def adverb(annotations: Annotations, use: Use) -> Attributed | None:
    """Read "reportedly": the predicate behind it, or the sentence that it opens."""
    word = use.token
    sentence = annotations.sentence_at(word.idx)
    if sentence is None:
        return None
    opening = [t for t in annotations.tokens(sentence) if t.i > word.i and not t.is_space]
    kept = opening if word.i == sentence.start else _predicated(word)
    stop = next(
        (n for n, t in enumerate(kept) if n and (t.text in {";", "—"} or reports_next(t) or (word.i != sentence.start and _anew(t)))),
        len(kept),
    )
    kept = kept[:stop]
    while kept and kept[0].is_punct:
        kept.pop(0)
    while kept and kept[-1].is_punct:
        kept.pop()
    if not kept or not [t for t in kept if t.is_alpha or t.like_num]:
        return None
    return Attributed(None, _chars(use.words), (Span(kept[0].idx, kept[-1].idx + len(kept[-1])),), use.cue.id)


def _anew(token: Token) -> bool:
    """Tell whether ", and" opens a clause with a subject of its own."""
    clause = next((c for c in token.head.children if c.dep_ == "conj" and c.i > token.i), None)
    return token.dep_ == "cc" and token.nbor(-1).text == "," and clause is not None and own_subject(clause) is not None


def _predicated(word: Token) -> list[Token]:
    """Return what an adverb within its clause speaks of: the verb behind it and what the verb governs, or the word it modifies."""
    head = word.head
    behind = word.nbor(1) if word.i + 1 < len(word.doc) else word
    if head.dep_ == "amod" and head.i > word.i:
        return list(word.doc[word.i + 1 : head.i + 1])
    if behind.pos_ in VERBAL and head.pos_ not in VERBAL:
        head = behind.head if behind.dep_ in {"aux", "auxpass"} else behind
    asides = {
        t.i
        for c in head.children
        if c.dep_ == "advcl" and c.tag_ == "VBG" and c.i > head.i and c.left_edge.nbor(-1).text == "," and lemma_of(c) in FURTHER | REMARKS
        for t in c.subtree
    }
    kept = [t for t in head.subtree if t.i > word.i and t.i not in asides and not (head.pos_ in VERBAL and _subject_of(t, head))]
    if len(kept) < 3 and head.pos_ not in VERBAL:
        kept = [t for t in head.head.subtree if t.i > word.i]
    return kept


def _subject_of(token: Token, head: Token) -> bool:
    while token.i != head.i:
        if token.head.i == head.i:
            return token.dep_ in SUBJECTS and token.i < head.i
        token = token.head
    return False


# ---- nouns ----------------------------------------------------------------------------------------------------------


def noun(use: Use) -> Attributed | None:
    """Read "the claim that …", "demands for …", "Haber's allegations of fraud": what depends on the noun, by its possessor."""
    word = use.token
    if any(c.lower_ in {"any", "no"} and c.dep_ == "det" for c in word.children):
        return None
    content = _dependent(use)
    if not content or content[0].lemma_ in {"comment", "interview"}:
        return None
    source = child(word, "poss") or prepositional(word, "by", "from", "among") or _maker(word) or _floated(word)
    if source is not None and not plausible(source):
        source = None
    if source is None and (use.cue.stance == "asks" or "to" in use.cue.frames):
        return None  # whose wish it is the text does not say here: of nine such, two were statements
    own = {t.i for t in source.subtree} | {source.head.i} if source is not None and source.dep_ == "pobj" else set()
    spans = stretches([t for t in content if t.i not in own])
    return Attributed(source, _chars(use.words), spans, use.cue.id) if spans else None


AIRED = frozenset(
    {"raise", "voice", "express", "make", "emerge", "surface", "circulate", "spread", "appear", "grow", "mount", "follow", "come"}
)


def _that(clause: Token) -> bool:
    mark = child(clause, "mark")
    return mark is not None and mark.lower_ == "that"


def _maker(word: Token) -> Token | None:
    """Return who makes a request or claim ("his sister made requests for", "the request of Mr Lind to")."""
    verb = word.head
    if word.dep_ == "dobj" and verb.lemma_ in {"make", "issue", "file", "send", "voice", "repeat", "renew", "raise"}:
        return subject(verb)
    of = prepositional(word, "of")
    return of if of is not None and of.ent_type_ in {"PERSON", "ORG"} else None


def _floated(word: Token) -> Token | None:
    """Return who puts a claim about in a participle ("one theory, floated by an official, is that …")."""
    for clause in children(word, "acl"):
        by = child(clause, "agent")
        if by is not None and clause.tag_ == "VBN":
            return child(by, "pobj")
    return None


def _dependent(use: Use) -> list[Token]:
    word = use.token
    frames = use.cue.frames
    if word.dep_ == "nsubj" and word.head.lemma_ == "be" and "that" in frames:
        clause = next((c for c in word.head.children if c.dep_ == "ccomp" and c.i > word.head.i and child(c, "mark") is not None), None)
        if clause is not None:
            return [t for t in clause.subtree if t.lower_ != "that" or t.dep_ != "mark"]
    if word.dep_ in {"nsubj", "nsubjpass"} and "that" in frames and word.head.i > word.i and lemma_of(word.head) in AIRED:
        clauses = [c for c in word.head.children if c.dep_ in {"ccomp", "advcl"} and c.i > word.head.i]
        clause = next((c for c in clauses if _that(c) or (c.dep_ == "ccomp" and own_subject(c) is not None)), None)
        if clause is not None:
            return [t for t in clause.subtree if t.lower_ != "that" or t.dep_ != "mark"]
    if word.dep_ == "nsubj" and word.head.lemma_ in {"include", "be"} and use.cue.stance == "asks" and child(word, "poss") is not None:
        return [t for c in word.head.children if c.dep_ in {"dobj", "attr", "ccomp", "xcomp"} and c.i > word.head.i for t in c.subtree]
    for c in word.children:
        if c.i < word.i:
            continue
        if "that" in frames and c.dep_ in {"acl", "ccomp", "relcl"} and c.pos_ in VERBAL:
            mark = next((x for x in c.subtree if x.lower_ == "that" and x.i == word.i + 1), None)
            whole = mark is not None and (
                mark.dep_ == "mark"
                or (mark.dep_ == "det" and mark.head.tag_ in {"NNS", "NNPS"})
                or len([x for x in c.children if x.dep_ in {"nsubj", "nsubjpass", "dobj"}]) > 1
            )
            bare = (
                mark is None and own_subject(c) is not None and c.dep_ in {"acl", "ccomp"} and c.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VB"}
            )
            if whole or bare:
                return [t for t in c.subtree if mark is None or t.i > mark.i]
        if "to" in frames and c.dep_ in {"acl", "relcl", "xcomp"} and any(x.dep_ == "aux" and x.lower_ == "to" for x in c.children):
            to = next(x for x in c.children if x.dep_ == "aux" and x.lower_ == "to")
            return [t for t in c.subtree if t.i > to.i]
        thing = child(c, "pobj", "pcomp")
        maker = thing is not None and word.lemma_ == "report" and c.lower_ == "of" and (thing.ent_type_ == "PERSON" or is_person(thing))
        if c.dep_ == "prep" and "+" + c.lower_ in frames and thing is not None and not maker:
            return [t for t in c.subtree if t.i > c.i]
    return []
