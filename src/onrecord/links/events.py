"""Events to incidents: the same event told on several pages, with the reasons, so that it is counted once.

Two events of different pages are one where type and status are the same, nothing contradicts, and enough speaks for it:

    day        both are dated, and to the same day; period: to times that meet ("in July")
    place      the same town, or the same country
    actor      somebody who acts in both; recipient likewise; where all sides act, either side
    word       triggers of one stem ("bombed", "bombing")
    toll       the same number of dead

What contradicts: days that do not meet (a day's difference is a time zone's), pages too far apart where a day is missing, two towns or
two countries that the texts name, named recipients who are others; actors who are others count against it. The pages are read in
order of publication and an event joins the incident that it fits best; two events of one page are two, for the page itself tells them
apart. A page that copies another is an appearance that is not counted.

Known limits: a second attack upon the same people in the same town on the same day is taken for the first; a visit that one page
codes as CONSULT and another as COOPERATE is two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from onrecord.links.parties import Bond, bond
from onrecord.records import Event, Records
from onrecord.timex.periods import Days, days

WINDOW = 4
"""Days before a page's publication within which an event lies whose day it does not give: news is of the week."""
SLACK = timedelta(days=1)
ENOUGH = 2.5
"""The weight of reasons from which two events are one; nothing less than a party or a town in common with a day or a word is enough."""
WEIGHTS = {"day": 1.0, "period": 0.75, "town": 1.5, "country": 0.5, "actor": 1.0, "recipient": 1.0, "word": 0.75, "toll": 0.75}
AGAINST = 1.5
"""What named actors who are others take away: one page names the army, another its country's president."""
STEM = 4

Reasons = tuple[str, ...]


class Appearance(NamedTuple):
    """An event as one page tells it, and why it is taken for the same (of the first nothing). `copy_of`: as for sayings."""

    document: str
    record: str
    day: str | None
    quote: str
    reasons: Reasons
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Incident:
    """One event on several pages, earliest page first."""

    type: str
    status: str
    appearances: tuple[Appearance, ...]

    @property
    def pages(self) -> int:
        """The number of pages that tell it, copies apart."""
        return len({a.document for a in self.appearances if a.copy_of is None})


class _Told(NamedTuple):
    """An event with what is needed to tell whether it is the same as another."""

    event: Event
    document: str
    published: str | None
    quote: str
    dated: bool
    when: Days | None
    actors: tuple[Bond, ...]
    recipients: tuple[Bond, ...]
    stems: frozenset[str]
    copy_of: str | None

    @property
    def keys(self) -> frozenset[str]:
        """The names of parties and of the town, by which events of other pages are looked up."""
        names = {key for party in self.actors + self.recipients for key in party.keys}
        return frozenset(names | ({f"in {self.town}"} if self.town else set()))

    @property
    def town(self) -> str | None:
        """The town or region of its place."""
        return self.event.place if self.event.place_precision in {"city", "region"} else None


@dataclass
class _Thread:
    told: list[tuple[_Told, Reasons]] = field(default_factory=list)


def incidents(pages: Iterable[Records], copies: Mapping[str, str] | None = None) -> tuple[Incident, ...]:
    """Return the events told on two pages at least, what most pages have first. `copies` gives the original's id by the copy's."""
    told = [t for records in pages for t in _told(records, copies or {})]
    told.sort(key=lambda t: (t.published or "9", t.document, t.event.mentions[0]))
    threads: list[_Thread] = []
    index: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for one in told:
        keys = [(one.event.type, one.event.status, key) for key in one.keys]
        near = sorted({number for key in keys for number in index[key]})
        best = max(((score, -number, why) for number in near for score, why in [_fit(one, threads[number])]), default=(0.0, 0, ()))
        number = -best[1] if best[0] >= ENOUGH else len(threads)
        if number == len(threads):
            threads.append(_Thread())
        threads[number].told.append((one, best[2] if best[0] >= ENOUGH else ()))
        for key in keys:
            index[key].add(number)
    found = [_incident(t) for t in threads if len({one.document for one, _ in t.told}) > 1]
    return tuple(sorted(found, key=lambda i: (-i.pages, i.appearances[0].day or "9", i.appearances[0].record)))


def incident_json(incident: Incident) -> dict[str, Any]:
    """Return an incident as JSON values."""
    appearances = [{**a._asdict(), "reasons": list(a.reasons)} for a in incident.appearances]
    return {"type": incident.type, "status": incident.status, "pages": incident.pages, "appearances": appearances}


