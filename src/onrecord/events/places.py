"""Where an event took place: the place that its own words name, else that of its sentence or of the page.

The words of the event come first ("the attack *in Kabul*", "met *in Geneva*", "withdrew *from Syria*", "a visit *to Warsaw*"); then the
only place that its sentence names; then the place that the page is about: its dateline, or the one place within a country that its
title, its lead and its body name most. All but the first are marked inferred. A place is the name that the text gives; country, point
and precision are the gazetteer's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord import gazetteer
from onrecord.annotations import Annotations, Sentence
from onrecord.events.frames import Match
from onrecord.grammar import VERBAL, child, conjuncts
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LOCATIVE = frozenset({"in", "at", "near", "outside", "on", "inside", "across", "around", "off", "along", "into", "throughout", "within"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
SITES = frozenset(
    {
        "mosque",
        "church",
        "cathedral",
        "temple",
        "synagogue",
        "hall",
        "square",
        "street",
        "avenue",
        "road",
        "bridge",
        "court",
        "airport",
        "park",
        "station",
    }
    | {
        "prison",
        "jail",
        "hospital",
        "university",
        "college",
        "school",
        "stadium",
        "market",
        "hotel",
        "island",
        "islands",
        "sea",
        "river",
        "valley",
        "bay",
    }
    | {
        "camp",
        "base",
        "district",
        "county",
        "plaza",
        "gardens",
        "palace",
        "house",
        "embassy",
        "consulate",
        "headquarters",
        "mall",
        "port",
        "strait",
        "gulf",
    }
)
"""Last words of names that are places wherever they stand behind "in" or "at"."""
NOT_PLACES = frozenset({"PERSON", "DATE", "TIME", "MONEY", "PERCENT"})
DEGREES = ("own", "clause", "sentence", "page")
AREAS = frozenset(
    {
        "city",
        "town",
        "village",
        "state",
        "province",
        "region",
        "district",
        "capital",
        "area",
        "port",
        "island",
        "county",
        "outskirts",
        "suburb",
        "north",
    }
    | {
        "south",
        "east",
        "west",
        "centre",
        "center",
        "coast",
        "part",
        "streets",
        "street",
        "border",
        "territory",
        "republic",
        "heart",
        "edge",
        "peninsula",
    }
)
"""Nouns whose "of" names a place."""
DIRECTIONS = re.compile(r"(?:north|south|east|west|central|upper|lower)[\w-]*$", re.IGNORECASE)
TOWARDS = {
    ("CONSULT", "visit"): ("to", "in", "obj"),
    ("RETREAT", "withdraw"): ("from", "obj", "of"),
    ("RETREAT", "return"): ("to",),
    ("MOBILIZE", "troops"): ("to", "into", "obj"),
    ("ASSAULT", None): ("of", "into", "obj", "on"),
    ("ASSAULT", "explosives"): ("of", "obj", "on"),
    ("ASSAULT", "aerial"): ("obj", "on"),
    ("COERCE", "seize"): ("of", "obj"),
    ("AID", None): ("to",),
}
"""Acts that move or strike: the slots whose noun, where it is a place, is where they take place."""
PAGE_TITLE, PAGE_LEAD, PAGE_LEADS = 3, 2, 4
"""Weights of a name in the title and in the first sentences, and how many sentences are the lead."""
PAGE_LEAST, PAGE_AHEAD = 5, 2.0
"""A page's place must weigh so much, and so many times more than the next that it does not lie in; set on dev and train."""
PAGE_WORDS = 7
"""So much must a region weigh that words, not deeds, are placed in it."""


class Where(NamedTuple):
    """A place as the text names it, and how near to the event's own words it stands (see DEGREES)."""

    name: str
    span: Span
    degree: str
    weight: int = 0
    """Of a page's place: how much names it."""


def place_of(annotations: Annotations, match: Match) -> Where | None:
    """Return the place that an event's own words name, or its clause's; None where neither names one."""
    return next(_own(annotations, match), None) or next(_clause(annotations, match.token), None)


