"""Calendar arithmetic on TIMEX3 values: which days a value covers, what lies next to it, and how EDTF writes it.

A value is a text as TIMEX3 writes it (`2021-07-26`, `2021-07`, `2021-W30`, `2021-W30-WE`, `2021-SU`, `2021-Q3`, `2021-H1`,
`2021`, `202X`, `20`, each perhaps with a clock: `2021-07-26T09:00`, `2021-07-26TMO`). A *partial* value leaves its year, month or
week open (`XXXX-10`, `XXXX-10-05`, `XXXX-XX-20`, `XXXX-WXX-1`, `XXXX-WXX-WE`, `XXXX-SU`, `XXXX-Q3`, `XXXX-@easter`). Weeks are those of
ISO 8601, seasons those of the weather service (summer: June to August; a winter has the year of its December).

Known limits: fiscal years (`FY2024`) have no days, since their months differ from country to country; southern seasons are not
told from northern ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.calendars import last_day

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The first month of each season."""
MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
DAYS_IN = {"day": 1.0, "week": 7.0, "weekend": 7.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}
"""How far one unit moves a day: in months, or in days."""
_DAY = timedelta(days=1)


class Days(NamedTuple):
    """The first and the last day of a stretch of time."""

    first: date
    last: date


# ---- values and days -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def days(value: str) -> Days | None:
    """Return the days that a value covers, or None where it is partial, vague, fiscal or no date."""
    try:
        return _days(value.partition("T")[0])
    except ValueError:  # "2021-02-30", a week 53 that the year has not, a year out of range
        return None


