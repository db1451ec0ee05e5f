"""What a time expression means by its own words, before the text around it fixes a day.

A sense is a value already fixed (`2019-10`, `P3D`, `PAST_REF`), a partial one (`XXXX-10`: which October is for the context to say),
or a distance from the day of publication ("last month") or from the time just told ("the next day").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from onrecord.annotations import TimeType

Origin = Literal["", "published", "told"]
CODES = {"second": ("T", "S"), "minute": ("T", "M"), "hour": ("T", "H"), "day": ("", "D"), "week": ("", "W"), "weekend": ("", "WE")} | {
    "month": ("", "M"),
    "quarter": ("", "Q"),
    "year": ("", "Y"),
    "decade": ("", "DE"),
    "century": ("", "CE"),
    "millennium": ("", "ML"),
}
"""A duration's letters: those before and after its number."""


@dataclass(frozen=True, slots=True)
class Sense:
    """The meaning of an expression's own words. `value` is empty where `origin`, `count` and `unit` give it."""

    type: TimeType
    value: str = ""
    rule: str = ""
    origin: Origin = ""
    count: float = 0
    unit: str = ""
    pick: str = ""
    """A partial value within the period found: `XXXX-01` in "January last year"."""
    side: int = 0
    """What its own words say: -1 before ("last October"), +1 after ("next March"), 0 nothing."""
    strict: bool = False
    """The period wholly before or after the day it is counted from."""
    nearer: bool = False
    """Either the first such day to come or the one after it: "next Friday"."""
    weekday: int = 0
    """The day of the week (Monday 1) that a date without a year must fall on."""
    clock: str = ""
    mod: str | None = None
    exact: bool = False
    """A distance to the day: "exactly a year later"."""
    vague: bool = False
    """A distance without a number ("years ago")."""
    assumed: bool = False
    """Part of a fixed value is not in the words: the century of "the eighties"."""
    reach: int = 0
    """A duration up to (-1) or from (+1) publication: "the past five years", "the next three years"."""

    @property
    def is_date(self) -> bool:
        """Tell whether it names a day or a longer period on the calendar."""
        return self.type == "DATE" and not self.value.endswith("REF")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression in a list of words: words `first` to `end` (exclusive) and what they mean."""

    first: int
    end: int
    sense: Sense

    def widened(self, first: int, end: int, sense: Sense | None = None) -> Phrase:
        """Return the phrase over more words, perhaps with another meaning."""
        return Phrase(min(first, self.first), max(end, self.end), sense or self.sense)


def duration(number: float | None, unit: str) -> str:
    """Return the value of a duration: `P3D`, `PT30M`, `P2.5Y`; `PXW` where there is no number. A fortnight is two weeks."""
    if unit == "fortnight":
        return duration(number * 2 if number is not None else None, "week")
    before, after = CODES[unit]
    if number is None:
        return f"P{before}X{after}"
    if unit == "hour" and number > 1 and number != int(number):
        return f"PT{int(number)}H{round(number % 1 * 60)}M"
    if number != int(number):
        finer = {"century": ("year", 100), "decade": ("year", 10), "hour": ("minute", 60), "day": ("hour", 24)}.get(unit)
        if finer is not None:
            return duration(number * finer[1], finer[0])
        if unit == "year" and number < 1:
            return duration(number * 12, "month")
    return f"P{before}{number:g}{after}"


def joined(first: str, second: str) -> str:
    """Return two durations as one: `P15Y` and `P8M` are `P15Y8M`."""
    if "T" in first:
        return first + second.removeprefix("PT").removeprefix("P")
    return first + second.removeprefix("P")


def modified(sense: Sense, mod: str | None) -> Sense:
    """Return the sense with a modifier, an earlier one kept where there is none new."""
    return replace(sense, mod=mod or sense.mod)
