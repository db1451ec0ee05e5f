"""Days that a page itself gives."""

from __future__ import annotations

import pytest

from onrecord.documents import Page
from onrecord.reading import read
from onrecord.reading.dates import date_line, edtf_bounds, metadata_day, url_date

BODY = "The minister said that the treaty would be signed by the two countries before the end of the year, and that nobody would stop it."

LINES = [
    ("Saturday, August 22, 2020", "2020-08-22", False, "American"),
    ("Friday, 17 May 2019", "2019-05-17", False, "British"),
    ("Published: 3 May 2022, 10:15 GMT", "2022-05-03", False, "a label and a time"),
    ("Published 9:02 AM EST, Tue March 9, 2021", "2021-03-09", False, "the time first"),
    ("Thu 14 Nov 2019 18.02 GMT", "2019-11-14", False, "a time with a full stop"),
    ("By Ann Orr | June 20, 2019", "2019-06-20", False, "a byline before it"),
    ("Last modified on Fri 15 Nov 2019 09.11 GMT", "2019-11-15", True, "a later change"),
    ("Posted 3 May 2022, updated 5 May 2022", "2022-05-03", False, "of two the day of publication"),
    ("Manila, 9 June 2017", "2017-06-09", False, "a place and a comma before it"),
    ("Situation as of 22 September 2021", "2021-09-22", False, "the day of a situation report"),
    ("Date modified: 2022-07-05", "2022-07-05", True, "a later change, of a government's page"),
    ("Attack on Paris, 13 November 2015", None, False, "small words: no place"),
    ("Today is Sunday, 2 August 2020", None, False, "the masthead's day"),
    ("Estuary News - Thursday, 15 December 2022", None, False, "a name before it: the masthead's"),
    ("The treaty was signed on April 8, 2010", None, False, "a sentence"),
    ("18 Jan 2025  Lighthouse painters ask for a raise", None, False, "another story's"),
    ("03/04/2021", None, False, "day or month?"),
]


@pytest.mark.parametrize(("line", "day", "updated", "why"), LINES)
def test_a_date_line_says_when_and_nothing_else(line, day, updated, why):
    """What else the line may hold is a label, a clock time, a byline; any other word makes it something else."""
    found = date_line(line)
    assert (found.day.isoformat() if found else None) == day, why
    assert found is None or found.updated is updated, why


VALUES = [
    ("2021-02-04T06:30:00Z", "2021-02-04"),
    ("2021-02-04 23:30:00-05:00", "2021-02-04"),
    ("Thu, 04 Feb 2021 06:30:00 GMT", "2021-02-04"),
    ("20210204", "2021-02-04"),
    ("20210204T063000Z", "2021-02-04"),
    ("February 4, 2021 6:30 am", "2021-02-04"),
    ("17/05/2019", "2019-05-17"),
    ("05/17/2019", "2019-05-17"),
    ("1612420200", "2021-02-04"),
    ("1612420200000", "2021-02-04"),
    ("04/05/2019", None),
    ("0001-01-01T00:00:00", None),
    ("1970-01-01", None),
    ("2021-02-31", None),
    ("yesterday", None),
    ("", None),
]


@pytest.mark.parametrize(("value", "day"), VALUES)
def test_a_metadata_value_gives_its_day_or_none(value, day):
    """Each usual form is read; what is ambiguous, a default, or no day gives none."""
    found = metadata_day(value)
    assert (found.isoformat() if found else None) == day


URLS = [
    ("https://x.example/world/2021/02/04/treaty", ("2021-02-04", "2021-02-04")),
    ("https://x.example/2021/feb/04/treaty", ("2021-02-04", "2021-02-04")),
    ("https://x.example/news/2021-02-04-treaty.html", ("2021-02-04", "2021-02-04")),
    ("https://x.example/a/20210204/treaty", ("2021-02-04", "2021-02-04")),
    ("https://x.example/2021/02/treaty", ("2021-02-01", "2021-02-28")),
    ("https://x.example/plan-2025/treaty", None),
    ("https://x.example/article/120210204999", None),
    ("https://2021-02-04.example/treaty", None),
]


@pytest.mark.parametrize(("url", "bounds"), URLS)
def test_an_address_gives_a_day_a_month_or_nothing(url, bounds):
    """Only the path counts, and only what cannot be anything else."""
    found = url_date(url)
    assert (found and (found.earliest.isoformat(), found.latest.isoformat())) == bounds


GIVEN = [
    ("2021-10-05", ("2021-10-05", "2021-10-05")),
    ("2021-10", ("2021-10-01", "2021-10-31")),
    ("2021", ("2021-01-01", "2021-12-31")),
    ("[2021-01-05..2021-02-01]", ("2021-01-05", "2021-02-01")),
    ("2021-01/2021-02", ("2021-01-01", "2021-02-28")),
    ("[..2021-02]", (None, "2021-02-28")),
    ("2021-10-05T12:00:00Z", ("2021-10-05", "2021-10-05")),
    ("soon", None),
    ("2021-13", None),
]


@pytest.mark.parametrize(("value", "bounds"), GIVEN)
def test_edtf_gives_bounds(value, bounds):
    """Days, months, years and intervals are understood, anything else is nothing."""
    found = edtf_bounds(value)
    got = found and (found.earliest and found.earliest.isoformat(), found.latest and found.latest.isoformat())
    assert got == bounds


