"""What the tables and the lexicon know, to chains: states, bodies, seats of government, and the user's own actors.

A capital is its state where it acts ("Baghdad welcomed the deal") and a place elsewhere ("in Baghdad"); the seat of an office ("the
Kremlin") is a body beside its state. A name that a state and a region share is the region's on a page about the region's country. A
people in the plural is its state where it acts as one ("talks with the Russians"), and a language behind "in". A name of the tables
that is somebody's surname on the page is his. A name that many countries give to a body ("the House of Commons") is that of the tables
only where the page names their country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from onrecord import gazetteer
from onrecord.annotations import ActorKind
from onrecord.annotators.actors.chains import Chain, fold_name
from onrecord.annotators.actors.columns import Columns
from onrecord.annotators.actors.extents import root_of
from onrecord.annotators.actors.phrases import Phrase, as_state
from onrecord.annotators.actors.register import SUPRANATIONAL, Register, text_of
from onrecord.annotators.actors.words import Description, word_set
from onrecord.gazetteer import Proper
from onrecord.lexicons import KnownActor, Lexicon

OBJECTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})
BESIDE = frozenset({"with", "between", "against", "by", "for"})
"""Prepositions after which a capital acts ("talks with Moscow")."""
PLACES = frozenset({"in", "at", "near", "outside", "inside", "around"})
"""Prepositions after which even an office is a place ("in the White House")."""
WHERE = PLACES | {"from", "to", "into", "of", "through", "across", "around", "and"}
"""Words before a city or state that shares its name with somebody on the page, where it is the place after all."""
ACTS_OF = word_set(
    "decision response reaction move policy stance demand claim offer refusal position announcement support ambition plan"
    " pressure warning criticism statement message letter request"
)
"""What a capital has as its state ("Moscow's response"), and not as a city ("Moscow's streets")."""


LEGISLATURES = frozenset({"congress", "senate", "parliament", "house of representatives", "house", "supreme court"})
"""Names of institutions that are one country's only by the page."""


class Main(NamedTuple):
    """The country that a page names most, its share of all that it names, and how often it does."""

    country: str
    share: float
    named: int


def main_country(found: Sequence[Phrase]) -> Main | None:
    """Return the country that the phrases name most, or None where there is none or two come first."""
    counts = Counter(c for p in found if (c := p.description.country) and c not in SUPRANATIONAL)
    top = counts.most_common(2)
    if not top or (len(top) == 2 and top[0][1] == top[1][1]):
        return None
    return Main(top[0][0], top[0][1] / counts.total(), top[0][1])


# ---- what the page settles -----------------------------------------------------------------------------------------


def as_surnames(columns: Columns, found: Sequence[Phrase]) -> list[Phrase]:
    """Return the phrases with names of the tables that are somebody's surname on the page ("Bloomberg", "Amman") read as such."""
    full = (fold_name(text_of(columns, p)) for p in found if p.description.kind == "person" and p.named)
    surnames = frozenset(tokens[-1] for tokens in full if len(tokens) > 1)
    return [_as_surname(p) if p.description.entry is not None and _is_surname(columns, p, surnames) else p for p in found]


def _as_surname(phrase: Phrase) -> Phrase:
    return replace(phrase, description=Description("person", phrase.description.name, strong=False))


def settle(columns: Columns, found: Sequence[Phrase], main: Main | None) -> list[Phrase]:
    """Return the phrases with names of more than one country read as the page's country has them."""
    if main is None:
        return list(found)
    entries = [p.description.entry for p in found if p.description.entry is not None]
    peoples = {e.country for e in entries if e.type == "people"}
    named = Counter(e.country for e in entries if e.type != "body" and e.sector != "LEG")
    return [_settled(columns, p, main.country, peoples, named) for p in found]


