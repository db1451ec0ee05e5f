"""Where an event took place when its own words do not say: what the page as a whole tells.

    realm    Germany *bans* an airline: a government forbids, closes and decrees in its country, by the name that the page gives that
    page     the city or territory that the page is about: its title names it, and it is named more than any other

Both are marked inferred. A dateline says where the reporter sits: it is the page's place only where the text names no other city and
the country that it speaks of most is the dateline's. An event of another year than the page's has no place of the page; a war has no
town. Known limits: a page about two towns has no place; a government's act abroad is placed at home.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord import gazetteer
from onrecord.annotations import Annotations
from onrecord.codebooks import plover
from onrecord.events.places import STATED, Where, located, names_in
from onrecord.events.sameness import Mentioned

TITLE, LEAD, LEADS = 3, 2, 4
"""Weights of a name in the title and in the first sentences, and how many sentences are the lead."""
LEAST, AHEAD = 5, 2.0
"""A page's place must weigh so much, and so many times more than the next that it does not lie in; set on dev and train."""
PRECISION = ("city", None, "region", "country")
WIDE = frozenset({"war", "conflict", "insurgency"})
"""What spreads over a country: no one town is its place."""
DECREES = frozenset({None, "ban", "restrict", "curfew", "censor"})
"""Modes of COERCE that a government does to its country."""

DEPENDENT = frozenset(
    {"HKG", "MAC", "PRI", "GUM", "ASM", "VIR", "MNP", "GRL", "FRO", "BMU", "CYM", "VGB", "GIB", "FLK"}
    | {"REU", "GLP", "MTQ", "GUF", "NCL", "PYF", "ABW", "CUW", "PSE", "ESH"}
)
"""Territories with a code of their own that are no states: a page may be about one as it is about a city."""


class Page(NamedTuple):
    """What the page says of place: its countries, the most mentioned first, and the city or territory that it is about."""

    countries: tuple[str, ...]
    place: Where | None


def page_of(annotations: Annotations) -> Page:
    """Return a page's countries and place."""
    countries = _countries(annotations)
    place = _place(annotations, countries)
    known = located(place.name, countries) if place is not None else None
    return Page(countries, place if known is None or known.precision != "region" else None)


def place_of(annotations: Annotations, mentions: Sequence[Mentioned], page: Page) -> Where | None:
    """Return the place of an event: what its mentions say, its government's country, or the page's place; None where none is likely."""
    told = nearest([m.place for m in mentions if m.place is not None], page.countries)
    return told or _realm(annotations, mentions) or _elsewhere(annotations, mentions, page)


def nearest(found: Sequence[Where], countries: Sequence[str]) -> Where | None:
    """Return the place that stated words name before one that they point back to; of equals, the most named, then the narrowest."""
    counts = Counter(where.name for where in found)

    def rank(where: Where) -> tuple[bool, int, int]:
        known = located(where.name, countries)
        return where.degree not in STATED, -counts[where.name], PRECISION.index(known.precision if known else None)

    return min(found, key=rank, default=None)


def _elsewhere(annotations: Annotations, mentions: Sequence[Mentioned], page: Page) -> Where | None:
    """Return the page's place: a city for deeds, a territory for words too; no city for a sentence, no town for a war."""
    if page.place is None or _distant(annotations, mentions) or any(m.match.token.lemma_.lower() in WIDE for m in mentions):
        return None
    where = located(page.place.name, page.countries)
    if where is not None and where.precision != "city":
        return page.place
    act = mentions[0].match.entry.type
    return page.place if plover().types[act].material and act != "SANCTION" else None


def _distant(annotations: Annotations, mentions: Sequence[Mentioned]) -> bool:
    """Tell whether an event is of another year than the page: its place is another story's."""
    day = annotations.document.published.value
    return day is not None and any(m.time is not None and m.time[:4] != day[:4] for m in mentions)


def _realm(annotations: Annotations, mentions: Sequence[Mentioned]) -> Where | None:
    """Return the country of the government that decrees, as the page names it."""
    entry = mentions[0].match.entry
    if entry.type != "COERCE" or any(m.match.entry.mode not in DECREES for m in mentions):
        return None
    ruling = _rulers(annotations, mentions, "actors") or _rulers(annotations, mentions, "recipients")
    return _named(annotations, ruling.pop()) if len(ruling) == 1 else None


def _rulers(annotations: Annotations, mentions: Sequence[Mentioned], role: str) -> set[str]:
    """Return the countries whose government, parliament or court an event's mentions name in a role."""
    sides = [annotations.actor(p.actor) for m in mentions for p in getattr(m, role)]
    return {a.country for a in sides if a.country and len(a.country) == 3 and (a.kind == "state" or a.sector in {"GOV", "LEG", "JUD"})}


def _named(annotations: Annotations, country: str) -> Where | None:
    """Return the name that a page calls a country by, the official one first, then the most used."""
    found = [span for sentence in annotations.sentences for _, span in names_in(annotations, sentence)]
    found = [
        s for s in found if (p := located(s.of(annotations.text), ())) is not None and (p.country, p.precision) == (country, "country")
    ]
    counts = Counter(span.of(annotations.text) for span in found)
    official = gazetteer.country_name(country)
    best = max(found, key=lambda span: (span.of(annotations.text) == official, counts[span.of(annotations.text)]), default=None)
    return Where(best.of(annotations.text), best, "realm") if best is not None else None


def _place(annotations: Annotations, countries: Sequence[str]) -> Where | None:
    """Return the place that a page is about: named in its title, where it has one, and much more often than any other."""
    counts, first = _weights(annotations, countries)
    if not counts:
        return _dateline(annotations, countries)
    best, weight = counts.most_common(1)[0]
    rivals = [n for name, n in counts.items() if name != best and not _around(name, best, countries)]
    titled = annotations.document.title is None or best in annotations.document.title
    return first[best] if titled and weight >= LEAST and max(rivals, default=0) * AHEAD <= weight else None


def _dateline(annotations: Annotations, countries: Sequence[str]) -> Where | None:
    dateline = annotations.document.dateline
    known = located(dateline.place, countries) if dateline is not None else None
    at_home = known is not None and (not countries or known.country == countries[0])
    return Where(dateline.place, dateline.span, "page") if dateline is not None and at_home else None


def _weights(annotations: Annotations, countries: Sequence[str]) -> tuple[Counter[str], dict[str, Where]]:
    """Return how much speaks for each place within a country, and where it is first named."""
    counts: Counter[str] = Counter()
    first: dict[str, Where] = {}
    for sentence in annotations.sentences:
        weight = TITLE if sentence.role == "title" else LEAD if sentence.number < LEADS else 1
        for _, span in names_in(annotations, sentence):
            name = span.of(annotations.text)
            known = located(name, countries)
            if known is not None and (known.precision != "country" or known.country in DEPENDENT):
                counts[name] += weight
                first.setdefault(name, Where(name, span, "page"))
    return counts, first


def _around(region: str, city: str, countries: Sequence[str]) -> bool:
    """Tell whether a region may be the one that a city lies in: both are of one country."""
    outer, inner = located(region, countries), located(city, countries)
    return (
        outer is not None
        and inner is not None
        and (outer.precision, inner.precision) == ("region", "city")
        and outer.country == inner.country
    )


def _countries(annotations: Annotations) -> tuple[str, ...]:
    """Return the countries that the page's actors belong to, the most mentioned first."""
    counts: Counter[str] = Counter()
    for actor in annotations.actors:
        if actor.country and len(actor.country) == 3:
            counts[actor.country] += len(actor.mentions)
    return tuple(country for country, _ in counts.most_common())
