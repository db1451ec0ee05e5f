"""Bounds of the day of publication from what an article tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.documents import Page
from onrecord.reading import read
from onrecord.reading.inference import infer
from onrecord.spans import Span

CASES = [
    ("The prime minister resigned in August 2016 over two ferries.", ("2016-08-01", None), "past"),
    ("The law was passed on 27 February 2019 by 31 votes to 28.", ("2019-02-27", None), "past, passive"),
    ("The bridge, which sank on 30 September 2011, will not be rebuilt.", ("2011-09-30", None), "past in a relative clause"),
    ("The surgery has been closed since April 2019.", ("2019-04-01", None), "since"),
    ("On 3 May 2018 the council voted to leave.", ("2018-05-03", None), "the date first"),
    ("The election will be held on 4 December 2016.", (None, "2016-12-04"), "ahead"),
    ("The hospital is to open in 2020.", (None, "2020-12-31"), "a year ends with its last day"),
    ("Troops will begin to leave in April 2013.", (None, "2013-04-30"), "an infinitive behind what is ahead"),
    ("The company has until 30 June 2014 to comply.", (None, "2014-06-30"), "a deadline"),
    ("The judges gave the owner until 30 June 2014 to comply.", (None, "2014-06-30"), "a deadline just given"),
    ("Citizens may object until 9 June 2017.", (None, "2017-06-09"), "a modal"),
    ("They signed the treaty today, 2 October 2018.", ("2018-10-02", "2018-10-02"), "today is named"),
    ("Police arrested four men yesterday, 8 September 2014, in Sandoval.", ("2014-09-09", "2014-09-09"), "yesterday is named"),
    ("The law was passed last year, in 2017, by a wide margin.", ("2018-01-01", "2018-12-31"), "last year is named"),
    ("The 2023 Highland Games, to be held in Braemont next year, will cost more.", ("2022-01-01", "2022-12-31"), "next year is named"),
    (
        "They agreed to close the Marl crossing by the end of 2017. The mayor saw no Marl crossing left by the end of the year.",
        ("2017-01-01", "2017-12-31"),
        "one thing, due by the end of a named year and of the year",
    ),
    # what says nothing
    (
        "The two sides agreed to close the Marl crossing by the end of 2017. Parliament wants a budget by the end of the year.",
        (None, None),
        "two things with a deadline each",
    ),
    (
        "The Marl crossing goes by the end of 2017, the Dorn crossing by the end of 2018. No Marl crossing by the end of the year?",
        (None, None),
        "two years are named",
    ),
    ("The government announced elections in May 2020.", (None, None), "what is announced lies ahead"),
    ("Parliament approved a budget of four billion for 2025.", (None, None), "what is approved lies ahead"),
    ("The proposed tunnel, from 2025, is in doubt.", (None, None), "a participle is no past"),
    ("Plan 2025 has money but no doctors.", (None, None), "a name"),
    ("Residents blocked Route 2016 for an hour.", (None, None), "a number"),
    ("He said that it would be finished by the end of 2011.", (None, None), "would may look back"),
    ("They agreed to pay by 30 June 2014.", (None, None), "an infinitive behind a past"),
    ("The games were to be held in 2019.", (None, None), "a plan of the past"),
    ("“We will leave in 2011,” the letter said.", (None, None), "old words may be quoted"),
    ("If it opens in 2020, it will be too late.", (None, None), "a condition"),
    ("Fire broke out on Tuesday, March 3.", (None, None), "no year"),
    ("The company employed 2,019 people.", (None, None), "no year"),
]


@pytest.mark.parametrize(("text", "bounds", "why"), CASES)
def test_past_and_future_bound_the_day_and_nothing_else_does(text, bounds, why):
    """Only a clear past bounds from below, only a clear future from above."""
    found, warnings = infer(text, [Span(0, len(text))])
    assert ((found.earliest, found.latest), warnings) == (bounds, ()), why


def test_every_constraint_cites_its_characters():
    """What bounds is under the span that is cited."""
    text = "He resigned in August 2016. The election will be held on 4 December 2016."
    found, _ = infer(text, [Span(0, len(text))])
    assert [c.span.of(text) for c in found.constraints] == ["August 2016", "4 December 2016"]
    assert found.edtf == "[2016-08-01..2016-12-04]"
    assert (found.value, found.method) == (None, "inferred")


def test_bounds_that_exclude_each_other_are_a_conflict():
    """Neither is kept, and a warning names both."""
    text = "He resigned in August 2018. The election will be held on 4 December 2016."
    found, warnings = infer(text, [Span(0, len(text))])
    assert (found.earliest, found.latest, found.method) == (None, None, "unknown")
    assert len(warnings) == 1
    assert "2018-08-01" in warnings[0]
    assert "2016-12-04" in warnings[0]


def test_a_weekday_chooses_the_year_where_the_bounds_leave_one_else_it_is_a_hint():
    """Tuesday, March 3 lies in 2020 between 2018 and 2021; without a second bound it stays a ranked hypothesis."""
    told = "A gate burst in 2018. The plan was announced on Tuesday, March 3. "
    both = told + "All gates will be replaced by the end of 2021."
    assert infer(both, [Span(0, len(both))])[0].earliest == "2020-03-03"
    found, _ = infer(told, [Span(0, len(told))])
    assert found.earliest == "2018-01-01"
    assert [(c.bound, c.value) for c in found.constraints][1:] == [("hint", "2020-03-03"), ("hint", "2026-03-03"), ("hint", "2037-03-03")]


def test_the_day_of_capture_bounds_from_above():
    """What was fetched on a day had been published by then."""
    found, _ = infer("Nothing is dated here.", [Span(0, 22)], captured="2021-05-06T07:08:09Z")
    assert (found.earliest, found.latest) == (None, "2021-05-06")


def test_chrome_bounds_nothing():
    """Dates of navigation and copyright lines are not read."""
    body = "Two convoys reached the villages of the hills on Wednesday, and a third will follow."
    text = f"Home | News\nToday is Sunday, 2 August 2020\n\nA truce holds in the hills\n\n{body}\n\n(c) 2020 The Examiner"
    published = read(Page(text.encode(), "x.txt")).published
    assert (published.earliest, published.latest, published.constraints) == (None, None, ())


def test_the_pages_without_a_date_are_bounded_and_never_dated_wrongly():
    """On gold/dateless: no invented day, the true day within the bounds on 95%, bounds on 60% of the pages."""
    folder = Path(__file__).parent.parent / "gold" / "dateless"
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [(row, read(Page((folder / row["page"]).read_bytes(), row["page"])).published) for row in rows]
    assert all(p.value is None or p.value == row["derivable_earliest"] == row["derivable_latest"] for row, p in found)
    within = [(p.earliest or "0") <= row["published"] <= (p.latest or "9") for row, p in found]
    assert sum(within) >= 0.95 * len(rows)
    assert sum(bool(p.earliest or p.latest) for _, p in found) >= 0.6 * len(rows)