def _settled(columns: Columns, phrase: Phrase, main: str, peoples: set[str | None], named: Counter[str | None]) -> Phrase:
    d, at = phrase.description, phrase.description.country_at
    if d.country is None or d.country == main or at is None:
        return phrase
    words = columns.text[columns.starts[phrase.start + at[0]] : columns.ends[phrase.start + at[1] - 1]]
    if d.country not in peoples and main in gazetteer.region_countries(words):
        own = d.entry is not None and d.entry.type == "state"
        kind: ActorKind | None = "organisation" if own else d.kind
        entry = Proper("region", d.entry.name, "organisation", main, None) if d.entry is not None and own else d.entry
        return replace(phrase, description=replace(d, country=main, kind=kind, entry=entry))
    if (
        d.entry is not None
        and (d.entry.type == "body" or words.lower() in LEGISLATURES)
        and d.entry.country == d.country
        and not named[d.country]
        and _shared(words, d.entry)
    ):
        return replace(phrase, description=replace(d, entry=None, country=None, country_at=None))
    return phrase


def _shared(words: str, entry: Proper) -> bool:
    """Tell whether a body's name is one that many countries may give: it ends in a noun for a body and names no country."""
    if words.lower() in LEGISLATURES:
        return True
    last = gazetteer.group(words.rsplit(maxsplit=1)[-1]) or gazetteer.group(words.split(maxsplit=1)[0])
    return last is not None and entry.kind == "organisation" and entry.country not in SUPRANATIONAL and not words.isupper()


# ---- the lexicon ---------------------------------------------------------------------------------------------------


def register_lexicon(register: Register, found: list[Phrase], lexicon: Lexicon) -> None:
    """Link what the lexicon's actors are called, before anything else is asked; the entry's id goes into `how`."""
    columns = register.columns
    starts = {start: i for i, start in enumerate(columns.starts)} if lexicon.actors else {}
    ends = {end: i + 1 for i, end in enumerate(columns.ends)} if lexicon.actors else {}
    for entry in lexicon.actors:
        chain: Chain | None = None
        forms = "|".join(re.escape(form) for form in sorted({entry.name, *entry.aliases}, key=len, reverse=True))
        for match in re.finditer(rf"(?<!\w)(?:{forms})(?!\w)", columns.text):
            start, end = starts.get(match.start()), ends.get(match.end())
            phrase = _phrase_at(columns, found, start, end) if start is not None and end is not None else None
            if phrase is not None and register.of(phrase) is None:
                chain = chain or _open(register, entry)
                register.link(phrase, chain, "name", entry.id)
    found.sort(key=lambda p: (p.head, p.inner))


def _open(register: Register, entry: KnownActor) -> Chain:
    chain = register.new(cast("ActorKind", entry.kind), entry.name, fold_name(entry.name))
    chain.country, chain.sector = entry.country, entry.sector
    return chain


def _phrase_at(columns: Columns, found: list[Phrase], start: int, end: int) -> Phrase | None:
    """Return the phrase whose head stands in these tokens, else one made for them; None outside sentences."""
    if columns.sentence[start] < 0:
        return None
    phrase = next((p for p in found if start <= p.head < end and not p.pronoun), None)
    if phrase is None:
        description = Description("organisation", (0, end - start))
        phrase = Phrase(root_of(columns, start, end), start, end, end, columns.sentence[start], description, inner=True)
        found.append(phrase)
    return phrase


# ---- the tables ----------------------------------------------------------------------------------------------------


def register_known(register: Register, phrase: Phrase) -> bool:
    """Link a phrase that the tables know, or that is a state by its words; tell whether it is settled so, as a place perhaps."""
    d, entry = phrase.description, phrase.description.entry
    if entry is None:
        if d.kind == "state" and _is_country(d.country):
            register.link(phrase, register.state(d.country or ""), "nominal", "name.body-of-state")
            return True
        return False
    if entry.type == "people" and _is_language(register.columns, phrase):
        register.things.add(id(phrase))
        return True
    if entry.type == "people":
        return _people(register, phrase, entry)
    if entry.type in {"metonym", "region"} and not _stands_for_actor(register.columns, phrase, entry):
        return True
    if d.kind == "state" and _is_country(d.country) and not (entry.type == "metonym" and entry.sector):
        register.link(phrase, register.state(d.country or ""), "name", "name.table")
    elif d.kind is not None:
        name = text_of(register.columns, phrase) if entry.type == "metonym" and entry.kind == "state" else entry.name
        kind = "organisation" if entry.type == "metonym" and entry.kind == "state" else d.kind
        chain = register.keyed(("body", name), kind, name)
        chain.region = entry.type == "region"
        register.link(phrase, chain, "name", "name.table")
    return True


