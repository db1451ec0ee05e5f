"""The first and last day that an expression allows, by its value and role.

    at, during   the days of the value                        by, until   up to its last day (before: to the day before its first)
    since        from its first day on (after: from the day after its last)
A deadline in the middle of a period is its middle day ("by mid-2026"); one in its early part has no sharp last day and gets none.
"""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.timex.periods import MONTHS_IN, days, middle, period, shift
from onrecord.timex.roles import Role
from onrecord.timex.senses import Sense

Bounds = tuple[date | None, date | None]
NONE: Bounds = (None, None)
_DAY = timedelta(days=1)


def bounds(sense: Sense, role: Role, value: str, day: date | None, said: date | None) -> Bounds:
    """Return the earliest and latest day, either None. `day`: publication; `said`: when a promise or order was given."""
    if sense.type == "SET":
        return NONE
    if sense.type == "DURATION":
        return _of_duration(sense, role, day, said)
    stretch = days(value)
    if stretch is None:
        return NONE
    if role.role == "by":
        return None, _deadline(sense, role, value)
    if role.role == "until":
        return None, stretch.last
    if role.role == "since" and role.outside:
        fuzzy = len(value) == 7 and not value[5:].isdigit()  # the end of a season is nobody's day
        return NONE if fuzzy else (stretch.last + _DAY, None)
    return (stretch.first, None) if role.role == "since" else (stretch.first, stretch.last)


def _deadline(sense: Sense, role: Role, value: str) -> date | None:
    stretch = days(value)
    if stretch is None or sense.mod == "START":
        return None
    if role.outside and sense.mod != "END":
        return stretch.first - _DAY if sense.type == "DATE" else stretch.last
    return middle(value) if sense.mod == "MID" else stretch.last


def _of_duration(sense: Sense, role: Role, day: date | None, said: date | None) -> Bounds:
    if sense.vague or not sense.count:
        return NONE
    if sense.reach and day is not None and role.role in {"during", "at", "by", "until"}:
        other = shift(day, sense.count * sense.reach, sense.unit)
        if role.role == "by":
            return (None, other) if sense.reach > 0 else NONE
        return (other, day) if sense.reach < 0 else (day, other)
    begun = said or day
    if role.role == "at" and begun is not None and sense.unit in MONTHS_IN | {"day": 1, "week": 1}:  # "will open in two months"
        there = shift(begun, sense.count, sense.unit)
        stretch = days(period(there, sense.unit)) if there is not None else None
        return (stretch.first, stretch.last) if stretch is not None else NONE
    return (None, shift(begun, sense.count, sense.unit)) if role.role == "by" and not role.outside and begun is not None else NONE
