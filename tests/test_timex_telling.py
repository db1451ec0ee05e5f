"""Resolution in the order of telling: tense, narrative, quotations, and bounds of the publication day."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.documents import Published
from onrecord.spans import Span
from onrecord.timex import expressions

WEDNESDAY = Published(value="2021-07-28", earliest="2021-07-28", latest="2021-07-28")


def values(text: str, published: Published | None = WEDNESDAY) -> list[str]:
    """The values of a text's expressions, in order."""
    return [e.value for e in expressions(text, published)]


ROWS = [
    ("It was closed in October.", ["2020-10"], "a past clause: the October before"),
    ("It will close in October.", ["2021-10"], "a coming one: the next"),
    ("It imposed a curfew, starting on Friday.", ["2021-07-30"], "a measure told as taken begins ahead"),
    ("It has suspended flights, effective Saturday.", ["2021-07-31"], "the same without a preposition"),
    ("Protests starting on Friday have killed three people.", ["2021-07-23"], "what is no measure began in the past"),
    ("It said it was cancelling services on Thursday and trains on Friday.", ["2021-07-29", "2021-07-30"], "an arrangement reported"),
    ("It said it was closing on Friday when the fire broke out.", ["2021-07-23"], "a clause of time makes it a background"),
    ("It was closed on Monday.", ["2021-07-26"], "a weekday before"),
    ("It will close on Monday.", ["2021-08-02"], "a weekday to come"),
    ("It was closed on Wednesday.", ["2021-07-28"], "the day of publication itself"),
    ("It said it would close on Monday.", ["2021-07-26"], "a future of the past: the nearest"),
    ("It moved the vote to August.", ["2021-08"], "what was done for a day to come: the nearest"),
    ("It must close by June.", ["2022-06"], "a deadline lies ahead"),
    ("It has been closed since November.", ["2020-11"], "since looks back"),
    ("It opened Tuesday, January 21.", ["2020-01-21"], "the year in which it is a Tuesday"),
    ("It ran from 3 May to 5 May.", ["2021-05-03", "2021-05-05"], "the end of a range follows its beginning"),
    ("It was shut from 30 December to 2 January.", ["2020-12-30", "2021-01-02"], "over the turn of the year"),
    ("He has been here since May and will stay until October.", ["2021-05", "2021-10"], "two clauses are no range"),
    ("He came on 3 May 2019. The next day he left.", ["2019-05-03", "2019-05-04"], "counted from the day just told"),
    ("He came in 2011 and left three years later.", ["2011", "2014"], "counted in years"),
    ("He came in June 2016 and left in September.", ["2016-06", "2016-09"], "the year of the story"),
    ("It opened at 9:12 a.m. on 3 May 2019 and closed eight minutes later.", ["2019-05-03T09:12", "2019-05-03T09:20"], "clock arithmetic"),
    ("On Monday a bomb went off at 14:00.", ["2021-07-26", "2021-07-26T14:00"], "a clock time on the day told"),
    (
        "A bomb went off at 14:00 (1200 UTC) on Monday.",
        ["2021-07-26T14:00", "2021-07-26T12:00Z", "2021-07-26"],
        "or on the day told after it",
    ),
    ("On Monday he said, “Today we won.”", ["2021-07-26", "2021-07-26"], "today in quotation marks is the day of saying"),
    ("“Today we won,” he said.", ["2021-07-28"], "without one told, that of publication"),
    (
        "He won on Monday.\nIt rained.\nIt blew.\n“Today we won,” he said.",
        ["2021-07-26", "2021-07-26"],
        "or the first day the page tells of",
    ),
    ("He goes next Friday.", ["XXXX-WXX-5"], "this week's Friday or the one after"),
    ("It left the day before yesterday.", ["2021-07-26"], "two days back"),
    ("It opened years ago.", ["PAST_REF"], "vague"),
    ("Exactly a year later than that, on 4 May 2019.", ["2020-07-28", "2019-05-04"], "nothing told before"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS[:-1], ids=[r[2] for r in ROWS[:-1]])
def test_values_follow_tense_and_story(text, expected, reason):
    """Each expression is counted from what it is counted from."""
    assert values(text) == expected, reason


UNDATED = [
    ("He came yesterday.", ["XXXX-XX-XX"], "no day"),
    ("He came on Monday.", ["XXXX-WXX-1"], "a weekday stays one"),
    ("He came on Monday night.", ["XXXX-WXX-1TNI"], "with its part of the day"),
    ("He came in April.", ["XXXX-04"], "a month without a year"),
    ("He came last year.", ["XXXX"], "no year"),
    ("He came on 3 May 2019 and left the next day.", ["2019-05-03", "2019-05-04"], "what the text tells can be counted from"),
    ("He came on Tuesday at 18:00.", ["XXXX-WXX-2T18:00"], "a clock on an unknown day"),
    (
        "He came on 3 May 2019. On Tuesday he left at 18:00.",
        ["2019-05-03", "XXXX-WXX-2", "XXXX-XX-XXT18:00"],
        "an unknown day is not skipped",
    ),
    ("He came for three days.", ["P3D"], "a length needs no date"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), UNDATED, ids=[r[2] for r in UNDATED])
def test_without_a_date_nothing_falls_away_and_nothing_is_invented(text, expected, reason):
    """Spans and types stay; values are symbolic; there are bounds only where the text itself gives the day."""
    assert values(text, None) == expected, reason
    dated, undated = expressions(text, WEDNESDAY), expressions(text)
    assert [(e.span, e.type) for e in dated] == [(e.span, e.type) for e in undated]
    assert all(e.earliest is None and e.latest is None for e in undated if "X" in e.value)


def test_bounds_of_publication_resolve_what_they_agree_on():
    """October is the same October from the first and the last day; Monday is not the same Monday."""
    published = Published(earliest="2021-07-26", latest="2021-08-10")
    text = "It will close in October. It opened on Monday, and last year."
    october, monday, year = expressions(text, published)
    assert (october.value, october.inferred) == ("2021-10", True)
    assert (monday.value, monday.earliest, monday.latest) == ("XXXX-WXX-1", "2021-07-26", "2021-08-09")
    assert monday.edtf == "[2021-07-26..2021-08-09]"
    assert year.value == "2020"


def test_a_page_that_fixes_its_year_fixes_its_months():
    """Where the year is known and nothing more, October is that year's, and Monday none."""
    published = Published(earliest="2021-01-01", latest="2021-12-31")
    october, august, monday = expressions("It opens in October, by the end of August, on Monday.", published)
    assert (october.value, october.earliest, october.latest) == ("2021-10", "2021-10-01", "2021-10-31")
    assert (august.value, august.edtf) == ("2021-08", "[..2021-08-31]")
    assert monday.value == "XXXX-WXX-1"


def test_days_that_differ_share_their_year():
    """Of yesterday only the year is known."""
    (found,) = expressions("It opened yesterday.", Published(earliest="2021-07-26", latest="2021-08-10"))
    assert (found.value, found.earliest, found.latest) == ("2021-XX-XX", "2021-07-25", "2021-08-09")


def test_one_bound_gives_one_bound():
    """A page no older than a day tells of a yesterday no older than the day before."""
    (found,) = expressions("It opened yesterday.", Published(earliest="2021-07-26"))
    assert (found.value, found.earliest, found.latest) == ("XXXX-XX-XX", "2021-07-25", None)


def test_evidence_is_what_the_value_was_counted_from():
    """The tense's verb and the time told before are cited."""
    text = "He came on 3 May 2019. The next day he left."
    _, day = expressions(text, WEDNESDAY)
    assert "3 May 2019" in [s.of(text) for s in day.evidence]
    text = "It was closed in October."
    (october,) = expressions(text, WEDNESDAY)
    assert [s.of(text) for s in october.evidence] == ["closed"]


def test_a_person_may_have_the_name_of_a_month():
    """Where the page names somebody May, only a preposition of time makes her a month."""
    text = "Prime Minister Theresa May resigned.\nA deal negotiated by May failed in May and again by June."
    assert [e.span.of(text) for e in expressions(text)] == ["May", "June"]
    assert [e.value for e in expressions("A deal is due by May.")] == ["XXXX-05"]


def test_pieces_are_read_apart():
    """A headline's last word and the first of the lead make no expression together."""
    text = "Boeing at WWDC 2005\nJune 6, 2006\n"
    pieces = [Span(0, 19), Span(20, 32)]
    assert [e.span.of(text) for e in expressions(text, pieces=pieces)] == ["2005", "June 6, 2006"]


TEXTS = [row[0] for row in (*ROWS, *UNDATED)]


@given(st.sampled_from(TEXTS), st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
@settings(max_examples=200)
def test_wider_bounds_never_say_more(text, day, length):
    """What a page dated within bounds says is true of every day within them: values agree or are open, bounds include."""
    latest = day + timedelta(days=length)
    wide = expressions(text, Published(earliest=day.isoformat(), latest=latest.isoformat()))
    for one in {day, latest, day + timedelta(days=length // 2)}:
        exact = expressions(text, Published(value=one.isoformat(), earliest=one.isoformat(), latest=one.isoformat()))
        for w, e in zip(wide, exact, strict=True):
            assert w.value == e.value or re.search("X|REF", w.value)
            assert w.earliest is None or (e.earliest is not None and w.earliest <= e.earliest)
            assert w.latest is None or (e.latest is not None and w.latest >= e.latest)


@given(st.text(alphabet=st.sampled_from("MondaytheJulye1920 ,.-:'\n5apm"), max_size=80))
def test_any_text_gives_spans_in_order(text):
    """Whatever the text: expressions lie within it, in order, and do not overlap."""
    found = expressions(text, WEDNESDAY)
    assert all(0 <= e.span.start < e.span.end <= len(text) for e in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
