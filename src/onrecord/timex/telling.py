"""Time expressions of a text, resolved in the order in which it tells them.

"October" is counted from the day of publication, by the tense of its clause; "the next day" from the time told just before. Where
the day of publication is known only within bounds, everything is resolved from the first and from the last of them: what comes out
alike is the value, the rest stays symbolic, and the two give its bounds. (Resolution is monotone: a later publication never gives an
earlier day, so the ends of the interval speak for all days between.) Where a page fixes its year and nothing more, "October" is
that year's. Nothing else is ever counted from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from onrecord.annotations import TimeExpression
from onrecord.documents import Published
from onrecord.spans import Span
from onrecord.timex.dating import MEMORY, Context, Dated, Told, resolve
from onrecord.timex.periods import days, edtf, symbolic, unit_of, within
from onrecord.timex.phrases import phrases
from onrecord.timex.placing import Bounds, bounds
from onrecord.timex.roles import Role, role_of
from onrecord.timex.senses import Phrase
from onrecord.timex.tenses import arranged, quoted, sentence_of, side_of
from onrecord.timex.words import Word, table, words

_OF_MONTHS = frozenset(
    {"in", "since", "until", "till", "last", "next", "this", "early", "late", "mid", "through", "during", "-", "earlier", "later"}
)
"""What stands before a month and not before a person."""
_BEFORE_MONTHS = _OF_MONTHS | {
    "by",
    "on",
    "from",
    "after",
    "before",
    "of",
    "to",
    "and",
    "for",
    "between",
    "as",
    "starting",
    "around",
    "about",
    "every",
    "past",
}
"""What may have a capital at the beginning of a sentence before a month."""
Tense = Callable[[Span], tuple[int, Span] | None]
"""From an expression's span to past (-1), future (+1) or either (0) and the words that say so, or None."""


@dataclass(frozen=True, slots=True)
class Item:
    """One expression with its place, its role and the tense of its clause."""

    words: Sequence[Word]
    phrase: Phrase
    role: Role
    side: int | None
    sign: Span | None
    sure: bool
    sentence: tuple[int, int, int]
    quoted: bool

    @property
    def span(self) -> Span:
        """The characters of the expression."""
        return Span(self.words[self.phrase.first].span.start, self.words[self.phrase.end - 1].span.end)

    @property
    def looks_back(self) -> bool:
        """Tell whether a beginning lies in the past by its preposition."""
        return any(word.lower in {"since", "after", "as"} for word in self.words[self.role.first : self.role.end])


