"""Names of months and weekdays, and full dates as people write them: text to ISO days.

The one place that knows how a month is spelt. A date is *full* when it names day, month and year in words or in ISO form;
"03/04/2021" is no date here, because nobody can tell the day from the month (only where one of them is over 12).
Known limits: English names; years 1000 to 2999; the Gregorian calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: dict[str, int] = {name: number for number, name in enumerate(MONTH_NAMES, 1)} | {
    name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)
}
MONTHS |= {"sept": 9}
"""Name or abbreviation in lower case, without a full stop, to 1-12."""
WEEKDAYS: dict[str, int] = {name: number for number, name in enumerate(WEEKDAY_NAMES)} | {
    name[:3]: number for number, name in enumerate(WEEKDAY_NAMES)
}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
"""Name or abbreviation in lower case, without a full stop, to 0 (Monday)-6."""


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


MONTH = rf"(?:{_alternatives(MONTHS)})\b\.?"
WEEKDAY = rf"(?:{_alternatives(WEEKDAYS)})\b\.?"
YEAR = r"[12]\d{3}"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
FULL = re.compile(
    rf"(?<![\w/.-])(?:(?P<weekday>{WEEKDAY})(?:,?\s+|,)(?:the\s+)?)?"
    rf"(?:(?P<m1>{MONTH})\s+(?P<d1>{DAY})(?:,\s*|\s+)(?P<y1>{YEAR})\b"
    rf"|(?P<d2>{DAY})(?:\s+|-|\s+of\s+)(?P<m2>{MONTH})(?:,\s*|\s+|-)(?P<y2>{YEAR})\b"
    rf"|(?P<y3>{YEAR})[-/](?P<m3>\d\d?)[-/](?P<d3>\d\d?))(?![\d/]|-\d)",
    re.IGNORECASE,
)
"""A full date, with or without its weekday: "Saturday, August 22, 2020", "22 Aug 2020", "2020-08-22"."""

HAS_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


class Dated(NamedTuple):
    """A full date found in a text: where it stands, which day it is, and whether its weekday (if it has one) fits."""

    start: int
    end: int
    day: date
    weekday_fits: bool


def month_number(name: str) -> int | None:
    """Return 1-12 for "March", "Mar" or "mar.", None for anything else."""
    return MONTHS.get(name.lower().rstrip("."))


def weekday_number(name: str) -> int | None:
    """Return 0 (Monday) to 6 for "Friday", "Fri" or "fri.", None for anything else."""
    return WEEKDAYS.get(name.lower().rstrip("."))


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none (31 June)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def full_dates(text: str) -> Iterator[Dated]:
    """Yield the full dates of a text, in order; spans are code points into `text`."""
    if not HAS_YEAR.search(text):
        return
    for match in FULL.finditer(text):
        month = match["m1"] or match["m2"]
        number = month_number(month) if month else int(match["m3"])
        digits = re.match(r"\d+", match["d1"] or match["d2"] or match["d3"])
        found = day_of(int(match["y1"] or match["y2"] or match["y3"]), number or 0, int(digits[0]) if digits else 0)
        if found is not None:
            weekday = weekday_number(match["weekday"]) if match["weekday"] else None
            yield Dated(match.start(), match.end(), found, weekday is None or weekday == found.weekday())
