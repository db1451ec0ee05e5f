"""The day that a page itself gives: date lines, metadata values, addresses and the caller's EDTF to ISO days.

The order of trust is `read`'s; here each form is read or refused. A value that does not say its day (`03/04/2021`) gives none.
Days are those that the page writes: "2021-02-04T23:30:00-05:00" is the 4th of February, whatever the day is in Greenwich.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from onrecord.calendars import HAS_YEAR, MONTH, WEEKDAY, day_of, full_dates, last_day, month_number

EARLIEST = date(1900, 1, 1)
"""News pages say nothing earlier; what does is a default (0001-01-01)."""
EPOCH = date(1970, 1, 1)
"""The day of an unset clock."""

_BEFORE = (
    r"(?:(?:first |originally )?(?:published|posted|issued|released|created|added|date|dated|filed|submitted)(?: date)?(?: (?:on|at|in))?|"
    r"(?:last |date )?(?:updated|modified|edited|revised)(?: (?:on|at))?|by\b.{2,60}?|on|from .{2,30}?|today|(?:situation )?as (?:of|at))"
)
_CLOCK = (
    r"(?:at\s+)?\d{1,2}(?:[:.]\d\d){0,2}\s*(?:[ap]\.?m\.?\b)?(?:\s*(?:hrs|hours|h)\b)?(?:\s*[A-Z]{2,4}\b(?:[+-]\d+)?)?"
    r"(?:\s*\([^)]{2,20}\))?|[A-Z]{3,4}\b|T?\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"
)
_PLACE = r"(?-i:[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:,? [A-ZÀ-ÖØ-Þ][\w.'’-]*){0,3}),"
"""A place and a comma before the day: "Manila, 9 June 2017". A dash sets off the name of a paper as often as a place."""
UPDATED = re.compile(r"\b(?:updated|modified|edited|revised)\b", re.IGNORECASE)
PUBLISHED = re.compile(r"\b(?:published|posted|issued|released|filed|dated?(?! (?:mod|upd|edit|rev))|created)\b", re.IGNORECASE)
TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
REST = re.compile(rf"^[\W_]*(?:(?:{_BEFORE}\s*[:,]?|{_PLACE})[\W_]*)?(?:(?:{_CLOCK})[\W_]*)*(?:{WEEKDAY}[\W_]*)?$", re.IGNORECASE)
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(?:(0[1-9]|1[0-2])|([a-z]{3}))[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/|$)")


class Given(NamedTuple):
    """A day or a stretch of days that is given; equal where the day is known."""

    earliest: date | None
    latest: date | None

    @property
    def day(self) -> date | None:
        """Return the one day, or None."""
        return self.earliest if self.earliest == self.latest else None


class LineDate(NamedTuple):
    """The day of a date line; where it stands in the line; whether it is the day of publication or of a later change."""

    day: date
    start: int
    end: int
    updated: bool


def date_line(text: str) -> LineDate | None:
    """Return the day of a line that says when the page was published, and nothing else; None for any other line.

    Beside the date it may have a weekday, clock times, a place's time zone, "Published:", "As of" or "Updated", and a byline or a
    place before it.
    Of two dates the one of publication counts.
    """
    if len(text) > 160 or not HAS_YEAR.search(text):
        return None
    found = [d for d in full_dates(text) if plausible(d.day)]
    if not found or TODAY.search(text):
        return None
    rest, at = [], 0
    for dated in found:
        rest.append(text[at : dated.start])
        at = dated.end
    rest.append(text[at:])
    if not all(REST.match(part) for part in rest):
        return None
    updates = [bool(UPDATED.search(part)) and not PUBLISHED.search(part) for part in rest]
    best = next((i for i in range(len(found)) if not updates[i]), 0)
    return LineDate(found[best].day, found[best].start, found[best].end, updates[best])


DATED_TITLE = re.compile(
    r"\b(?:briefing|press conference|transcript|minutes|bulletin|statement|remarks|report|readout|communiqu[eé]|debates?)\b", re.IGNORECASE
)
"""Papers that name their day in the title; of other titles a day is what they tell of ("Attack on Paris, 13 November 2015")."""


def dated_title(text: str) -> LineDate | None:
    """Return the day that a title ends with, set off from it, where it names a paper that has one: "Press Briefing – May 3, 2021"."""
    found = [d for d in full_dates(text) if plausible(d.day)]
    if len(found) != 1 or len(text) > 160 or text[found[0].end :].strip(" )]."):
        return None
    before = text[: found[0].start].rstrip()
    if not before.endswith((",", "(", "[", ":", "|", "-", "–", "—")) or not DATED_TITLE.search(before):
        return None
    return LineDate(found[0].day, found[0].start, found[0].end, updated=False)


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date line."""
    return date_line(text) is not None