def expressions(
    text: str, published: Published | None = None, *, pieces: Sequence[Span] | None = None, tense: Tense | None = None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text, in order.

    `published`: the day of publication or its bounds (None: nothing is known); `pieces`: the paragraphs to read, in order (None: the
    lines of the whole text); `tense`: asks a parse for the tense of a clause (None: by its words).
    """
    published = published or Published()
    items: list[Item] = []
    named = _named(text)
    for number, piece in enumerate(pieces if pieces is not None else _lines(text)):
        found = words(text, piece)
        every = [phrase for phrase in phrases(found) if not _is_named(found, phrase, named)]
        inside = quoted(found)
        items.extend(_item(found, every, n, number, tense, quote=inside[phrase.first]) for n, phrase in enumerate(every))
    days = [_day(published.value or published.earliest), _day(published.value or published.latest)]
    runs = [_run(items, day) for day in ([None, *days] if days[0] != days[1] or days[0] is None else [days[0]])]
    return tuple(_expression(item, [run[n] for run in runs], published) for n, item in enumerate(items))


def _lines(text: str) -> list[Span]:
    return [Span(*line.span()) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _named(text: str) -> frozenset[str]:
    """Return the months whose name somebody on the page has: "Theresa *May*"; a capital that opens a sentence is no first name."""
    months = "|".join(name.capitalize() for name in table()["MONTH"])
    names = re.finditer(rf"(?<=[a-z,] )([A-Z][a-z]+|Mrs?\.|Ms\.?) ({months})\b(?!,? \d)", text)
    return frozenset(
        name[2].lower() for name in names if name[1].lower() not in _BEFORE_MONTHS and name[1].lower() not in table()["WEEKDAY"]
    )


def _is_named(found: Sequence[Word], phrase: Phrase, named: frozenset[str]) -> bool:
    """Tell whether a bare "May" is somebody: the page names a person so, and no preposition here speaks of a month."""
    before = found[phrase.first - 1].lower if phrase.first else ""
    return (
        phrase.sense.rule == "date.month"
        and phrase.end - phrase.first == 1
        and found[phrase.first].lower in named
        and before not in _OF_MONTHS
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _item(found: Sequence[Word], every: Sequence[Phrase], index: int, piece: int, tense: Tense | None, *, quote: bool) -> Item:
    phrase, role = every[index], role_of(found, every, index)
    span = Span(found[phrase.first].span.start, found[phrase.end - 1].span.end)
    asked = tense(span) if tense is not None else None
    sure = asked is not None
    if asked is None:
        sign = side_of(found, phrase)
        asked = (sign.side, found[sign.word].span) if sign is not None and (sign.near or tense is None) else None
        sure = sign is not None and sign.near and tense is None
    ahead = arranged(found, phrase) if phrase.sense.rule == "date.weekday" else None
    if ahead is not None:
        asked, sure = (1, found[ahead].span), True
    sign_side, sign_span = asked or (None, None)
    role = _ahead(found, phrase, role, sign_side)
    place = (piece, *sentence_of(found, phrase))
    return Item(found, phrase, role, sign_side, sign_span, sure, place, quote)


def _ahead(found: Sequence[Word], phrase: Phrase, role: Role, side: int | None) -> Role:
    """Return the role of "in two months" in a clause of what is to come: a day at that distance, not a length."""
    before = found[phrase.first - 1].lower if phrase.first else ""
    coming = phrase.sense.type == "DURATION" and not phrase.sense.reach and before == "in" and side in {0, 1}
    return Role("at", phrase.first - 1, phrase.first) if coming else role


# ---- one reading for one day of publication ------------------------------------------------------------------------


class Reading(NamedTuple):
    """An expression as resolved from one day of publication, and its bounds."""

    dated: Dated
    bounds: Bounds


def _run(items: Sequence[Item], day: date | None) -> list[Reading]:
    first = [_told(item, _resolved(item, day, (), ())) if item.phrase.sense.origin != "told" else None for item in items]
    told: list[Told] = []
    found: list[Dated] = []
    for n, item in enumerate(items):
        ahead = [t for t in first[n + 1 : n + 4] if t is not None and t.sentence == item.sentence]
        found.append(_resolved(item, day, told, ahead))
        told.extend(t for t in (_told(item, found[-1]),) if t is not None)
    return [Reading(dated, _placed(items, found, n, day)) for n, dated in enumerate(found)]


def _resolved(item: Item, day: date | None, told: Sequence[Told], ahead: Sequence[Told]) -> Dated:
    return resolve(
        item.phrase.sense, Context(day, item.side, item.sure, item.role.role, item.looks_back, told, ahead, item.sentence, item.quoted)
    )


def _told(item: Item, dated: Dated) -> Told | None:
    if dated.type not in {"DATE", "TIME"} or unit_of(dated.value) is None:
        return None
    return Told(dated.value, item.span, item.role.role, item.sentence, own=not dated.inferred, quoted=item.quoted)


def _placed(items: Sequence[Item], found: Sequence[Dated], at: int, day: date | None) -> Bounds:
    item, dated = items[at], found[at]
    if dated.either is not None and item.role.role == "at":
        return dated.either.first, dated.either.last
    said = _said(items, found, at, day) if dated.type == "DURATION" else None
    return bounds(item.phrase.sense, item.role, dated.value, day, said)


def _said(items: Sequence[Item], found: Sequence[Dated], at: int, day: date | None) -> date | None:
    """Return the day that the sentence of a deadline names for the promise or order ("promised on Monday"), or None."""
    for n in range(max(0, at - MEMORY), min(len(items), at + MEMORY)):
        item = items[n]
        if n != at and item.sentence == items[at].sentence and item.role.role == "at" and unit_of(found[n].value) == "day":
            stretch = days(found[n].value)
            if stretch is not None and (day is None or stretch.first <= day):
                return stretch.first
    return None


# ---- readings joined -----------------------------------------------------------------------------------------------


def _expression(item: Item, readings: Sequence[Reading], published: Published) -> TimeExpression:
    """Return what the readings from the first and the last possible day have in common."""
    dated, limits = _joined(item, readings, published)
    earliest, latest = (bound.isoformat() if bound else None for bound in limits)
    role = item.role.role if dated.type != "SET" else None
    evidence = [s for s in (item.sign if dated.inferred else None, dated.source) if s is not None]
    if dated.inferred and dated.source is None:
        evidence.extend(published.evidence)
    return TimeExpression(
        span=item.span,
        type=dated.type,
        value=dated.value,
        mod=item.phrase.sense.mod,
        role=role,
        earliest=earliest,
        latest=latest,
        edtf=edtf(dated.value, role, earliest, latest) if dated.type == "DATE" else None,
        inferred=dated.inferred,
        evidence=tuple(evidence),
        role_evidence=(_role_span(item),) if role is not None else (),
        rule=_rule(item),
    )


def _joined(item: Item, readings: Sequence[Reading], published: Published) -> tuple[Dated, Bounds]:
    first, last = readings[0 if len(readings) == 1 else 1], readings[-1]
    if first.dated.value == last.dated.value:
        return first.dated, (first.bounds[0], last.bounds[1])
    sense = item.phrase.sense
    value = _of_the_year(item, published)
    if value is not None:
        dated = Dated(sense.type, value + sense.clock, inferred=True)
        return dated, bounds(sense, item.role, dated.value, None, None)
    value = _common(readings, symbolic(sense.value) + sense.clock)
    return readings[0].dated._replace(value=value, inferred=True), (first.bounds[0], last.bounds[1])


def _of_the_year(item: Item, published: Published) -> str | None:
    """Return a month, day, season or quarter in the year of publication, where that year is all that the page fixes."""
    sense, earliest = item.phrase.sense, published.earliest or ""
    whole_year = earliest[4:] == "-01-01" and published.latest == earliest[:4] + "-12-31"
    open_year = sense.value.startswith("XXXX-") and "XX-" not in sense.value[5:] and not sense.side and not sense.origin and not sense.pick
    return within(sense.value, earliest[:4]) if whole_year and open_year else None


def _rule(item: Item) -> str:
    """Return the rule's id; "today" and its like in quotation marks are a rule of their own."""
    sense = item.phrase.sense
    return "date.quoted" if item.quoted and sense.origin == "published" and sense.unit == "day" else sense.rule


def _common(readings: Sequence[Reading], open_value: str) -> str:
    """Return the value as far as both ends agree: the symbolic one, with the year where only month or day differ."""
    neither, first, last = (reading.dated.value for reading in readings)
    if "X" not in neither and not neither.endswith("_REF"):  # the story's year, where publication may give another
        neither = open_value
    if neither.startswith("XXXX-XX") and first[:4] == last[:4] and first[:4].isdigit():
        return first[:4] + neither[4:]
    return neither


def _role_span(item: Item) -> Span:
    """Return the words that give the role, or the expression itself where none do."""
    if item.role.first == item.role.end:
        return item.span
    return Span(item.words[item.role.first].span.start, item.words[item.role.end - 1].span.end)
