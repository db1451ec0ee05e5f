"""Figures to series: the same quantity told more than once, within a page or over many, in the order of time.

    "at least 20 dead" (3 March, police) · "31 people were killed" (4 March, the ministry)      one series: people, killed
    3,100 Dutch sailors in Oman (2021) · 700 Dutch sailors in Oman (2022)                      one series: people, Dutch sailors

Two figures tell the same quantity when their unit, what befell those counted and the words for what is counted agree, and

- tolls (with what befell them): in one page they belong to one event; over pages their events are in one place, or sentences and
  titles share names, within a month;
- other figures: the words around them are alike too ("a quorum of 120 members is required"), or the number itself is the
  same; over pages the names must be shared.

`tellings` sets side by side what was told for one day, and says whether it can all be true.

Known limits: two attacks in one town within a month are one series; a quantity that one page counts in people and another in deaths is
two; a count that two pages put in quite different words is two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import inf
from typing import Any, Literal, NamedTuple

from onrecord import gazetteer
from onrecord.documents import Document
from onrecord.records import AUTHOR, Event, Figure, Records
from onrecord.spans import Span

Agreement = Literal["same", "compatible", "contradictory"]

WINDOW = 31
"""Days within which tolls are those of one event: agencies close their counts within weeks."""
LIKE = 0.5
"""Share of the words for what is counted (intersection over union) from which they mean the same."""
SHARED = 2
"""Names that sentences and titles of two pages must share; one is enough where a page has no more."""
CONTEXT = 0.4
"""Share of the words around two numbers (intersection over union) from which the sentences tell of the same; set on the gold pages."""
REACH = 10
"""Words to each side of a number that are its context."""
COMMON = 0.5
"""A name on more than this share of the pages says nothing of the story; asked from FEW pages on, as fewer may all tell one story."""
FEW = 20
ROUGH = 0.05
"""How far "about" reaches, as a share of the value: set by hand."""
NAME = re.compile(r"(?<=[\w,;:’'\")] )(?:the )?([A-Z][\w’'-]{2,})")
NO_NAMES = frozenset(
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "June", "July"}
    | {"August", "September", "October", "November", "December", "President", "Minister", "Prime", "The"}
)
GENERIC = frozenset({"people", "person", "other", "those", "individual", "man", "woman", "victim", "casualty", "civilian", "toll", "death"})
"""Words for those counted that agree with any other: a source says "people", another "soldiers"."""
LITTLE = frozenset(
    {"the", "a", "an", "of", "its", "their", "his", "her", "our", "in", "and", "other", "more", "some", "these", "those", "that"}
)
LITTLE |= {
    "this",
    "with",
    "for",
    "from",
    "was",
    "were",
    "has",
    "have",
    "had",
    "been",
    "are",
    "is",
    "will",
    "would",
    "who",
    "which",
    "what",
    "when",
}
LITTLE |= {
    "where",
    "while",
    "after",
    "before",
    "into",
    "over",
    "than",
    "then",
    "they",
    "them",
    "he",
    "she",
    "it",
    "not",
    "but",
    "all",
    "also",
    "s",
}
LITTLE |= {"about", "at", "by", "on", "as", "to", "or", "one", "two"}
"""Words that say nothing of what is counted."""


@dataclass(frozen=True, slots=True)
class Point:
    """One telling of a quantity: what was said, by whom, for which day. `day` None: no day is known."""

    document: str
    record: str
    span: Span
    quote: str
    day: str | None
    value: float | None
    low: float | None
    high: float | None
    source: str
    approximate: bool
    certainty: str

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that it can be."""
        if self.value is not None and self.low is None and self.high is None:
            reach = abs(self.value) * ROUGH if self.approximate else 0.0
            return self.value - reach, self.value + reach
        return (-inf if self.low is None else self.low), (inf if self.high is None else self.high)


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity over time: its unit, what befell those counted, the words for them, and its tellings, earliest first."""

    unit: str
    aspect: str | None
    label: str
    points: tuple[Point, ...]


class Telling(NamedTuple):
    """What was told of one quantity for one day, and whether it can all be true."""

    day: str | None
    points: tuple[Point, ...]
    agreement: Agreement


class _Told(NamedTuple):
    """A figure with what is needed to tell whether it is the same as another."""

    figure: Figure
    point: Point
    what: frozenset[str]
    """The words for what is counted."""
    near: frozenset[str]
    """The names in its sentence."""
    around: frozenset[str]
    """These and the names in the title."""
    context: frozenset[str]
    """The words around it."""
    sentence: int
    """Where its sentence starts."""
    event: str | None
    """The id of the event whose toll it is."""
    place: str | None


def series(pages: Iterable[Records]) -> tuple[Series, ...]:
    """Return the quantities told at least twice, those with most tellings first."""
    told = sorted((t for records in pages for t in _told(records)), key=lambda t: (t.point.day or "9", t.point.document, t.point.span))
    told = _without_common(told)
    groups: dict[int, int] = {}
    for i, j in _pairs(told):
        if _same(told[i], told[j]):
            groups[_root(groups, j)] = _root(groups, i)
    members: dict[int, list[_Told]] = defaultdict(list)
    for index, one in enumerate(told):
        members[_root(groups, index)].append(one)
    found = [_series(group) for group in members.values() if len(group) > 1]
    return tuple(sorted(found, key=lambda s: (-len(s.points), s.points[0].day or "9", s.points[0].document, s.points[0].span)))


def tellings(one: Series) -> tuple[Telling, ...]:
    """Return what several tellings say for one day, side by side; days told once are left out."""
    days: dict[str | None, list[Point]] = defaultdict(list)
    for point in one.points:
        days[point.day].append(point)
    return tuple(Telling(day, tuple(points), _agreement(points)) for day, points in days.items() if len(points) > 1)


def series_json(one: Series) -> dict[str, Any]:
    """Return a series as JSON values, for a chart: one row for each point, and the days whose tellings cannot all be true."""
    return {
        "label": one.label,
        "unit": one.unit,
        "aspect": one.aspect,
        "points": [
            {
                "date": p.day,
                "value": p.value,
                "low": p.low,
                "high": p.high,
                "source": p.source,
                "document": p.document,
                "record": p.record,
                "span": list(p.span),
                "quote": p.quote,
                "approximate": p.approximate,
                "certainty": p.certainty,
            }
            for p in one.points
        ],
        "contradictory": [t.day for t in tellings(one) if t.agreement == "contradictory"],
    }


# ---- figures with their surroundings -------------------------------------------------------------------------------


def _told(records: Records) -> Iterator[_Told]:
    document = records.document
    title = frozenset(re.findall(r"\b[A-Z][\w’'-]{2,}", document.title or "")) - NO_NAMES
    names = {actor.id: actor.name for actor in records.actors}
    for figure in records.figures:
        what = _words(figure, document.text)
        if figure.unit is None or not (what or figure.aspect):
            continue
        before, behind = _sentence(document, figure.span)
        near = frozenset(NAME.findall(f"{before}#{behind}")) - NO_NAMES
        event = _event(figure, records)
        context = frozenset([*_content(before)[-REACH:], *_content(behind)[:REACH]]) - what
        told = _Told(
            figure, _point(figure, document, names), what, near, near | title, context, figure.span.start - len(before), None, None
        )
        yield told._replace(event=event.id, place=event.place) if event else told


def _event(figure: Figure, records: Records) -> Event | None:
    """Return the event whose word says what befell those counted, or None."""
    words = figure.evidence.get("aspect", ()) if figure.aspect else ()
    return next((e for e in records.events if any(m.overlaps(w) for m in e.mentions for w in words)), None)


def _content(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return [gazetteer.singular(word) for word in words if word not in LITTLE]


def _point(figure: Figure, document: Document, names: Mapping[str, str]) -> Point:
    source = names.get(figure.according_to, figure.according_to)
    return Point(
        document=document.id,
        record=figure.id,
        span=figure.span,
        quote=figure.span.of(document.text),
        day=_day(figure.time) or document.published.value,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        source=(document.publisher or AUTHOR) if source == AUTHOR else source,
        approximate=figure.approximate,
        certainty=figure.certainty,
    )


def _day(value: str | None) -> str | None:
    match = re.match(r"\d{4}-\d\d-\d\d", value or "")
    return match[0] if match else None


def _words(figure: Figure, text: str) -> frozenset[str]:
    """Return the words for what is counted, in the singular and without the little ones."""
    words = re.findall(r"[\w-]+", figure.of.of(text).lower()) if figure.of else []
    return frozenset(gazetteer.singular(word) for word in words if word not in LITTLE)


def _sentence(document: Document, span: Span) -> tuple[str, str]:
    """Return what stands in the sentence before a span and behind it, by full stops: words and names are all that is wanted."""
    block = next((b.span for b in document.blocks if b.span.contains(span)), span)
    before = re.split(r"(?<=[.!?])\s", document.text[block.start : span.start])[-1]
    behind = re.split(r"(?<=[.!?])\s", document.text[span.end : block.end])[0]
    return before, behind


def _without_common(told: Sequence[_Told]) -> list[_Told]:
    """Return the figures with the names dropped that most pages have."""
    on: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for name in one.around:
            on[name].add(one.point.document)
    pages = len({one.point.document for one in told})
    common = frozenset(name for name, where in on.items() if pages >= FEW and len(where) > COMMON * pages)
    return [one._replace(around=one.around - common) for one in told]


# ---- the same quantity ---------------------------------------------------------------------------------------------


def _pairs(told: Sequence[_Told]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share unit, aspect and a page, place or name: the work grows with those, not with all pairs."""
    places: dict[tuple[str | None, str | None, str], list[int]] = defaultdict(list)
    for index, one in enumerate(told):
        for key in {*one.around, one.point.document, one.place or one.point.document}:
            places[one.figure.unit, one.figure.aspect, key].append(index)
    yield from sorted({pair for indexes in places.values() for pair in combinations(indexes, 2)})