def plausible(day: date) -> bool:
    """Tell whether a page can have been published on a day."""
    return day >= EARLIEST and day != EPOCH


def metadata_day(value: str) -> date | None:
    """Return the day that a metadata value names, or None where it names none or leaves it open."""
    text = value.strip()
    found = _iso(text) or _compact(text) or next((d.day for d in full_dates(text)), None) or _slashes(text) or _seconds(text)
    return found if found is not None and plausible(found) else None


def _iso(text: str) -> date | None:
    match = re.match(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)", text)
    return day_of(int(match[1]), int(match[2]), int(match[3])) if match else None


def _compact(text: str) -> date | None:
    match = re.match(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$", text)
    return day_of(int(match[1]), int(match[2]), int(match[3])) if match else None


def _slashes(text: str) -> date | None:
    """Return the day of "17/05/2019" or "05/17/2019"; None where both numbers could be the month."""
    match = re.match(r"(\d\d?)[/.](\d\d?)[/.]((?:19|20)\d\d)\b", text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if first == second or first > 12:
        return day_of(year, second, first)
    return day_of(year, first, second) if second > 12 else None


def _seconds(text: str) -> date | None:
    match = re.fullmatch(r"(\d{9,10})(\d{3})?", text)
    return datetime.fromtimestamp(int(match[1]), UTC).date() if match else None


def url_date(url: str) -> Given | None:
    """Return the day, else the month, that an address names in its path; None where it names neither."""
    path = re.sub(r"^\w+://[^/]*", "", url).split("?")[0].split("#")[0]
    for match in URL_DAY.finditer(path.lower()):
        month = int(match[2]) if match[2] else month_number(match[3])
        day = day_of(int(match[1]), month, int(match[4])) if month else None
        if day is not None and plausible(day):
            return Given(day, day)
    month_only = URL_MONTH.search(path)
    if month_only:
        year, number = int(month_only[1]), int(month_only[2])
        return Given(date(year, number, 1), last_day(year, number))
    return None


def edtf_bounds(value: str) -> Given | None:
    """Return the bounds of an EDTF value as sources and callers give it; None where it is none.

    A day (with or without a time), a month, a year, an interval `a/b`, or one unknown day between two, `[a..b]`.
    """
    text = value.strip()
    interval = re.fullmatch(r"\[?\s*([\dT:.Z+-]*)\s*(?:\.\.|/)\s*([\dT:.Z+-]*)\s*\]?", text)
    if interval and text != interval[1]:
        first = edtf_bounds(interval[1]) if interval[1].strip(". ") else None
        last = edtf_bounds(interval[2]) if interval[2].strip(". ") else None
        if (interval[1].strip(". ") and first is None) or (interval[2].strip(". ") and last is None):
            return None
        return Given(first.earliest if first else None, last.latest if last else None)
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?[?~%]?", text)
    if match is None:
        day = metadata_day(text)
        return Given(day, day) if day else None
    return _partial(int(match[1]), match[2], match[3])


def _partial(year: int, month: str | None, day: str | None) -> Given | None:
    if year < EARLIEST.year:
        return None
    if month is None:
        return Given(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return Given(date(year, int(month), 1), last_day(year, int(month)))
    exact = day_of(year, int(month), int(day))
    return Given(exact, exact) if exact else None


MONTH_DAY = re.compile(
    rf"(?P<month>{MONTH})\s+(?P<day>\d\d?)\b(?!,?\s*\d{{4}})|(?P<day2>\d\d?)\s+(?P<month2>{MONTH})(?!,?\s*\d{{4}})", re.IGNORECASE
)
"""A day of a month without a year, as datelines have it: "March 3", "3 March"."""