def html(head: str, before: str = "", after: str = "") -> bytes:
    """Make a page with an article of three paragraphs."""
    article = f"<article><h1>A treaty is signed at last</h1>{after}<p>{BODY}</p><p>{BODY} Again.</p></article>"
    return f"<html><head>{head}</head><body>{before}{article}</body></html>".encode()


def ld(json: str) -> bytes:
    """Make a page with JSON-LD."""
    return html(f'<script type="application/ld+json">{json}</script>')


LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-02-04"}</script>'
META = '<meta property="article:published_time" content="2021-02-05T10:00:00Z">'
SEVENTH = "https://x.example/2021/02/07/a"
ORDER = [
    (html(LD + META), {}, ("2021-02-04", "metadata"), "JSON-LD before meta"),
    (html(META, after="<p>6 February 2021</p>"), {}, ("2021-02-05", "metadata"), "meta before the date line"),
    (
        html("", after="<p class=d>6 February 2021</p>"),
        {"url": "https://x.example/2021/02/07/a"},
        ("2021-02-06", "date-line"),
        "date line before address",
    ),
    (html(""), {"url": SEVENTH, "published": "2021-02-08"}, ("2021-02-07", "url"), "address before what is given"),
    (html(""), {"published": "2021-02-08"}, ("2021-02-08", "given"), "what is given counts for pages that carry none"),
    (
        html("", after='<p><time datetime="2021-02-06T10:00Z">2 hours ago</time></p>'),
        {},
        ("2021-02-06", "date-line"),
        "a date for machines",
    ),
    (html("", before="<div>Saturday, 6 February 2021</div>"), {}, (None, "unknown"), "a day above the headline is the masthead's"),
    (html("", after="<aside class=related><p>6 February 2021</p></aside>"), {}, (None, "unknown"), "a day of related stories"),
    (html('<meta property="og:updated_time" content="2021-02-05">'), {}, (None, "unknown"), "a later change is no publication"),
    (
        ld('{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2021-01-01"}]}'),
        {},
        (None, "unknown"),
        "articles that the page lists are not its own",
    ),
    (
        ld('{"@graph":[{"@type":"WebPage"},{"@type":"ReportageNewsArticle","datePublished":"2021-02-04"}]}'),
        {},
        ("2021-02-04", "metadata"),
        "a graph",
    ),
    (
        html('<script type="application/ld+json">{"@type":"NewsArticle", broken "datePublished": "2021-02-04"}</script>'),
        {},
        ("2021-02-04", "metadata"),
        "broken JSON",
    ),
]


@pytest.mark.parametrize(("content", "more", "expected", "why"), ORDER)
def test_the_day_of_publication_comes_from_the_first_that_gives_one(content, more, expected, why):
    """Metadata, date line, address, what is given; never chrome."""
    published = read(Page(content, "x.html", **more)).published
    assert (published.value, published.method) == expected, why


MENU = "The Calder Observer\nHome | World | Sport\n"
TITLE = "A treaty is signed at last"
TEXTS = [
    (f"A treaty is signed\n\nSaturday, August 22, 2020\n\n{BODY}", "2020-08-22", "below the title"),
    (f"August 22, 2020\n\nA treaty is signed\n\n{BODY}", "2020-08-22", "above it, where nothing else is on the page"),
    (
        f"The Calder Observer\nHome | World | Sport\nSaturday, August 22, 2020\n\nA treaty is signed at last\n\n{BODY}\n\n{BODY}",
        None,
        "in the masthead",
    ),
    (
        f"A treaty is signed at last\n\n{BODY}\n\n{BODY}\n\nRelated stories\nBridge tolls to rise\nAugust 22, 2020",
        None,
        "below another story",
    ),
    (f"A treaty is signed at last\nHome | World | Sport\n3 May 2020\n4 May 2021\n\n{BODY}", None, "two days"),
    (f"Daily Press Briefing – March 3, 2021\n\n{BODY}", "2021-03-03", "a title that names a paper of one day"),
    (f"Attack on Paris – March 3, 2021\n\n{BODY}", None, "a title that tells of a day"),
    (f"A treaty is signed\n\nManila, 3 March 2021\n\n{BODY}", "2021-03-03", "behind a place"),
    (f"A treaty is signed\n\nKYIV, March 3, 2021 (Reuters) - {BODY}", "2021-03-03", "in the dateline"),
]


@pytest.mark.parametrize(("text", "day", "why"), TEXTS)
def test_plain_text_is_dated_by_its_date_line_and_dateline_only(text, day, why):
    """Dates of mastheads and other stories date nothing."""
    assert read(Page(text.encode(), "x.txt")).published.value == day, why


def test_the_evidence_of_a_date_line_is_its_date():
    """The characters cited are the date's own."""
    document = read(Page(f"A treaty is signed\n\nPublished: Saturday, August 22, 2020\n\n{BODY}".encode(), "x.txt"))
    assert [span.of(document.text) for span in document.published.evidence] == ["Saturday, August 22, 2020"]


def test_a_change_alone_bounds_the_day_from_above():
    """A page that says only when it was changed was published by then."""
    published = read(Page(f"A treaty is signed\n\nUpdated 22 August 2020\n\n{BODY}".encode(), "x.txt")).published
    assert (published.value, published.latest, published.edtf) == (None, "2020-08-22", "[..2020-08-22]")
