"""Which state "the country", "the government", "his army" mean.

"The country" is the one named last, leaving out whoever stands in the same clause with it ("US troops left the country"). "The
government" is its owner's; else that of the country named before in the sentence; else the one whose government was spoken of last
within reach; else the page's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord import gazetteer
from onrecord.annotators.actors.chains import Chain, content_words
from onrecord.annotators.actors.phrases import Phrase
from onrecord.annotators.actors.register import SUPRANATIONAL, Register

REACH = 4
"""Sentences back that a country or government is looked for; set on gold/train."""
COUNTRY_NOUNS = frozenset({"country", "nation", "kingdom", "republic", "state", "monarchy", "superpower"})
OWN = frozenset({"federal", "central", "national", "entire", "whole", "armed", "government", "country", "state"})
"""Words, beside those that stand before titles, with which a government or army is still that of the country spoken of."""
ELSEWHERE = frozenset({"foreign", "regional", "other", "overseas", "local", "provincial", "opposition", "international"})
"""Words that say: not the government spoken of."""
BARE = frozenset({"authorities"})
"""Plurals that mean the state without "the" too."""


PARTS = {
    "european": (35, 72, -25, 45), "african": (-35, 38, -26, 58), "asian": (-11, 56, 25, 150), "eastern": (12, 43, 25, 64),
    "caribbean": (9, 28, -86, -58), "american": (-56, 72, -170, -34), "pacific": (-48, 25, 110, 180), "baltic": (53, 60, 20, 29),
}  # fmt: skip
"""Parts of the world by the adjective ("the Middle Eastern nation"): south, north, west, east in degrees."""


def _lies_in(country: str, part: tuple[int, int, int, int]) -> bool:
    """Tell whether a country's capital lies in a part of the world."""
    known = gazetteer.countries().get(country)
    if known is None or known.point is None:
        return False
    return part[0] <= known.point[0] <= part[1] and part[2] <= known.point[1] <= part[3]


class Governments:
    """Finds the states that descriptions mean; `main` is the country that the page names most."""

    def __init__(self, register: Register, found: Sequence[Phrase], main: str | None) -> None:
        self.register = register
        self.columns = register.columns
        self.found = found
        self.main = main

    def country_meant(self, phrase: Phrase) -> str | None:
        """Return the country that "the country" means, or None where the phrase is no such noun."""
        d = phrase.description
        if d.noun not in COUNTRY_NOUNS - {"state"} or phrase.plural or not phrase.definite or phrase.possessor is not None or d.country:
            return None
        clause = self._clause(phrase.head)
        part = next((PARTS[w] for w in self.columns.lower[phrase.start : phrase.head] if w in PARTS), None)
        for other in self._named_before(phrase):
            if part is not None and not _lies_in(other.description.country or "", part):
                continue
            governor = self.columns.heads[other.head]
            beside = other.head in clause or (governor in clause and (other.subject or other.inner))
            if not (phrase.sentence == other.sentence and beside):
                return other.description.country
        return None

    def owner(self, phrase: Phrase, possessor: Chain | None) -> str | None:
        """Return the country whose government, army or authorities a phrase means, or None."""
        words = content_words(self.columns, phrase)
        country = possessor.country if possessor is not None else None
        if country is None and "federal" in words:
            country = self.main
        if self.columns.lower[phrase.head] == "governments":
            return None
        vague = phrase.plural and not phrase.definite and "government" not in words and self.columns.lower[phrase.head] not in BARE
        plain = words <= (OWN | gazetteer.modifiers()) - ELSEWHERE and phrase.end == phrase.core
        if country is None and possessor is None and not vague and plain:
            country = self._nearest(phrase)
        return country if country not in SUPRANATIONAL else None

    def _nearest(self, phrase: Phrase) -> str | None:
        inside = next((p.description.country for p in self._named_before(phrase) if p.sentence == phrase.sentence), None)
        if inside is not None:
            return inside
        reach = REACH if self.main is not None else len(self.columns.words)
        rows = [
            (link.phrase.head, chain.country)
            for chain in self.register.chains
            if chain.kind == "state" and chain.country
            for link in chain.links
            if link.phrase.description.noun == phrase.description.noun
            and link.phrase.head < phrase.head
            and phrase.sentence - link.phrase.sentence <= reach
        ]
        return max(rows)[1] if rows else self.main

    def _named_before(self, phrase: Phrase) -> Iterator[Phrase]:
        """Yield the phrases within reach that name a country, nearest first."""
        for other in reversed(self.found):
            country = other.description.country
            if other.head < phrase.head and country and country not in SUPRANATIONAL and phrase.sentence - other.sentence <= REACH:
                yield other

    def _clause(self, at: int) -> set[int]:
        """Return the tokens that govern a token up to its verb, and what governs those."""
        columns = self.columns
        out = {columns.heads[at]}
        while columns.heads[at] != at:
            at = columns.heads[at]
            out.add(at)
            if columns.pos[at] in {"NOUN", "PROPN", "VERB"}:
                out.add(columns.heads[at])
            if columns.pos[at] == "VERB":
                break
        return out
