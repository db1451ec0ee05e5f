"""Calendar arithmetic on TIMEX3 values, and their EDTF."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from onrecord.timex import periods

DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2500, 12, 31))
UNITS = st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"])
PARTIAL = st.sampled_from(
    [
        "XXXX-10",
        "XXXX-10-05",
        "XXXX-02-29",
        "XXXX-XX-20",
        "XXXX-XX-31",
        "XXXX-WXX-1",
        "XXXX-WXX-WE",
        "XXXX-SU",
        "XXXX-WI",
        "XXXX-Q3",
        "XXXX-@easter",
    ]
)


@pytest.mark.parametrize(
    ("value", "first", "last", "reason"),
    [
        ("2020-02", "2020-02-01", "2020-02-29", "a leap year"),
        ("2021-W30", "2021-07-26", "2021-08-01", "an ISO week"),
        ("2021-W30-WE", "2021-07-31", "2021-08-01", "its weekend"),
        ("2020-W53", "2020-12-28", "2021-01-03", "a week of two years"),
        ("2019-WI", "2019-12-01", "2020-02-29", "winter has the year of its December"),
        ("2021-Q4", "2021-10-01", "2021-12-31", "the last quarter"),
        ("2021-H1", "2021-01-01", "2021-06-30", "the first half"),
        ("199X", "1990-01-01", "1999-12-31", "a decade"),
        ("19", "1900-01-01", "1999-12-31", "a century"),
        ("2017/2018", "2017-01-01", "2018-12-31", "two years"),
        ("2021-07-26T09:00", "2021-07-26", "2021-07-26", "a clock time"),
        ("2021-07-26TMO", "2021-07-26", "2021-07-26", "a morning"),
    ],
)
def test_a_value_covers_its_days(value, first, last, reason):
    """First and last day of each shape of value."""
    stretch = periods.days(value)
    assert stretch is not None, reason
    assert (stretch.first.isoformat(), stretch.last.isoformat()) == (first, last), reason


@pytest.mark.parametrize("value", ["2021-02-30", "2021-W53", "XXXX-10", "PAST_REF", "FY2024", "P3D", "", "2021-13"])
def test_what_is_no_day_on_the_calendar_covers_none(value):
    """Impossible, partial, vague and fiscal values have no days."""
    assert periods.days(value) is None


@given(DAYS, UNITS)
def test_the_period_of_a_day_holds_it(day, unit):
    """A day lies within the week, month, season … that is made of it (a weekend lies in its week)."""
    stretch = periods.days(periods.period(day, unit))
    assert stretch is not None
    assert stretch.first <= day <= stretch.last or (unit == "weekend" and 0 < (stretch.first - day).days < 6)


@given(DAYS, st.integers(-50, 50), st.sampled_from(["day", "week", "month", "year"]))
def test_shifting_there_and_back_comes_near(day, count, unit):
    """Days and weeks come back exactly; months and years within the days that the shorter month lacks."""
    there = periods.shift(day, count, unit)
    assert there is not None
    back = periods.shift(there, -count, unit)
    assert back is not None
    assert abs((back - day).days) <= (0 if unit in {"day", "week"} else 3)


def test_shifting_beyond_the_calendar_gives_nothing():
    """Year 10000 is none."""
    assert periods.shift(date(9999, 1, 1), 5, "year") is None
    assert periods.shift(date(9999, 12, 31), 1, "day") is None


@given(PARTIAL, DAYS, st.sampled_from([-1, 1]))
def test_a_partial_value_is_completed_on_the_side_asked_for(partial, day, side):
    """Before: begins at or before the day; after: ends at or after it; strictly: wholly so."""
    value = periods.complete(partial, day, side)
    stretch = periods.days(value) if value else None
    assert stretch is not None
    assert stretch.first <= day if side < 0 else stretch.last >= day
    strict = periods.complete(partial, day, side, strict=True)
    outside = periods.days(strict) if strict else None
    assert outside is not None
    assert outside.last < day if side < 0 else outside.first > day


@given(PARTIAL, DAYS, DAYS, st.sampled_from([-1, 1]))
def test_a_later_day_never_gives_an_earlier_value(partial, one, other, side):
    """What bounds of the publication day rest on: completing is monotone."""
    early, late = sorted((one, other))
    first, second = periods.complete(partial, early, side), periods.complete(partial, late, side)
    assert first is not None
    assert second is not None
    assert periods.days(first) <= periods.days(second)


@given(PARTIAL, DAYS)
def test_the_nearest_value_is_no_further_than_either_side(partial, day):
    """Nearest means nearest."""
    near = periods.nearest(partial, day)
    assert near is not None
    sides = [value for side in (-1, 1) if (value := periods.complete(partial, day, side))]
    assert periods.distance(near, day) <= min(periods.distance(value, day) for value in sides)


@pytest.mark.parametrize(
    ("partial", "outer", "expected", "reason"),
    [
        ("XXXX-01", "2020", "2020-01", "January last year"),
        ("XXXX-WXX-4", "2021-W10", "2021-03-11", "Thursday of that week"),
        ("XXXX-Q2", "2021", "2021-Q2", "a quarter of the year"),
        ("XXXX-02-29", "2021", None, "no such day in that year"),
        ("XXXX-01", "XXXX", None, "an unknown year"),
    ],
)
def test_a_partial_value_within_a_period(partial, outer, expected, reason):
    """A month, day or quarter of a given year or week."""
    assert periods.within(partial, outer) == expected, reason


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("easter", 2020, "2020-04-12"),
        ("good_friday", 2021, "2021-04-02"),
        ("thanksgiving", 2020, "2020-11-26"),
        ("memorial", 2021, "2021-05-31"),
        ("labor", 2021, "2021-09-06"),
        ("election", 2020, "2020-11-03"),
        ("super_tuesday", 2020, "2020-03-03"),
        ("super_tuesday", 2021, None),
    ],
)
def test_feasts_fall_on_their_days(name, year, day):
    """Rules of the table against public calendars."""
    found = periods.feast(name, year)
    assert (found and found.isoformat()) == day


@given(st.integers(1600, 2500))
def test_easter_is_a_sunday_of_spring(year):
    """Between 22 March and 25 April."""
    day = periods.easter(year)
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("value", "role", "earliest", "latest", "expected", "reason"),
    [
        ("2021-10", "at", "2021-10-01", "2021-10-31", "2021-10", "a month stands for itself"),
        ("202X", "at", "2020-01-01", "2029-12-31", "202X", "a decade, too"),
        ("2021-W30", "at", "2021-07-26", "2021-08-01", "[2021-07-26..2021-08-01]", "one unknown day of a week"),
        ("2021", "by", None, "2021-12-31", "[..2021-12-31]", "a deadline"),
        ("2021-03", "since", "2021-03-01", None, "2021-03-01/..", "a beginning"),
        ("2021-03", "until", None, "2021-03-31", "../2021-03-31", "an end"),
        ("2021-W30-WE", "during", "2021-07-31", "2021-08-01", "2021-07-31/2021-08-01", "a stretch"),
        ("XXXX-WXX-1", "at", "2021-07-19", "2021-08-02", "[2021-07-19..2021-08-02]", "a Monday between bounds"),
        ("XXXX-04", "at", None, None, None, "nothing is known"),
    ],
)
def test_edtf_says_value_and_role(  # noqa: PLR0917 - one argument a column
    value, role, earliest, latest, expected, reason
):
    """The forms of the contract, each read by the `edtf` package."""
    found = periods.edtf(value, role, earliest, latest)
    assert found == expected, reason
    if found is not None:
        assert parse_edtf(found)


@given(DAYS, st.integers(0, 800), UNITS, st.sampled_from(["at", "by", "since", "until", "during"]))
def test_every_edtf_can_be_read(day, length, unit, role):
    """Whatever the value and the role, the `edtf` package reads the text."""
    value = periods.period(day, unit)
    bounds = (day.isoformat(), (day + timedelta(days=length)).isoformat())
    earliest = None if role in {"by", "until"} else bounds[0]
    latest = None if role == "since" else bounds[1]
    assert parse_edtf(str(periods.edtf(value, role, earliest, latest)))