def _is_country(country: str | None) -> bool:
    return country is not None and country not in SUPRANATIONAL


def _is_language(columns: Columns, phrase: Phrase) -> bool:
    """Tell whether a people's adjective is its language ("in French and English")."""
    at = phrase.head
    while columns.dep[at] == "conj":
        at = columns.heads[at]
    alone = phrase.start == phrase.head and not columns.lower[phrase.head].endswith("s")
    return alone and columns.dep[at] == "pobj" and columns.lower[columns.heads[at]] == "in"


def _is_surname(columns: Columns, phrase: Phrase, surnames: frozenset[str]) -> bool:
    """Tell whether one word that the tables know is the surname of somebody on the page ("Bloomberg", "Amman")."""
    name = phrase.description.name
    one = name is not None and name[1] - name[0] == 1
    above = columns.lower[columns.heads[phrase.head]]
    place = columns.label(phrase.head) == "GPE" and (
        above in WHERE
        or columns.lower[phrase.head - 1] in WHERE
        or any(columns.dep[c] == "conj" and columns.label(c) == "GPE" for c in columns.children[phrase.head])
    )
    return one and columns.lower[phrase.head] in surnames and not place


def _people(register: Register, phrase: Phrase, entry: Proper) -> bool:
    """Link a people's adjective before an act or thing with its state; nouns for people are descriptions."""
    country = entry.country
    if country is not None and _is_country(country) and _act_as_state(register.columns, phrase):
        register.link(phrase, register.state(country), "name", "name.people")
        return True
    adjective = phrase.inner and not register.columns.lower[phrase.core - 1].endswith("s")
    if not adjective or not _is_country(entry.country):
        return False
    register.link(as_state(phrase), register.state(entry.country or ""), "name", "name.adjective")
    register.by_phrase[id(phrase)] = register.state(entry.country or "")
    return True


def _act_as_state(columns: Columns, phrase: Phrase) -> bool:
    """Tell whether "the British", without another word, do what states do ("relinquished the territory", "talks with the Russians")."""
    if columns.lower[phrase.start] != "the" or phrase.core - phrase.start != 2 or phrase.end != phrase.core:
        return False
    above = columns.heads[phrase.head]
    return phrase.subject or (columns.dep[phrase.head] == "pobj" and columns.lower[above] in TOWARDS)


TOWARDS = frozenset({"to", "with", "against", "by", "between"})
"""Prepositions after which a people stands for its state ("gave it to the Russians")."""


def _stands_for_actor(columns: Columns, phrase: Phrase, entry: Proper) -> bool:
    """Tell whether a seat or region is an actor here. A region is one wherever it is a place, as a state is."""
    return (entry.type == "region" and columns.label(phrase.head) in {"GPE", "LOC"}) or acts(columns, phrase, entry)


def acts(columns: Columns, phrase: Phrase, entry: Proper) -> bool:
    """Tell whether a seat of government stands where an actor does, and not where a place does ("in Moscow")."""
    at = phrase.head
    while columns.dep[at] == "conj" and columns.pos[columns.heads[at]] in {"NOUN", "PROPN"}:
        at = columns.heads[at]
    above = columns.heads[at]
    city = entry.type == "region" or (entry.kind == "state" and entry.sector is None)
    if columns.dep[at] == "pobj" and columns.lower[above] == "from" and columns.lower[columns.heads[above]] in ACTS_OF:
        return True
    if columns.dep[at] == "pobj":
        return columns.lower[above] in BESIDE or columns.dep[above] == "agent" or (not city and columns.lower[above] not in PLACES)
    if columns.dep[at] in OBJECTS:
        return True
    if columns.dep[at] == "poss":
        return not city or columns.lower[above] in ACTS_OF
    return not city and columns.dep[at] != "npadvmod"