def _own(annotations: Annotations, match: Match) -> Iterator[Where]:
    for noun in _locatives(match.token):
        found = place_at(annotations, noun)
        if found is not None:
            yield _where(annotations, found, "own")
    if (match.entry.type, match.entry.mode) in TOWARDS:
        slots = TOWARDS[match.entry.type, match.entry.mode]
        for noun in (*_behind(match.token, slots), *(noun for group in match.recipients if "obj" in slots for noun in group)):
            found = place_at(annotations, noun)
            if found is not None and (_entered(match) or _narrow(found.of(annotations.text))):
                yield _where(annotations, found, "own")


def _entered(match: Match) -> bool:
    """Tell whether an act takes place where it goes to or leaves: of other acts a state is the victim and no place."""
    return match.entry.type in {"CONSULT", "RETREAT", "MOBILIZE"} or match.token.lemma_.lower().startswith(("inva", "incur", "offensive"))


def _narrow(name: str) -> bool:
    found = located(name, ())
    return found is None or found.precision != "country"


def _where(annotations: Annotations, span: Span, degree: str) -> Where:
    return Where(span.of(annotations.text), span, degree)


def _behind(token: Token, prepositions: Sequence[str]) -> Iterator[Token]:
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in prepositions:
            noun = child(prep, "pobj")
            if noun is not None:
                yield from conjuncts(noun)


def _clause(annotations: Annotations, token: Token) -> Iterator[Where]:
    """Places of the verb above a noun, of the verb that a participle or infinitive hangs on, of coordinated verbs."""
    here = token
    for _ in range(3):
        beside = here.dep_ == "advcl" and here.tag_ == "VBG" and child(here, "mark", "nsubj") is None
        if here.head.i == here.i or (here.dep_ in {"ccomp", "advcl", "pcomp", "relcl"} and not beside):
            return
        here = here.head
        if here.pos_ in VERBAL:
            for noun in _locatives(here):
                found = place_at(annotations, noun)
                if found is not None:
                    yield _where(annotations, found, "clause")


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
            for noun in _behind(held, ("in", "at", "near", "outside", "inside")):
                yield noun
                yield from _deeper(noun)


def _deeper(noun: Token) -> Iterator[Token]:
    """Yield the place that a place is in: "at a mosque *in Kabul*", "the city *of Omsk*"; not "the history of Spain"."""
    kind = noun.lemma_.lower()
    for inner in _behind(noun, ("in", "of", "near") if kind in AREAS else ("in", "near")):
        yield inner
        yield from _deeper(inner)


def place_at(annotations: Annotations, noun: Token) -> Span | None:
    """Return the characters of the place that a noun heads, or None where it is no place."""
    if (noun.pos_ != "PROPN" and noun.ent_type_ not in PLACE_LABELS) or noun.ent_type_ in NOT_PLACES:
        return None
    actor = annotations.actor_at(noun) if noun.lower_ not in SITES else None
    if actor is not None and actor.kind not in {"state", "unnamed", "population"} and gazetteer.place(noun.text) is None:
        return None
    first, last = _extent(noun)
    span = Span(noun.doc[first].idx, noun.doc[last].idx + len(noun.doc[last]))
    site = noun.pos_ == "PROPN" and noun.lower_ in SITES and noun.dep_ == "pobj" and noun.head.lower_ in LOCATIVE
    if site or noun.ent_type_ in PLACE_LABELS or gazetteer.place(span.of(annotations.text)) is not None:
        return span
    return None


def _extent(noun: Token) -> tuple[int, int]:
    """Return the first and last token of a name: words before it, and "of" with a name behind ("District of Columbia")."""
    first = last = noun.i
    doc = noun.doc
    for ent in doc[noun.i : noun.i + 1].sent.ents if noun.ent_type_ in PLACE_LABELS else ():
        if ent.start <= noun.i < ent.end:
            first, last = ent.start, ent.end - 1
            first += doc[first].lower_ == "the"
            last -= doc[last].tag_ == "POS" and last > first
    while (
        first > 0
        and doc[first - 1].pos_ in {"PROPN", "ADJ"}
        and ((doc[first - 1].dep_ == "compound" and doc[first - 1].head.i <= noun.i) or DIRECTIONS.match(doc[first - 1].text) is not None)
    ):
        first -= 1
    if first >= 2 and doc[first - 1].text == "-" and DIRECTIONS.match(doc[first - 2].text) is not None:
        first -= 2
    for prep in noun.children:
        inner = child(prep, "pobj") if prep.lower_ == "of" and prep.i == last + 1 else None
        if inner is not None and inner.pos_ == "PROPN" and noun.pos_ == "PROPN":
            last = inner.i
    if doc[last].text == "Washington" and last + 2 < len(doc):
        behind = next((n for n in (1, 2) if doc[last + n].text in {"DC", "D.C."}), 0)
        last += behind
    return first, last


