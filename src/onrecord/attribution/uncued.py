"""Quotations without a verb of saying: behind a noun ("Her answer: “No.”"), "in X's words", "… was his only reply", whole sentences.

A noun of speech with its owner introduces the quotation that stands behind its colon or its "was". A quotation that is a sentence of its
own, with no cue beside it, is said by whom the sentence before is about, where that is a person or a body that speaks: the source is
inferred.

Known limits: "the message was clear: …" without an owner has no source and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from onrecord.annotations import Annotations
from onrecord.attribution.quoted import Part, parts
from onrecord.attribution.sources import is_document, plausible
from onrecord.attribution.vocabulary import vocabulary
from onrecord.grammar import VERBAL, child, children, own_subject, prepositional, relative
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEECH = vocabulary("speech")
ORPHAN = 4  # words from which a whole quoted sentence without a cue is speech
BACK = 25  # tokens before a quotation among which its noun of speech is looked for


class Uncued(NamedTuple):
    """A quotation, who says it, the noun or word that says so (None: only the marks do), the rule."""

    part: Part
    source: Token
    word: Token | None
    rule: str


def uncued(annotations: Annotations, taken: frozenset[Span]) -> Iterator[Uncued]:
    """Yield the quotations that no cue has taken and that something else attributes."""
    for part in parts(annotations):
        if part.span in taken:
            continue
        found = _noun_before(annotations, part) or _noun_behind(annotations, part) or _orphan(annotations, part)
        if found is not None and plausible(found.source):
            yield found


def _noun_before(annotations: Annotations, part: Part) -> Uncued | None:
    """Read "His answer was short: “…”", "Her message to voters? “…”", "In his words, “…”", "the deal was, in his words, “…”"."""
    text, doc = annotations.text, annotations.doc
    mark = text[: part.span.start].rstrip("\"“”'‘’`«» ")[-1:]
    start = max(text.rfind("\n", 0, part.span.start) + 1, 0)
    before = [
        t
        for t in doc[max(part.first - BACK, 0) : part.first]
        if t.idx >= start and not t.is_quote and annotations.quotation_at(t.idx) is None
    ]
    for token in reversed(before):
        if token.text in {".", ";"} and token.i < part.first - 2:
            break
        if token.tag_ not in {"NN", "NNS"} or token.lemma_.lower() not in SPEECH:
            continue
        owner = _owner(token)
        if owner is None:
            return None
        if token.lemma_ == "word" and child(token, "poss") is None:
            return None  # "in the words of": a cue of the lexicon
        if token.lemma_ == "word":
            return Uncued(part, owner, token, "frame.words") if token.head.lower_ == "in" else None
        between = [t for t in before if t.i > token.i]
        stated = mark in {":", "?"} or (between and between[-1].lemma_ == "be") or (mark == "," and between and between[0].text == ",")
        return (
            Uncued(part, owner, token, "frame.noun")
            if stated and not any(t.tag_ in {"VBD", "VBZ"} and t.lemma_ != "be" for t in between)
            else None
        )
    return None


def _owner(noun: Token) -> Token | None:
    """Return whose answer, message or words they are."""
    return child(noun, "poss") or prepositional(noun, "of", "from", "by")


def _noun_behind(annotations: Annotations, part: Part) -> Uncued | None:
    """Read "“…” was his only response", "“…” was how the director put it", "“…” was all he would say"."""
    doc = annotations.doc
    tail = [t for t in doc[part.last + 1 : part.last + 14] if not t.is_quote and not t.is_space and t.idx >= part.span.end]
    tail = tail[1:] if tail and tail[0].text == "," else tail
    if len(tail) < 3 or tail[0].lemma_ not in {"be", "come"} or tail[0].tag_ not in {"VBD", "VBZ"}:
        return None
    if tail[1].lower_ in {"how", "all", "what"}:
        verb = next((t for t in tail[2:] if t.pos_ == "VERB"), None)
        who = own_subject(verb) if verb is not None else None
        return Uncued(part, relative(who), verb, "frame.noun") if who is not None and verb is not None else None
    noun = next((t for t in tail[1:8] if t.tag_ in {"NN", "NNS"} and t.lemma_.lower() in SPEECH), None)
    owner = _owner(noun) if noun is not None else None
    return Uncued(part, owner, noun, "frame.noun") if owner is not None and noun is not None else None


def _orphan(annotations: Annotations, part: Part) -> Uncued | None:
    """Read a quoted sentence of its own behind a sentence about somebody ("Mr Sanders was blunt. “The system is rigged.”")."""
    text = annotations.text
    words = part.span.of(text)
    before = text[: part.span.start].rstrip("\"“”'‘’`«» \n\u00a0")
    behind = text[part.span.end :].lstrip("\"”’»'")
    whole = words[:1].isupper() and words[-1:] in ".!?…" and before[-1:] in ".!?:" and not behind[:2].strip(" ,;—–").islower()
    if part.kind != "speech" or len(words.split()) < ORPHAN or not whole or not before:
        return None
    sentence = annotations.sentence_at(len(before) - 1)
    if sentence is None or sentence.role != "body" or annotations.quotation_at(len(before) - 1) is not None:
        return None
    root = next((t for t in annotations.tokens(sentence) if t.head.i == t.i), None)
    who = own_subject(root) if root is not None and root.pos_ in VERBAL else None
    if who is None or annotations.quotation_at(who.idx) is not None:
        return None
    actor = annotations.actor_at(who)
    person = who.ent_type_ == "PERSON" or (actor is not None and actor.kind == "person") or who.lower_ in {"he", "she"}
    spoke = bool(vocabulary("spoke") & {t.lemma_.lower() for t in annotations.tokens(sentence)}) or before[-1:] == ":"
    if not person and not (spoke and (actor is not None or is_document(who))):
        return None
    return Uncued(part, who, None, "frame.before") if spoke or not children(root or who, "dobj") else None
