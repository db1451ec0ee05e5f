"""Countries that an actor's own words do not give: by the table of office holders, by the page, by who acts in its sentence.

    Vladimir Putin met …                             an office holder whom the table knows
    … the government … (on a page about Kenya)       an office of the country that the page names throughout
    Serbian police beat demonstrators                people whom the police and courts of one country deal with are that country's

All three are marked inferred. Police and courts act at home; soldiers do not, so that what they do says nothing of their victims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord import gazetteer
from onrecord.annotations import Annotations
from onrecord.annotators.actors.chains import Chain
from onrecord.annotators.actors.known import Main
from onrecord.annotators.actors.phrases import Phrase
from onrecord.annotators.actors.register import Register

SHARE = 0.6
"""So large a part of the countries on a page must be one for its offices without a country to be that one's: on gold/dev and
gold/train 97% of 150 are."""
NAMED = 3
"""How often a page must name its country for that: "Saudi warplanes" in one sentence say nothing of the officials in it."""
OFFICES = frozenset({"GOV", "LEG", "JUD", "COP", "PTY", "ELI", "LAB"})
AT_HOME = frozenset({"COP", "JUD", "LEG", "OPP", "PTY", "LAB"})
"""Sectors of bodies that deal with people at home."""
PEOPLE = frozenset({"population", "unnamed"})
OTHERS = frozenset({"person", "organisation"})
"""Kinds of whom that holds only where the body acts upon them: a minister who condemns a foreign police is not its compatriot."""


def settle_countries(annotations: Annotations, register: Register, found: Sequence[Phrase], main: Main | None) -> None:
    """Give chains without a country the one that the tables, the page or their sentence gives."""
    for chain in register.chains:
        if chain.kind == "person" and chain.country is None:
            _know(chain, annotations.document.published.value)
    if main is not None and main.share >= SHARE and main.named >= NAMED:
        _give_country(register, found, main.country)
    _give_home(annotations, register, found)


def _know(chain: Chain, published: str | None) -> None:
    """Fill in what the table of office holders says of a full name; in office GOV, afterwards ELI, before nothing."""
    known = gazetteer.officeholder(chain.name)
    if known is None:
        return
    phrase = next(link.phrase for link in chain.links if link.form != "pronoun")
    year = int(published[:4]) if published else None
    sector = "GOV" if year is None or known.first <= year <= known.last else "ELI" if year > known.last else None
    _infer(chain, "country", known.country, (phrase.start, phrase.core))
    if chain.sector is None and sector is not None:
        _infer(chain, "sector", sector, (phrase.start, phrase.core))


def _give_country(register: Register, found: Sequence[Phrase], country: str) -> None:
    """Give the page's country to offices and bodies of state that are named without one; the evidence is where the page first names it."""
    first = next(p for p in found if p.description.country == country and p.description.country_at is not None)
    for chain in register.chains:
        if chain.country is None and chain.sector in OFFICES:
            _infer(chain, "country", country, _where(first))


def _give_home(annotations: Annotations, register: Register, found: Sequence[Phrase]) -> None:
    """Give people the country of the police, court or parliament in their sentence, where it names no other country or town abroad."""
    bodies: dict[int, list[Phrase]] = defaultdict(list)
    named: dict[int, set[str]] = defaultdict(set)
    for phrase in found:
        country = phrase.description.country
        if country is not None and phrase.description.country_at is not None:
            named[phrase.sentence].add(country)
            if phrase.description.sector in AT_HOME or phrase.description.noun in {"authority", "authorities"}:
                bodies[phrase.sentence].append(phrase)
    if not bodies:
        return
    for sentence in annotations.sentences:
        if sentence.number in bodies:
            tokens = annotations.tokens(sentence)
            places = (gazetteer.place(token.text) for token in tokens if token.ent_type_ in {"GPE", "LOC"})
            named[sentence.number] |= {place.country for place in places if place is not None}
    for chain in register.chains:
        phrases = [link.phrase for link in chain.links if link.form != "pronoun"]
        where = phrases[0].sentence
        if chain.country is not None or any(phrase.sentence != where for phrase in phrases):
            continue
        acted_upon = chain.kind in OTHERS and not any(p.subject for p in phrases) and any(body.subject for body in bodies[where])
        if len(named[where]) == 1 and bodies[where] and (chain.kind in PEOPLE or acted_upon):
            _infer(chain, "country", next(iter(named[where])), _where(bodies[where][0]))


def _where(phrase: Phrase) -> tuple[int, int]:
    """Return the tokens in which a phrase names a country."""
    begin, end = phrase.description.country_at or (0, phrase.core - phrase.start)
    return phrase.start + begin, phrase.start + end


def _infer(chain: Chain, claim: str, code: str, at: tuple[int, int]) -> None:
    setattr(chain, claim, code)
    chain.evidence[claim] = at
    chain.inferred = (*chain.inferred, claim)
