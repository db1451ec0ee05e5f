"""By when an act is due where the words of the time alone do not say: stretches, days counted from a word, days of events."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.commissives.stretches import counted
from onrecord.records import Records

READ = [
    ("France will close the camp from 4 April to 9 April.", ("during", "2024-04-04", "2024-04-09"), "both ends"),
    ("France will close the camp between Saturday and Monday.", ("during", "2024-03-09", "2024-03-11"), "two weekdays"),
    ("France will close the camp on 24 and 25 October.", ("at", "2024-10-24", "2024-10-25"), "two days"),
    ("France will close the camp before the election on 9 August.", ("by", None, "2024-08-08"), "before the day of an event"),
    ("France will keep its troops in Mali until the vote on 9 August.", ("until", None, "2024-08-09"), "until the day of an event"),
    ("France will close the camp during the vote on 9 August.", ("during", "2024-08-09", "2024-08-09"), "during an event"),
    ("France agreed on 4 March to close the camp within ten days.", ("by", None, "2024-03-14"), "counted from the day of the word"),
    ("A judge on Monday gave the ministry 30 days to close the camp.", ("by", None, "2024-04-03"), "a term counted from the ruling"),
    ("The ministry has until 28 June to close the camp.", ("by", None, "2024-06-28"), "a term is a last day"),
    ("France will not close the camp until 1 May.", ("until", None, "2024-05-01"), "not until"),
    ("France will not close the camp before May.", ("until", None, "2024-04-30"), "not before"),
    ("France will keep the camp open until the war ends.", ("until", None, None), "a clause without a day"),
    ("France will close the camp within five working days.", ("by", None, None), "a term that is no time expression"),
    ("France will close the camp at the end of May.", ("at", "2024-05-31", "2024-05-31"), "the end of a month is its last day"),
    ("Norway has set 9 January as the date for the vote.", ("at", "2025-01-09", "2025-01-09"), "the next of its name"),
    ("The vote, scheduled for Tuesday, has been put off until 14 May.", ("at", "2024-05-14", "2024-05-14"), "the new day"),
    ("The court barred the senator from holding office for five years.", ("during", None, None), "how long it holds"),
]


@pytest.mark.parametrize(("text", "expected", "_reason"), READ, ids=[reason for _, _, reason in READ])
def test_the_deadline_of_an_act(
    text: str, expected: tuple[str | None, str | None, str | None], _reason: str, read_text: Callable[..., Records]
) -> None:
    """Role, first and last day, on a page of 6 March 2024, a Wednesday."""
    (one,) = read_text(text, "2024-03-06").commitments
    assert (one.deadline_role, one.deadline_earliest, one.deadline_latest) == expected


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("P30D", "2024-02-01", "2024-03-02"),
        ("P2W", "2024-03-06", "2024-03-20"),
        ("P1M", "2024-01-31", "2024-02-29"),
        ("P10Y", "2024-02-29", "2034-02-28"),
        ("PT48H", "2024-03-06", "2024-03-08"),
        ("PT5H", "2024-03-06", None),
        ("PXD", "2024-03-06", None),
    ],
    ids=["over a leap day", "weeks", "a shorter month", "a year without the day", "whole days", "no whole day", "not counted"],
)
def test_days_counted_from_a_day(value: str, start: str, end: str | None) -> None:
    """Months keep the day of the month, or end on the last that there is."""
    assert counted(value, start) == end
