"""Where an event took place, by its own words: the place that they name or point back to.

    own      the attack *in Kabul*, a visit *to Warsaw*, shelled *Aleppo*, the port of *Aden*, the *Raqqa* battle, a court *in Minsk*
    clause   in *Lomé*, where they **signed**; flew to *Cairo* and **met**; raided *Jenin*, **killing** two: what the verb above it says
    told     marched through *the city*, was shot *there*: the place of that kind that was named last

A place is the name that the text gives. What only the page as a whole says is in `events/scenes.py`. Known limits: a name that
neither the model nor the gazetteer takes for a place is none; "near" and "outside" a town count as the town.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord import gazetteer
from onrecord.annotations import Annotations, Sentence
from onrecord.events.frames import Match
from onrecord.grammar import VERBAL, child, children, conjuncts
from onrecord.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "on", "inside", "across", "around", "off", "along", "into", "throughout", "within", "through"}
)
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
STATED = frozenset({"own", "clause"})
"""Degrees of a place that an event's own words or its clause state; the others are inferred."""
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
TOWNS = frozenset({"city", "town", "village", "province", "district", "port", "island", "county", "suburb", "governorate", "capital"})
"""Nouns whose "of" calls a name a place, known or not."""
DIRECTIONS = re.compile(r"(?:north|south|east|west|central|upper|lower)[\w-]*$", re.IGNORECASE)
TOWARDS = {
    ("CONSULT", "visit"): ("to", "in", "obj"),
    ("RETREAT", "withdraw"): ("from", "obj", "of"),
    ("RETREAT", "return"): ("to",),
    ("MOBILIZE", "troops"): ("to", "into", "obj"),
    ("ASSAULT", None): ("of", "into", "obj", "on"),
    ("COERCE", "seize"): ("of", "obj"),
    ("AID", None): ("to",),
}
"""Acts that move or strike: the slots whose noun, where it is a place, is where they take place."""


WARS = frozenset({"war", "conflict", "protest", "riot", "unrest", "demonstration"})
"""Nouns that a country before them places: "the *Yemen* war"; before others it says who did it."""
POINTING = {
    **dict.fromkeys(("city", "town", "capital"), "city"),
    **dict.fromkeys(("region", "province", "county"), "region"),
    **dict.fromkeys(("country", "nation"), "country"),
    **dict.fromkeys(("area", "village", "district", "scene"), ""),
}
"""Nouns that point back to a place named before, and the gazetteer's precision of what they point to."""


UNDERGO = frozenset({"experience", "face", "see", "suffer", "witness", "have"})
"""Verbs whose subject is where their object takes place: "*Yemen* has seen years of war"."""


class Where(NamedTuple):
    """A place as the text names it, and how the event comes to it: `own`, `clause`, `told`, `realm` or `page`."""

    name: str
    span: Span
    degree: str


def place_of(annotations: Annotations, match: Match) -> Where | None:
    """Return the place that an event's own words name, or its clause's; None where neither names one."""
    ways = (_own(annotations, match), _clause(annotations, match.token), _told(annotations, match))
    return next((where for way in ways for where in way), None)


def _own(annotations: Annotations, match: Match) -> Iterator[Where]:
    wide = _entered(match)
    war = match.token.lemma_.lower() in WARS
    nouns = [(noun, True) for noun in _locatives(match.token)]
    nouns += [(noun, wide) for noun in _targets(match)]
    nouns += [(noun, False) for noun in _agents(match)]
    nouns += [(noun, war) for noun in _before(match)]
    for noun, country in nouns:
        found = place_at(annotations, noun)
        if found is not None and (country or _narrow(found.of(annotations.text))):
            yield _where(annotations, found, "own")


def _agents(match: Match) -> Iterator[Token]:
    """Yield the place of who acts on the spot: "police *in Nairobi* arrested", "a court *in Minsk* sentenced"."""
    for held in children(match.token, "nsubj") if match.entry.type in {"COERCE", "ASSAULT", "SANCTION", "PROTEST"} else ():
        yield from _behind(held, ("in",))


def _targets(match: Match) -> Iterator[Token]:
    """Yield the nouns that an act goes to, leaves or strikes: "entered *Goma*", "shelled the port of *Aden*"."""
    slots = TOWARDS.get((match.entry.type, match.entry.mode)) or TOWARDS.get((match.entry.type, None), ())
    nouns = [*_behind(match.token, slots)]
    if "obj" in slots:
        nouns += [noun for group in match.recipients for noun in group]
        nouns += [noun for held in children(match.token, "dobj", "nsubjpass") for noun in conjuncts(held)]
    for noun in nouns:
        yield noun
        yield from _deeper(noun)