def _days(value: str) -> Days | None:
    if "/" in value:
        first, last = (days(part) for part in value.split("/", 1))
        return Days(first.first, last.last) if first and last else None
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return Days(day, day)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _stretch(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Days(monday + 5 * _DAY if found[3] else monday, monday + 6 * _DAY)
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _stretch(int(found[1]), SEASONS[found[2]], 3)
    if found := re.fullmatch(r"(\d{4})-([QH])([1-4])", value):
        length = 3 if found[2] == "Q" else 6
        return _stretch(int(found[1]), 1 + length * (int(found[3]) - 1), length)
    if found := re.fullmatch(r"(\d{4}|\d{3}X|\d\d)", value):
        digits = value.rstrip("X")
        width = 10 ** (4 - len(digits))
        return Days(date(int(digits) * width, 1, 1), date(int(digits) * width + width - 1, 12, 31))
    return None


def _stretch(year: int, month: int, count: int) -> Days:
    """Return the days of so many months from one on; ValueError where there is no such month."""
    final = year * 12 + month - 2 + count
    return Days(date(year, month, 1), last_day(final // 12, final % 12 + 1))


def period(day: date, unit: str) -> str:
    """Return the value of the day, week, month, quarter, year … that holds a day; hours and less give the day."""
    year, week, _ = day.isocalendar()
    if unit in {"week", "weekend"}:
        return f"{year}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{day.year:04}-{day.month:02}"
    if unit == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "half":
        return f"{day.year:04}-H{(day.month + 5) // 6}"
    if unit == "season":
        season = {month: name for name, month in SEASONS.items()}[day.month // 3 * 3 or 12]
        return f"{day.year - (day.month < 3):04}-{season}"
    digits = f"{day.year:04}"
    return {"year": digits, "decade": digits[:3] + "X", "century": digits[:2]}.get(unit, day.isoformat())


def shift(day: date, count: float, unit: str) -> date | None:
    """Return the day so many units later (earlier where negative), 31 August + 1 month being 30 September; None beyond the calendar."""
    try:
        if unit in MONTHS_IN:
            year, month = divmod(day.year * 12 + day.month - 1 + round(count * MONTHS_IN[unit]), 12)
            return date(year, month + 1, min(day.day, last_day(year, month + 1).day))
        return day + timedelta(days=int(count * DAYS_IN[unit]))
    except (ValueError, OverflowError):
        return None


def middle(value: str) -> date | None:
    """Return the last day of a value's first half ("by mid-2026" is by 30 June, "by mid-May" by the 15th)."""
    whole = days(value)
    if whole is None:
        return None
    if re.fullmatch(r"\d{4}", value):
        return date(whole.first.year, 6, 30)
    if re.fullmatch(r"\d{4}-\d\d", value):
        return whole.first.replace(day=15)
    return whole.first + (whole.last - whole.first) // 2


_SHAPES = (
    ("day", r"[\dX]{4}-[\dX]{2}-[\dX]{2}|XXXX-WXX-\d|XXXX-@.+"),
    ("month", r"[\dX]{4}-[\dX]{2}"),
    ("weekend", r"[\dX]{4}-W[\dX]{2}-WE"),
    ("week", r"[\dX]{4}-W[\dX]{2}"),
    ("season", r"[\dX]{4}-(SP|SU|FA|WI)"),
    ("quarter", r"[\dX]{4}-Q[1-4X]"),
    ("half", r"[\dX]{4}-H[12]"),
    ("year", r"\d{4}|XXXX"),
    ("decade", r"\d{3}X"),
    ("century", r"\d\d"),
)


def unit_of(value: str) -> str | None:
    """Return the unit of a value (`day` for `2021-07-26T09:00`, `year` for `2021`), or None."""
    plain = value if "@" in value else value.partition("T")[0]
    return next((unit for unit, shape in _SHAPES if re.fullmatch(shape, plain)), None)


# ---- partial values ------------------------------------------------------------------------------------------------


def is_partial(value: str) -> bool:
    """Tell whether a value leaves its year, month or week open."""
    return value.startswith("XXXX-")


def symbolic(value: str) -> str:
    """Return a partial value as TIMEX3 writes it: a feast without its year is a day without a date."""
    return re.sub(r"@[a-z_]+", "XX-XX", value)


def occurrences(partial: str, near: date) -> Iterator[tuple[str, Days]]:
    """Yield the values that a partial one may stand for around a day, with their days, in order of time."""
    head, clock = re.fullmatch(r"(.*?)(T.*)?", partial).groups("")  # type: ignore[union-attr]
    for value in _completed(head, near):
        stretch = days(value)
        if stretch is not None:
            yield value + clock, stretch


def _completed(partial: str, near: date) -> Iterator[str]:
    if found := re.fullmatch(r"XXXX-WXX-(\d)", partial):
        monday = near - (near.isoweekday() - 1) * _DAY
        yield from ((monday + (7 * week + int(found[1]) - 1) * _DAY).isoformat() for week in (-2, -1, 0, 1, 2))
    elif partial == "XXXX-WXX-WE":
        yield from (period(near + week * 7 * _DAY, "weekend") for week in (-2, -1, 0, 1, 2))
    elif found := re.fullmatch(r"XXXX-XX-(\d\d)", partial):
        first = near.replace(day=1)
        yield from (f"{period(moved, 'month')}-{found[1]}" for n in (-2, -1, 0, 1, 2) if (moved := shift(first, n, "month")))
    elif partial.startswith("XXXX-@"):
        yield from (day.isoformat() for year in range(near.year - 4, near.year + 5) if (day := feast(partial[6:], year)))
    else:  # as far as a 29 February may be away
        yield from (f"{year:04}{partial[4:]}" for year in range(near.year - 8, near.year + 9))


def complete(partial: str, near: date, side: int, *, strict: bool = False) -> str | None:
    """Return the value that a partial one stands for: the last at or before the day (side -1), or the first at or after it (+1).

    `strict`: wholly before or after the day ("last October", "next March").
    """
    found = occurrences(partial, near)
    if side < 0:
        before = [value for value, stretch in found if (stretch.last < near if strict else stretch.first <= near)]
        return before[-1] if before else None
    return next((value for value, stretch in found if (stretch.first > near if strict else stretch.last >= near)), None)


def distance(value: str, near: date) -> int:
    """Return how many days lie between a day and a value's nearest day; 0 within it, and where the value has no days."""
    stretch = days(value)
    if stretch is None:
        return 0
    return max((stretch.first - near).days, (near - stretch.last).days, 0)


def nearest(partial: str, near: date) -> str | None:
    """Return the value nearest to a day that a partial one may stand for; of two equally near, the earlier."""
    return min((value for value, _ in occurrences(partial, near)), key=lambda value: distance(value, near), default=None)


def within(partial: str, outer: str) -> str | None:
    """Return the value of a partial one within a given year, month or week ("January" within `2020`), or None."""
    whole = days(outer)
    if whole is None:
        return None
    middle_day = whole.first + (whole.last - whole.first) // 2
    return next((value for value, stretch in occurrences(partial, middle_day) if whole.first <= stretch.first <= whole.last), None)


# ---- feasts --------------------------------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    n = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + n - 7 * ((a + 11 * h + 22 * n) // 451) + 114, 31)
    return date(year, month, day + 1)


def feast(name: str, year: int) -> date | None:
    """Return the day of a feast of `data/tables/feasts.tsv` in a year, or None where it has none."""
    kind, *numbers = feasts()[name].split()
    if kind == "easter":
        return easter(year) + int(numbers[0]) * _DAY
    if kind == "days":
        return next((day for text in numbers if (day := date.fromisoformat(text)).year == year), None)
    month, weekday, nth = (int(n) for n in numbers)
    last = last_day(year, month)
    if nth < 0:
        return last - ((last.isoweekday() - weekday) % 7 - 7 * (nth + 1)) * _DAY
    first = last.replace(day=1)
    day = first + ((weekday - first.isoweekday()) % 7 + 7 * (nth - 1)) * _DAY
    return day if kind == "nth" else day + _DAY


@lru_cache(maxsize=1)
def feasts() -> dict[str, str]:
    """Return the rule of each feast, by its id."""
    text = resources.files("onrecord.data").joinpath("tables", "feasts.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return dict(row[:2] for row in rows[1:])


# ---- EDTF ----------------------------------------------------------------------------------------------------------


def edtf(value: str, role: str | None, earliest: str | None, latest: str | None) -> str | None:
    """Return the EDTF of a date with its role and bounds, or None where no day is known at all.

    `2021-10` and `202X` stand for themselves; `[a..b]` is one unknown day between; `[..b]` a day up to b; `a/..`, `../b`
    and `a/b` are stretches of time.
    """
    if earliest is None and latest is None:
        return None
    if role in {"since", "until", "during"} or "/" in value:
        return f"{earliest or '..'}/{latest or '..'}"
    if role != "by" and re.fullmatch(r"\d{4}(-\d\d){0,2}|\d{3}X", value):
        return value
    return earliest if earliest == latest and earliest else f"[{earliest or ''}..{latest or ''}]"