def _same(one: _Told, other: _Told) -> bool:
    toll = one.figure.aspect is not None
    if not _alike(one.what, other.what, toll=toll):
        return False
    if one.point.document == other.point.document:
        return _same_here(one, other, toll=toll)
    shared = len(one.around & other.around)
    named = shared > 0 and shared >= min(SHARED, len(one.around), len(other.around))
    if not toll:
        return named and _context(one, other) >= CONTEXT
    if not _within(one.point.day, other.point.day):
        return False
    if one.place and other.place:
        return bool(_places(one) & _places(other))
    return named and bool(one.near & other.near)


def _places(one: _Told) -> frozenset[str]:
    """Return the words of an event's place and the names in its sentence: one source names the town, another the country too."""
    return frozenset(re.findall(r"\w+", one.place or "")) | one.near


def _same_here(one: _Told, other: _Told, *, toll: bool) -> bool:
    """Tell whether two figures of one page are one quantity: two different numbers in one sentence are two."""
    equal = one.point.bounds == other.point.bounds
    if one.sentence == other.sentence:
        return equal
    if toll:
        known = one.event is not None and other.event is not None
        return one.event == other.event if known else equal and bool(one.near & other.near)
    return equal or _context(one, other) >= CONTEXT


def _context(one: _Told, other: _Told) -> float:
    return len(one.context & other.context) / len(one.context | other.context) if one.context and other.context else 0.0


def _alike(one: frozenset[str], other: frozenset[str], *, toll: bool) -> bool:
    """Tell whether two phrases mean the same: they share enough words; those killed may be "people" to one and "soldiers" to another."""
    if toll and (not one or not other or one <= GENERIC or other <= GENERIC):
        return True
    return bool(one and other) and len(one & other) / len(one | other) >= LIKE


def _within(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= WINDOW


def _root(groups: dict[int, int], index: int) -> int:
    while groups.get(index, index) != index:
        index = groups[index]
    return index


def _series(group: Sequence[_Told]) -> Series:
    first = group[0].figure
    words = Counter(" ".join(sorted(one.what - GENERIC)) or " ".join(sorted(one.what)) for one in group)
    label = next((w for w, _ in sorted(words.items(), key=lambda item: (-item[1], item[0])) if w), first.unit or "")
    return Series(first.unit or "", first.aspect, label, tuple(one.point for one in group))


def _agreement(points: Sequence[Point]) -> Agreement:
    if len({(p.value, p.low, p.high) for p in points}) == 1:
        return "same"
    contradictory = any(a.bounds[0] > b.bounds[1] or b.bounds[0] > a.bounds[1] for a, b in combinations(points, 2))
    return "contradictory" if contradictory else "compatible"