def _before(match: Match) -> Iterator[Token]:
    """Yield the names before a noun that say where it was: "the *Raqqa* battle", "*Yemen's* war"; not "a *US* strike"."""
    if match.entry.pos == "noun" and match.entry.type in {"ASSAULT", "PROTEST", "CONSULT"}:
        war = match.token.lemma_.lower() in WARS
        yield from (
            c
            for c in match.token.children
            if c.i < match.token.i and c.dep_ in ({"compound", "nmod", "poss"} if war else {"compound", "nmod"})
        )
        if war and match.token.dep_ == "dobj" and match.token.head.lemma_ in UNDERGO:
            yield from children(match.token.head, "nsubj")


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
        joined = here.dep_ == "conj" and here.pos_ in VERBAL and child(here, "nsubj", "nsubjpass") is None
        if here.head.i == here.i or (
            (here.dep_ in CLAUSAL or (here.dep_ == "conj" and here.pos_ in VERBAL)) and not (beside or joined or _where_clause(here))
        ):
            return
        relative, done, here = _where_clause(here), here.dep_ in {"nsubj", "nsubjpass"}, here.head
        nouns = [here] if relative else []
        if here.pos_ in VERBAL:
            nouns += [
                *_locatives(here),
                *(
                    noun for verb in children(here, "xcomp") if done for noun in _locatives(verb)
                ),  # "the attack is said to have *killed* two in Kano"
                *(_behind(here, ("to",)) if here.lemma_ in TRAVEL else ()),
                *(noun for noun in children(here, "dobj") if beside or joined),
            ]
        for noun in nouns:
            found = place_at(annotations, noun)
            if found is not None and (noun.dep_ != "dobj" or _narrow(found.of(annotations.text))):
                yield _where(annotations, found, "clause")


TRAVEL = frozenset({"fly", "travel", "go", "come", "arrive", "return", "head", "drive", "rush"})
"""Verbs that say with "to" where the act beside them took place: "flew *to Cairo* and **met** the president"."""
CLAUSAL = frozenset({"ccomp", "advcl", "pcomp", "relcl", "parataxis"})
"""Labels of clauses that need not be where the verb above is."""


def _where_clause(verb: Token) -> bool:
    return verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children)


def _told(annotations: Annotations, match: Match) -> Iterator[Where]:
    """Yield the place that a common noun or "there" points back to: "marched through *the city*"."""
    nouns = [*_locatives(match.token), *_targets(match)]
    nouns += [c for c in match.token.children if c.dep_ == "advmod" and c.lower_ == "there"]
    for noun in nouns:
        if noun.lower_ == "there" or (noun.lemma_.lower() in POINTING and any(c.lower_ in {"the", "that", "this"} for c in noun.children)):
            found = _last(annotations, noun, POINTING.get(noun.lemma_.lower(), ""))
            if found is not None:
                yield _where(annotations, found, "told")


def _last(annotations: Annotations, noun: Token, kind: str) -> Span | None:
    """Return the place of a kind (any, for the empty kind) that was named last before a word; of countries, the one named most."""
    found: list[Span] = []
    for sentence in annotations.sentences:
        if sentence.start <= noun.i:
            found += [
                span
                for token, span in names_in(annotations, sentence)
                if token.i < noun.i and (token.dep_ in {"pobj", "dobj", "appos"} or kind == "country")
            ]
    found = [span for span in found if not kind or _kind(span.of(annotations.text)) == kind]
    if kind == "country":
        if noun.lower_ in {"country", "nation"} and _other_country(annotations, noun, found):
            return None
        counts = Counter(span.of(annotations.text) for span in found)
        return max(found, key=lambda span: counts[span.of(annotations.text)], default=None)
    return found[-1] if found else None


def _other_country(annotations: Annotations, noun: Token, found: list[Span]) -> bool:
    """Tell whether the sentence speaks of a state that is no place of the page: "the *Belarusian* authorities … in the country"."""
    known = {place.country for span in found if (place := located(span.of(annotations.text), ())) is not None}
    actors = [actor for t in noun.sent if t.i < noun.i and (actor := annotations.actor_at(t)) is not None]
    here = {actor.country for actor in actors if actor.country is not None}
    return len(here) > 1 or bool(here - known)


def _kind(name: str) -> str | None:
    """Return the gazetteer's precision of a name; a part of a country ("northern Mali") is a region."""
    first, _, rest = name.partition(" ")
    if DIRECTIONS.match(first) and rest and located(rest, ()) is not None:
        return "region"
    known = located(name, ())
    return known.precision if known is not None else None


def _locatives(token: Token) -> Iterator[Token]:
    """Yield the nouns behind a preposition of place that hangs on the token, or on its object where that names no side of it."""
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in LOCATIVE:
            noun = child(prep, "pobj")
            if noun is not None and (prep.lower_ != "on" or noun.lower_ in SITES):  # "on Tahrir Square", not "talks on Iran"
                yield noun
                yield from _deeper(noun)
    for held in token.children:
        if held.dep_ in {"dobj", "attr", "nsubjpass", "prep"} and (held.i > token.i or held.dep_ == "nsubjpass"):
            for noun in _behind(held, ("in", "at", "near", "outside", "inside", "around", "along", "across")):
                yield noun
                yield from _deeper(noun)


