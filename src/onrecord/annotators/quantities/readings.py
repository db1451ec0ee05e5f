"""A text to the numbers in it that count or measure, with currency, per cent and unit, ranges and bounds. Needs no parse.

    about US$1.4bn · 16–17 percent · between €3 and €4 billion · three to six feet · 12 million to 20 million dollars · four or more

A span is the number with its scale word and its currency or per-cent sign; units of measure and modifiers stand outside. Bounds
stand alone ("at least 20": low 20, no value); a range has both and its middle as value. Numbers that belong to something else are
refused, with the reason (see `refusals`).

Known limits: "from 5 to 10" is a range unless a word of change stands near ("rose from 5 to 10": two numbers); "over" and "under" are
bounds unless one of the words of their entry stands before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.annotators.quantities import bounds, measures, pairs, refusals
from onrecord.annotators.quantities.bounds import Around
from onrecord.annotators.quantities.dressing import Dressed, dress, over_hyphen
from onrecord.annotators.quantities.measures import Measure
from onrecord.annotators.quantities.numerals import Form, Number, read
from onrecord.annotators.quantities.words import Word, at, cut
from onrecord.lexicons import Bound
from onrecord.spans import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as its own words and its neighbours give it."""

    span: Span
    value: float | None
    low: float | None
    high: float | None
    form: Form
    unit: str | None = None
    """A currency, `percent`, a unit of measure or `vote`; None where only the parse can tell."""
    measure: Measure | None = None
    unit_span: Span | None = None
    """The words of a unit of measure, outside of the span."""
    inferred: bool = False
    """The country of the text decided the currency."""
    bound: Bound | None = None
    bound_span: Span | None = None
    about: Span | None = None
    joined: Span | None = None
    """The word that a hyphen joins to the number: "a five-*member* panel"."""


class Refused(NamedTuple):
    """A number that is no figure, and why not."""

    span: Span
    reason: str


def readings(
    text: str, entries: Iterable[Bound], masked: Iterable[Span] = (), within: Iterable[Span] | None = None
) -> tuple[list[Reading], list[Refused]]:
    """Return the numbers of a text that count or measure, and those that do not.

    `masked` spans (times) are passed over; only what stands within the spans of `within` is read (None: all).
    """
    forms = bounds.index(entries)
    covered = frozenset(c for s in masked for c in range(s.start, s.end))
    stretches = [cut(text, span) for span in (within if within is not None else [Span(0, len(text))])]
    everything = [word for stretch in stretches for word in stretch]
    country = measures.home_country(everything, text) if any(measures.is_shared(w.lower) for w in everything) else None
    found: list[Reading] = []
    refused: list[Refused] = []
    for words in stretches:
        for item in _Reader(words, forms, covered, country, refusals.is_headline(words)).items():
            if isinstance(item, Reading):
                found.append(item)
            else:
                refused.append(item)
    return found, refused


@dataclass(frozen=True)
class _Reader:
    """One stretch of a text while it is read."""

    words: Sequence[Word]
    forms: bounds.Forms
    covered: frozenset[int]
    country: str | None
    headline: bool

    def items(self) -> Iterator[Reading | Refused]:
        """Yield what is made of each number, in order."""
        index = 0
        while index < len(self.words):
            number = read(self.words, index)
            if number is None or self._masked(number):
                index += 1
                continue
            first = dress(self.words, number, self.country)
            glued = None if first.measured or first.number.scale > number.scale else refusals.glued(self.words, number)
            if glued:
                yield Refused(self._span(number.first, number.end), glued)
                index = number.end
                continue
            made, index = self._made(first)
            yield from made

    def _masked(self, number: Number) -> bool:
        """Tell whether a number stands within a time expression."""
        return self.words[number.first].span.start in self.covered or self.words[number.end - 1].span.start in self.covered

    def _span(self, first: int, end: int) -> Span:
        return Span(self.words[first].span.start, self.words[end - 1].span.end)

    def _made(self, first: Dressed) -> tuple[list[Reading | Refused], int]:
        """Return what is made of a number, or of it and the one that is joined to it, and the index to go on from."""
        second = self._second(first)
        pair = pairs.join(self.words, first, second) if second else None
        if second is None or pair is None:
            return [self._single(first)], max(first.end, first.number.end)
        if pair == "votes":
            return [self._reading(one, (one.number.value, None, None), Around(), unit="vote") for one in (first, second)], second.end
        if pair == "score":
            return [Refused(self._span(first.first, second.end), "a score, or the numbers of something")], second.end
        reason = None if pair.measured else refusals.why_not(self.words, pair.number, bound=True, headline=self.headline)
        if reason:
            return [Refused(self._span(pair.first, pair.end), reason)], second.end
        around = bounds.around(self.words, pair.first, pair.end, self.forms, measured=pair.measured)
        values = (pair.number.value, pair.number.low, pair.number.high)
        return [self._reading(pair, values, Around(None, None, around.about))], second.end

    def _second(self, first: Dressed) -> Dressed | None:
        """Return the number that is joined to the first, or None."""
        start = pairs.second_at(self.words, first)
        for index in range(start or 0, (start or -4) + 4):
            number = read(self.words, index)
            if number is not None:
                second = dress(self.words, number, self.country)
                return second if second.first == start and not self._masked(number) and number.form != "vague" else None
        return None

    def _single(self, dressed: Dressed) -> Reading | Refused:
        around = bounds.around(self.words, dressed.first, dressed.end, self.forms, measured=dressed.measured)
        reason = (
            None
            if dressed.measured
            else refusals.why_not(self.words, dressed.number, bound=around.bound is not None, headline=self.headline)
        )
        if reason:
            return Refused(self._span(dressed.first, dressed.end), reason)
        return self._reading(dressed, _bounded(dressed.number, around.bound), around)

    def _reading(
        self, dressed: Dressed, values: tuple[float | None, float | None, float | None], around: Around, unit: str | None = None
    ) -> Reading:
        found = dressed.money or dressed.unit
        outside = dressed.unit if dressed.unit and dressed.unit.end > dressed.end else None
        joined = over_hyphen(self.words, dressed.end)
        return Reading(
            self._span(dressed.first, dressed.end),
            *values,
            form=dressed.number.form,
            unit=found.unit if found else unit,
            measure=dressed.unit.measure if dressed.unit else None,
            unit_span=self._span(outside.first, outside.end) if outside else None,
            inferred=bool(dressed.money and dressed.money.inferred),
            bound=around.bound,
            bound_span=self._span(*around.at) if around.at else None,
            about=self._span(*around.about) if around.about else None,
            joined=self.words[joined].span if joined > dressed.end and at(self.words, joined).text.isalpha() else None,
        )


def _bounded(number: Number, bound: Bound | None) -> tuple[float | None, float | None, float | None]:
    """Return value, low and high of a number under a bound: the bound stands alone; a vague number stays what it is."""
    if bound is None or number.value is None:
        return number.value, number.low, number.high
    return (None, number.value, None) if bound.gives == "low" else (None, None, number.value)
