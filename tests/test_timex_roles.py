"""The role of a time expression, and the bounds that follow from it."""

from __future__ import annotations

import pytest

from onrecord.documents import Published
from onrecord.timex import expressions

MONDAY = Published(value="2021-03-08", earliest="2021-03-08", latest="2021-03-08")

ROWS: list[tuple[str, str, str, str | None, str | None, str]] = [
    ("It will open by Friday.", "Friday", "by", None, "2021-03-12", "by a day: that day is the last"),
    ("It will open by the end of August.", "the end of August", "by", None, "2021-08-31", "by the end of a month: its last day"),
    ("It will open by 2025.", "2025", "by", None, "2025-12-31", "by a year: its last day"),
    ("It will open by mid-2026.", "mid-2026", "by", None, "2026-06-30", "by the middle: the middle day"),
    ("It will open by early 2026.", "early 2026", "by", None, None, "an early part has no sharp last day"),
    ("It will open before October 1.", "October 1", "by", None, "2021-09-30", "before a day: the day before it"),
    ("It will open before the end of May.", "the end of May", "by", None, "2021-05-31", "before an end: the last day"),
    ("It will open ahead of Sunday's vote.", "Sunday", "by", None, "2021-03-14", "before an event on a day: that day is the last"),
    ("It has to open no later than 15 April.", "15 April", "by", None, "2021-04-15", "no later than"),
    ("It has to open on 15 April at the latest.", "15 April", "by", None, "2021-04-15", "at the latest"),
    ("It faces a Friday deadline.", "Friday", "by", None, "2021-03-12", "a deadline by name"),
    ("It will open within two weeks.", "two weeks", "by", None, "2021-03-22", "within: counted from publication"),
    (
        "He promised on 1 March to open it within two weeks.",
        "two weeks",
        "by",
        None,
        "2021-03-15",
        "within: counted from the day of the promise",
    ),
    ("They may appeal within 30 days of the ruling.", "30 days", "by", None, None, "counted from an event without a day"),
    ("It stays shut until Friday.", "Friday", "until", None, "2021-03-12", "until: the last day"),
    ("It stays shut through 31 May.", "31 May", "until", None, "2021-05-31", "through"),
    ("It runs from Monday to Friday.", "Friday", "until", None, "2021-03-12", "from … to"),
    ("They leave between 1 September and the end of November.", "the end of November", "until", None, "2021-11-30", "between … and"),
    ("They leave between 1 September and the end of November.", "1 September", "since", "2021-09-01", None, "the beginning of it"),
    ("It has been shut since 9 December.", "9 December", "since", "2020-12-09", None, "since"),
    ("It will be shut as of April 1.", "April 1", "since", "2021-04-01", None, "as of"),
    ("It will be shut from April onwards.", "April", "since", "2021-04-01", None, "onwards"),
    ("It will not open before 1 April.", "1 April", "since", "2021-04-01", None, "not before opens a stretch"),
    ("It will not open until 1 April.", "1 April", "since", "2021-04-01", None, "so does not until"),
    ("It will open after 1 April.", "1 April", "since", "2021-04-02", None, "after leaves the day out"),
    ("They met after Friday's vote.", "Friday", "at", "2021-03-05", "2021-03-05", "the day of the event, not a beginning"),
    ("It grew during the 1990s.", "the 1990s", "during", "1990-01-01", "1999-12-31", "during"),
    ("It grew over the past five years.", "the past five years", "during", "2016-03-08", "2021-03-08", "up to publication"),
    ("It will grow over the next two weeks.", "the next two weeks", "during", "2021-03-08", "2021-03-22", "from publication"),
    ("It will open in the coming weeks.", "the coming weeks", "during", None, None, "vague"),
    ("Throughout August ferries lay idle.", "August", "during", "2020-08-01", "2020-08-31", "throughout, at the head of a sentence"),
    ("The ban runs until at least March.", "March", "until", None, "2021-03-31", "at least"),
    ("The truce is to last three weeks.", "three weeks", "during", None, None, "a verb, not the last three"),
    ("It lasted 40 days.", "40 days", "during", None, None, "a length without a place in time"),
    ("It will open in two months.", "two months", "at", "2021-05-01", "2021-05-31", "a distance in a clause of what is to come"),
    ("It was built in two months.", "two months", "during", None, None, "a length in a clause of what was"),
    ("It fell by 2% in January.", "January", "at", "2021-01-01", "2021-01-31", "another by"),
    ("He was hit by a car on Friday.", "Friday", "at", "2021-03-05", "2021-03-05", "an agent"),
]


@pytest.mark.parametrize(("text", "expression", "role", "earliest", "latest", "reason"), ROWS, ids=[r[5] for r in ROWS])
def test_words_around_give_role_and_bounds(  # noqa: PLR0917 - one argument a column
    text, expression, role, earliest, latest, reason
):
    """A preposition or what stands behind says whether a time is a day, a deadline, a beginning, an end or a stretch."""
    found = next(e for e in expressions(text, MONDAY) if e.span.of(text) == expression)
    assert (found.role, found.earliest, found.latest) == (role, earliest, latest), reason


def test_the_words_of_a_role_are_its_evidence():
    """The preposition is cited; where there is none, the expression itself."""
    text = "It will open by Friday and close Sunday."
    first, second = expressions(text, MONDAY)
    assert [s.of(text) for s in first.role_evidence] == ["by"]
    assert [s.of(text) for s in second.role_evidence] == ["Sunday"]


def test_what_recurs_has_no_role():
    """A set is at no time."""
    (found,) = expressions("They meet every Friday.", MONDAY)
    assert (found.role, found.earliest, found.latest, found.edtf) == (None, None, None, None)