def _deeper(noun: Token) -> Iterator[Token]:
    """Yield the place that a place is in: "at a mosque *in Kabul*", "the city *of Omsk*"; not "the history of Spain"."""
    kind = noun.lemma_.lower()
    for inner in _behind(noun, ("in", "of", "near") if kind in AREAS else ("in", "near")):
        yield inner
        yield from _deeper(inner)
    if kind in AREAS:
        yield from children(noun, "appos")


def place_at(annotations: Annotations, noun: Token) -> Span | None:
    """Return the characters of the place that a noun heads, or None where it is no place."""
    if noun.pos_ != "PROPN" and noun.ent_type_ not in PLACE_LABELS:
        return None
    called = _called(noun)
    if noun.ent_type_ in NOT_PLACES and not called and not _town(noun):
        return None
    actor = annotations.actor_at(noun) if noun.lower_ not in SITES else None
    if actor is not None and actor.kind not in {"state", "unnamed", "population"} and gazetteer.place(noun.text) is None:
        return None
    first, last = _extent(noun)
    span = Span(noun.doc[first].idx, noun.doc[last].idx + len(noun.doc[last]))
    site = noun.pos_ == "PROPN" and noun.lower_ in SITES and noun.dep_ == "pobj" and noun.head.lower_ in LOCATIVE
    if site or called or noun.ent_type_ in PLACE_LABELS or gazetteer.place(span.of(annotations.text)) is not None:
        return span
    return None


def _called(noun: Token) -> bool:
    """Tell whether the words around a name call it a place: "the town of *Mokha*", "*Mokha*, Yemen"."""
    if noun.pos_ != "PROPN" or noun.ent_type_ in {"DATE", "TIME"}:
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in TOWNS:
        return True
    if noun.i + 2 >= len(noun.doc) or noun.nbor(1).text != "," or not noun.nbor(2).is_title:
        return False
    known = located(noun.nbor(2).text, ())
    return (
        known is not None
        and known.precision == "country"
        and noun.ent_type_ != "ORG"
        and noun.dep_ in {"pobj", "ROOT", "dobj", "nsubj", "compound"}
    )


def _town(noun: Token) -> bool:
    """Tell whether a lone name that the model takes for a person's is a town's that the gazetteer knows."""
    beside = [noun.nbor(n) for n in (-1, 1) if 0 <= noun.i + n < len(noun.doc)]
    return noun.ent_type_ == "PERSON" and all(t.ent_type_ != "PERSON" for t in beside) and gazetteer.place(noun.text) is not None


def _extent(noun: Token) -> tuple[int, int]:
    """Return the first and last token of a name: words before it, and "of" with a name behind ("District of Columbia")."""
    first = last = noun.i
    doc = noun.doc
    if noun.ent_type_ in PLACE_LABELS:
        while first > 0 and doc[first].ent_iob_ == "I":
            first -= 1
        while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
            last += 1
        first += doc[first].lower_ == "the" and first < noun.i
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
    if noun.lower_ == "court" and noun.pos_ == "PROPN":
        last = _district(doc, last)
    if doc[last].text == "Washington" and last + 2 < len(doc):
        behind = next((n for n in (1, 2) if doc[last + n].text in {"DC", "D.C."}), 0)
        last += behind
    return first, last


def _district(doc: Doc, last: int) -> int:
    """Return the last token of a court's name with its district: "District Court *for the Northern District of Ohio*"."""
    here, end = last + 1, last
    while here < len(doc) and (doc[here].pos_ == "PROPN" or doc[here].lower_ in {"for", "the", "of"}):
        end = here if doc[here].pos_ == "PROPN" else end
        here += 1
    return end


def names_in(annotations: Annotations, sentence: Sentence) -> Iterator[tuple[Token, Span]]:
    """Yield the places that a sentence names, in whatever role."""
    for token in annotations.tokens(sentence):
        if (token.ent_type_ in PLACE_LABELS and token.dep_ != "compound") or (
            token.pos_ == "PROPN" and token.dep_ in {"pobj", "dobj", "appos"}
        ):
            found = place_at(annotations, token)
            if found is not None:
                yield token, found
        elif token.ent_type_ in PLACE_LABELS and (token.head.ent_type_ not in PLACE_LABELS or token.head.i > token.i + 3):
            first, last = _extent(token)
            yield token, Span(token.doc[first].idx, token.doc[last].idx + len(token.doc[last]))


@lru_cache(maxsize=4096)
def _located(name: str, countries: tuple[str, ...]) -> gazetteer.Place | None:
    return gazetteer.place(name, countries) or gazetteer.place(name.partition(",")[0], countries)


def located(name: str, countries: Sequence[str]) -> gazetteer.Place | None:
    """Return the gazetteer's place of a name, the page's countries first."""
    return _located(name, tuple(countries))