# ---- events with their surroundings --------------------------------------------------------------------------------


def _told(records: Records, copies: Mapping[str, str]) -> Iterator[_Told]:
    document = records.document
    published = document.published.value or document.published.latest
    for event in records.events:
        when = days(event.time) if event.time else None
        yield _Told(
            event,
            document.id,
            published,
            " ".join(event.mentions[0].of(document.text).split()),
            when is not None,
            when or _week_before(published),
            tuple(bond(records, name) for name in event.actors),
            tuple(bond(records, name) for name in event.recipients),
            frozenset(w[: max(STEM, len(w) - 3)].lower() for m in event.mentions for w in re.findall(r"\w+", m.of(document.text))),
            copies.get(document.id),
        )


def _week_before(published: str | None) -> Days | None:
    """Return the days in which an event lies whose day the page does not give."""
    stretch = days(published) if published else None
    return Days(stretch.first - timedelta(days=WINDOW), stretch.last) if stretch else None


# ---- the same event ------------------------------------------------------------------------------------------------


def _fit(one: _Told, thread: _Thread) -> tuple[float, Reasons]:
    """Return how well an event fits an incident: with the appearance that it is likest to, and contradicted by none."""
    scores = [_score(one, other) for other, _ in thread.told]
    if any(other.document == one.document for other, _ in thread.told) or any(score is None for score in scores):
        return 0.0, ()
    return max((score for score in scores if score is not None), default=(0.0, ()))


def _score(one: _Told, other: _Told) -> tuple[float, Reasons] | None:
    """Return the weight of what speaks for one event, and the reasons; None where something contradicts."""
    if not _meet(one.when, other.when) or _elsewhere(one, other):
        return None
    why = [*_of_day(one, other), *_of_place(one, other)]
    score = sum(WEIGHTS[name] for name in why)
    for side, theirs, mine in _sides(one, other):
        verdicts = {a.against(b) for a in mine for b in theirs}
        if "same" in verdicts:
            why.append(side)
            score += WEIGHTS[side]
        elif verdicts == {"other"}:
            if side == "recipient":
                return None
            score -= AGAINST
    if one.stems & other.stems:
        why.append("word")
        score += WEIGHTS["word"]
    if one.event.killed and other.event.killed and one.event.killed.value == other.event.killed.value:
        why.append("toll")
        score += WEIGHTS["toll"]
    return (score, tuple(why)) if {"town", "actor", "recipient"} & set(why) else (0.0, ())


def _meet(one: Days | None, other: Days | None) -> bool:
    return bool(one and other) and one.first - SLACK <= other.last and other.first - SLACK <= one.last  # type: ignore[union-attr]


def _elsewhere(one: _Told, other: _Told) -> bool:
    """Tell whether the texts name two countries, or two towns, for the event itself (an inferred place contradicts nothing)."""
    if "place" in one.event.inferred or "place" in other.event.inferred:
        return False
    countries = {t.event.place_country for t in (one, other)} - {None}
    towns = {t.town for t in (one, other)} - {None}
    return len(countries) > 1 or len(towns) > 1


def _of_day(one: _Told, other: _Told) -> list[str]:
    if not (one.dated and other.dated and one.when and other.when):
        return []
    exact = all(stretch.last - stretch.first <= SLACK for stretch in (one.when, other.when))
    return ["day" if exact else "period"]


def _of_place(one: _Told, other: _Told) -> list[str]:
    if one.town and one.town == other.town:
        return ["town"]
    return ["country"] if one.event.place_country and one.event.place_country == other.event.place_country else []


def _sides(one: _Told, other: _Told) -> Iterator[tuple[str, tuple[Bond, ...], tuple[Bond, ...]]]:
    """Yield the sides to compare; where all sides of one act ("A and B met"), one side is both."""
    if (one.recipients == ()) != (other.recipients == ()) and min(len(one.actors), len(other.actors)) > 0:
        yield "actor", one.actors + one.recipients, other.actors + other.recipients
        return
    yield "actor", one.actors, other.actors
    yield "recipient", one.recipients, other.recipients


def _incident(thread: _Thread) -> Incident:
    first = thread.told[0][0].event
    appearances = (Appearance(t.document, t.event.id, t.event.time or t.published, t.quote, why, t.copy_of) for t, why in thread.told)
    return Incident(first.type, first.status, tuple(appearances))
