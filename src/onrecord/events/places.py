"""Where an event took place: the place that its own words name, else that of its sentence or of the page.

The words of the event come first ("the attack *in Kabul*", "met *in Geneva*", "the city of Omsk"), then another place in the sentence, then
the place that the page is about: its dateline, or the one place named in its title. All but the first are marked inferred. A place is the
name that the text gives; country, point and precision are the gazetteer's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord import gazetteer
from onrecord.annotations import Annotations, Sentence
from onrecord.grammar import VERBAL, child
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LOCATIVE = frozenset({"in", "at", "near", "outside", "on", "inside", "across", "around", "off", "along", "into", "throughout", "within"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
DEGREES = ("own", "clause", "sentence", "page")


class Where(NamedTuple):
    """A place as the text names it, and how near to the event's own words it stands (see DEGREES)."""

    name: str
    span: Span
    degree: str


def place_of(annotations: Annotations, token: Token) -> Where | None:
    """Return the place that an event's own words name, or its clause's; None where neither names one."""
    return next(_own(annotations, token), None) or next(_clause(annotations, token), None)


def _own(annotations: Annotations, token: Token) -> Iterator[Where]:
    for noun in _locatives(token):
        found = _place_at(annotations, noun)
        if found is not None:
            yield Where(found.of(annotations.text), found, "own")


def _clause(annotations: Annotations, token: Token) -> Iterator[Where]:
    """Places of the verb above a noun, of the verb that a participle or infinitive hangs on, of coordinated verbs."""
    here = token
    for _ in range(3):
        if here.head.i == here.i or here.dep_ in {"ccomp", "advcl", "pcomp", "relcl"}:
            return
        here = here.head
        if here.pos_ in VERBAL:
            for noun in _locatives(here):
                found = _place_at(annotations, noun)
                if found is not None:
                    yield Where(found.of(annotations.text), found, "clause")


def _locatives(token: Token) -> Iterator[Token]:
    """Yield the nouns behind a preposition of place that hangs on the token, or on its object where that names no side of it."""
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in LOCATIVE:
            noun = child(prep, "pobj")
            if noun is not None:
                yield noun
                yield from _deeper(noun)
    for held in token.children:
        if held.dep_ in {"dobj", "attr", "nsubjpass", "prep"} and (held.i > token.i or held.dep_ == "nsubjpass"):
            for prep in held.children:
                if prep.dep_ == "prep" and prep.lower_ in {"in", "at", "near", "outside", "inside"}:
                    noun = child(prep, "pobj")
                    if noun is not None:
                        yield noun


def _deeper(noun: Token) -> Iterator[Token]:
    """Yield the place that a place is in: "at a mosque *in Kabul*", "the city *of Omsk*"."""
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ in {"in", "of", "near"}:
            inner = child(prep, "pobj")
            if inner is not None:
                yield inner
                yield from _deeper(inner)


def _place_at(annotations: Annotations, noun: Token) -> Span | None:
    """Return the characters of the place that a noun heads, or None where it is no place."""
    if noun.pos_ != "PROPN" and noun.ent_type_ not in PLACE_LABELS:
        return None
    for ent in noun.sent.ents:
        if ent.start <= noun.i < ent.end and ent.label_ in PLACE_LABELS:
            return _trimmed(annotations, Span(ent.start_char, ent.end_char))
    name = _name(noun)
    span = Span(name[0].idx, name[-1].idx + len(name[-1]))
    if gazetteer.place(span.of(annotations.text)) is not None:
        return span
    return None


def _trimmed(annotations: Annotations, span: Span) -> Span:
    """Drop an article and a possessive mark from the ends of a name."""
    text = span.of(annotations.text)
    start = span.start + len(text) - len(re.sub(r"^[Tt]he\s+", "", text))
    return Span(start, span.end - (2 if text.endswith(("'s", "’s")) else 0))


def _name(noun: Token) -> list[Token]:
    first = noun.i
    doc = noun.doc
    while first > 0 and doc[first - 1].head.i == noun.i and doc[first - 1].dep_ == "compound":
        first -= 1
    return list(doc[first : noun.i + 1])


def _places_in(annotations: Annotations, sentence: Sentence) -> list[Span]:
    """Return the places that a sentence names behind a preposition of place, those that are actors in it left out."""
    out = []
    for token in annotations.tokens(sentence):
        if token.dep_ == "pobj" and token.head.lower_ in LOCATIVE:
            found = _place_at(annotations, token)
            if found is not None:
                out.append(found)
    return out


def sentence_place(annotations: Annotations, sentence: Sentence) -> Where | None:
    """Return the place of a sentence that names exactly one."""
    found = _places_in(annotations, sentence)
    names = {span.of(annotations.text) for span in found}
    return Where(found[0].of(annotations.text), found[0], "sentence") if len(names) == 1 else None


def page_place(annotations: Annotations) -> Where | None:
    """Return the place that a page is about: its dateline, or the place that its title and lead name, where there is one."""
    if annotations.document.dateline is not None:
        return Where(annotations.document.dateline.place, annotations.document.dateline.span, "page")
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for sentence in annotations.sentences:
        for span in _places_in(annotations, sentence):
            name = span.of(annotations.text)
            counts[name] += 3 if sentence.role == "title" or sentence.number < 3 else 1
            first.setdefault(name, span)
    if not counts:
        return None
    (best, score), *rest = counts.most_common(2)
    if score < 4 or (rest and rest[0][1] * 2 > score):
        return None
    return Where(best, first[best], "page")


@lru_cache(maxsize=4096)
def _located(name: str, countries: tuple[str, ...]) -> gazetteer.Place | None:
    return gazetteer.place(name, countries)


def located(name: str, countries: Sequence[str]) -> gazetteer.Place | None:
    """Return the gazetteer's place of a name, the page's countries first."""
    return _located(name, tuple(countries))


def countries_of(annotations: Annotations) -> tuple[str, ...]:
    """Return the countries that the page's actors belong to, the most mentioned first."""
    counts: Counter[str] = Counter()
    for actor in annotations.actors:
        if actor.country and len(actor.country) == 3:
            counts[actor.country] += len(actor.mentions)
    return tuple(country for country, _ in counts.most_common())


def nearest(found: Iterable[Where]) -> Where | None:
    """Return the place that stands nearest to the words of its event."""
    return min(found, key=lambda where: DEGREES.index(where.degree), default=None)
