"""Full dates in text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.calendars import full_dates, last_day, month_number, weekday_number

DATES = [
    ("Saturday, August 22, 2020", ["2020-08-22"], "the form of most American date lines"),
    ("Friday, 17 May 2019", ["2019-05-17"], "the form of most British ones"),
    ("Sat 22 Aug 2020", ["2020-08-22"], "abbreviated, without a comma"),
    ("Published: Sept. 3, 2021 10:22 GMT", ["2021-09-03"], "an abbreviation with a full stop"),
    ("the 4th of July 1976", ["1976-07-04"], "an ordinal with `of`"),
    ("2021-02-04T06:30:00Z", ["2021-02-04"], "ISO with a time"),
    ("12-Mar-2004", ["2004-03-12"], "with hyphens"),
    ("on 2 May and on 3 June 2021", ["2021-06-03"], "a day without a year is not full"),
    ("31 June 2020", [], "no such day"),
    ("03/04/2021", [], "day and month cannot be told apart"),
    ("Maybe 12, 2020", [], "no month"),
    ("page 12 march 2020ers", [], "a year that goes on is none"),
    ("1-800-2021-02-04-11", [], "part of a longer number"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), DATES)
def test_full_dates_are_found_and_nothing_else(text, expected, reason):
    """A full date is found in each usual form; what is not full gives none."""
    assert [d.day.isoformat() for d in full_dates(text)] == expected, reason


def test_a_weekday_that_does_not_fit_is_told():
    """The date is found all the same: the page may have erred, but the reader is told."""
    assert [d.weekday_fits for d in full_dates("Monday, August 22, 2020; Saturday, August 22, 2020")] == [False, True]


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_is_read_back(day):
    """Whatever day is written out in words or digits is the day that is read."""
    for form in ("%A, %B {d}, %Y", "{d} %b %Y", "%Y-%m-%d"):
        written = day.strftime(form.replace("%Y", f"{day.year:04}")).replace("{d}", str(day.day))
        assert [d.day for d in full_dates(written)] == [day]


def test_names_and_abbreviations_have_numbers():
    """Months count from 1, weekdays from Monday as 0; other words have no number."""
    assert [month_number(w) for w in ("March", "mar.", "Sept", "marching")] == [3, 3, 9, None]
    assert [weekday_number(w) for w in ("Monday", "thurs.", "Sunday", "someday")] == [0, 3, 6, None]
    assert last_day(2020, 2).isoformat() == "2020-02-29"