def _names(annotations: Annotations, sentence: Sentence) -> Iterator[tuple[Token, Span]]:
    """Yield the places that a sentence names, in whatever role."""
    for token in annotations.tokens(sentence):
        if (token.ent_type_ in PLACE_LABELS and token.dep_ != "compound") or (token.pos_ == "PROPN" and token.dep_ == "pobj"):
            found = place_at(annotations, token)
            if found is not None:
                yield token, found
        elif token.ent_type_ in PLACE_LABELS and (token.head.ent_type_ not in PLACE_LABELS or token.head.i > token.i + 3):
            first, last = _extent(token)
            yield token, Span(token.doc[first].idx, token.doc[last].idx + len(token.doc[last]))


def sentence_place(annotations: Annotations, sentence: Sentence) -> Where | None:
    """Return the place of a sentence that names exactly one behind a preposition of place."""
    found = [span for token, span in _names(annotations, sentence) if token.dep_ == "pobj" and token.head.lower_ in LOCATIVE]
    names = {span.of(annotations.text) for span in found}
    return _where(annotations, found[0], "sentence") if len(names) == 1 else None


def page_place(annotations: Annotations, countries: Sequence[str]) -> Where | None:
    """Return the place that a page is about: its dateline, or the place within a country that it names most."""
    if annotations.document.dateline is not None:
        return Where(annotations.document.dateline.place, annotations.document.dateline.span, "page")
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for sentence in annotations.sentences:
        weight = PAGE_TITLE if sentence.role == "title" else PAGE_LEAD if sentence.number < PAGE_LEADS else 1
        for _, span in _names(annotations, sentence):
            name = span.of(annotations.text)
            if _within_country(name, countries):
                counts[name] += weight
                first.setdefault(name, span)
    if not counts:
        return None
    best, weight = counts.most_common(1)[0]
    rivals = [n for name, n in counts.items() if name != best and not _around(name, best, countries)]
    if weight < PAGE_LEAST or max(rivals, default=0) * PAGE_AHEAD > weight:
        return None
    return _where(annotations, first[best], "page")._replace(weight=weight)


def _around(region: str, city: str, countries: Sequence[str]) -> bool:
    """Tell whether a region may be the one that a city lies in: both are of one country."""
    outer, inner = located(region, countries), located(city, countries)
    return (
        outer is not None
        and inner is not None
        and (outer.precision, inner.precision) == ("region", "city")
        and outer.country == inner.country
    )


DEPENDENT = frozenset(
    {
        "HKG",
        "MAC",
        "PRI",
        "GUM",
        "ASM",
        "VIR",
        "MNP",
        "GRL",
        "FRO",
        "BMU",
        "CYM",
        "VGB",
        "GIB",
        "FLK",
        "REU",
        "GLP",
        "MTQ",
        "GUF",
        "NCL",
        "PYF",
        "ABW",
        "CUW",
        "PSE",
        "ESH",
    }
)
"""Territories with a code of their own that are no states: as narrow as a region."""


def _within_country(name: str, countries: Sequence[str]) -> bool:
    """Tell whether a name is that of a city, a region or a dependent territory."""
    found = located(name, countries)
    return found is not None and (found.precision in {"city", "region"} or found.country in DEPENDENT)


@lru_cache(maxsize=4096)
def _located(name: str, countries: tuple[str, ...]) -> gazetteer.Place | None:
    return gazetteer.place(name, countries) or gazetteer.place(name.partition(",")[0], countries)


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


PRECISION = ("city", None, "region", "country")


def nearest(found: Iterable[Where], countries: Sequence[str]) -> Where | None:
    """Return the place that stands nearest to the words of its event; of equals, the narrowest."""

    def rank(where: Where) -> tuple[int, int]:
        known = located(where.name, countries)
        return DEGREES.index(where.degree), PRECISION.index(known.precision if known else None)

    return min(found, key=rank, default=None)
